//! P32: a number of the plan whose point may stand for decimals or for thousands.

use crate::check::rules::P32;
use crate::check::{Context, Ledger};

/// The plan, as one.
pub(in crate::check) fn run(_: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P32, 1);
}

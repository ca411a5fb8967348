//! P00: the file is not written as a plan.

use crate::check::rules::P00;
use crate::check::{Context, Ledger};

/// The file is one.
pub(in crate::check) fn run(_: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P00, 1);
}

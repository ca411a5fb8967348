//! P06: units do not agree, or a target cannot be read.

use crate::check::rules::P06;
use crate::check::{Context, Ledger};

/// Every formula with its target.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P06, super::notice::indicators(ctx.plan));
}

//! P04: a formula cannot be read.

use crate::check::rules::P04;
use crate::check::{Context, Ledger};

/// Every formula.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P04, super::notice::indicators(ctx.plan));
}

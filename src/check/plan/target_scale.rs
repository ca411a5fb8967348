//! P31: a target that the formula, bounded as it is, can never meet or never miss, or one scaled by 100.

use crate::check::rules::P31;
use crate::check::{Context, Ledger};

/// Every formula with its target.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P31, super::notice::indicators(ctx.plan));
}

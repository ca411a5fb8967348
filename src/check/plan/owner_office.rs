//! P13: an indicator has no office, or one that the plan does not know.

use crate::check::rules::P13;
use crate::check::{Context, Ledger};

/// Every office of every indicator.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P13, ctx.plan.indicators().map(|indicator| indicator.offices.len()).sum());
}

//! P30: the plan names a check that is not there.

use crate::check::rules::P30;
use crate::check::{Context, Ledger};

/// Every severity that the plan changes, and every derogation.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let controls = &ctx.plan.controls;
    ledger.passes(&P30, controls.levels.len() + controls.waivers.len());
}

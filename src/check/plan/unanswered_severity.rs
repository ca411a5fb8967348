//! P29: the plan lowers an *errore* and nobody answers for it.

use crate::check::rules::P29;
use crate::check::{Context, Ledger};

/// Every severity that the plan changes.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P29, ctx.plan.controls.levels.len());
}

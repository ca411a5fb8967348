//! P11: payout bands overlap or leave a gap.

use crate::check::rules::P11;
use crate::check::{Context, Ledger};

/// Every band.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P11, ctx.plan.scoring.bands.len());
}

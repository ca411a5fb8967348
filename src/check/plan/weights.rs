//! P12: a weight is not positive, or an amount is negative.

use crate::check::rules::P12;
use crate::check::{Context, Ledger};

/// The weights of schede and indicators.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P12, ctx.plan.schede.len() + super::notice::indicators(ctx.plan));
}

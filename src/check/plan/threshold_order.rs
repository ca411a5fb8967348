//! P10: thresholds are in the wrong order.

use crate::check::rules::P10;
use crate::check::{Context, Ledger};

/// The thresholds of the score, and every voce with two limits.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(
        &P10,
        1 + ctx.plan.voci().filter(|(_, voce)| voce.min.is_some() && voce.max.is_some()).count(),
    );
}

//! P20: a target is zero.

use crate::check::rules::P20;
use crate::check::{Context, Ledger};
use crate::plan::Threshold;

/// Every target that is a number.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let numbers = super::notice::indicators_that(ctx.plan, |indicator| {
        matches!(indicator.target.threshold, Threshold::Number(_))
    });
    super::notice::notices(ctx, ledger, &P20, numbers, "un valore maggiore di zero");
}

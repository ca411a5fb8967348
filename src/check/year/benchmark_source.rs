//! Y06: a benchmark is quoted without its source or its year.

use crate::check::rules::Y06;
use crate::check::{Context, Ledger, plan};
use crate::plan::Indicator;

/// Every target with a remark in brackets.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let quoted = |indicator: &&Indicator| indicator.target.annotation.is_some();
    let subjects = ctx.plan.indicators().filter(quoted).count();
    plan::notices(ctx, ledger, &Y06, subjects, "la fonte e l'anno");
}

//! P09: a baseline is needed and the plan does not give it.

use crate::check::rules::P09;
use crate::check::{Context, Ledger};
use crate::plan::{Indicator, Role, Voce};

/// Every target, and every baseline that a formula uses.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let in_formula = |(indicator, voce): &(&Indicator, &Voce)| {
        voce.role == Role::Baseline && indicator.formula.inputs().contains(&voce.key)
    };
    let baselines = ctx.plan.voci().filter(in_formula).count();
    super::notice::notices(
        ctx,
        ledger,
        &P09,
        super::notice::indicators(ctx.plan) + baselines,
        "il valore e la sua fonte",
    );
}

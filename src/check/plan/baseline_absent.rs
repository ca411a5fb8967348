//! P09: a baseline is needed and the plan does not give it.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};
use crate::plan::{Indicator, Role, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P09",
    name: "Il dato di partenza non è nel piano",
    severity: Severity::Nota,
    why: "Finché non lo inserisce qualcuno, non si sa quale valore bisogna raggiungere o da dove si parte.",
    remedy: "Scrivi il dato nel piano (valore e fonte), oppure lascia che lo inseriscano gli uffici.",
    missing: true,
};

/// Every target, and every baseline that a formula uses.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let in_formula = |(indicator, voce): &(&Indicator, &Voce)| {
        voce.role == Role::Baseline && indicator.formula.inputs().contains(&voce.key)
    };
    let baselines = ctx.plan.voci().filter(in_formula).count();
    super::notice::notices(
        ctx,
        ledger,
        &RULE,
        super::notice::indicators(ctx.plan) + baselines,
        "il valore e la sua fonte",
    );
}

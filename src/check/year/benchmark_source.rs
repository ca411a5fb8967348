//! Y06: a benchmark is quoted without its source or its year.

use crate::check::{Context, Ledger, plan};
use crate::model::{Rule, Severity};
use crate::plan::Indicator;

pub(in crate::check) const RULE: Rule = Rule {
    code: "Y06",
    name: "Valore di confronto senza fonte o senza anno",
    severity: Severity::Nota,
    why: "Chi controlla deve poter ritrovare il valore di confronto, e sapere di che anno è.",
    remedy: "Aggiungi nel target, fra parentesi, la fonte e l'anno, per esempio «dato bench sistema PARETO 2017».",
    missing: true,
};

/// Every target with a remark in brackets.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let quoted = |indicator: &&Indicator| indicator.target.annotation.is_some();
    let subjects = ctx.plan.indicators().filter(quoted).count();
    plan::notices(ctx, ledger, &RULE, subjects, "la fonte e l'anno");
}

//! P31: a target that the formula, bounded as it is, can never meet or never miss, or one scaled by 100.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P31",
    name: "Target che non si può raggiungere o mancare",
    severity: Severity::Errore,
    why: "Una quota sta fra 0 e 1, cioè fra 0 % e 100 %: con un target fuori scala l'esito sarebbe deciso prima di misurare.",
    remedy: "Scrivi il target nella stessa scala della formula: con % se è una quota, senza se la formula moltiplica per 100.",
    missing: true,
};

/// Every formula with its target.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, super::notice::indicators(ctx.plan));
}

//! P04: a formula cannot be read.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P04",
    name: "Formula scritta male",
    severity: Severity::Errore,
    why: "Una formula che non si legge, o che chiama una funzione che non esiste, non si può calcolare.",
    remedy: "Correggi la formula: + - * / ( ), virgola per i decimali, punto e virgola fra gli argomenti.",
    missing: true,
};

/// Every formula.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, super::notice::indicators(ctx.plan));
}

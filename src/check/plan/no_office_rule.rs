//! P14: a shared voce does not say how the offices' values become one.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P14",
    name: "Voce di più uffici senza una regola per unirli",
    severity: Severity::Errore,
    why: "Lo stesso dato chiesto a più uffici può essere una somma o un valore comune: sbagliare regola vuol dire contare due volte.",
    remedy: "Aggiungi «fra_uffici» con la regola giusta: somma, condivisa, ultima, conta o unione.",
    missing: true,
};

/// Every voce of the indicators of several offices.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.voci().filter(|(indicator, _)| indicator.is_shared()).count());
}

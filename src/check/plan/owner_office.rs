//! P13: an indicator has no office, or one that the plan does not know.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P13",
    name: "Indicatore senza un ufficio del piano",
    severity: Severity::Errore,
    why: "Senza un ufficio che risponde nessuno riceve il foglio, e il dato non arriva.",
    remedy: "Usa gli id degli uffici del piano, oppure aggiungi l'ufficio che manca.",
    missing: true,
};

/// Every office of every indicator.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.indicators().map(|indicator| indicator.offices.len()).sum());
}

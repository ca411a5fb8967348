//! P22: a name cannot be the name of a sheet or of a file.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P22",
    name: "Nome che non va bene per un file o un foglio",
    severity: Severity::Errore,
    why: "Il numero della scheda dà il nome al foglio e l'id dell'ufficio dà il nome al file: Excel e Windows non accettano tutto.",
    remedy: "Usa numeri di scheda da 1 a 99, e id con lettere minuscole senza accento, cifre e _.",
    missing: true,
};

/// The numbers of the schede and the identifiers of the offices.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.schede.len() + ctx.plan.offices.len());
}

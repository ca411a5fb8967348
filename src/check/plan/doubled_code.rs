//! P01: a code is used twice.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P01",
    name: "Codice usato due volte",
    severity: Severity::Errore,
    why: "Schede, indicatori, voci e uffici si riconoscono dal codice: con due uguali i dati finirebbero in quello sbagliato.",
    remedy: "Cambia uno dei due codici, oppure togli il doppione.",
    missing: true,
};

/// All the codes: offices, schede, indicators, voci.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(
        &RULE,
        ctx.plan.offices.len()
            + ctx.plan.schede.len()
            + super::notice::indicators(ctx.plan)
            + ctx.plan.voci().count(),
    );
}

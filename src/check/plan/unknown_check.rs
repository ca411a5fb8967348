//! P30: the plan names a check that is not there.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P30",
    name: "Controllo che non c'è",
    severity: Severity::Errore,
    why: "Una gravità o una deroga con un codice sbagliato non vale per nessun rilievo, e chi l'ha scritta crede di sì.",
    remedy: "Scrivi il codice che leggi nel rilievo, oppure togli la riga.",
    missing: true,
};

/// Every severity that the plan changes, and every derogation.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let controls = &ctx.plan.controls;
    ledger.passes(&RULE, controls.levels.len() + controls.waivers.len());
}

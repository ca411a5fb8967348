//! P29: the plan lowers an *errore* and nobody answers for it.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P29",
    name: "Gravità abbassata senza motivo",
    severity: Severity::Errore,
    why: "Chi abbassa un errore cambia ciò che si vede dei dati: chi legge deve sapere perché, chi l'ha deciso e quando.",
    remedy: "Scrivi accanto alla gravità motivo, chi e quando, oppure lascia quella prevista. Per accettare un rilievo solo, usa una deroga.",
    missing: true,
};

/// Every severity that the plan changes.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.controls.levels.len());
}

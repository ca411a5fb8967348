//! F12: the workbook carries macros.

use super::sent::workbooks;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "F12",
    name: "Macro nel file",
    severity: Severity::DaMotivare,
    why: "Il modello non ne ha: qui non vengono eseguite, ma chi apre il file potrebbe eseguirle, e possono cambiare i dati.",
    remedy: "Salva il file in formato .xlsx senza macro e invia quello, oppure spiega a che cosa servono.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &RULE, |submission| {
        let found = submission.traits.macros;
        Ok(found.then(|| {
            super::sent::finding(&RULE, submission, "macro", "nessuna macro", "il file contiene macro")
        }))
    });
}

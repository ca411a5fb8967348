//! F18: formulas are not calculated by themselves.

use super::sent::workbooks;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "F18",
    name: "Calcolo non automatico",
    severity: Severity::DaMotivare,
    why: "I totali e i risultati che l'ufficio vede possono essere rimasti indietro rispetto ai dati; il consuntivo li ricalcola comunque.",
    remedy: "In Excel scegli Formule, Opzioni di calcolo, Automatico, ricontrolla i totali e salva di nuovo, oppure spiega perché serve così.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &RULE, |submission| {
        let book = &submission.traits.book;
        let what = match (book.manual, book.iterative) {
            (false, false) => return Ok(None),
            (true, false) => "le formule si calcolano solo a richiesta",
            (false, true) => "le formule che si richiamano a vicenda si calcolano per tentativi",
            (true, true) => "le formule si calcolano solo a richiesta e per tentativi",
        };
        let found = if book.manual { "calcolo manuale" } else { "calcolo iterativo" };
        Ok(Some(super::sent::finding(&RULE, submission, found, "calcolo automatico", what)))
    });
}

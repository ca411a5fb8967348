//! T17: input cells accept anything.

use super::beside::{at_sheet, by_sheet};
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, count};

pub(super) const RULE: Rule = Rule {
    code: "T17",
    name: "Controlli delle caselle persi",
    severity: Severity::Nota,
    why: "Di solito succede incollando: la casella accetta qualunque cosa e non mostra più la guida né l'elenco.",
    remedy: "Nulla da fare se i valori sono giusti; la prossima volta incolla solo i valori (Incolla speciale), oppure parti dal file ricevuto.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &RULE, |submission, beside, sheet| {
        let lost = beside.unvalidated.iter().filter(|(name, _)| name == sheet);
        lost.map(|(_, cells)| {
            let what = format!(
                "{} più ciò che si scrive",
                count(cells.len(), "casella non controlla", "caselle non controllano")
            );
            let facts = ("nessun controllo", "i controlli del modello", what.as_str());
            at_sheet(&RULE, submission, sheet, cells.iter().copied(), facts)
        })
        .collect()
    });
}

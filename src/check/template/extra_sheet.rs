//! T03: sheets that the template has not.

use super::beside::{beside, some_of};
use crate::check::{Context, Ledger, say};
use crate::model::{Rule, Severity, count, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T03",
    name: "Fogli in più",
    severity: Severity::Nota,
    why: "Ciò che sta fuori dai fogli del modello non entra nel consuntivo.",
    remedy: "Nulla da fare se sono appunti (un nome che comincia con «_» non viene elencato); se contengono dati, riportali nelle schede.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &RULE, submission) else { continue };
        if beside.extra_sheets.is_empty() {
            ledger.pass(&RULE);
            continue;
        }
        let words: Vec<String> = beside
            .extra_sheets
            .iter()
            .map(|(name, full)| format!("{} ({})", quoted(name), count(*full, "cella piena", "celle piene")))
            .collect();
        let what = match words.as_slice() {
            [one] => format!("c'è un foglio in più: {one}"),
            many => format!("ci sono {} fogli in più: {}", many.len(), some_of(many)),
        };
        let base =
            say::facts(say::about_submission(&RULE, submission), words.join(", "), "i fogli del modello");
        ledger.fail(say::told(base, &format!("File {}", quoted(&submission.file)), &what));
    }
}

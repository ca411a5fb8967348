//! T03: sheets that the template has not.

use super::beside::{beside, some_of};
use crate::check::rules::T03;
use crate::check::{Context, Ledger, say};
use crate::model::{count, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T03, submission) else { continue };
        if beside.extra_sheets.is_empty() {
            ledger.pass(&T03);
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
            say::facts(say::about_submission(&T03, submission), words.join(", "), "i fogli del modello");
        ledger.fail(say::told(base, &format!("File {}", quoted(&submission.file)), &what));
    }
}

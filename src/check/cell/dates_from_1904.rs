//! C11: the dates of the workbook count from 1904.

use crate::check::{Context, Ledger, say};
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C11",
    name: "Date contate dal 1904",
    severity: Severity::DaMotivare,
    why: "Le date sono state lette contando dal 1904: una data copiata da un altro file può essere spostata di quattro anni e un giorno.",
    remedy: "In Excel togli l'opzione «Usa sistema data 1904» e ricontrolla le date, oppure spiega che sono tutte giuste.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        if !submission.traits.date1904 {
            ledger.pass(&RULE);
            continue;
        }
        let base = say::facts(say::about_submission(&RULE, submission), "dal 1904", "dal 1900");
        let what = "il file conta le date dal 1904 invece che dal 1900";
        ledger.fail(say::told(base, &format!("File {}", quoted(&submission.file)), what));
    }
}

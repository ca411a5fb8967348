//! F20: a file left in the folder that is no spreadsheet: it holds no office's data and stands in nobody's way.

use super::sent::{NOT_OURS, kind_words};
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F20",
    name: "File estraneo nella cartella",
    severity: Severity::Nota,
    why: "I dati degli uffici stanno solo nei file .xlsx del modello.",
    remedy: NOT_OURS,
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 1, |file| {
        let Fate::Refused(Refusal::Stray(kind)) = &file.fate else { return None };
        let what = format!("è {} e non è stato considerato", kind_words(kind));
        Some(file_finding(&RULE, file, kind, "il file .xlsx di un ufficio", &what))
    });
}

//! F04: a lock file or a temporary copy; ignored.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F04",
    name: "File temporaneo",
    severity: Severity::Nota,
    why: "Excel ne crea uno accanto a ogni file aperto: non contiene dati.",
    remedy: "Nulla da fare; se il file vero è ancora aperto in Excel, salvalo e chiudilo.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 0, |file| {
        (file.fate == Fate::Refused(Refusal::Temporary)).then(|| {
            let what = "è un file temporaneo e non è stato considerato";
            file_finding(&RULE, file, "file temporaneo", "il file dell'ufficio", what)
        })
    });
}

//! F03: a workbook protected by a password for opening.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F03",
    name: "File protetto da password",
    severity: Severity::Bloccante,
    why: "Senza la password il contenuto non si può leggere.",
    remedy: "In Excel: File → Informazioni → Proteggi cartella di lavoro → Crittografa con password, cancella la password, salva e invia di nuovo.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 1, |file| {
        (file.fate == Fate::Refused(Refusal::Encrypted)).then(|| {
            let what = "per aprirlo serve una password";
            file_finding(&RULE, file, "file cifrato", "un file senza password di apertura", what)
        })
    });
}

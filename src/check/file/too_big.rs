//! F15: a bound on size, cells or unpacking is passed.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F15",
    name: "File oltre i limiti",
    severity: Severity::Bloccante,
    why: "Un modello compilato resta molto più piccolo: di solito è un incolla finito fuori posto.",
    remedy: "Copia i valori in un modello nuovo e invia quello, oppure elimina righe, colonne e immagini aggiunte e salva di nuovo.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 1, |file| {
        let Fate::Refused(Refusal::TooBig { what, limit, found }) = &file.fate else { return None };
        let told = format!("{what}: {found}, il limite è {limit}");
        Some(file_finding(&RULE, file, found, limit, &told))
    });
}

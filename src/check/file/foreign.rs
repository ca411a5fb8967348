//! F05: not one of our workbooks.

use super::sent::in_the_folder;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "F05",
    name: "Non è il modello delle schede",
    severity: Severity::Bloccante,
    why: "Senza il foglio nascosto del modello non si sa quale voce stia in quale cella.",
    remedy: "Copia i valori nel file ricevuto dalla struttura performance (schede-<anno>-<ufficio>.xlsx) e invia quello, oppure chiedine una copia nuova.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 2, |file| {
        let Fate::Foreign(seen) = &file.fate else { return None };
        let what = format!("non è un file creato dal modello delle schede ({seen})");
        let finding = file_finding(&RULE, file, seen, "il modello delle schede", &what);
        Some(in_the_folder(context, file, finding))
    });
}

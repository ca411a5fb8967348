//! F23: the parts of a file say two things.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F23",
    name: "File che si legge in due modi",
    severity: Severity::Bloccante,
    why: "Un programma ci leggerebbe un valore e un altro programma un altro: nessuno dei due si può dire quello dell'ufficio.",
    remedy: "Apri il file in Excel, controlla i valori, salvalo con un altro nome e invia quello; se Excel lo dice danneggiato, riparti dal modello.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 1, |file| {
        let Fate::Refused(Refusal::Ambiguous(seen)) = &file.fate else { return None };
        let what = format!("le parti del file si contraddicono ({seen})");
        Some(file_finding(&RULE, file, seen, "un file in cui ogni parte sta in un posto solo", &what))
    });
}

//! F02: another kind of file, whatever its name says.

use super::kind_words;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Finding, Rule, Severity};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F02",
    name: "Non è un file .xlsx",
    severity: Severity::Bloccante,
    why: "Conta il contenuto, non il nome: degli altri formati qualche valore andrebbe perso senza avviso.",
    remedy: "Apri il file in Excel, scegli «Salva con nome» → «Cartella di lavoro di Excel (.xlsx)» e invia quello.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 1, |file| {
        let Fate::Refused(Refusal::OtherKind(kind)) = &file.fate else { return None };
        let what = format!("dentro c'è {}, non una cartella di lavoro .xlsx", kind_words(kind));
        let finding = file_finding(&RULE, file, kind, "xlsx o xlsm", &what);
        Some(match remedy(kind) {
            Some(remedy) => Finding { remedy: remedy.to_owned(), ..finding },
            None => finding,
        })
    });
}

fn remedy(kind: &str) -> Option<&'static str> {
    match kind {
        "zip" => Some("Estrai dall'archivio il file .xlsx del tuo ufficio e invia quello."),
        "xls" | "xlsb" | "ods" | "xml" => None,
        _ => Some("Invia il file .xlsx che hai ricevuto, compilato in Excel."),
    }
}

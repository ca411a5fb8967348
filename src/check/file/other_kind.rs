//! F02: another kind of file, whatever its name says.

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
        let what = format!("dentro c'è {}, non una cartella di lavoro .xlsx", in_words(kind));
        let finding = file_finding(&RULE, file, kind, "xlsx o xlsm", &what);
        Some(match remedy(kind) {
            Some(remedy) => Finding { remedy: remedy.to_owned(), ..finding },
            None => finding,
        })
    });
}

fn in_words(kind: &str) -> String {
    match kind {
        "xls" => "una cartella di lavoro di Excel 97-2003 (.xls)".to_owned(),
        "xlsb" => "una cartella di lavoro binaria (.xlsb)".to_owned(),
        "ods" => "un foglio di LibreOffice (.ods)".to_owned(),
        "html" => "una pagina web (.html)".to_owned(),
        "testo" => "un file di testo".to_owned(),
        "zip" => "un archivio compresso (.zip)".to_owned(),
        "docx" => "un documento di Word (.docx)".to_owned(),
        "pdf" => "un documento PDF".to_owned(),
        other => format!("un file di tipo {other}"),
    }
}

fn remedy(kind: &str) -> Option<&'static str> {
    match kind {
        "zip" => Some("Estrai dall'archivio il file .xlsx del tuo ufficio e invia quello."),
        "docx" | "pdf" | "html" | "testo" => {
            Some("Invia il file .xlsx che hai ricevuto, compilato in Excel.")
        }
        _ => None,
    }
}

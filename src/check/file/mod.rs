//! The file itself: kind, integrity, year, office, copies.

mod calculation;
mod comments;
mod damaged;
mod encrypted;
mod envelope;
mod foreign;
mod late_change;
mod links;
mod long_sheet_name;
mod macros;
mod other_format;
mod other_kind;
mod other_plan;
mod other_program;
mod rival_files;
mod stray;
mod temporary;
mod too_big;
mod two_readings;
mod unverified;
mod wrong_office;

use super::ledger::depends_on;
use super::walk::fate_step;
use super::{Context, Fate, Ledger, Received, say};
use crate::interpret::{Submission, may_be_an_offices};
use crate::model::{Finding, Rule, Severity, quoted};

checks! {
    Formale:
    F01 damaged: Cell,
    F02 other_kind: Cell,
    F03 encrypted: Cell,
    F04 temporary: Cell,
    F05 foreign: Cell,
    F06 other_plan: Cell,
    F07 other_format: Cell,
    F08 wrong_office: Cell,
    F09 rival_files: Cell,
    F12 macros: Cell,
    F13 links: Cell,
    F14 comments: Cell,
    F15 too_big: Cell,
    F16 other_program: Cell,
    F17 late_change: Cell,
    F18 calculation: Cell,
    F19 envelope: Cell,
    F20 stray: Cell,
    F21 long_sheet_name: Cell,
    F22 unverified: Cell,
    F23 two_readings: Cell,
}

/// Judges every workbook that counts: `judge` gives the finding of one that is not in order, or why it is not
/// judged. Files that do not count depend on what was said of them.
fn workbooks(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    judge: impl Fn(&Submission) -> Result<Option<Finding>, String>,
) {
    for submission in context.submissions {
        match judge(submission) {
            Ok(Some(finding)) => ledger.fail(finding),
            Ok(None) => ledger.pass(rule),
            Err(because) => ledger.skip(rule, because),
        }
    }
    for file in context.files.iter().filter(|file| file.fate != Fate::Accepted) {
        ledger.skip(rule, depends_on(fate_step(&file.fate).0));
    }
}

/// A finding on a file that is no workbook of ours, in the folder of all: one that cannot be an office's, by what it is
/// and by its name, holds up nothing (an office without a file is told as such); another may be in the way.
fn in_the_folder(context: &Context<'_>, file: &Received, finding: Finding) -> Finding {
    if !context.whole {
        return finding;
    }
    if !may_be_an_offices(context.plan, file) {
        return Finding { severity: Severity::Nota, remedy: NOT_OURS.to_owned(), ..finding };
    }
    let mut rest = finding.remedy.chars();
    let first: String = rest.next().map(|first| first.to_lowercase().collect()).unwrap_or_default();
    Finding { remedy: format!("Toglilo dalla cartella, oppure {first}{}", rest.as_str()), ..finding }
}

/// For a file that cannot be an office's.
const NOT_OURS: &str = "Nulla da fare; se contiene i dati di un ufficio, chiedigli il file .xlsx compilato.";

/// What a file holds that is no workbook of ours: `un documento PDF`.
fn kind_words(kind: &str) -> String {
    let words = match kind {
        "xls" => "una cartella di lavoro di Excel 97-2003 (.xls)",
        "xlsb" => "una cartella di lavoro binaria (.xlsb)",
        "ods" => "un foglio di LibreOffice (.ods)",
        "html" => "una pagina web (.html)",
        "csv" => "una tabella di testo (.csv)",
        "zip" => "un archivio compresso (.zip)",
        "testo" => "un file di testo",
        "pdf" => "un documento PDF",
        "doc" => "un documento di Word (.doc)",
        "docx" => "un documento di Word (.docx)",
        "ppt" | "pptx" => "una presentazione",
        "rtf" => "un documento di testo (.rtf)",
        "msg" => "un messaggio di posta",
        "immagine" => "un'immagine",
        "audio" => "una registrazione",
        "documento di LibreOffice" => "un documento di LibreOffice",
        "altro" => "un file di un altro tipo",
        other => return format!("un file di tipo {other}"),
    };
    words.to_owned()
}

/// A finding about a workbook: `File «x.xlsx»: what. Why.`
fn finding(rule: &'static Rule, submission: &Submission, found: &str, expected: &str, what: &str) -> Finding {
    let base = say::facts(say::about_submission(rule, submission), found, expected);
    say::told(base, &format!("File {}", quoted(&submission.file)), what)
}

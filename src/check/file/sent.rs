//! The workbooks that came, and what is said of a file.

use crate::check::ledger::depends_on;
use crate::check::rules::F20;
use crate::check::walk::fate_step;
use crate::check::{Context, Fate, Ledger, Received, say};
use crate::interpret::{Submission, may_be_an_offices};
use crate::model::{Finding, Rule, Severity, quoted};

/// A finding of a workbook, none, or why it is not judged.
pub(super) type Judged = Result<Option<Finding>, String>;

/// Judges every workbook that counts: `judge` gives the finding of one that is not in order, or why it is not
/// judged. Files that do not count depend on what was said of them.
pub(super) fn workbooks(
    context: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    judge: impl Fn(&Submission) -> Judged,
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

/// What the unit may do with a file that may be in the way, before what the office does.
pub const TAKE_OUT: &str = "Toglilo dalla cartella, oppure ";

/// A finding on a file that is no workbook of ours, in the folder of all: one that cannot be an office's, by
/// what it is and by its name, holds up nothing (an office without a file is told as such); another may be in
/// the way.
pub(super) fn in_the_folder(context: &Context<'_>, file: &Received, finding: Finding) -> Finding {
    if !context.whole {
        return finding;
    }
    if !may_be_an_offices(context.plan, file) {
        return Finding { severity: Severity::Nota, remedy: F20.remedy.to_owned(), ..finding };
    }
    let mut rest = finding.remedy.chars();
    let first: String = rest.next().map(|first| first.to_lowercase().collect()).unwrap_or_default();
    Finding { remedy: format!("{TAKE_OUT}{first}{}", rest.as_str()), ..finding }
}

/// What a file holds that is no workbook of ours: `un documento PDF`.
pub(super) fn kind_words(kind: &str) -> String {
    let words = match kind {
        "xls" => "una cartella di lavoro di Excel 97-2003 (.xls)",
        "xlsb" => "una cartella di lavoro binaria (.xlsb)",
        "fods" => "un foglio di LibreOffice in un solo testo (.fods)",
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
pub(super) fn finding(
    rule: &'static Rule,
    submission: &Submission,
    found: &str,
    expected: &str,
    what: &str,
) -> Finding {
    let base = say::facts(say::about_submission(rule, submission), found, expected);
    say::told(base, &format!("File {}", quoted(&submission.file)), what)
}

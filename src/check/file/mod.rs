//! The file itself: kind, integrity, year, office, copies.

mod comments;
mod damaged;
mod envelope;
mod late_change;
mod links;
mod long_sheet_name;
mod other_kind;
mod other_program;
mod rival_files;
mod sent;
mod temporary;
mod wrong_office;

pub use sent::TAKE_OUT;
use sent::{Judged, finding, in_the_folder, kind_words, workbooks};

use super::ledger::depends_on;
use super::rules::{F03, F05, F06, F07, F12, F15, F18, F20, F22, F23};
use super::walk::{file_finding, files};
use super::{Context, Fate, Ledger, Received};
use crate::interpret::{FORMAT, FORMATS, Submission};
use crate::model::{Finding, count, quoted};
use crate::read::Refusal;

// Of files: how far on the road one must have come to be judged, and the finding of one that is not in order.
// Of the workbooks that count: the finding of one, or why it is not judged.
checks! {
    Formale:
    F01: damaged::run,
    F02: other_kind::run,
    F03: files(1, encrypted),
    F04: files(0, temporary::judge),
    F05: foreign,
    F06: files(3, other_plan),
    F07: workbooks(other_format),
    F08: wrong_office::run,
    F09: rival_files::run,
    F12: workbooks(macros),
    F13: workbooks(links::judge),
    F14: workbooks(comments::judge),
    F15: files(1, too_big),
    F16: workbooks(other_program::judge),
    F17: late_change::run,
    F18: workbooks(calculation),
    F19: files(1, envelope::judge),
    F20: files(1, stray),
    F21: workbooks(long_sheet_name::judge),
    F22: workbooks(unverified),
    F23: files(1, two_readings),
}

fn encrypted(file: &Received) -> Option<Finding> {
    let is = file.fate == Fate::Refused(Refusal::Encrypted);
    let what = "per aprirlo serve una password";
    is.then(|| file_finding(&F03, file, "file cifrato", "un file senza password di apertura", what))
}

/// Not one of our workbooks.
fn foreign(context: &Context<'_>, ledger: &mut Ledger) {
    files(context, ledger, &F05, 2, |file| {
        let Fate::Foreign(seen) = &file.fate else { return None };
        let what = format!("non è un file creato dal modello delle schede ({seen})");
        let finding = file_finding(&F05, file, seen, "il modello delle schede", &what);
        Some(in_the_folder(context, file, finding))
    });
}

/// Of another year or ente.
fn other_plan(file: &Received) -> Option<Finding> {
    let Fate::OtherPlan(found, expected) = &file.fate else { return None };
    let what = format!("il file è di {found}; il piano è di {expected}");
    Some(file_finding(&F06, file, found, expected, &what))
}

/// The template is of another format than this program writes.
fn other_format(submission: &Submission) -> Judged {
    let format = &submission.manifest.format;
    if !submission.is_of_this_wording() {
        return Err(depends_on("P23"));
    }
    if FORMATS.contains(&format.as_str()) {
        return Ok(None);
    }
    let (own, other) = (quoted(FORMAT), quoted(format));
    let what = format!("il modello è del formato {other}, il programma scrive il {own}");
    Ok(Some(finding(&F07, submission, format, FORMAT, &what)))
}

fn macros(submission: &Submission) -> Judged {
    let carries = submission.traits.macros;
    Ok(carries.then(|| finding(&F12, submission, "macro", "nessuna macro", "il file contiene macro")))
}

/// A bound on size, cells or unpacking is passed.
fn too_big(file: &Received) -> Option<Finding> {
    let Fate::Refused(Refusal::TooBig { what, limit, found }) = &file.fate else { return None };
    Some(file_finding(&F15, file, found, limit, &format!("{what}: {found}, il limite è {limit}")))
}

/// Formulas are not calculated by themselves.
fn calculation(submission: &Submission) -> Judged {
    let book = &submission.traits.book;
    let what = match (book.manual, book.iterative) {
        (false, false) => return Ok(None),
        (true, false) => "le formule si calcolano solo a richiesta",
        (false, true) => "le formule che si richiamano a vicenda si calcolano per tentativi",
        (true, true) => "le formule si calcolano solo a richiesta e per tentativi",
    };
    let found = if book.manual { "calcolo manuale" } else { "calcolo iterativo" };
    Ok(Some(finding(&F18, submission, found, "calcolo automatico", what)))
}

/// No spreadsheet: it holds no office's data and stands in nobody's way.
fn stray(file: &Received) -> Option<Finding> {
    let Fate::Refused(Refusal::Stray(kind)) = &file.fate else { return None };
    let what = format!("è {} e non è stato considerato", kind_words(kind));
    Some(file_finding(&F20, file, kind, "il file .xlsx di un ufficio", &what))
}

/// It came in a signed envelope, whose signature is not verified.
fn unverified(submission: &Submission) -> Judged {
    let Some(envelope) = &submission.traits.book.envelope else { return Ok(None) };
    let how = match usize::from(envelope.layers) {
        1 => "in una busta firmata".to_owned(),
        layers => format!("in {}, una dentro l'altra", count(layers, "busta firmata", "buste firmate")),
    };
    let what = format!(
        "la cartella di lavoro è arrivata {how} (.p7m) ed è stata letta; la firma non è stata verificata"
    );
    Ok(Some(finding(&F22, submission, &how, "una firma verificata a parte", &what)))
}

/// Its parts say two things.
fn two_readings(file: &Received) -> Option<Finding> {
    let Fate::Refused(Refusal::Ambiguous(seen)) = &file.fate else { return None };
    let what = format!("le parti del file si contraddicono ({seen})");
    Some(file_finding(&F23, file, seen, "un file in cui ogni parte sta in un posto solo", &what))
}

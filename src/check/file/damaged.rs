//! F01: a file that cannot be read, or not to its end, or with which the program cannot prove what it issues.

use crate::check::rules::F01;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger, Received, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{Finding, Severity, quoted};
use crate::read::Refusal;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F01, 1, |file| {
        if let Fate::SetAside(why) = &file.fate {
            return Some(file_set_aside(file, why));
        }
        let seen = match &file.fate {
            Fate::Refused(Refusal::Damaged(seen) | Refusal::Unreadable(seen)) => seen,
            _ => return None,
        };
        let what = format!("il file non si può leggere ({seen})");
        Some(file_finding(&F01, file, seen, "un file .xlsx intero", &what))
    });
    for submission in context.submissions {
        damaged_sheets(ledger, submission);
        entries_set_aside(context, ledger, submission);
    }
}

const TESTED: &str = "dati con cui le prove del programma riescono";
const LOOK: &str =
    "Ricontrolla il valore e correggilo; se è giusto, segnala questo rilievo a chi cura il programma.";

/// A file with which a self-check fails.
fn file_set_aside(file: &Received, why: &str) -> Finding {
    let message = format!(
        "File {}: con i suoi dati una prova del programma su sé stesso non riesce ({why}), senza riesce: il file è messo \
         da parte e il resto del mese è emesso.",
        quoted(&file.name)
    );
    let remedy = "Ricontrolla i valori insoliti del file e correggili; se sono giusti, segnala questo rilievo a chi cura il programma.";
    Finding { message, remedy: remedy.to_owned(), ..say::facts(say::about_file(&F01, file), why, TESTED) }
}

/// The entries with which a self-check fails.
fn entries_set_aside(context: &Context<'_>, ledger: &mut Ledger, submission: &Submission) {
    for fact in &submission.structure {
        let StructureFact::SetAside { entries: aside, why } = fact else { continue };
        let entries = submission.entries.iter().chain(submission.completeness.values());
        for entry in entries.filter(|entry| aside.contains(&entry.at)) {
            let base = say::about(context.plan, &F01, submission, entry);
            let message = format!(
                "{}: con questo valore una prova del programma su sé stesso non riesce ({why}), senza riesce: il valore \
                 non conta e il resto del mese è emesso. Cella: {}.",
                say::place_words(context.plan, &entry.id),
                entry.place
            );
            let finding = say::facts(base, entry.raw.clone(), TESTED);
            ledger.fail(Finding { severity: Severity::Errore, message, remedy: LOOK.to_owned(), ..finding });
        }
    }
}

/// A sheet that stops half-way keeps out the entries that should stand on it.
fn damaged_sheets(ledger: &mut Ledger, submission: &Submission) {
    for fact in &submission.structure {
        let StructureFact::SheetDamaged { sheet, what: seen } = fact else { continue };
        let cells = submission
            .entries
            .iter()
            .filter(|entry| entry.place.sheet == *sheet)
            .map(|entry| entry.place.cell);
        let finding = say::at_cells(say::about_submission(&F01, submission), sheet, cells);
        let finding = say::facts(finding, seen.clone(), "un foglio leggibile fino in fondo");
        let place = format!("File {}, foglio {}", quoted(&submission.file), quoted(sheet));
        ledger.fail(say::told(
            finding,
            &place,
            &format!("il foglio non si può leggere fino in fondo ({seen})"),
        ));
    }
}

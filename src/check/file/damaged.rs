//! F01: a file that cannot be read, or not to its end.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{Rule, Severity, quoted};
use crate::read::Refusal;

pub(super) const RULE: Rule = Rule {
    code: "F01",
    name: "File illeggibile o danneggiato",
    severity: Severity::Bloccante,
    why: "Un file letto a metà darebbe numeri sbagliati senza che si veda.",
    remedy: "Apri il file in Excel, salvalo di nuovo e invialo; se non si apre, riparti dall'ultima copia buona o dal modello.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 1, |file| {
        let seen = match &file.fate {
            Fate::Refused(Refusal::Damaged(seen) | Refusal::Unreadable(seen)) => seen,
            _ => return None,
        };
        let what = format!("il file non si può leggere ({seen})");
        Some(file_finding(&RULE, file, seen, "un file .xlsx intero", &what))
    });
    for submission in context.submissions {
        damaged_sheets(ledger, submission);
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
        let finding = say::at_cells(say::about_submission(&RULE, submission), sheet, cells);
        let finding = say::facts(finding, seen.clone(), "un foglio leggibile fino in fondo");
        let place = format!("File {}, foglio {}", quoted(&submission.file), quoted(sheet));
        ledger.fail(say::told(
            finding,
            &place,
            &format!("il foglio non si può leggere fino in fondo ({seen})"),
        ));
    }
}

//! C23: a sheet with formatted and blank cells far from the last full one.

use crate::check::rules::C23;
use crate::check::{Context, Ledger, say};
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, count, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        if submission.traits.book.open_document {
            ledger.skip(&C23, "in un file .ods le celle vuote non sono scritte una per una");
        } else if submission.traits.overgrown.is_empty() {
            ledger.pass(&C23);
        }
        for (sheet, blanks, end) in &submission.traits.overgrown {
            ledger.fail(overgrown(submission, sheet, *blanks, *end));
        }
    }
}

fn overgrown(submission: &Submission, sheet: &str, blanks: u64, end: CellRef) -> Finding {
    let blanks = usize::try_from(blanks).unwrap_or(usize::MAX);
    let cells = count(blanks, "cella vuota e formattata", "celle vuote e formattate");
    let base = say::at_cells(say::about_submission(&C23, submission), sheet, []);
    let base = say::facts(base, format!("fino a {end}"), "celle fin dove ci sono dati");
    say::told(base, &format!("Foglio {}", quoted(sheet)), &format!("contiene {cells}, fino alla cella {end}"))
}

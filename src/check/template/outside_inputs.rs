//! T19: something is written where the template has nothing.

use super::beside::{at_sheet, by_sheet_unless, rows_were_shuffled};
use super::other_label;
use crate::check::rules::T19;
use crate::check::{Context, Ledger};
use crate::interpret::{StructureFact, Submission, Tampering};
use crate::model::{CellRef, Finding, Place, join_it, quoted};

/// Cells quoted in a sentence before "e altre N".
const QUOTED: usize = 6;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let told = |submission: &Submission, beside: &Tampering, sheet: &str| {
        // What has no key cannot be followed: T05 speaks of the rows.
        let shuffled = rows_were_shuffled(submission, sheet).then_some("T05");
        let doubled = submission.structure.iter().any(|fact| match fact {
            StructureFact::MonthTwice { sheet: own, .. } => own == sheet,
            _ => false,
        });
        let other = if doubled { "M06" } else { "T24" };
        shuffled.or_else(|| beside.outside.iter().any(|(name, _)| name == sheet).then_some(other))
    };
    by_sheet_unless(context, ledger, &T19, told, |submission, beside, sheet| {
        if rows_were_shuffled(submission, sheet) {
            return Vec::new();
        }
        let outside = beside.outside.iter().filter(|(name, _)| name == sheet);
        let cells: Vec<(CellRef, String)> = outside
            .flat_map(|(_, cells)| cells)
            .filter(|(cell, _)| !stands_under_a_doubled_month(submission, sheet, *cell))
            .filter(|(cell, _)| {
                !other_label::tells(submission, &Place { sheet: sheet.to_owned(), cell: *cell })
            })
            .cloned()
            .collect();
        if cells.is_empty() { Vec::new() } else { vec![finding(submission, sheet, &cells)] }
    });
}

/// Whether the column is headed by a month that stands twice: M06 speaks of it.
fn stands_under_a_doubled_month(submission: &Submission, sheet: &str, cell: CellRef) -> bool {
    submission.structure.iter().any(|fact| match fact {
        StructureFact::MonthTwice { sheet: own, headings, .. } => {
            own == sheet && headings.iter().any(|heading| heading.col == cell.col)
        }
        _ => false,
    })
}

fn finding(submission: &Submission, sheet: &str, cells: &[(CellRef, String)]) -> Finding {
    let mut words: Vec<String> =
        cells.iter().take(QUOTED).map(|(cell, text)| format!("{} in {cell}", quoted(text))).collect();
    match cells.len().saturating_sub(QUOTED) {
        0 => {}
        1 => words.push("un'altra".to_owned()),
        more => words.push(format!("altre {more}")),
    }
    let what = format!("c'è scritto {} dove il modello non ha nulla", join_it(&words));
    let found: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
    let facts = (&*found.join("; "), "niente", what.as_str());
    at_sheet(&T19, submission, sheet, cells.iter().map(|(cell, _)| *cell), facts)
}

//! T08: the columns of the months stand in another order.

use std::collections::BTreeSet;

use super::beside::{at_sheet, entries_of};
use crate::check::rules::T08;
use crate::interpret::{Entry, EntryState, Submission, Tampering};
use crate::model::{CellRef, Finding, Month, VoceKey, join_it};

/// Of a sheet.
pub(super) fn judge(submission: &Submission, beside: &Tampering, sheet: &str) -> Vec<Finding> {
    let shuffled = beside.shuffled.iter().filter(|(name, _)| name == sheet);
    shuffled.map(|(_, months)| finding(submission, sheet, months)).collect()
}

fn finding(submission: &Submission, sheet: &str, months: &[(Month, CellRef)]) -> Finding {
    let mut right: Vec<Month> = months.iter().map(|(month, _)| *month).collect();
    right.sort_unstable();
    let wrong = months.iter().zip(&right).filter(|((month, _), right)| month != *right);
    let (names, cells): (Vec<String>, Vec<CellRef>) = wrong
        .map(|((month, cell), _)| {
            (format!("{month} nella colonna {}", CellRef::column_name(cell.col)), *cell)
        })
        .unzip();
    // What stands under them is in doubt: it may be of the month that the place says.
    let moved: Vec<Month> = months
        .iter()
        .zip(&right)
        .filter(|((month, _), right)| month != *right)
        .map(|((month, _), _)| *month)
        .collect();
    let under = |entry: &&Entry| {
        entry.place.sheet == sheet && entry.id.month.is_some_and(|month| moved.contains(&month))
    };
    let typed = |entry: &&Entry| entry.state != EntryState::Blank;
    let voci: BTreeSet<&VoceKey> =
        entries_of(submission).filter(under).filter(typed).map(|entry| &entry.id.voce).collect();
    let below = entries_of(submission).filter(under).filter(|entry| voci.contains(&entry.id.voce));
    let cells = cells.into_iter().chain(below.map(|entry| entry.place.cell));
    let what = format!("i mesi non sono nell'ordine del modello: {}", join_it(&names));
    at_sheet(&T08, submission, sheet, cells, (&names.join(", "), "i mesi da gennaio a dicembre", &what))
}

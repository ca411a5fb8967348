//! T05: rows stand elsewhere and were found by their key.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::{entries_of, key_words, scheda_of, schede, sheet_gone, some_of};
use crate::check::ledger::depends_on;
use crate::check::rules::T05;
use crate::check::{Context, Ledger, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{CellRef, Finding, count};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T05, depends_on("T01"));
                continue;
            }
            // Where a row was to stand is what the hidden list says.
            let listed = submission.tampering.as_ref().is_none_or(|beside| {
                beside.manifest.iter().all(|fault| scheda_of(&fault.key) != Some(scheda))
            });
            if !listed {
                ledger.skip(&T05, depends_on("T21"));
                continue;
            }
            match submission.structure.iter().find_map(|fact| moved(context, submission, scheda, fact)) {
                Some(finding) => ledger.fail(finding),
                None if rows_gone(submission, scheda) => ledger.skip(&T05, depends_on("T06")),
                None => ledger.pass(&T05),
            }
        }
    }
}

/// Whether rows of the scheda are gone: those below only closed up.
fn rows_gone(submission: &Submission, scheda: u8) -> bool {
    submission.structure.iter().any(|fact| match fact {
        StructureFact::Missing { key, month: None, .. } => scheda_of(key) == Some(scheda),
        StructureFact::HeaderMissing { scheda: own, .. } => *own == scheda,
        _ => false,
    })
}

fn moved(
    context: &Context<'_>,
    submission: &Submission,
    scheda: u8,
    fact: &StructureFact,
) -> Option<Finding> {
    let StructureFact::RowsMoved { sheet, rows, .. } = fact else { return None };
    if rows.first().and_then(|(key, _)| scheda_of(key)) != Some(scheda) {
        return None;
    }
    let places: BTreeSet<u32> = rows.iter().map(|(_, cell)| cell.row).collect();
    let here = entries_of(submission).filter(|entry| entry.place.sheet == *sheet);
    let mut cells: Vec<CellRef> =
        here.map(|entry| entry.place.cell).filter(|cell| places.contains(&cell.row)).collect();
    if cells.is_empty() {
        cells = rows.iter().map(|(_, cell)| *cell).collect();
    }
    let names: Vec<String> = names(context, rows);
    let verb = if rows.len() == 1 { "è" } else { "sono" };
    let what = format!(
        "{} {verb} fuori posto rispetto al modello: {}",
        count(rows.len(), "riga", "righe"),
        some_of(&names)
    );
    let finding = say::at_cells(say::about_submission(&T05, submission), sheet, cells);
    let finding = say::facts(finding, some_of(&names), "le righe come nel modello");
    Some(say::told(Finding { scheda: Some(scheda), ..finding }, &format!("Scheda {scheda}"), &what))
}

/// The voci of the rows, in the order of the sheet, each with its row now.
fn names(context: &Context<'_>, rows: &[(String, CellRef)]) -> Vec<String> {
    let by_row: BTreeMap<u32, &str> = rows.iter().map(|(key, cell)| (cell.row, key.as_str())).collect();
    by_row
        .into_iter()
        .map(|(row, key)| format!("{} (ora alla riga {})", key_words(context, key), row + 1))
        .collect()
}

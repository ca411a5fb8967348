//! T07: the key of a row stands more than once.

use super::beside::{entries_of, key_words, keyed, scheda_of, schede, sheet_gone, voce_of_key};
use crate::check::ledger::depends_on;
use crate::check::rules::T07;
use crate::check::{Context, Ledger, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{CellRef, Finding, Related, VoceKey, join_it};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T07, depends_on("T01"));
                continue;
            }
            let doubled =
                submission.structure.iter().filter_map(|fact| doubled(context, submission, scheda, fact));
            let doubled: Vec<Finding> = doubled.collect();
            if doubled.is_empty() {
                ledger.pass(&T07);
            }
            for finding in doubled {
                ledger.fail(finding);
            }
        }
    }
}

fn doubled(
    context: &Context<'_>,
    submission: &Submission,
    scheda: u8,
    fact: &StructureFact,
) -> Option<Finding> {
    let StructureFact::Duplicated { sheet, key, cells } = fact else { return None };
    if scheda_of(key) != Some(scheda) {
        return None;
    }
    let rows: Vec<String> = cells.iter().map(|cell| (cell.row + 1).to_string()).collect();
    let what = format!("{} sta in {} righe: {}", key_words(context, key), cells.len(), join_it(&rows));
    let known = context.plan.voce(&VoceKey::from_text(voce_of_key(key)));
    let lost: Vec<_> = entries_of(submission).filter(|entry| keyed(&entry.id, key)).collect();
    // The template's cells, to which the entries belong, and those of every row where they could be.
    let home = lost.first().map_or(sheet.as_str(), |entry| entry.place.sheet.as_str());
    let places = lost.iter().map(|entry| entry.place.cell);
    let copies = cells
        .iter()
        .flat_map(|row| lost.iter().map(move |entry| CellRef { row: row.row, col: entry.place.cell.col }));
    let base = say::about_submission(&T07, submission);
    let base = if home == sheet {
        say::at_cells(base, home, places.chain(copies))
    } else {
        let (office, file) = (submission.office.clone(), submission.file.clone());
        let related = vec![Related { office, file, sheet: sheet.clone(), cells: copies.collect() }];
        Finding { related, ..say::at_cells(base, home, places) }
    };
    let finding = Finding {
        scheda: Some(scheda),
        indicator: known.map(|(indicator, _)| indicator.code.clone()),
        voce: known.map(|(_, voce)| voce.key.clone()),
        ..base
    };
    let finding = say::facts(finding, format!("righe {}", join_it(&rows)), "una riga sola");
    Some(say::told(finding, &format!("Scheda {scheda}"), &what))
}

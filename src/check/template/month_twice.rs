//! M06: a month heads two columns of a sheet.

use super::beside::{schede, sheet_gone};
use crate::check::ledger::depends_on;
use crate::check::rules::M06;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Entry, EntryState, StructureFact, Submission};
use crate::model::{CellRef, Finding, Month, join_it};

/// Judges each scheda of each workbook.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&M06, depends_on("T01"));
                continue;
            }
            let doubled = doubled(context, submission, scheda);
            if doubled.is_empty() {
                ledger.pass(&M06);
            }
            for (month, headings, lost) in doubled {
                ledger.fail(finding(submission, scheda, month, headings, &lost));
            }
        }
    }
}

type Doubled<'a> = (Month, &'a [CellRef], Vec<&'a Entry>);

/// The months that head more than one column in the sheet of a scheda, with the entries that they lose.
fn doubled<'a>(context: &Context<'_>, submission: &'a Submission, scheda: u8) -> Vec<Doubled<'a>> {
    let of_scheda =
        |entry: &&Entry| context.plan.voce(&entry.id.voce).is_some_and(|(known, _)| known.scheda == scheda);
    let lost = || submission.entries.iter().filter(|entry| entry.state == EntryState::Lost).filter(of_scheda);
    let facts = submission.structure.iter().filter_map(|fact| match fact {
        StructureFact::MonthTwice { sheet, month, headings } => Some((sheet, *month, headings.as_slice())),
        _ => None,
    });
    let facts = facts.map(|(sheet, month, headings)| {
        // Under another header the month may stand once: the entry's place says under which it was lost.
        let here = |entry: &&Entry| {
            entry.id.month == Some(month)
                && entry.place.sheet == *sheet
                && headings.first().is_some_and(|heading| heading.col == entry.place.cell.col)
        };
        (month, headings, lost().filter(here).collect::<Vec<&Entry>>())
    });
    facts.filter(|(_, _, lost)| !lost.is_empty()).collect()
}

fn finding(
    submission: &Submission,
    scheda: u8,
    month: Month,
    headings: &[CellRef],
    lost: &[&Entry],
) -> Finding {
    let sheet = lost.first().map_or("", |entry| entry.place.sheet.as_str());
    let cells = lost.iter().flat_map(|entry| {
        headings.iter().map(move |heading| CellRef { row: entry.place.cell.row, col: heading.col })
    });
    let cells = cells.chain(headings.iter().copied());
    let columns: Vec<String> = headings.iter().map(|cell| CellRef::column_name(cell.col)).collect();
    let columns = join_it(&columns);
    let base = say::at_cells(say::about_submission(&M06, submission), sheet, cells);
    let base = Finding { scheda: Some(scheda), month: Some(month), ..base };
    let base = say::facts(base, format!("{month} nelle colonne {columns}"), "una colonna sola");
    let what = format!("{month} è l'intestazione di {} colonne: {columns}", headings.len());
    say::told(base, &format!("Scheda {scheda}"), &what)
}

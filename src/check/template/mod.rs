//! The workbook against its template: sheets, rows, columns, fixed values.

mod beside;
mod cell_missing;
mod constant_changed;
mod drawn_over;
mod excel_error;
mod hidden_data;
mod key_doubled;
mod locked_text;
mod manifest_changed;
mod month_twice;
mod months_shuffled;
mod other_label;
mod other_wording;
mod outside_inputs;
mod register_full;
mod result_missing;
mod row_without_key;
mod rows_moved;
mod sheet_copied;
mod sheet_missing;
mod sheet_renamed;
mod shown_otherwise;
mod stale_result;
mod untouched;

use beside::{at_sheet, beside, by_live, by_sheet, some_of};

use super::rules::{T03, T16, T17, T18};
use super::{Context, Ledger, say};
use crate::interpret::{LiveCell, LiveState, MergedInputs, Submission, Tampering};
use crate::model::{Finding, count, quoted};

// Of each sheet beside that of the template: its findings. Of the live cells: what was found, what was
// expected, the sentence.
checks! {
    Modello:
    M06: month_twice::run,
    P23: other_wording::run,
    T01: sheet_missing::run,
    T02: sheet_renamed::run,
    T03: extra_sheets,
    T04: hidden_data::run,
    T05: rows_moved::run,
    T06: cell_missing::run,
    T07: key_doubled::run,
    T08: by_sheet(months_shuffled::judge),
    T09: locked_text::run,
    T10: constant_changed::run,
    T11: by_live(total_typed),
    T12: by_live(formula_changed),
    T13: excel_error::run,
    T14: stale_result::run,
    T15: result_missing::run,
    T16: by_sheet(unprotected),
    T17: by_sheet(unvalidated),
    T18: by_sheet(merged_inputs),
    T19: outside_inputs::run,
    T20: untouched::run,
    T21: manifest_changed::run,
    T22: shown_otherwise::run,
    T24: other_label::run,
    T25: row_without_key::run,
    T26: sheet_copied::run,
    T27: register_full::run,
    T29: drawn_over::run,
}

fn extra_sheets(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T03, submission) else { continue };
        let told = |(name, full): &(String, usize)| {
            format!("{} ({})", quoted(name), count(*full, "cella piena", "celle piene"))
        };
        let words: Vec<String> = beside.extra_sheets.iter().map(told).collect();
        let what = match words.as_slice() {
            [] => {
                ledger.pass(&T03);
                continue;
            }
            [one] => format!("c'è un foglio in più: {one}"),
            many => format!("ci sono {} fogli in più: {}", many.len(), some_of(many)),
        };
        let base = say::about_submission(&T03, submission);
        let base = say::facts(base, words.join(", "), "i fogli del modello");
        ledger.fail(say::told(base, &format!("File {}", quoted(&submission.file)), &what));
    }
}

/// A total, or a result, written over.
fn total_typed(live: &LiveCell) -> Option<(String, String, String)> {
    let (found, what) = match &live.state {
        LiveState::Constant(found) => {
            (found.clone(), format!("al posto della formula c'è {}", quoted(found)))
        }
        LiveState::Cleared => (String::new(), "la formula è stata cancellata".to_owned()),
        _ => return None,
    };
    Some((found, "la formula del modello".to_owned(), what))
}

/// A live formula that calculates something else.
fn formula_changed(live: &LiveCell) -> Option<(String, String, String)> {
    let LiveState::Different(found, expected) = &live.state else { return None };
    let (found, expected) = (format!("={found}"), format!("={expected}"));
    let what = format!("la formula è {}, nel modello è {}", quoted(&found), quoted(&expected));
    Some((found, expected, what))
}

fn unprotected(submission: &Submission, beside: &Tampering, sheet: &str) -> Vec<Finding> {
    let gone = beside.unprotected.iter().any(|name| name == sheet);
    let facts = ("non protetto", "protetto", "il foglio non è più protetto");
    gone.then(|| at_sheet(&T16, submission, sheet, [], facts)).into_iter().collect()
}

/// Input cells that accept anything.
fn unvalidated(submission: &Submission, beside: &Tampering, sheet: &str) -> Vec<Finding> {
    let lost = beside.unvalidated.iter().filter(|(name, _)| name == sheet);
    lost.map(|(_, cells)| {
        let inside = count(cells.len(), "casella non controlla", "caselle non controllano");
        let what = format!("{inside} più ciò che si scrive");
        let facts = ("nessun controllo", "i controlli del modello", what.as_str());
        at_sheet(&T17, submission, sheet, cells.iter().copied(), facts)
    })
    .collect()
}

fn merged_inputs(submission: &Submission, beside: &Tampering, sheet: &str) -> Vec<Finding> {
    let told = |merged: &MergedInputs| {
        let area = merged.area.to_string();
        let inside = count(merged.cells.len(), "casella da compilare", "caselle da compilare");
        let what = format!("le celle {area} sono unite e coprono {inside}");
        let facts = (area.as_str(), "celle separate", what.as_str());
        at_sheet(&T18, submission, sheet, merged.cells.iter().copied(), facts)
    };
    beside.merged.iter().filter(|merged| merged.sheet == sheet).map(told).collect()
}

//! T21: the hidden list of the cells is not the template's.

use std::collections::BTreeMap;

use super::beside::{at_sheet, beside, key_words, some_of};
use crate::check::rules::T21;
use crate::check::{Context, Ledger};
use crate::interpret::{ManifestFault, Submission};
use crate::model::{CellRef, Finding};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T21, submission) else { continue };
        if beside.manifest.is_empty() {
            ledger.pass(&T21);
        }
        let mut sheets: BTreeMap<&str, Vec<&ManifestFault>> = BTreeMap::new();
        for fault in &beside.manifest {
            let place = fault.expected.as_ref().or(fault.found.first());
            sheets.entry(place.map_or("_manifest", |place| place.sheet.as_str())).or_default().push(fault);
        }
        for (sheet, faults) in sheets {
            ledger.fail(finding(context, submission, sheet, &faults));
        }
    }
}

fn finding(
    context: &Context<'_>,
    submission: &Submission,
    sheet: &str,
    faults: &[&ManifestFault],
) -> Finding {
    let words: Vec<String> = faults.iter().map(|fault| words(context, fault)).collect();
    let cells: Vec<CellRef> = faults
        .iter()
        .filter_map(|fault| fault.expected.as_ref().or(fault.found.first()))
        .map(|place| place.cell)
        .collect();
    let what = format!("l'elenco nascosto delle caselle non è quello del modello: {}", some_of(&words));
    at_sheet(&T21, submission, sheet, cells, (&words.join("; "), "l'elenco del modello", &what))
}

fn words(context: &Context<'_>, fault: &ManifestFault) -> String {
    let mut what = key_words(context, &fault.key);
    if let Some(month) = fault.month {
        what.push_str(&format!(" di {month}"));
    }
    if let Some((row, _)) = &fault.field {
        what.push_str(&format!(", riga {row}"));
    }
    match (&fault.expected, fault.found.as_slice()) {
        (None, _) => format!("c'è in più {what}"),
        (Some(_), []) => format!("manca {what}"),
        (Some(expected), [found]) => format!("{what} è data in {found} invece che in {expected}"),
        (Some(_), found) => format!("{what} c'è {} volte", found.len()),
    }
}

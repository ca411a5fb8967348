//! F13: the workbook takes values from other files.

use super::sent::Judged;
use crate::check::ledger::depends_on;
use crate::check::rules::F13;
use crate::check::say;
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, Place, Related, count, join_it, quoted};

pub(super) fn judge(submission: &Submission) -> Judged {
    let linked = linked_outside_entries(submission);
    if linked.is_empty() && !submission.traits.linked.is_empty() {
        return Err(depends_on("C18"));
    }
    let any = !submission.traits.book.links.is_empty() || !linked.is_empty();
    Ok(any.then(|| linked_finding(submission, &linked)))
}

/// The cells that look into another file and are not entries: of entries C18 speaks.
fn linked_outside_entries(submission: &Submission) -> Vec<&Place> {
    let entry = |place: &&Place| {
        let mut entries = submission.entries.iter().chain(submission.completeness.values());
        entries.any(|entry| entry.place == **place)
    };
    submission.traits.linked.iter().filter(|place| !entry(place)).collect()
}

fn linked_finding(submission: &Submission, linked: &[&Place]) -> Finding {
    let traits = &submission.traits;
    let names: Vec<String> =
        traits.book.links.iter().filter(|name| !name.is_empty()).map(|name| quoted(name)).collect();
    let mut what = match names.as_slice() {
        [] => "il file è collegato a un altro".to_owned(),
        [name] => format!("il file è collegato a {name}"),
        names => format!("il file è collegato ad altri {}: {}", names.len(), join_it(names)),
    };
    if !linked.is_empty() {
        let cells = count(linked.len(), "cella ne prende", "celle ne prendono");
        what.push_str(&format!("; {cells} il valore"));
    }
    let base = say::facts(say::about_submission(&F13, submission), names.join(", "), "nessun collegamento");
    say::told(with_cells(base, submission, linked), &format!("File {}", quoted(&submission.file)), &what)
}

/// Names the cells that look into another file.
fn with_cells(mut finding: Finding, submission: &Submission, linked: &[&Place]) -> Finding {
    let mut sheets: Vec<&str> = linked.iter().map(|place| place.sheet.as_str()).collect();
    sheets.dedup();
    for sheet in sheets {
        let cells: Vec<CellRef> =
            linked.iter().filter(|place| place.sheet == sheet).map(|place| place.cell).collect();
        if finding.sheet.is_none() {
            finding = say::at_cells(finding, sheet, cells);
        } else {
            let (office, file) = (submission.office.clone(), submission.file.clone());
            finding.related.push(Related { office, file, sheet: sheet.to_owned(), cells });
        }
    }
    finding
}

//! F13: the workbook takes values from other files.

use super::workbooks;
use crate::check::cell::other_workbook;
use crate::check::ledger::depends_on;
use crate::check::{Context, Ledger, say};
use crate::interpret::Submission;
use crate::model::{CellRef, Finding, Place, Related, Rule, Severity, count, join_it, quoted};

pub(super) const RULE: Rule = Rule {
    code: "F13",
    name: "Collegamento ad altri file",
    severity: Severity::DaMotivare,
    why: "Un valore preso da un altro file può cambiare, o restare vecchio, senza che qui si veda.",
    remedy: "Scrivi il valore al posto del collegamento, oppure spiega da quale file viene e chi lo tiene aggiornato.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &RULE, |submission| {
        let traits = &submission.traits;
        if is_of_entries_only(submission) {
            return Err(depends_on(other_workbook::RULE.code));
        }
        let linked = !traits.book.links.is_empty() || !traits.linked.is_empty();
        Ok(linked.then(|| linked_finding(submission)))
    });
}

/// Whether the links are those of entries, each of which C18 names.
fn is_of_entries_only(submission: &Submission) -> bool {
    let linked = &submission.traits.linked;
    let told = |place: &Place| {
        submission
            .entries
            .iter()
            .any(|entry| entry.place == *place && other_workbook::is_taken_elsewhere(entry))
    };
    !linked.is_empty() && linked.iter().all(told)
}

fn linked_finding(submission: &Submission) -> Finding {
    let traits = &submission.traits;
    let names: Vec<String> =
        traits.book.links.iter().filter(|name| !name.is_empty()).map(|name| quoted(name)).collect();
    let mut what = match names.as_slice() {
        [] => "il file è collegato a un altro".to_owned(),
        [name] => format!("il file è collegato a {name}"),
        names => format!("il file è collegato ad altri {}: {}", names.len(), join_it(names)),
    };
    if !traits.linked.is_empty() {
        let cells = count(traits.linked.len(), "cella ne prende", "celle ne prendono");
        what.push_str(&format!("; {cells} il valore"));
    }
    let base = say::facts(say::about_submission(&RULE, submission), names.join(", "), "nessun collegamento");
    say::told(with_cells(base, submission), &format!("File {}", quoted(&submission.file)), &what)
}

/// Names the cells that look into another file.
fn with_cells(mut finding: Finding, submission: &Submission) -> Finding {
    let linked = &submission.traits.linked;
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

//! T26: a second sheet has the keys of a scheda.

use std::collections::BTreeMap;

use super::beside::{schede, sheet_gone, some_of};
use crate::check::ledger::depends_on;
use crate::check::rules::T26;
use crate::check::{Context, Ledger, say};
use crate::interpret::{CopiedCell, StructureFact, Submission};
use crate::model::{CellRef, Finding, Related, Severity, VoceKey, count, quoted};

/// What to do with a copy that says the same.
const SAME: &str = "Nulla da fare; per non confondersi conviene cancellare la copia.";

/// Judges each scheda of each workbook.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T26, depends_on("T01"));
                continue;
            }
            let copies = submission.structure.iter().filter(
                |fact| matches!(fact, StructureFact::SheetCopied { scheda: own, .. } if *own == scheda),
            );
            let findings: Vec<Finding> =
                copies.flat_map(|fact| findings(context, submission, fact)).collect();
            if findings.is_empty() {
                ledger.pass(&T26);
            }
            findings.into_iter().for_each(|finding| ledger.fail(finding));
        }
    }
}

fn findings(context: &Context<'_>, submission: &Submission, fact: &StructureFact) -> Vec<Finding> {
    let StructureFact::SheetCopied { scheda, copy, equal, blank, differing } = fact else {
        return Vec::new();
    };
    if differing.is_empty() {
        return vec![same(submission, *scheda, copy, (*equal, *blank))];
    }
    let mut voci: BTreeMap<&VoceKey, Vec<&CopiedCell>> = BTreeMap::new();
    for cell in differing {
        voci.entry(&cell.id.voce).or_default().push(cell);
    }
    voci.into_iter().filter_map(|(voce, cells)| others(context, submission, voce, copy, &cells)).collect()
}

fn same(submission: &Submission, scheda: u8, copy: &str, (equal, blank): (usize, usize)) -> Finding {
    let mut what = format!(
        "il foglio {} è una copia della scheda, con gli stessi valori in {}",
        quoted(copy),
        count(equal, "casella", "caselle")
    );
    if blank > 0 {
        what.push_str(&format!(" e vuota in {}", count(blank, "casella", "caselle")));
    }
    let base = say::at_cells(say::about_submission(&T26, submission), copy, []);
    let base = say::facts(base, copy, "un foglio solo");
    let base = Finding { scheda: Some(scheda), severity: Severity::Nota, remedy: SAME.to_owned(), ..base };
    say::told(base, &format!("Scheda {scheda}"), &what)
}

fn others(
    context: &Context<'_>,
    submission: &Submission,
    voce: &VoceKey,
    copy: &str,
    cells: &[&CopiedCell],
) -> Option<Finding> {
    let (indicator, voce) = context.plan.voce(voce)?;
    let sheet = cells.first().map_or("", |cell| cell.place.sheet.as_str());
    let base = say::about_voce(&T26, submission, indicator, &voce.key);
    let base = say::at_cells(base, sheet, cells.iter().map(|cell| cell.place.cell));
    let (office, file) = (submission.office.clone(), submission.file.clone());
    let mut copied: Vec<CellRef> = cells.iter().map(|cell| cell.copy.cell).collect();
    copied.sort_unstable();
    copied.dedup();
    let related = vec![Related { office, file, sheet: copy.to_owned(), cells: copied }];
    let words: Vec<String> = cells.iter().map(|cell| words(cell)).collect();
    let found: Vec<&str> = cells.iter().map(|cell| cell.copy_raw.as_str()).collect();
    let wanted: Vec<&str> = cells.iter().map(|cell| cell.raw.as_str()).collect();
    let what = format!("nel foglio {} c'è una copia con altri valori: {}", quoted(copy), some_of(&words));
    let base = say::facts(Finding { related, ..base }, found.join("; "), wanted.join("; "));
    let months: Vec<_> = cells.iter().map(|cell| cell.id.month).collect();
    let month =
        months.first().copied().flatten().filter(|own| months.iter().all(|other| other == &Some(*own)));
    Some(say::told(Finding { month, ..base }, &say::voce_words(indicator, voce), &what))
}

/// `a giugno 11 invece di 9`.
fn words(cell: &CopiedCell) -> String {
    let when = match (cell.id.month, cell.id.row) {
        (Some(month), _) => format!("{month} "),
        (None, Some(row)) => format!("riga {row} "),
        (None, None) => String::new(),
    };
    let own = if cell.raw.trim().is_empty() { "niente".to_owned() } else { quoted(&cell.raw) };
    format!("{when}{} invece di {own}", quoted(&cell.copy_raw))
}

//! T01: the sheet of a scheda is not in the workbook.

use super::beside::{entries_of, scheda_of, schede, sheet_gone};
use crate::check::ledger::depends_on;
use crate::check::rules::T01;
use crate::check::{Context, Ledger, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{Finding, count, quoted};

/// The remedy where the sheet is there: the clerk cannot see what it has lost.
const WITHOUT_KEYS: &str = "Ricopia i valori del foglio in una copia nuova del modello, chiesta alla struttura performance, e invia quella.";

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            let gone = |fact: &&StructureFact| matches!(fact, StructureFact::SheetMissing { scheda: own, .. } if *own == scheda);
            if sheet_gone(submission, scheda).is_none() {
                ledger.pass(&T01);
            }
            for fact in submission.structure.iter().filter(gone) {
                if never_had(context, submission, fact) {
                    ledger.skip(&T01, depends_on("P23"));
                } else {
                    ledger.fail(missing(submission, scheda, fact));
                }
            }
        }
    }
}

/// Whether the plan gave the scheda to the office after its form was made: nothing is missing that was there.
fn never_had(context: &Context<'_>, submission: &Submission, fact: &StructureFact) -> bool {
    matches!(fact, StructureFact::SheetMissing { listed: false, nearest: None, .. })
        && submission.manifest.sha256_plan != context.plan.sha256
}

fn missing(submission: &Submission, scheda: u8, fact: &StructureFact) -> Finding {
    let (expected, nearest) = match fact {
        StructureFact::SheetMissing { expected, nearest, .. } => (expected.as_str(), nearest.as_deref()),
        _ => ("", None),
    };
    let lost = entries_of(submission)
        .filter(|entry| scheda_of(entry.id.voce.as_str()) == Some(scheda) && entry.place.sheet == expected);
    let cells: Vec<_> = lost.map(|entry| entry.place.cell).collect();
    let mut what = format!(
        "il foglio {} non c'è: {} senza valore",
        quoted(expected),
        count(cells.len(), "casella resta", "caselle restano")
    );
    let mut found = nearest.unwrap_or("foglio assente").to_owned();
    match nearest {
        Some(nearest) if nearest.eq_ignore_ascii_case(expected) => {
            what = format!(
                "il foglio {} c'è, ma ha perso le chiavi delle righe (la prima colonna è stata cancellata o svuotata): {} senza valore",
                quoted(nearest),
                count(cells.len(), "casella resta", "caselle restano")
            );
            found = "foglio senza chiavi".to_owned();
        }
        Some(nearest) => {
            what.push_str(&format!("; c'è un foglio {}, ma senza le chiavi del modello", quoted(nearest)));
        }
        None => {}
    }
    let mut finding = say::at_cells(say::about_submission(&T01, submission), expected, cells);
    if nearest.is_some() {
        finding.remedy = WITHOUT_KEYS.to_owned();
    }
    let finding = say::facts(finding, found, expected);
    say::told(Finding { scheda: Some(scheda), ..finding }, &format!("Scheda {scheda}"), &what)
}

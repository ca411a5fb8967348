//! T02: the sheet of a scheda has another name and was recognised by its keys.

use super::beside::{schede, sheet_gone};
use crate::check::ledger::depends_on;
use crate::check::rules::T02;
use crate::check::{Context, Ledger, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{Finding, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T02, depends_on("T01"));
                continue;
            }
            let long = |fact: &StructureFact| match fact {
                StructureFact::SheetRenamed { scheda: number, found, .. } if *number == scheda => {
                    submission.traits.book.long_names.iter().any(|(name, _)| name == found)
                }
                _ => false,
            };
            if submission.structure.iter().any(long) {
                ledger.skip(&T02, depends_on("F21"));
                continue;
            }
            match submission.structure.iter().find_map(|fact| renamed(submission, scheda, fact)) {
                Some(finding) => ledger.fail(finding),
                None => ledger.pass(&T02),
            }
        }
    }
}

fn renamed(submission: &Submission, scheda: u8, fact: &StructureFact) -> Option<Finding> {
    let StructureFact::SheetRenamed { scheda: number, expected, found } = fact else { return None };
    if *number != scheda {
        return None;
    }
    let what = format!("il foglio si chiama {} invece di {}", quoted(found), quoted(expected));
    let finding = say::at_cells(say::about_submission(&T02, submission), found, []);
    let finding = say::facts(finding, found.as_str(), expected.as_str());
    Some(say::told(Finding { scheda: Some(scheda), ..finding }, &format!("Scheda {scheda}"), &what))
}

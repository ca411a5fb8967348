//! T01: the sheet of a scheda is not in the workbook.

use super::{entries_of, scheda_of, schede, sheet_gone};
use crate::check::{Context, Ledger, say};
use crate::interpret::{StructureFact, Submission};
use crate::model::{Finding, Rule, Severity, count, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T01",
    name: "Foglio mancante",
    severity: Severity::Errore,
    why: "Senza il foglio i valori della scheda non ci sono, e i suoi indicatori non si possono verificare.",
    remedy: "Riporta il foglio dal file ricevuto e invia di nuovo; se il foglio c'è sotto un altro nome, controlla che la colonna A nascosta non sia stata cancellata.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            match sheet_gone(submission, scheda) {
                Some(fact) => ledger.fail(missing(submission, scheda, fact)),
                None => ledger.pass(&RULE),
            }
        }
    }
}

fn missing(submission: &Submission, scheda: u8, fact: &StructureFact) -> Finding {
    let (expected, nearest) = match fact {
        StructureFact::SheetMissing { expected, nearest, .. } => (expected.as_str(), nearest.as_deref()),
        _ => ("", None),
    };
    let lost = entries_of(submission).filter(|entry| scheda_of(entry.id.voce.as_str()) == Some(scheda));
    let cells: Vec<_> = lost.map(|entry| entry.place.cell).collect();
    let mut what = format!(
        "il foglio {} non c'è: {} senza valore",
        quoted(expected),
        count(cells.len(), "casella resta", "caselle restano")
    );
    // The sheet of another scheda is not this one under a wrong name.
    let nearest =
        nearest.filter(|name| name.strip_prefix("Scheda ").is_none_or(|rest| rest.parse::<u8>().is_err()));
    if let Some(nearest) = nearest {
        what.push_str(&format!("; c'è un foglio {}, ma senza le chiavi del modello", quoted(nearest)));
    }
    let finding = say::at_cells(say::about_submission(&RULE, submission), expected, cells);
    let finding = say::facts(finding, nearest.unwrap_or("foglio assente"), expected);
    say::told(Finding { scheda: Some(scheda), ..finding }, &format!("Scheda {scheda}"), &what)
}

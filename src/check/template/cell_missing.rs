//! T06: a row, or the column of a month, is not in the sheet any more.

use std::collections::BTreeMap;

use super::beside::{entries_of, key_words, keyed, scheda_of, schede, sheet_gone, some_of, voce_of_key};
use crate::check::ledger::depends_on;
use crate::check::rules::T06;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Entry, EntryState, REMARKS, StructureFact, Submission};
use crate::model::{CellRef, Finding, Month, Place, Severity, VoceKey, count, quoted};
use crate::plan::Indicator;

/// What to do with a heading.
const HEADING: &str = "Riscrivi il nome del mese nell'intestazione, se i valori sono di quel mese, oppure riprendi il modello ricevuto, riscrivi lì i valori e invia quello.";

/// Why a heading matters.
const UNNAMED: &str = "Una colonna si legge dal nome del mese che ha sopra: senza, non si sa di quando siano i valori, e ciò che non si legge non vale zero.";

/// What to do with the row of the explanations.
const EXPLANATIONS: &str =
    "Riprendi il modello ricevuto, riscrivi lì causa, nota e fonte come erano, e invia quello.";

/// What is gone together: a month's column, or the rows of a voce.
type Hole = (Option<Month>, String);

/// The keys missing together, each with where the workbook's own list puts it.
type Keys<'a> = Vec<(&'a str, Option<CellRef>)>;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T06, depends_on("T01"));
                continue;
            }
            let holes = holes(submission, scheda);
            let headless = headless(submission, scheda);
            if holes.is_empty() && headless.is_none() {
                ledger.pass(&T06);
            }
            if let Some(sheet) = headless {
                ledger.fail(without_months(submission, scheda, sheet));
            }
            for (hole, keys) in holes {
                if hole.0.is_some_and(|month| is_written_over(submission, scheda, month)) {
                    ledger.skip(&T06, depends_on("M06"));
                    continue;
                }
                if let Some(code) = never_had(context, submission, &keys) {
                    ledger.skip(&T06, depends_on(code));
                    continue;
                }
                ledger.fail(match explained(context, &hole) {
                    Some(indicator) => without_explanations(submission, indicator, &keys),
                    None => missing(context, submission, scheda, &hole, &keys),
                });
            }
        }
    }
}

/// The sheet of a scheda that has lost the row of the months.
fn headless(submission: &Submission, scheda: u8) -> Option<&str> {
    submission.structure.iter().find_map(|fact| match fact {
        StructureFact::HeaderMissing { scheda: own, sheet } if *own == scheda => Some(sheet.as_str()),
        _ => None,
    })
}

/// One finding for the row of the months, however many cells cannot be read without it.
fn without_months(submission: &Submission, scheda: u8, sheet: &str) -> Finding {
    let lost = entries_of(submission).filter(|entry| {
        entry.state == EntryState::Lost
            && entry.id.row.is_none()
            && scheda_of(entry.id.voce.as_str()) == Some(scheda)
    });
    let cells: Vec<CellRef> = lost.map(|entry| entry.place.cell).collect();
    let what = format!(
        "la riga con i nomi dei mesi non c'è più: di {} non si sa in quale mese {} (le celle sono quelle del modello)",
        count(cells.len(), "casella", "caselle"),
        if cells.len() == 1 { "sia" } else { "siano" }
    );
    let finding = say::at_cells(say::about_submission(&T06, submission), sheet, cells);
    let finding = say::facts(finding, "senza la riga dei mesi", "le caselle del modello");
    say::told(Finding { scheda: Some(scheda), ..finding }, &format!("Scheda {scheda}"), &what)
}

/// The indicator of which the row of the explanations is the hole.
fn explained<'a>(context: &Context<'a>, (_, key): &Hole) -> Option<&'a Indicator> {
    context.plan.indicators().find(|indicator| indicator.code.manifest_key(REMARKS) == *key)
}

/// The row beside which an indicator is explained: no value goes with it, but what was written there.
fn without_explanations(submission: &Submission, indicator: &Indicator, keys: &Keys<'_>) -> Finding {
    let (scheda, code) = (indicator.scheda, &indicator.code);
    let cells: Vec<CellRef> = keys.iter().filter_map(|(_, cell)| *cell).collect();
    let finding = Finding {
        scheda: Some(scheda),
        indicator: Some(code.clone()),
        severity: Severity::DaMotivare,
        remedy: EXPLANATIONS.to_owned(),
        ..say::at_cells(say::about_submission(&T06, submission), &format!("Scheda {scheda}"), cells)
    };
    let finding = say::facts(finding, "assente", "le caselle del modello");
    let what = format!(
        "la riga delle spiegazioni di {code} non c'è più: causa, nota e fonte non si leggono (la cella è quella del \
         modello)"
    );
    say::told(finding, &format!("Scheda {scheda}"), &what)
}

/// Whether the header of `month` was written over with another month's: all that it lost stands under one of
/// the columns that M06 names, which keeps it out.
fn is_written_over(submission: &Submission, scheda: u8, month: Month) -> bool {
    let doubled = |place: &Place| {
        submission.structure.iter().any(|fact| match fact {
            StructureFact::MonthTwice { sheet, headings, .. } => {
                *sheet == place.sheet && headings.iter().any(|heading| heading.col == place.cell.col)
            }
            _ => false,
        })
    };
    let lost = |entry: &&Entry| {
        entry.state == EntryState::Lost
            && entry.id.month == Some(month)
            && scheda_of(entry.id.voce.as_str()) == Some(scheda)
    };
    let mut lost = entries_of(submission).filter(lost).peekable();
    lost.peek().is_some() && lost.all(|entry| doubled(&entry.place))
}

/// Why a row of which the workbook's own list has no cell is not judged: its form never had it.
fn never_had(context: &Context<'_>, submission: &Submission, keys: &Keys<'_>) -> Option<&'static str> {
    let unknown = keys.iter().all(|(_, cell)| cell.is_none());
    let listed_otherwise = submission.tampering.as_ref().is_some_and(|beside| !beside.manifest.is_empty());
    match submission.manifest.sha256_plan != context.plan.sha256 {
        true => unknown.then_some("P23"),
        false => (unknown && listed_otherwise).then_some("T21"),
    }
}

/// The missing keys, with where the template put them.
fn holes(submission: &Submission, scheda: u8) -> BTreeMap<Hole, Keys<'_>> {
    let mut holes: BTreeMap<Hole, Keys<'_>> = BTreeMap::new();
    for fact in &submission.structure {
        let StructureFact::Missing { key, month, cell, .. } = fact else { continue };
        if scheda_of(key) == Some(scheda) {
            let hole = match month {
                Some(month) => (Some(*month), String::new()),
                None => (None, voce_of_key(key).to_owned()),
            };
            holes.entry(hole).or_default().push((key.as_str(), *cell));
        }
    }
    holes
}

/// What is over the column of a month that is still there.
fn heading(submission: &Submission, scheda: u8, month: Month) -> Option<&(CellRef, String)> {
    submission.structure.iter().find_map(|fact| match fact {
        StructureFact::Missing { key, month: Some(own), heading, .. }
            if *own == month && scheda_of(key) == Some(scheda) =>
        {
            heading.as_ref()
        }
        _ => None,
    })
}

/// Whether the rows of these keys are all there: what went is their column.
fn row_stands(submission: &Submission, keys: &Keys<'_>) -> bool {
    keys.iter().all(|(key, _)| {
        submission.structure.iter().any(|fact| {
            matches!(fact, StructureFact::Missing { key: own, month: None, row_stands: true, .. } if own == key)
        })
    })
}

fn missing(
    context: &Context<'_>,
    submission: &Submission,
    scheda: u8,
    (month, voce): &Hole,
    keys: &Keys<'_>,
) -> Finding {
    let lost: Vec<_> = entries_of(submission)
        .filter(|entry| entry.state == EntryState::Lost && (month.is_none() || entry.id.month == *month))
        .filter(|entry| keys.iter().any(|(key, _)| keyed(&entry.id, key)))
        .collect();
    let sheet = lost.first().map_or_else(|| format!("Scheda {scheda}"), |entry| entry.place.sheet.clone());
    let cells: Vec<CellRef> = match lost.as_slice() {
        [] => keys.iter().filter_map(|(_, cell)| *cell).collect(),
        lost => lost.iter().map(|entry| entry.place.cell).collect(),
    };
    let names: Vec<String> = keys.iter().map(|(key, _)| key_words(context, key)).collect();
    let written_over = month.and_then(|month| heading(submission, scheda, month));
    if let Some((month, (cell, text))) = month.as_ref().zip(written_over) {
        let said = if text.is_empty() { "è vuota".to_owned() } else { format!("dice {}", quoted(text)) };
        let what = format!(
            "l'intestazione della colonna di {month} {said}: mancano i valori di {}",
            some_of(&names)
        );
        let base =
            say::at_cells(say::about_submission(&T06, submission), &sheet, cells.into_iter().chain([*cell]));
        let base = Finding { scheda: Some(scheda), month: Some(*month), remedy: HEADING.to_owned(), ..base };
        let base = say::facts(base, text.as_str(), month.name());
        return say::told_why(base, &format!("Scheda {scheda}"), &what, UNNAMED);
    }
    let what = match (month, names.as_slice()) {
        (None, [name]) if row_stands(submission, keys) => {
            format!("la colonna in cui si scrive il valore di {name} non c'è più")
        }
        (None, _) if row_stands(submission, keys) => {
            format!("la colonna in cui si scrivono i valori di {} non c'è più", some_of(&names))
        }
        (Some(month), _) => {
            format!("la colonna di {month} non c'è più; mancano i valori di {}", some_of(&names))
        }
        (None, [name]) => format!("la riga di {name} non c'è più"),
        (None, _) => format!("non ci sono più le righe di {}", some_of(&names)),
    };
    let key = VoceKey::from_text(voce.as_str());
    let known = context.plan.voce(&key);
    let finding = Finding {
        scheda: Some(scheda),
        month: *month,
        indicator: known.map(|(indicator, _)| indicator.code.clone()),
        voce: known.map(|(_, voce)| voce.key.clone()),
        ..say::at_cells(say::about_submission(&T06, submission), &sheet, cells)
    };
    let finding = say::facts(finding, "assente", "le caselle del modello");
    say::told(finding, &format!("Scheda {scheda}"), &format!("{what} (le celle sono quelle del modello)"))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};
    use crate::interpret::{EntryState, ManifestFault, StructureFact};

    const GONE: &str = "S03.supermercati";

    /// The file of *metrico* without a row, which the workbook's own list of cells has not either.
    fn without_a_row() -> World {
        let mut world = World::at(6).filled("metrico");
        let submission = world.submission("metrico");
        submission.structure.push(StructureFact::Missing {
            sheet: "Scheda 3".to_owned(),
            key: GONE.to_owned(),
            month: None,
            cell: None,
            heading: None,
            row_stands: false,
        });
        for entry in submission.entries.iter_mut().filter(|entry| entry.id.voce.as_str() == GONE) {
            entry.state = EntryState::Lost;
        }
        world
    }

    #[test]
    fn a_row_that_the_form_of_another_plan_never_had_is_left_to_the_plan() {
        let mut world = without_a_row();
        world.submission("metrico").manifest.sha256_plan = "0".repeat(64);
        assert!(world.findings("T06").is_empty());
        assert_eq!(world.skipped("T06", "dipende da P23"), 1);
        // Nothing was due there, and nothing is said to be blank.
        assert!(world.about("V01", GONE).is_empty());
        assert_eq!(world.skipped("V01", "dipende da T06"), 1);
    }

    #[test]
    fn a_row_that_an_altered_list_does_not_have_is_left_to_the_list() {
        let mut world = without_a_row();
        let tampering = world.submission("metrico").tampering.as_mut().unwrap();
        let key = GONE.to_owned();
        tampering.manifest.push(ManifestFault {
            key,
            month: None,
            field: None,
            expected: None,
            found: Vec::new(),
        });
        assert!(world.findings("T06").is_empty());
        assert_eq!(world.skipped("T06", "dipende da T21"), 1);
        assert!(world.about("V01", GONE).is_empty());
    }

    #[test]
    fn a_row_of_the_plan_that_only_the_sheet_has_lost_is_missing() {
        let world = without_a_row();
        let finding = world.finding("T06");
        let said = "Scheda 3: la riga di «Supermercati sorvegliati (prima volta nell'anno)» non c'è più (le celle \
                    sono quelle del modello)";
        assert!(finding.message.starts_with(said), "{}", finding.message);
        // January to December, where the template has them.
        assert_eq!(cells(&finding).len(), 12);
        assert!(world.about("V01", GONE).is_empty());
        assert_eq!(world.skipped("V01", "dipende da T06"), 1);
    }
}

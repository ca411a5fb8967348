//! T25: rows that an office added to a register.

use super::beside::{row_words, some_of};
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::T25;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Entry, EntryState, Fault, StructureFact};
use crate::model::{Finding, Severity, VoceKey, count, quoted};
use crate::plan::{Indicator, Register, Voce};

/// What to do with a row that is not one of the register's.
const MEND: &str = "Completa la riga come le altre del registro, oppure, se è un appunto, cancellala o riportala nella nota dell'indicatore.";

/// Judges each register of each workbook: its added rows.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for desk in context.desks {
        for (indicator, voce) in desk.voci() {
            if let Some(register) = &voce.register {
                judge(ledger, desk, indicator, voce, register);
            }
        }
    }
}

/// The rows of a register without a key: ordinal, and row in the sheet from zero.
pub(super) fn added<'a>(desk: &Desk<'a>, voce: &VoceKey) -> &'a [(u32, u32)] {
    let rows = desk.submission.structure.iter().find_map(|fact| match fact {
        StructureFact::RowsWithoutKey { register, rows, .. } if register == voce => Some(rows.as_slice()),
        _ => None,
    });
    rows.unwrap_or_default()
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, register: &Register) {
    let added = added(desk, &voce.key);
    if added.is_empty() {
        return ledger.pass(&T25);
    }
    let rows = desk.rows(&voce.key);
    let (mut fields, mut words) = (Vec::new(), Vec::new());
    for (ordinal, row) in added {
        let own: Vec<&Entry> = rows.get(ordinal).into_iter().flat_map(|own| own.values().copied()).collect();
        if own.iter().any(|entry| matches!(entry.state, EntryState::Wrong(Fault::ExcelError(_)))) {
            ledger.skip(&T25, depends_on("T13"));
            continue;
        }
        let wrong = wrong(register, &own);
        if wrong.is_empty() {
            words.push(format!("{} ({})", row_of(*ordinal, *row), row_words(register, &own)));
            fields.extend(own.into_iter().filter(|entry| entry.state != EntryState::Blank));
        } else {
            ledger.fail(not_a_row(desk, indicator, voce, &row_of(*ordinal, *row), &own, &wrong));
        }
    }
    if !words.is_empty() {
        ledger.fail(listed(desk, indicator, voce, &fields, &words));
    }
}

/// A row by its number in the register, as every other message says it, and where it stands in the sheet,
/// from zero.
fn row_of(ordinal: u32, row: u32) -> String {
    format!("riga {ordinal} del registro, la {} del foglio", row + 1)
}

/// What a row lacks, or has and should not have.
fn wrong(register: &Register, own: &[&Entry]) -> Vec<String> {
    let needed = |key: &String| *key == register.identity || *key == register.event;
    let columns = register.columns.iter().filter_map(|column| {
        let entry = own.iter().find(|entry| entry.id.column.as_ref() == Some(&column.key));
        let label = quoted(&column.label);
        match entry.map(|entry| (&entry.state, &entry.raw)) {
            Some((EntryState::Wrong(_), raw)) => Some(format!("in {label} c'è {}", quoted(raw))),
            Some((EntryState::Value(_), _)) => None,
            _ => needed(&column.key).then(|| format!("manca {label}")),
        }
    });
    columns.collect()
}

fn listed(
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    fields: &[&Entry],
    words: &[String],
) -> Finding {
    let rows = count(
        words.len(),
        "riga aggiunta dall'ufficio e letta con le altre",
        "righe aggiunte dall'ufficio e lette con le altre",
    );
    let finding = desk.finding(&T25, indicator, Some(voce), fields);
    let finding = say::facts(finding, words.join("; "), "le righe del modello");
    let what = format!("{rows}: {}", some_of(words));
    say::told(finding, &say::voce_words(indicator, voce), &what)
}

fn not_a_row(
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    row: &str,
    own: &[&Entry],
    wrong: &[String],
) -> Finding {
    let finding = desk.finding(&T25, indicator, Some(voce), own);
    let finding = Finding { severity: Severity::Errore, remedy: MEND.to_owned(), ..finding };
    let finding = say::facts(finding, wrong.join("; "), "una riga del registro");
    let what = format!("la {row}, sta fra quelle del registro ma non si può leggere: {}", wrong.join("; "));
    say::told(finding, &say::voce_words(indicator, voce), &what)
}

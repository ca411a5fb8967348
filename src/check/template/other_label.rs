//! T24: the label beside a row's key, or the title of a register's column, is another one's.

use std::collections::BTreeMap;

use super::beside::{entries_of, key_words, schede, sheet_gone, some_of, voce_of_key};
use crate::check::ledger::depends_on;
use crate::check::rules::T24;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Entry, EntryState, StructureFact, Submission};
use crate::model::{CellRef, Finding, Place, VoceKey, quoted};
use crate::plan::{Indicator, Voce};

/// Judges each scheda of each workbook.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for scheda in schede(context, submission) {
            if sheet_gone(submission, scheda).is_some() {
                ledger.skip(&T24, depends_on("T01"));
                continue;
            }
            let findings = findings(context, submission, scheda);
            if findings.is_empty() {
                ledger.pass(&T24);
            }
            findings.into_iter().for_each(|finding| ledger.fail(finding));
        }
    }
}

/// Whether the row of this cell, or the title in it, is one of which this check speaks.
pub(super) fn tells(submission: &Submission, place: &Place) -> bool {
    submission.structure.iter().any(|fact| match fact {
        StructureFact::OtherLabel { sheet, cell, .. } => *sheet == place.sheet && cell.row == place.cell.row,
        StructureFact::OtherTitles { sheet, columns, .. } => {
            *sheet == place.sheet && columns.iter().any(|(_, title)| *title == place.cell)
        }
        _ => false,
    })
}

/// What is wrong with the labels of a voce.
#[derive(Default)]
struct Wrong<'a> {
    /// The sheet.
    sheet: &'a str,
    /// The label in its row, and the voci of which it is.
    own: Option<(CellRef, &'a [VoceKey])>,
    /// The keys of the other rows that have its label.
    elsewhere: Vec<&'a str>,
    /// The cells of those labels.
    labels: Vec<CellRef>,
    /// The columns whose titles are other ones'.
    columns: &'a [(String, CellRef)],
}

impl Wrong<'_> {
    /// Whether two rows only exchanged their labels: to say it once is enough.
    fn changed_places(&self) -> bool {
        let labels = self.own.map_or(&[][..], |(_, voci)| voci);
        self.elsewhere.iter().all(|key| labels.iter().any(|voce| voce.as_str() == *key))
    }
}

fn findings(context: &Context<'_>, submission: &Submission, scheda: u8) -> Vec<Finding> {
    let mut wrong: BTreeMap<&VoceKey, Wrong<'_>> = BTreeMap::new();
    for fact in &submission.structure {
        match fact {
            StructureFact::OtherLabel { sheet, cell, key, voci } => {
                if let Some((_, voce)) = context.plan.voce(&VoceKey::from_text(voce_of_key(key))) {
                    let own = wrong.entry(&voce.key).or_default();
                    (own.sheet, own.own) = (sheet, Some((*cell, voci.as_slice())));
                }
                for voce in voci {
                    let other = wrong.entry(voce).or_default();
                    other.sheet = sheet;
                    other.elsewhere.push(key);
                    other.labels.push(*cell);
                }
            }
            StructureFact::OtherTitles { sheet, register, columns } => {
                let own = wrong.entry(register).or_default();
                (own.sheet, own.columns) = (sheet, columns);
            }
            _ => {}
        }
    }
    let known = wrong.iter().filter_map(|(key, wrong)| {
        let (indicator, voce) = context.plan.voce(key).filter(|(own, _)| own.scheda == scheda)?;
        Some(finding(context, submission, (indicator, voce), wrong))
    });
    known.collect()
}

fn finding(
    context: &Context<'_>,
    submission: &Submission,
    (indicator, voce): (&Indicator, &Voce),
    wrong: &Wrong<'_>,
) -> Finding {
    let label = |key: &VoceKey| {
        context.plan.voce(key).map_or_else(|| quoted(key.as_str()), |(_, voce)| quoted(&voce.label))
    };
    let mut said = Vec::new();
    if let Some((_, voci)) = wrong.own {
        let labels: Vec<String> = voci.iter().map(label).collect();
        said.push(format!("accanto ai suoi valori c'è l'etichetta di {}", some_of(&labels)));
    }
    if !wrong.elsewhere.is_empty() && !wrong.changed_places() {
        let rows: Vec<String> = wrong.elsewhere.iter().map(|key| row_words(context, key)).collect();
        said.push(format!("la sua etichetta sta nella riga di {}", some_of(&rows)));
    }
    let titles: Vec<String> = wrong.columns.iter().map(|(column, _)| title(voce, column)).collect();
    if !titles.is_empty() {
        said.push(format!("i titoli delle colonne {} non sono al loro posto", some_of(&titles)));
    }
    let entries = entries(submission, voce, wrong).map(|entry| entry.place.cell);
    let own = wrong.own.map(|(cell, _)| cell);
    let titles = wrong.columns.iter().map(|(_, cell)| *cell);
    let cells = entries.chain(own).chain(titles).chain(wrong.labels.iter().copied());
    let base = say::about_voce(&T24, submission, indicator, &voce.key);
    let base = say::facts(say::at_cells(base, wrong.sheet, cells), said.join("; "), "l'etichetta della voce");
    say::told(base, &say::voce_words(indicator, voce), &said.join("; "))
}

/// The entries of which nobody can tell whose they are: all those of a row; of a register only what is typed,
/// and only in the columns of which the titles are wrong when the rest is in order.
fn entries<'a>(
    submission: &'a Submission,
    voce: &'a Voce,
    wrong: &'a Wrong<'_>,
) -> impl Iterator<Item = &'a Entry> {
    let rows = wrong.own.is_some() || !wrong.elsewhere.is_empty();
    let in_doubt = move |entry: &&Entry| match &entry.id.column {
        None => rows,
        Some(column) => {
            let titled = wrong.columns.iter().any(|(key, _)| key == column);
            entry.state != EntryState::Blank && (rows || titled)
        }
    };
    let own = move |entry: &&Entry| entry.id.voce == voce.key && entry.place.sheet == wrong.sheet;
    entries_of(submission).filter(own).filter(in_doubt)
}

/// A row's key for people; the rows of notes have no name of their own.
fn row_words(context: &Context<'_>, key: &str) -> String {
    let known = context.plan.voce(&VoceKey::from_text(voce_of_key(key))).is_some();
    if known { key_words(context, key) } else { "una nota".to_owned() }
}

fn title(voce: &Voce, column: &str) -> String {
    let known = voce.register.as_ref().and_then(|register| register.column(column));
    quoted(known.map_or(column, |column| column.label.as_str()))
}

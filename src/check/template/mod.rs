//! The workbook against its template: sheets, rows, columns, fixed values.

mod cell_missing;
mod constant_changed;
mod excel_error;
mod key_doubled;
mod month_twice;
mod other_wording;
mod rows_moved;
mod sheet_missing;
mod sheet_renamed;

use super::Context;
use crate::interpret::{Entry, StructureFact, Submission};
use crate::model::{EntryId, VoceKey, join_it, quoted};

checks! {
    Modello:
    M06 month_twice,
    P23 other_wording,
    T01 sheet_missing,
    T02 sheet_renamed,
    T05 rows_moved,
    T06 cell_missing,
    T07 key_doubled,
    T10 constant_changed,
    T13 excel_error,
}

/// Names listed in a sentence before "e altre N".
const NAMED: usize = 6;

/// The schede in which the submission's office takes part.
fn schede<'a>(context: &Context<'a>, submission: &'a Submission) -> impl Iterator<Item = u8> + 'a {
    context.plan.schede_of(&submission.office).map(|scheda| scheda.number)
}

/// The fact that a scheda has no sheet.
fn sheet_gone(submission: &Submission, scheda: u8) -> Option<&StructureFact> {
    submission
        .structure
        .iter()
        .find(|fact| matches!(fact, StructureFact::SheetMissing { scheda: gone, .. } if *gone == scheda))
}

/// All entries, the declared months of the registers included.
fn entries_of(submission: &Submission) -> impl Iterator<Item = &Entry> {
    submission.entries.iter().chain(submission.completeness.values())
}

/// The scheda of a row's key: 3 for `S03.orafi_iscritti`.
fn scheda_of(key: &str) -> Option<u8> {
    key.strip_prefix('S')?.split('.').next()?.parse().ok()
}

/// The voce of a row's key: `S01.bandi` for `S01.bandi#3` and for `S01.bandi.completo`.
fn voce_of_key(key: &str) -> &str {
    let key = key.split('#').next().unwrap_or(key);
    key.strip_suffix(".completo").unwrap_or(key)
}

/// Whether an entry stands on the row with this key.
fn keyed(id: &EntryId, key: &str) -> bool {
    match (id.row, key.split_once('#')) {
        (Some(row), Some((voce, ordinal))) => voce == id.voce.as_str() && ordinal.parse() == Ok(row),
        (None, None) => voce_of_key(key) == id.voce.as_str(),
        _ => false,
    }
}

/// A row's key for people: `«Orafi ispezionati»`, `«Bandi», riga 3`.
fn key_words(context: &Context<'_>, key: &str) -> String {
    let voce = VoceKey::from_text(voce_of_key(key));
    let label = context.plan.voce(&voce).map_or(key, |(_, voce)| voce.label.as_str());
    match key.split_once('#') {
        Some((_, row)) => format!("{}, riga {row}", quoted(label)),
        None if key.ends_with(".completo") => format!("{}, completo fino al mese", quoted(label)),
        None => quoted(label),
    }
}

/// The first names of a list, saying how many are left.
fn some_of(names: &[String]) -> String {
    let mut said: Vec<String> = names.iter().take(NAMED).cloned().collect();
    match names.len().saturating_sub(NAMED) {
        0 => {}
        1 => said.push("un'altra".to_owned()),
        more => said.push(format!("altre {more}")),
    }
    join_it(&said)
}

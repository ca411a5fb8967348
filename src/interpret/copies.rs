//! A second sheet with the keys of a scheda, compared with the scheda's own entry by entry.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::date::from_serial;
use super::submission::{CopiedCell, Entry, EntryState, Fault, StructureFact};
use super::tidy::tidy;
use crate::model::{CellRef, EntryId, Value, VoceKey, date_it};
use crate::read::{RawCell, RawContent, RawSheet};

/// The entries of one sheet of a scheda: those of its voci, and the declarations of its registers.
#[derive(Default)]
pub(super) struct Sheet {
    pub entries: Vec<Entry>,
    pub completeness: BTreeMap<VoceKey, Entry>,
}

/// What the copy says otherwise.
pub(super) fn compared(scheda: u8, copy: String, theirs: &Sheet, own: &Sheet) -> StructureFact {
    let known: BTreeMap<&EntryId, &Entry> = all(own).map(|entry| (&entry.id, entry)).collect();
    let (mut equal, mut blank, mut differing) = (0, 0, Vec::new());
    for entry in all(theirs) {
        match (known.get(&entry.id), &entry.state) {
            (_, EntryState::Lost) => {}
            (Some(own), EntryState::Blank) => {
                blank += usize::from(!matches!(own.state, EntryState::Blank | EntryState::Lost));
            }
            (None, EntryState::Blank) => {}
            // What the scheda's own sheet has lost is another check's.
            (Some(own), _) if own.state == EntryState::Lost => {}
            (Some(own), _) if says_the_same(own, entry) => equal += 1,
            (Some(own), _) => differing.push(cell(entry, own)),
            // A row that only the copy has: nobody can tell whether the register is complete.
            (None, _) => {
                let declared = own.completeness.get(&entry.id.voce);
                differing.extend(declared.map(|own| cell(entry, own)));
            }
        }
    }
    StructureFact::SheetCopied { scheda, copy, equal, blank, differing }
}

/// Headings shorter than this, as months and units, stand in every scheda.
const SHORT: usize = 16;

/// Of a sheet's labels, in hundredths, how many a copy without keys has in their places.
const ALIKE: usize = 80;

/// By how many columns a sheet without keys went to the left of the one of which it has the labels, when its
/// first column was taken away; nothing when it is no copy of it. `typed` are the places of the entries.
pub(super) fn shift(own: &RawSheet, typed: &BTreeSet<CellRef>, other: &RawSheet) -> Option<u16> {
    let words = |raw: &RawCell| match &raw.content {
        RawContent::Text(text) => Some(tidy(text)).filter(|text| text.chars().count() >= SHORT),
        _ => None,
    };
    let labels = own.cells.iter().filter(|(cell, _)| cell.col > 0 && !typed.contains(cell));
    let labels: Vec<(CellRef, String)> =
        labels.filter_map(|(cell, raw)| Some((*cell, words(raw)?))).collect();
    [0, 1].into_iter().find(|shift| {
        let same = |(cell, text): &&(CellRef, String)| {
            let there = to_the_left(*cell, *shift).and_then(|cell| other.cell(cell));
            there.and_then(words).as_ref() == Some(text)
        };
        !labels.is_empty() && labels.iter().filter(same).count() * 100 >= labels.len() * ALIKE
    })
}

/// The cell so many columns to the left.
pub(super) fn to_the_left(cell: CellRef, columns: u16) -> Option<CellRef> {
    Some(CellRef { col: cell.col.checked_sub(columns)?, ..cell })
}

fn all(sheet: &Sheet) -> impl Iterator<Item = &Entry> {
    sheet.entries.iter().chain(sheet.completeness.values())
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    match (&one.state, &other.state) {
        (EntryState::Wrong(_), EntryState::Wrong(_)) => one.raw == other.raw,
        (EntryState::Value(Value::Date(date)), EntryState::Wrong(_)) => unstyled_day(other) == Some(*date),
        (one, other) => one == other,
    }
}

/// The day of a date that a copy shows as a number, because its styles stayed in the workbook it comes from.
fn unstyled_day(entry: &Entry) -> Option<NaiveDate> {
    let wrong = entry.state == EntryState::Wrong(Fault::NotADate);
    let serial = wrong.then(|| entry.raw.parse::<u32>().ok())??;
    from_serial(f64::from(serial), false).ok().map(|(date, _)| date)
}

fn cell(copy: &Entry, own: &Entry) -> CopiedCell {
    CopiedCell {
        id: copy.id.clone(),
        place: own.place.clone(),
        raw: if own.id == copy.id { own.raw.clone() } else { String::new() },
        copy: copy.place.clone(),
        copy_raw: unstyled_day(copy).map_or_else(|| copy.raw.clone(), date_it),
    }
}

#[cfg(test)]
mod tests {
    use super::{cell, says_the_same};
    use crate::interpret::{Entry, EntryState, Fault};
    use crate::model::{CellRef, EntryId, EntryRef, Place, Value, VoceKey};

    fn entry(raw: &str, state: EntryState) -> Entry {
        let id = EntryId {
            voce: VoceKey::from_text("S01.bandi"),
            month: None,
            row: Some(1),
            column: Some("scadenza".to_owned()),
        };
        let place = Place { sheet: "Scheda 1".to_owned(), cell: CellRef { row: 11, col: 3 } };
        Entry {
            id,
            at: EntryRef::default(),
            place,
            raw: raw.to_owned(),
            state,
            normalised: None,
            formula: None,
        }
    }

    #[test]
    fn a_date_that_lost_its_style_is_a_date() {
        let date = |text: &str, day: &str| entry(text, EntryState::Value(Value::Date(day.parse().unwrap())));
        let number = |text: &str| entry(text, EntryState::Wrong(Fault::NotADate));
        // 43 529 is 5 March 2019.
        let own = date("5/3/2019", "2019-03-05");
        assert!(says_the_same(&own, &number("43529")));
        assert!(!says_the_same(&own, &number("43530")) && !says_the_same(&own, &number("fine maggio")));
        assert_eq!(cell(&number("43530"), &own).copy_raw, "6/3/2019");
        assert_eq!(cell(&number("fine maggio"), &own).copy_raw, "fine maggio");
    }
}

//! A second sheet with the keys of a scheda, compared with the scheda's own entry by entry.

use std::collections::BTreeMap;

use super::submission::{CopiedCell, Entry, EntryState, StructureFact};
use crate::model::{EntryId, VoceKey};

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

fn all(sheet: &Sheet) -> impl Iterator<Item = &Entry> {
    sheet.entries.iter().chain(sheet.completeness.values())
}

fn says_the_same(one: &Entry, other: &Entry) -> bool {
    match (&one.state, &other.state) {
        (EntryState::Wrong(_), EntryState::Wrong(_)) => one.raw == other.raw,
        (one, other) => one == other,
    }
}

fn cell(copy: &Entry, own: &Entry) -> CopiedCell {
    CopiedCell {
        id: copy.id.clone(),
        place: own.place.clone(),
        raw: if own.id == copy.id { own.raw.clone() } else { String::new() },
        copy: copy.place.clone(),
        copy_raw: copy.raw.clone(),
    }
}

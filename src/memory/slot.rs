//! What a value is about, whatever the cell, the sheet or the row of a register in which it stands.

use std::collections::BTreeMap;

use super::Said;
use crate::interpret::{Entry, Submission};
use crate::model::{EntryId, Month, OfficeId, Value, VoceKey};
use crate::plan::Plan;

/// What a value is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// Whose it is.
    pub office: OfficeId,
    /// The voce.
    pub voce: VoceKey,
    /// The month, of what has months.
    pub month: Option<Month>,
    /// Of a register, the canonical form of the row's key; rows of the same key are told by their order.
    pub row: Option<String>,
    /// Of a register, the column.
    pub column: Option<String>,
    /// Whether it is "complete up to month" of a register.
    pub declared: bool,
}

impl Slot {
    /// "Complete up to month" of a register.
    pub fn declared(office: OfficeId, voce: VoceKey) -> Self {
        Self { office, voce, month: None, row: None, column: None, declared: true }
    }

    /// The same row of a register, in another column.
    pub fn beside(&self, column: &str) -> Self {
        Self { column: Some(column.to_owned()), ..self.clone() }
    }
}

/// The slots of what an office sent, in the same order; of a row of a register in which nothing is said none.
pub fn slots(plan: &Plan, office: &OfficeId, entries: &[(EntryId, Said)]) -> Vec<Option<Slot>> {
    let mut keys: BTreeMap<(&VoceKey, u32), String> = BTreeMap::new();
    let mut filled: BTreeMap<(&VoceKey, u32), bool> = BTreeMap::new();
    for (id, said) in entries {
        let Some(row) = id.row else { continue };
        *filled.entry((&id.voce, row)).or_default() |= *said != Said::Nothing;
        let register = plan.voce(&id.voce).and_then(|(_, voce)| voce.register.as_ref());
        if register.is_some_and(|register| id.column.as_ref() == Some(&register.identity))
            && let Some(value) = said.as_value()
        {
            keys.insert((&id.voce, row), Value::joining_key(value));
        }
    }
    let mut times: BTreeMap<(&VoceKey, String), usize> = BTreeMap::new();
    let names: BTreeMap<(&VoceKey, u32), String> = filled
        .into_iter()
        .filter(|(_, filled)| *filled)
        .map(|(place, _)| {
            let key = keys.get(&place).cloned().unwrap_or_default();
            let time = times.entry((place.0, key.clone())).or_default();
            *time += 1;
            (place, if *time == 1 { key } else { format!("{key} #{time}") })
        })
        .collect();
    let slot = |(id, _): &(EntryId, Said)| {
        let row = match id.row {
            Some(row) => Some(names.get(&(&id.voce, row))?.clone()),
            None => None,
        };
        Some(Slot {
            office: office.clone(),
            voce: id.voce.clone(),
            month: id.month,
            row,
            column: id.column.clone(),
            declared: false,
        })
    };
    entries.iter().map(slot).collect()
}

/// What each submission says now, by what it is about, with the entry that says it.
pub fn present<'a>(plan: &Plan, submissions: &'a [Submission]) -> BTreeMap<Slot, (Said, &'a Entry)> {
    let mut all = BTreeMap::new();
    for submission in submissions {
        let office = &submission.office;
        let said: Vec<(EntryId, Said)> =
            submission.entries.iter().map(|entry| (entry.id.clone(), Said::of(entry))).collect();
        let slots = slots(plan, office, &said);
        for ((slot, (_, said)), entry) in slots.into_iter().zip(said).zip(&submission.entries) {
            all.extend(slot.map(|slot| (slot, (said, entry))));
        }
        for (voce, entry) in &submission.completeness {
            all.insert(Slot::declared(office.clone(), voce.clone()), (Said::of(entry), entry));
        }
    }
    all
}

//! Rows of a register that have another key: the same row, under another name, and not one that went and one
//! that came. It is known by the rest that it says, or by its place, where only one row went and one came.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Memory, Said, Slot};
use crate::interpret::Entry;
use crate::model::{OfficeId, Place, VoceKey};
use crate::plan::Plan;

/// A row of a register: whose, of which voce, by its key.
type Row = (OfficeId, VoceKey, String);

/// The rows that have another key.
#[derive(Debug, Default)]
pub(super) struct Retitled {
    /// Of each row of now, what it was.
    then: BTreeMap<Row, Row>,
    /// What those were.
    old: BTreeSet<Row>,
}

impl Retitled {
    /// Those of which nothing but the key is another, and of which only one was so, and only one is; then the
    /// only one that went and the only one that came, where they stand in the same row of the sheet and
    /// something else of them is the same.
    pub(super) fn of(plan: &Plan, memory: &Memory, now: &BTreeMap<Slot, (Said, &Entry)>) -> Self {
        let away = memory.away.iter().filter(|(office, _)| memory.lacked(office));
        let away = away.flat_map(|(_, away)| &away.entries);
        let known = memory.entries.iter().chain(away).chain(&memory.gone);
        let then = rows(plan, known.map(|(slot, kept)| (slot, &kept.said, kept.place.as_ref())));
        let now = rows(plan, now.iter().map(|(slot, (said, entry))| (slot, said, Some(&entry.place))));
        let mut own = Self::default();
        own.pair(&then, &now, |known| (!known.rest.is_empty()).then_some(&known.rest));
        let (went, came) = (own.alone(&then, &now), own.alone(&now, &then));
        let mut placed = Self::default();
        placed.pair(&went, &came, |known| known.place.as_ref());
        for (is, was) in placed.then {
            if went.get(&was).zip(came.get(&is)).is_some_and(|(was, is)| was.agrees_with(is)) {
                own.old.insert(was.clone());
                own.then.insert(is, was);
            }
        }
        own
    }

    /// Pairs the rows that went and came, of one register, of which one and one say the same of `about`.
    fn pair<'a, K: Ord>(
        &mut self,
        then: &'a BTreeMap<Row, Known>,
        now: &'a BTreeMap<Row, Known>,
        about: impl Fn(&'a Known) -> Option<K>,
    ) {
        let alike = |rows: &'a BTreeMap<Row, Known>, others: &BTreeMap<Row, Known>| {
            let mut alike: BTreeMap<(&OfficeId, &VoceKey, K), Vec<&Row>> = BTreeMap::new();
            let named = rows.iter().filter(|(row, _)| !others.contains_key(*row) && !row.2.is_empty());
            for (row, known) in named {
                if let Some(own) = about(known) {
                    alike.entry((&row.0, &row.1, own)).or_default().push(row);
                }
            }
            alike
        };
        let (went, came) = (alike(then, now), alike(now, then));
        for (about, now) in &came {
            if let (Some([then]), [now]) = (went.get(about).map(Vec::as_slice), now.as_slice()) {
                self.then.insert((*now).clone(), (*then).clone());
                self.old.insert((*then).clone());
            }
        }
    }

    /// The rows that have no pair, each the only one of its register.
    fn alone(&self, rows: &BTreeMap<Row, Known>, others: &BTreeMap<Row, Known>) -> BTreeMap<Row, Known> {
        let is_open = |row: &&Row| {
            !(others.contains_key(*row) || self.then.contains_key(*row) || self.old.contains(*row))
        };
        let mut open: BTreeMap<(&OfficeId, &VoceKey), Vec<&Row>> = BTreeMap::new();
        rows.keys().filter(is_open).for_each(|row| open.entry((&row.0, &row.1)).or_default().push(row));
        let only = open.into_values().filter(|rows| rows.len() == 1).flatten();
        only.filter_map(|row| Some((row.clone(), rows.get(row)?.clone()))).collect()
    }

    /// The slot as it was then.
    pub(super) fn then<'s>(&self, slot: &'s Slot) -> Cow<'s, Slot> {
        let was = row(slot).and_then(|row| self.then.get(&row));
        match was {
            Some((_, _, key)) => Cow::Owned(Slot { row: Some(key.clone()), ..slot.clone() }),
            None => Cow::Borrowed(slot),
        }
    }

    /// Whether a slot stands in a row that has another key now.
    pub(super) fn is_old(&self, slot: &Slot) -> bool {
        row(slot).is_some_and(|row| self.old.contains(&row))
    }
}

/// What is known of a row.
#[derive(Clone, Debug, Default)]
struct Known {
    /// What it says, but for its key.
    rest: BTreeMap<String, Said>,
    /// Its sheet, and its row there.
    place: Option<(String, u32)>,
}

impl Known {
    /// Whether something that both say is the same.
    fn agrees_with(&self, other: &Self) -> bool {
        self.rest.iter().any(|(column, said)| other.rest.get(column) == Some(said))
    }
}

fn row(slot: &Slot) -> Option<Row> {
    Some((slot.office.clone(), slot.voce.clone(), slot.row.clone()?))
}

/// The rows of registers, with what is known of each.
fn rows<'a>(
    plan: &Plan,
    entries: impl Iterator<Item = (&'a Slot, &'a Said, Option<&'a Place>)>,
) -> BTreeMap<Row, Known> {
    let mut rows: BTreeMap<Row, Known> = BTreeMap::new();
    for (slot, said, place) in entries {
        let register = plan.voce(&slot.voce).and_then(|(_, voce)| voce.register.as_ref());
        let (Some(own), Some(column), Some(register)) = (row(slot), &slot.column, register) else { continue };
        let known = rows.entry(own).or_default();
        if *column == register.identity {
            known.place = place.map(|place| (place.sheet.clone(), place.cell.row));
        } else if *said != Said::Nothing {
            known.rest.insert(column.clone(), said.clone());
        }
    }
    rows
}

//! Rows of a register that have another key and are otherwise what they were: the same row, under another
//! name, and not one that went and one that came.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Kept, Memory, Said, Slot};
use crate::interpret::Entry;
use crate::model::{OfficeId, VoceKey};
use crate::plan::Plan;

/// A row of a register: whose, of which voce, by its key.
type Row = (OfficeId, VoceKey, String);

/// What a row says, but for its key.
type Rest = BTreeMap<String, Said>;

/// The rows that have another key.
#[derive(Debug, Default)]
pub(super) struct Retitled {
    /// Of each row of now, what it was.
    then: BTreeMap<Row, Row>,
    /// What those were.
    old: BTreeSet<Row>,
}

impl Retitled {
    /// Those of which nothing but the key is another, and of which only one was so, and only one is.
    pub(super) fn of(plan: &Plan, memory: &Memory, now: &BTreeMap<Slot, (Said, &Entry)>) -> Self {
        let away = memory.away.iter().filter(|(office, _)| memory.lacked(office));
        let away = away.flat_map(|(_, away)| &away.entries);
        let known = memory.entries.iter().chain(away).chain(&memory.gone);
        let then = rows(plan, known.map(|(slot, Kept { said, .. })| (slot, said)));
        let now = rows(plan, now.iter().map(|(slot, (said, _))| (slot, said)));
        let went = alike(then.iter().filter(|(row, _)| !now.contains_key(row)));
        let came = alike(now.iter().filter(|(row, _)| !then.contains_key(row)));
        let pair =
            |(about, now): (&About<'_>, &Vec<&Row>)| match (went.get(about)?.as_slice(), now.as_slice()) {
                ([then], [now]) => Some(((*now).clone(), (*then).clone())),
                _ => None,
            };
        let then: BTreeMap<Row, Row> = came.iter().filter_map(pair).collect();
        Self { old: then.values().cloned().collect(), then }
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

/// Whose, of which voce, and what the rows say.
type About<'a> = (&'a OfficeId, &'a VoceKey, &'a Rest);

fn row(slot: &Slot) -> Option<Row> {
    Some((slot.office.clone(), slot.voce.clone(), slot.row.clone()?))
}

/// The rows that say something beside their key, with what they say.
fn rows<'a>(plan: &Plan, entries: impl Iterator<Item = (&'a Slot, &'a Said)>) -> BTreeMap<Row, Rest> {
    let mut rows: BTreeMap<Row, Rest> = BTreeMap::new();
    for (slot, said) in entries {
        let register = plan.voce(&slot.voce).and_then(|(_, voce)| voce.register.as_ref());
        let (Some(own), Some(column), Some(register)) = (row(slot), &slot.column, register) else { continue };
        let rest = rows.entry(own).or_default();
        if *column != register.identity && *said != Said::Nothing {
            rest.insert(column.clone(), said.clone());
        }
    }
    rows
}

/// Those that say something, by what they say.
fn alike<'a>(rows: impl Iterator<Item = (&'a Row, &'a Rest)>) -> BTreeMap<About<'a>, Vec<&'a Row>> {
    let mut alike: BTreeMap<About<'a>, Vec<&Row>> = BTreeMap::new();
    for (row, rest) in rows.filter(|(_, rest)| !rest.is_empty()) {
        alike.entry((&row.0, &row.1, rest)).or_default().push(row);
    }
    alike
}

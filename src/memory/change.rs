//! What was changed, removed or added in months that were consolidated already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::retitled::Retitled;
use super::{Kept, Memory, Pending, Said, Slot, present};
use crate::interpret::{Entry, Submission};
use crate::model::{EntryId, EntryRef, Month, OfficeId, Place, Value, VoceType, YearMonth};
use crate::plan::{Plan, Register, Voce};

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is another one.
    Changed,
    /// It is no more there.
    Removed,
    /// It was not there.
    Added,
}

/// A value of a month already consolidated that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub slot: Slot,
    /// What became of it.
    pub kind: Kind,
    /// Which entry it is: as it stands now, else as it stood.
    pub id: EntryId,
    /// What it said.
    pub before: Said,
    /// What it says.
    pub now: Said,
    /// The month whose issue held the old value.
    pub since: YearMonth,
    /// File and place of the old value.
    pub was: Option<(String, Place)>,
    /// File and place of the new value, or of the blank where it was.
    pub is: Option<(String, Place)>,
    /// By what the entry of now is known.
    pub at: Option<EntryRef>,
    /// The code of the finding that kept the old value out.
    pub kept_out: Option<String>,
    /// Whether the value was due and missing.
    pub was_missing: bool,
    /// Whether it is the day of a row of a register that was not there: it stands for the whole row.
    pub brings_a_row: bool,
    /// The closed month to which it belongs.
    pub closed: Option<Month>,
    /// The month to which it belongs, when the unit has opened that again.
    pub reopened: Option<Month>,
}

impl Change {
    /// `12 → 15`.
    pub fn in_words(&self) -> String {
        format!("{} → {}", self.before.words(), self.now.words())
    }

    /// The type of the value.
    pub fn value_type(&self, voce: &Voce) -> VoceType {
        voce.kind_of(self.slot.column.as_deref())
    }
}

/// Every value of the months up to that of `memory` that is not what it was, by what it is about. Of offices
/// whose file counts now, and of which something was consolidated; an office that was away for some months is
/// compared with what was consolidated of it before. Of one of which nothing was, and that comes late, only
/// what would enter a month that is closed: there its values are changes too.
pub fn changes(plan: &Plan, memory: &Memory, submissions: &[Submission]) -> Vec<Change> {
    let files: BTreeMap<&OfficeId, &str> =
        submissions.iter().map(|own| (&own.office, own.file.as_str())).collect();
    let now = present(plan, submissions);
    let here = |slot: &&Slot| files.contains_key(&slot.office);
    let away = memory.away.values().flat_map(|away| away.entries.keys());
    let known = memory.entries.keys().chain(away).chain(memory.gone.keys());
    let retitled = Retitled::of(plan, memory, &now);
    let slots = known.chain(now.keys()).filter(here).filter(|slot| !retitled.is_old(slot));
    let slots: BTreeSet<&Slot> = slots.collect();
    let eyes = Eyes { plan, memory, now: &now, files: &files, retitled: &retitled };
    let is_late = |office: &OfficeId| memory.lacked(office) && memory.away(office).is_none();
    let told = |change: &Change| change.closed.is_some() || !is_late(&change.slot.office);
    slots.into_iter().filter_map(|slot| eyes.change(slot)).filter(told).collect()
}

/// What was consolidated, in months that are closed now, of the offices whose file is missing: it stands.
pub fn closed_of_missing(plan: &Plan, memory: &Memory, submissions: &[Submission]) -> Vec<Change> {
    let here: BTreeSet<&OfficeId> = submissions.iter().map(|one| &one.office).collect();
    let (now, files, retitled) = (BTreeMap::new(), BTreeMap::new(), Retitled::default());
    let eyes = Eyes { plan, memory, now: &now, files: &files, retitled: &retitled };
    let away = memory.away.values().flat_map(|away| away.entries.keys());
    let slots: BTreeSet<&Slot> = memory.entries.keys().chain(away).collect();
    let missing = slots.into_iter().filter(|slot| !here.contains(&slot.office));
    missing.filter_map(|slot| eyes.change(slot)).filter(|change| change.closed.is_some()).collect()
}

/// What a comparison looks at.
struct Eyes<'a> {
    plan: &'a Plan,
    memory: &'a Memory,
    now: &'a BTreeMap<Slot, (Said, &'a Entry)>,
    files: &'a BTreeMap<&'a OfficeId, &'a str>,
    retitled: &'a Retitled,
}

impl Eyes<'_> {
    fn change(&self, slot: &Slot) -> Option<Change> {
        let (indicator, voce) = self.plan.voce(&slot.voce)?;
        let (then, now) = (self.kept(slot), self.now.get(slot));
        let pending = self.pending(slot);
        let said = self.said(slot);
        let (before, closed) = self.before(slot, voce, &said);
        // What the plan asks of others now is gone by the plan, and not by its office.
        let is_asked = indicator.offices.contains(&slot.office) && voce.is_asked(&slot.office, slot.month);
        if !is_asked && closed.is_none() && said == Said::Nothing {
            return None;
        }
        let kind = match (&before, &said) {
            (before, said) if before == said => return None,
            (Said::Nothing, _) => Kind::Added,
            (_, Said::Nothing) => Kind::Removed,
            _ => Kind::Changed,
        };
        // Of who was away only the months until then were consolidated; a closed one is past for everybody.
        let last = self.memory.last_of(&slot.office).0;
        let until = if closed.is_some() { self.memory.month } else { last };
        if !self.is_past(until, slot, voce, (&before, &said)) {
            return None;
        }
        let id = now.map(|(_, entry)| &entry.id).or(then.map(|kept| &kept.id))?.clone();
        Some(Change {
            slot: slot.clone(),
            kind,
            id,
            since: self.since(slot, voce, &before).unwrap_or(last),
            was: then.and_then(|kept| Some((kept.file.clone(), kept.place.clone()?))),
            is: now.and_then(|(_, entry)| self.place(slot, entry)),
            at: now.map(|(_, entry)| entry.at),
            kept_out: then.and_then(|kept| kept.kept_out.clone()).filter(|_| pending.is_none()),
            brings_a_row: kind == Kind::Added && self.is_of_a_new_row(slot, voce),
            closed,
            reopened: self
                .months(slot, voce)
                .into_iter()
                .find(|own| self.plan.closing.reopening(*own).is_some()),
            was_missing: before == Said::Nothing && self.was_due(slot, voce),
            before,
            now: said,
        })
    }

    /// The value before, and the closed month in which it stands. What was changed and unexplained is held
    /// against the value before the change; but in a closed month what counted stands, explained or not.
    fn before(&self, slot: &Slot, voce: &Voce, said: &Said) -> (Said, Option<Month>) {
        let (then, closed) = (self.then(slot), self.closed_month(slot, voce));
        let Some(pending) = self.pending(slot) else { return (then, closed) };
        let counted = self.kept(slot).is_none_or(|kept| kept.kept_out.is_none());
        match closed {
            // A row that was taken away before its month was closed counted no more.
            Some(_) if self.was_gone(slot) => (pending.before.clone(), None),
            Some(_) if counted && *said == then => (pending.before.clone(), None),
            Some(_) if counted => (then, closed),
            _ => (pending.before.clone(), closed),
        }
    }

    /// The month whose issue held the value before, when that is not the last one. Where what counted stands,
    /// it stood in the last issue, whatever was said before; of a row that was taken away and is there again
    /// the values are those of before it went.
    fn since(&self, slot: &Slot, voce: &Voce, before: &Said) -> Option<YearMonth> {
        let of_the_row = || {
            let register = voce.register.as_ref().filter(|_| self.was_gone(slot))?;
            self.pending(&slot.beside(&register.identity))
        };
        let own = self.pending(slot).filter(|pending| pending.before == *before);
        own.or_else(of_the_row).map(|pending| pending.since)
    }

    /// Whether it stands in a row of a register that was not there.
    fn is_of_a_new_row(&self, slot: &Slot, voce: &Voce) -> bool {
        let register = voce.register.as_ref().filter(|_| slot.row.is_some());
        register.is_some_and(|register| self.then(&slot.beside(&register.identity)) == Said::Nothing)
    }

    /// Whether it stood in a row that the last issue had no more.
    fn was_gone(&self, slot: &Slot) -> bool {
        let then = self.retitled.then(slot);
        !self.memory.last_of(&slot.office).1.contains_key(&*then) && self.memory.gone.contains_key(&*then)
    }

    /// What nobody had explained of it, by its row of now or of then.
    fn pending(&self, slot: &Slot) -> Option<&Pending> {
        let of_then = || self.memory.pending.get(&self.retitled.then(slot));
        self.memory.pending.get(slot).or_else(of_then)
    }

    /// Whether a value that was not there was due.
    fn was_due(&self, slot: &Slot, voce: &Voce) -> bool {
        match self.memory.away(&slot.office) {
            // Of who was away no blank is kept.
            Some(away) => slot.row.is_none() && voce.is_due(&slot.office, away.month.month, slot.month),
            None => self.kept(slot).is_some_and(|kept| kept.due),
        }
    }

    /// The closed month to which a value belongs.
    fn closed_month(&self, slot: &Slot, voce: &Voce) -> Option<Month> {
        // What the plan asks only since then was not there to be closed.
        if !self.memory.voci.contains(&slot.voce) {
            return None;
        }
        let mut months = self.months(slot, voce).into_iter();
        months.find(|month| *month <= self.memory.month.month && self.plan.closing.holds(*month))
    }

    /// The months to which a value belongs: its own, that of its day, that of its row.
    fn months(&self, slot: &Slot, voce: &Voce) -> Vec<Month> {
        let dated = match &voce.register {
            Some(register) if !slot.declared => slot.beside(&register.event),
            _ => slot.clone(),
        };
        let year = self.plan.year;
        let of_day = |said: Said| day(&said).and_then(|day| Month::of(day, year));
        let days = [of_day(self.then(&dated)), of_day(self.said(&dated))];
        // A number of the year that was given is of the month from which it is due.
        let was_given = matches!(self.then(slot), Said::Value(_) | Said::NotApplicable);
        let due = voce.month_of_number(&slot.office).filter(|_| was_given);
        slot.month.into_iter().chain(due).chain(days.into_iter().flatten()).collect()
    }

    fn place(&self, slot: &Slot, entry: &Entry) -> Option<(String, Place)> {
        Some(((*self.files.get(&slot.office)?).to_owned(), entry.place.clone()))
    }

    /// What was consolidated; of a row that was taken away, what it had said.
    fn kept(&self, slot: &Slot) -> Option<&Kept> {
        let then = self.retitled.then(slot);
        self.memory.last_of(&slot.office).1.get(&*then).or_else(|| self.memory.gone.get(&*then))
    }

    fn then(&self, slot: &Slot) -> Said {
        self.kept(slot).map_or(Said::Nothing, |kept| kept.said.clone())
    }

    fn said(&self, slot: &Slot) -> Said {
        self.now.get(slot).map_or(Said::Nothing, |(said, _)| said.clone())
    }

    /// Whether it belongs to a month that was consolidated, up to `until`, rather than to the time since.
    fn is_past(&self, until: YearMonth, slot: &Slot, voce: &Voce, (before, now): (&Said, &Said)) -> bool {
        let end = until.last_day();
        if slot.declared {
            return is_less(before, now);
        }
        if let Some(register) = &voce.register {
            return self.is_past_field(end, slot, register, (before, now));
        }
        match (slot.month, before, now) {
            (Some(month), ..) => month <= voce.last_counting(until.month),
            // What was not asked for yet may come at any time; a date says itself when it was.
            (None, Said::Nothing, now) => day(now).is_some_and(|day| day <= end),
            // A "not yet" that has become a yes, a day to come that was moved: that is the year going on.
            (None, Said::Value(Value::Flag(false)), Said::Value(Value::Flag(true))) => false,
            (None, before, now) => {
                let later = |said: &Said| day(said).is_some_and(|day| day > end);
                !(later(before) && (later(now) || *now == Said::Nothing))
            }
        }
    }

    /// The same of a field of a register.
    fn is_past_field(
        &self,
        end: NaiveDate,
        slot: &Slot,
        register: &Register,
        (before, now): (&Said, &Said),
    ) -> bool {
        let (event, identity) = (slot.beside(&register.event), slot.beside(&register.identity));
        let (was, is) = (self.then(&identity), self.said(&identity));
        let happened = |said: &Said| day(said).is_some_and(|day| day <= end);
        let column = |key: &str| slot.column.as_deref() == Some(key);
        match (was != Said::Nothing, is != Said::Nothing) {
            // A row that is gone is told once, and so is one that came with a day already past.
            (true, false) => column(&register.identity),
            (false, true) => column(&register.event) && happened(now),
            (false, false) => false,
            // The same key written otherwise is no other key.
            (true, true) if column(&register.identity) => !is_same_key(before, now),
            (true, true) if *before == Said::Nothing => match day(now) {
                Some(day) => day <= end,
                None => happened(&self.then(&event)),
            },
            (true, true) => true,
        }
    }
}

fn is_same_key(one: &Said, other: &Said) -> bool {
    let key = |said: &Said| said.as_value().map(Value::joining_key);
    key(one) == key(other)
}

fn day(said: &Said) -> Option<NaiveDate> {
    said.as_value().and_then(Value::date)
}

/// Whether what is said now is less than before, or no number any more.
fn is_less(before: &Said, now: &Said) -> bool {
    let number = |said: &Said| said.as_value().and_then(Value::number);
    match (number(before), number(now)) {
        (Some(before), Some(now)) => now < before,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

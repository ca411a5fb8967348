//! What an issued workbook holds of an office, to be typed in its new workbook: after a revision of the plan
//! nobody copies anything from the old one.

use std::collections::BTreeSet;

use super::asked::Input;
use super::book::Book;
use super::fill::{Fill, FillKey, FillValue};
use super::register::ROWS;
use crate::memory::{Kept, Memory, Said, Slot, TextKey};
use crate::model::{Month, OfficeId, OfficeRule, TimeKind, Value, date_from_it};
use crate::plan::{NOT_APPLICABLE, Plan, Voce};

/// What is typed in the workbook of an office, and how much of what the issue holds is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The values that were accepted, and every text beside them; what belongs to closed months is locked.
    pub fill: Fill,
    /// Entries that a finding kept out, or that hold no value of their kind: they are to be typed anew.
    pub left_out: usize,
    /// Entries of which the workbook has no cell any more.
    pub homeless: usize,
    /// Entries of voci that the plan gives to others, in all the months: they stay out of every workbook.
    pub of_others: usize,
}

/// The history of `office` in `memory`, for a workbook of `plan`.
pub fn history(plan: &Plan, memory: &Memory, office: &OfficeId) -> History {
    let kept = memory.last_of(office).1;
    let rows = kept.values().filter_map(|kept| kept.id.row).fold(ROWS, u32::max);
    let inputs = Book::inputs_for(plan, office, rows);
    let known = inputs.iter().map(|(_, input): &(String, Input)| FillKey::of(input)).collect();
    let mut desk = Desk { plan, memory, known, history: History::default() };
    for (slot, kept) in kept.iter().filter(|(slot, _)| &slot.office == office) {
        desk.take(slot, kept);
    }
    for (_, voce) in plan.voci() {
        desk.take_over(office, voce);
    }
    for (key, text) in memory.texts_of(office) {
        desk.text(key, text);
    }
    for month in Month::all().filter(|month| plan.closing.holds(*month)) {
        desk.history.fill.close(month);
    }
    desk.history
}

struct Desk<'a> {
    plan: &'a Plan,
    memory: &'a Memory,
    /// The cells that the new workbook has.
    known: BTreeSet<FillKey>,
    history: History,
}

impl Desk<'_> {
    fn take(&mut self, slot: &Slot, kept: &Kept) {
        // Of a change that nobody explained what was accepted is the value before it.
        let accepted = self.memory.pending.get(slot).filter(|_| kept.kept_out.is_some());
        let (said, out) = accepted.map_or((&kept.said, kept.kept_out.is_some()), |own| (&own.before, false));
        self.history.left_out += usize::from(accepted.is_some());
        let value = match said {
            Said::Nothing => return,
            _ if out => {
                self.history.left_out += 1;
                return;
            }
            Said::Other(_) => {
                self.history.left_out += 1;
                return;
            }
            Said::NotApplicable => FillValue::Text(NOT_APPLICABLE.to_owned()),
            Said::Value(Value::Number(number)) => FillValue::Number(number.to_f64()),
            Said::Value(Value::Date(date)) => FillValue::Date(*date),
            Said::Value(value) => FillValue::Text(value.to_people()),
        };
        let owner = self.plan.voce(&slot.voce).filter(|(_, voce)| voce.is_input());
        if owner.is_some_and(|(indicator, _)| !indicator.offices.contains(&slot.office)) {
            self.history.of_others += 1;
            return;
        }
        let key = key_of(slot, kept);
        if owner.is_none() || !self.known.contains(&key) {
            self.history.homeless += 1;
            return;
        }
        if slot.month.is_none() && self.is_closed(slot, said) {
            self.history.fill.lock(key.clone());
        }
        self.history.fill.set(key, value);
    }

    /// A number of the year that is the same for all, and that an office which answers no more has given: who
    /// takes over finds it written.
    fn take_over(&mut self, office: &OfficeId, voce: &Voce) {
        let key = FillKey::single(voce.key.as_str());
        let is_shared = voce.rule == OfficeRule::Condivisa && voce.time == TimeKind::Annuale;
        if !is_shared || !self.known.contains(&key) || self.history.fill.get(&key) != &FillValue::Blank {
            return;
        }
        let Some(own) = voce.span_of(office) else { return };
        let before = |of: &OfficeId| voce.span_of(of).is_some_and(|span| span.last < own.first);
        let slot = |office: &OfficeId| Slot {
            office: office.clone(),
            voce: voce.key.clone(),
            month: None,
            row: None,
            column: None,
            declared: false,
        };
        let offices = self.plan.offices.iter().map(|office| &office.id).filter(|office| before(office));
        let mut kept = offices.filter_map(|office| self.memory.last_of(office).1.get(&slot(office)));
        let given = kept.find(|kept| kept.said.as_value().is_some() && kept.kept_out.is_none());
        if let Some(kept) = given {
            self.take(&slot(office), kept);
        }
    }

    /// Whether a value that is of no month belongs to one that is closed: by its own day, or by that of its
    /// row; a number of the year is of the month from which it is due.
    fn is_closed(&self, slot: &Slot, said: &Said) -> bool {
        let closed = |said: &Said| {
            let month = said.as_value().and_then(Value::date).and_then(|day| Month::of(day, self.plan.year));
            month.is_some_and(|month| month <= self.memory.month.month && self.plan.closing.holds(month))
        };
        let voce = self.plan.voce(&slot.voce).map(|(_, voce)| voce);
        if let Some(month) = voce.and_then(|voce| voce.month_of_number(&slot.office)) {
            return self.plan.closing.holds(month);
        }
        let register = voce.and_then(|voce| voce.register.as_ref());
        let entries = self.memory.last_of(&slot.office).1;
        let event = register.and_then(|register| entries.get(&slot.beside(&register.event)));
        !slot.declared && (closed(said) || event.is_some_and(|event| closed(&event.said)))
    }

    fn text(&mut self, (key, month): &TextKey, text: &str) {
        let cell = FillKey { month: *month, ..FillKey::single(key.as_str()) };
        if !self.known.contains(&cell) {
            self.history.homeless += 1;
            return;
        }
        let day = date_from_it(text).filter(|_| key == "firma.data");
        let value = day.map_or_else(|| FillValue::Text(text.to_owned()), FillValue::Date);
        self.history.fill.set(cell, value);
    }
}

/// Where the value of a slot is typed.
fn key_of(slot: &Slot, kept: &Kept) -> FillKey {
    if slot.declared {
        return FillKey::single(format!("{}.completo", slot.voce));
    }
    FillKey {
        key: slot.voce.to_string(),
        month: kept.id.month,
        row: kept.id.row,
        column: kept.id.column.clone(),
    }
}

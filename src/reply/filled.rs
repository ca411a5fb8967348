//! What was read of a workbook, to be typed again in a new one: whatever had happened to the file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::cell::Target;
use crate::excel::cell_of_day;
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{Month, Value, VoceKey, date_from_it};
use crate::plan::NOT_APPLICABLE;

/// What is typed again in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    /// A number.
    Number(f64),
    /// A date.
    Date(NaiveDate),
    /// A text; of what could not be read, as the office typed it.
    Text(String),
}

/// All that is typed again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// What stands in each cell; a blank one is not there.
    pub cells: BTreeMap<Target, Typed>,
    /// Rows of registers that go elsewhere: new ordinals by the old ones.
    moved: BTreeMap<(VoceKey, u32), u32>,
}

/// Rows of a register that stay where they are: every form has them.
const ROOM: u32 = 20;

impl Filled {
    /// All that an office's workbook says, in a workbook that asks for `month`; where its keys are gone, what
    /// its labels say.
    pub fn of(submission: &Submission, month: Month) -> Self {
        let own = submission;
        let submission = submission.by_label.as_deref().unwrap_or(submission);
        let mut filled = Self { moved: moved(submission), ..Self::default() };
        for entry in &submission.entries {
            let target = filled.place(Target::of_entry(&entry.id), &entry.id.voce);
            filled.put(target, again(entry));
        }
        let stands = |(voce, _): &(&VoceKey, &Entry)| !is_cut(own, submission, voce);
        for (voce, entry) in submission.completeness.iter().filter(stands) {
            filled.put(Target::single(format!("{voce}.completo")), again(entry));
        }
        filled.cells.extend(Self::blank(month).cells);
        for (key, own, text) in submission.keyed_texts() {
            let typed = if key == "firma.data" { day(&text.text) } else { Typed::Text(text.text.clone()) };
            filled.put(Target { month: own, ..Target::single(key) }, Some(typed));
        }
        filled
    }

    /// The same without what stands in these cells: who filled them types again what is meant.
    pub(super) fn without(mut self, targets: &[Target]) -> Self {
        self.cells.retain(|target, _| !targets.contains(target));
        self
    }

    /// Nothing but the month that is asked.
    pub(super) fn blank(month: Month) -> Self {
        let mut filled = Self::default();
        filled.put(Target::single("mese"), Some(Typed::Text(month.name().to_owned())));
        filled
    }

    /// Where a cell of a register goes.
    pub(super) fn place(&self, target: Target, voce: &VoceKey) -> Target {
        let row = target.row.map(|row| self.moved.get(&(voce.clone(), row)).copied().unwrap_or(row));
        Target { row, ..target }
    }

    fn put(&mut self, target: Target, typed: Option<Typed>) {
        if let Some(typed) = typed {
            self.cells.insert(target, typed);
        }
    }
}

/// Whether rows of a register are gone and are not known by what stands there: who fills it declares it
/// again.
/// `told` is the same submission with what its labels tell.
fn is_cut(own: &Submission, told: &Submission, voce: &VoceKey) -> bool {
    let of = |submission: &Submission| -> Vec<EntryState> {
        let all = submission.entries.iter().filter(|entry| entry.id.voce == *voce);
        all.map(|entry| entry.state.clone()).collect()
    };
    let states = of(own);
    let gone = states.iter().filter(|state| **state == EntryState::Lost).count();
    let found = || of(told).iter().any(|state| !matches!(state, EntryState::Blank | EntryState::Lost));
    gone > 0 && !(gone == states.len() && found())
}

/// The rows of a register that is longer than every form: all that say something, one after the other. A row
/// whose number an office made up would ask for a sheet as long.
fn moved(submission: &Submission) -> BTreeMap<(VoceKey, u32), u32> {
    let mut full: BTreeMap<&VoceKey, BTreeSet<u32>> = BTreeMap::new();
    for entry in submission.entries.iter().filter(|entry| again(entry).is_some()) {
        if let Some(row) = entry.id.row {
            full.entry(&entry.id.voce).or_default().insert(row);
        }
    }
    full.retain(|_, rows| rows.last().is_some_and(|last| *last > ROOM));
    full.into_iter()
        .flat_map(|(voce, rows)| (1..).zip(rows).map(|(new, old)| ((voce.clone(), old), new)))
        .collect()
}

/// The day of a sign-off, or what stands in its place.
fn day(text: &str) -> Typed {
    date_from_it(text).map_or_else(|| Typed::Text(text.to_owned()), Typed::Date)
}

/// What is typed in the cell of an entry; nothing in that of a blank one, or of one that was lost.
fn again(entry: &Entry) -> Option<Typed> {
    match &entry.state {
        EntryState::Blank | EntryState::Lost => None,
        EntryState::NotApplicable => Some(Typed::Text(NOT_APPLICABLE.to_owned())),
        EntryState::Value(Value::Number(number)) => Some(Typed::Number(number.to_f64())),
        EntryState::Value(Value::Date(date)) => Some(Typed::Date(*date)),
        EntryState::Value(value) => Some(Typed::Text(value.to_people())),
        EntryState::Placeholder | EntryState::Wrong(_) => {
            let raw = entry.raw.trim();
            let text = || Typed::Text(raw.chars().take(LONGEST).collect());
            // A formula that was never calculated is what the office typed.
            let formula = || Some(Typed::Text(format!("={}", entry.formula.as_ref()?)));
            if raw.is_empty() { formula() } else { Some(shown_as_a_day(raw).unwrap_or_else(text)) }
        }
    }
}

/// The number that a cell shows as a day, or as midnight, because of a format pasted over it: no office
/// writes of days so long ago. The format is put right with the workbook, and the finding asks whether it is
/// so.
fn shown_as_a_day(raw: &str) -> Option<Typed> {
    if raw == "00:00 (ora)" {
        return Some(Typed::Number(0.0));
    }
    let day = date_from_it(raw.strip_suffix(" (data)")?)?;
    (day.year() < LONG_AGO).then(|| Typed::Number(cell_of_day(day)))
}

/// Before this year a day is a number with the format of a day.
const LONG_AGO: i32 = 1930;

/// Letters of a text that could not be read: a cell holds no more.
const LONGEST: usize = 32_000;

#[cfg(test)]
mod tests {
    use super::{Typed, shown_as_a_day};

    #[test]
    fn a_number_under_the_format_of_a_day_is_that_number() {
        for (raw, number) in [
            ("28/1/1900 (data)", Some(28.0)),
            ("1/3/1900 (data)", Some(61.0)),
            ("14/5/1903 (data)", Some(1230.0)),
            ("00:00 (ora)", Some(0.0)),
            ("3/4/2019 (data)", None),
            ("03:04 (ora)", None),
            ("28/1/1900", None),
        ] {
            assert_eq!(shown_as_a_day(raw), number.map(Typed::Number), "{raw}");
        }
    }
}

//! What lies beyond the reporting month, beyond a voce's cut-off, or outside the months of an office.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{Month, OfficeId, Value, VoceKey, YearMonth};
use crate::plan::{Plan, Standing, Voce};

/// Why a value is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ignored {
    /// Its month comes after the reporting month.
    LaterMonth,
    /// Its month comes after the voce's cut-off.
    BeyondCutoff,
    /// Its date comes after the end of the reporting month.
    LaterDate,
    /// Its office does not answer for it in that month.
    NotTheirs,
}

impl Ignored {
    /// Whether its month decides, so that not even an error on it counts; a wrong date stays an error.
    pub(super) fn by_month(self) -> bool {
        matches!(self, Ignored::LaterMonth | Ignored::BeyondCutoff | Ignored::NotTheirs)
    }

    /// In a few words, after «no: »: `dopo il mese di riferimento`.
    pub fn label(self) -> &'static str {
        match self {
            Ignored::LaterMonth => "dopo il mese di riferimento",
            Ignored::BeyondCutoff => "oltre il termine della voce",
            Ignored::LaterDate => "data dopo il mese di riferimento",
            Ignored::NotTheirs => "fuori dai mesi dell'ufficio",
        }
    }
}

/// For each entry of `submission`, in order, why it would be ignored; `None` when it may count.
pub fn ignored(plan: &Plan, month: YearMonth, submission: &Submission) -> Vec<Option<Ignored>> {
    // Entries stand one voce after the other: most have the voce of the one before.
    let mut last: Option<&Voce> = None;
    let mut voce_of = |key: &VoceKey| {
        let known = last.filter(|voce| voce.key == *key);
        last = known.or_else(|| plan.voce(key).map(|(_, voce)| voce));
        last
    };
    let mut later_rows: BTreeMap<(&VoceKey, Option<u32>), Option<Ignored>> = BTreeMap::new();
    let office = &submission.office;
    for entry in &submission.entries {
        let voce = voce_of(&entry.id.voce);
        let register = voce.and_then(|voce| voce.register.as_ref());
        if register.is_some_and(|register| entry.id.column.as_ref() == Some(&register.event)) {
            let why = date(entry).and_then(|date| {
                let theirs = |own: Month| voce.is_none_or(|voce| voce.is_asked(office, Some(own)));
                if date > month.last_day() {
                    return Some(Ignored::LaterDate);
                }
                Month::of(date, month.year).filter(|own| !theirs(*own)).map(|_| Ignored::NotTheirs)
            });
            later_rows.insert((&entry.id.voce, entry.id.row), why);
        }
    }
    submission
        .entries
        .iter()
        .map(|entry| {
            let voce = voce_of(&entry.id.voce)?;
            let later_row = later_rows.get(&(&entry.id.voce, entry.id.row)).copied().flatten();
            match entry.id.month {
                Some(own) if own > month.month => Some(Ignored::LaterMonth),
                Some(own) if voce.cutoff.is_some_and(|cutoff| own > cutoff) => Some(Ignored::BeyondCutoff),
                Some(own) if !voce.is_asked(office, Some(own)) => Some(Ignored::NotTheirs),
                None if has_not_begun(voce, office, month) => Some(Ignored::NotTheirs),
                _ if later_row.is_some() => later_row,
                _ if date(entry).is_some_and(|date| date > month.last_day()) => Some(Ignored::LaterDate),
                _ => None,
            }
        })
        .collect()
}

/// Whether nothing of the year is asked of the office yet.
fn has_not_begun(voce: &Voce, office: &OfficeId, month: YearMonth) -> bool {
    voce.standing(office, month.month) == Standing::Outside
}

fn date(entry: &Entry) -> Option<NaiveDate> {
    match &entry.state {
        EntryState::Value(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

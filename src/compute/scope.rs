//! Whose entries are measured, and up to when.

use chrono::NaiveDate;

use crate::admit::{Admission, Admitted, AdmittedEntry};
use crate::model::{Month, OfficeId, OfficeRule, Value, YearMonth};
use crate::plan::Voce;

/// Whose entries, up to when.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// Everything admitted.
    pub admitted: &'a Admitted,
    /// The offices that count, in the plan's order.
    pub offices: &'a [OfficeId],
    /// All the offices of the indicator: a shared value is whatever any of them reports.
    pub sharing: &'a [OfficeId],
    /// The reporting month.
    pub month: YearMonth,
}

impl<'a> Scope<'a> {
    /// The last day that counts.
    pub(super) fn as_of(&self) -> NaiveDate {
        self.month.last_day()
    }

    /// The entries of a voce, office by office.
    pub(super) fn entries(&self, voce: &'a Voce) -> impl Iterator<Item = &'a AdmittedEntry> + use<'a> {
        let admitted = self.admitted;
        let offices = if voce.rule == OfficeRule::Condivisa { self.sharing } else { self.offices };
        offices
            .iter()
            .filter_map(move |office| admitted.entries.get(office))
            .flatten()
            .filter(move |entry| entry.id.voce == voce.key)
    }

    /// The values that count, with their office and month, up to the last month that counts.
    pub(super) fn counted(
        &self,
        voce: &'a Voce,
    ) -> impl Iterator<Item = (&'a OfficeId, Option<Month>, &'a Value)> + use<'a> {
        let last = voce.last_counting(self.month.month);
        self.entries(voce)
            .filter(move |entry| entry.id.month.is_none_or(|month| month <= last))
            .filter_map(|entry| Some((&entry.office, entry.id.month, entry.counted()?)))
    }

    /// Whether every office said that the voce does not apply.
    pub(super) fn applies_to_nobody(&self, voce: &'a Voce) -> bool {
        let mut entries = self.entries(voce).peekable();
        let any = entries.peek().is_some();
        any && self.offices.iter().all(|office| self.admitted.entries.contains_key(office))
            && entries.all(|entry| entry.admission == Admission::NotApplicable)
    }

    /// The months in which a voce is reported by at least one office, the latest first.
    pub(super) fn months_reported(&self, voce: &'a Voce) -> Vec<Month> {
        let mut months: Vec<Month> = self.counted(voce).filter_map(|(_, month, _)| month).collect();
        months.sort_unstable_by(|a, b| b.cmp(a));
        months.dedup();
        months
    }
}

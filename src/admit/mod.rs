//! The one place where findings decide what counts: entries named by an *errore* stay out of the sums.
//!
//! Later rooms see admitted entries and never a finding.

mod entries;
mod entry;
mod horizon;

use std::collections::{BTreeMap, BTreeSet};

pub use entries::Entries;
pub use entry::{Admission, AdmittedEntry};
pub use horizon::{Ignored, ignored};

use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{EntryRef, Finding, Month, OfficeId, Value, VoceKey, YearMonth};
use crate::plan::Plan;

/// Everything that the computing rooms may look at.
#[derive(Clone, Debug, Default)]
pub struct Admitted {
    /// Entries by voce, office and period.
    pub entries: Entries,
    /// Up to which month each office declares a register complete (0 = not at all).
    pub completeness: BTreeMap<(OfficeId, VoceKey), u32>,
    /// Declarations kept out by a finding, with its code: they are none.
    pub undeclared: BTreeMap<(OfficeId, VoceKey), &'static str>,
    /// Voci with at least one entry kept out: their indicators are *non verificabile*.
    pub spoiled: BTreeMap<VoceKey, Spoiled>,
}

impl Admitted {
    /// Looks again at what is kept out of a voce: its entries are others now.
    pub(crate) fn look_again(&mut self, voce: &VoceKey) {
        let mut spoiled = Spoiled::default();
        for entry in self.entries.of_voce(voce) {
            if let Admission::Excluded(code) = entry.admission {
                spoiled.add(code, entry.id.month);
            }
        }
        self.spoiled.remove(voce);
        if !spoiled.codes.is_empty() {
            self.spoiled.insert(voce.clone(), spoiled);
        }
    }
}

/// What is kept out of a voce.
#[derive(Clone, Debug, Default)]
pub struct Spoiled {
    /// The codes of the findings that keep it out.
    pub codes: BTreeSet<&'static str>,
    /// The months of the entries; `None` among them when one has none.
    months: BTreeSet<Option<Month>>,
}

impl Spoiled {
    /// An entry of a month, or of the year, is kept out by a finding with this code.
    pub(crate) fn add(&mut self, code: &'static str, month: Option<Month>) {
        self.codes.insert(code);
        self.months.insert(month);
    }

    /// Whether it touches the results of `month`: what is kept out of a later one cannot.
    pub fn touches(&self, month: Month) -> bool {
        self.months.first().is_some_and(|first| first.is_none_or(|first| first <= month))
    }
}

/// Lets `findings` decide which entries of `submissions` count.
///
/// A finding of severity *errore* or above with a voce keeps out the entries whose cells it names; one
/// without cells keeps out nothing.
///
/// An entry of a later month is ignored, errors included: it cannot touch an earlier month.
pub fn admit(plan: &Plan, month: YearMonth, submissions: &[Submission], findings: &[Finding]) -> Admitted {
    let errors = Errors::of(findings);
    let mut admitted = Admitted { entries: Entries::of_plan(plan), ..Admitted::default() };
    for submission in submissions {
        let later = ignored(plan, month, submission);
        let entries: Vec<AdmittedEntry> = submission
            .entries
            .iter()
            .zip(later)
            .map(|(entry, later)| judge(submission, entry, &errors, later))
            .collect();
        for entry in &entries {
            if let Admission::Excluded(code) = entry.admission {
                admitted.spoiled.entry(entry.id.voce.clone()).or_default().add(code, entry.id.month);
            }
        }
        admitted.entries.take(&submission.office, entries);
        for (voce, entry) in &submission.completeness {
            // A declaration that cannot be used is none: the rows count all the same, and the result is
            // provisional.
            let owner = (submission.office.clone(), voce.clone());
            let error = errors.on(submission, entry.at);
            let month = if error.is_none() { declared_month(entry) } else { 0 };
            admitted.undeclared.extend(error.map(|code| (owner.clone(), code)));
            admitted.completeness.insert(owner, month);
        }
    }
    admitted
}

fn judge(
    submission: &Submission,
    entry: &Entry,
    errors: &Errors<'_>,
    later: Option<Ignored>,
) -> AdmittedEntry {
    let value = match &entry.state {
        EntryState::Value(value) => Some(value.clone()),
        _ => None,
    };
    let error = errors.on(submission, entry.at).filter(|_| later.is_none_or(|later| !later.by_month()));
    let reported = !matches!(entry.state, EntryState::Blank | EntryState::NotApplicable | EntryState::Lost);
    let admission = match (error, &entry.state) {
        (Some(code), _) => Admission::Excluded(code),
        (None, _) if reported && later.is_some() => later.map_or(Admission::NotReported, Admission::Ignored),
        // What is not asked for neither applies nor not.
        (None, EntryState::NotApplicable) if later == Some(Ignored::NotTheirs) => {
            Admission::Ignored(Ignored::NotTheirs)
        }
        (None, EntryState::Value(_)) => Admission::Admitted,
        (None, EntryState::NotApplicable) => Admission::NotApplicable,
        (None, EntryState::Blank | EntryState::Placeholder | EntryState::Wrong(_) | EntryState::Lost) => {
            Admission::NotReported
        }
    };
    AdmittedEntry {
        office: submission.office.clone(),
        file: submission.file.clone(),
        id: entry.id.clone(),
        at: Some(entry.at),
        place: entry.place.clone(),
        raw: entry.raw.clone(),
        value,
        normalised: entry.normalised.as_ref().map(|normalised| normalised.rule),
        admission,
    }
}

fn declared_month(entry: &Entry) -> u32 {
    match &entry.state {
        EntryState::Value(Value::Number(number)) => {
            number.to_i64().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= 12).unwrap_or(0)
        }
        _ => 0,
    }
}

/// The entries and files, of an office, named by findings that keep entries out.
#[derive(Default)]
struct Errors<'a> {
    entries: BTreeMap<EntryRef, &'static str>,
    files: BTreeMap<(Option<&'a OfficeId>, &'a str), &'static str>,
}

impl<'a> Errors<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let mut errors = Self::default();
        for finding in findings.iter().filter(|finding| finding.keeps_out()) {
            for at in &finding.entries {
                errors.entries.entry(*at).or_insert(finding.rule.code);
            }
            if let Some(file) = finding.bans_file() {
                errors.files.entry((finding.office.as_ref(), file)).or_insert(finding.rule.code);
            }
        }
        errors
    }

    fn on(&self, submission: &Submission, at: EntryRef) -> Option<&'static str> {
        let file = || self.files.get(&(Some(&submission.office), submission.file.as_str()));
        self.entries.get(&at).or_else(file).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Spoiled;
    use crate::model::Month;

    #[test]
    fn what_is_kept_out_of_a_later_month_touches_no_earlier_one() {
        let month = |number: u32| Month::new(number).unwrap();
        let mut spoiled = Spoiled::default();
        assert!(!spoiled.touches(month(12)), "nothing is kept out");
        spoiled.add("C01", Some(month(5)));
        spoiled.add("C03", Some(month(9)));
        let touched: Vec<u32> = (1..=12).filter(|number| spoiled.touches(month(*number))).collect();
        assert_eq!(touched, [5, 6, 7, 8, 9, 10, 11, 12]);
        spoiled.add("C01", None);
        assert!(spoiled.touches(month(1)), "an entry of the year, or of a register, counts in every month");
        assert_eq!(spoiled.codes.into_iter().collect::<Vec<_>>(), ["C01", "C03"]);
    }
}

//! Entries without a value that counts, where one is due or a deadline wants it.

use super::list::{List, is_serious};
use crate::admit::{Admission, AdmittedEntry};
use crate::certify::touches::is_due;
use crate::interpret::{Entry, EntryState};
use crate::model::{EntryRef, Finding, IndicatorCode, OfficeId, OfficeRule, Severity, VoceType};
use crate::plan::{Indicator, Voce};

/// A due entry without a value: which one, and of which voce it is.
pub(super) struct Gap<'a> {
    pub office: &'a OfficeId,
    pub voce: &'a Voce,
    pub at: Option<EntryRef>,
}

impl<'a> List<'a> {
    /// The entries of an office for the dates of a deadline that hold none that counts, and whether they are
    /// blank.
    pub(super) fn dates(&self, indicator: &'a Indicator, office: &'a OfficeId) -> Vec<(Gap<'a>, bool)> {
        let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
        let dates = inputs
            .filter(|voce| voce.kind == VoceType::Data && voce.is_input() && voce.rule != OfficeRule::Conta);
        let month = self.run.consolidation.month.month;
        let mut lacking = Vec::new();
        for voce in dates.filter(|voce| voce.is_answered_by(office, month)) {
            let entries = self.run.admitted.entries.of(&voce.key, office).iter();
            let counts = |entry: &AdmittedEntry| {
                matches!(entry.admission, Admission::Admitted | Admission::NotApplicable)
            };
            let own = entries.filter(|entry| !counts(entry));
            lacking
                .extend(own.map(|entry| (Gap { office, voce, at: entry.at }, entry.raw.trim().is_empty())));
        }
        lacking
    }

    /// The due entries of an office without a value; none when it sent nothing, which is told on its own.
    pub(super) fn gaps(&self, indicator: &'a Indicator, office: &'a OfficeId) -> Vec<Gap<'a>> {
        let month = self.run.consolidation.month;
        let mut gaps = Vec::new();
        let submission = self.senders.get(office);
        for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
            let entries = self.run.admitted.entries.of(&voce.key, office).iter();
            let lacking = |entry: &&AdmittedEntry| {
                is_due(month, voce, entry)
                    && !matches!(entry.admission, Admission::Admitted | Admission::NotApplicable)
            };
            gaps.extend(entries.filter(lacking).map(|entry| Gap { office, voce, at: entry.at }));
            let declared =
                self.run.admitted.completeness.get(&(office.clone(), voce.key.clone())).copied().unwrap_or(0);
            let entry = submission.and_then(|submission| submission.completeness.get(&voce.key));
            let due = voce.register_due(office, month.month).map_or(0, |due| due.last.number());
            let late = entry.filter(|_| declared < due);
            gaps.extend(late.map(|entry| Gap { office, voce, at: Some(entry.at) }));
        }
        gaps
    }

    /// The entries of an office where no value can be read: what is written is none, or the cell is gone. No
    /// derogation makes a value of them. What was due and blank is among the [`Self::gaps`].
    pub(super) fn voids(&self, indicator: &'a Indicator, office: &OfficeId) -> Vec<Gap<'a>> {
        let Some(submission) = self.senders.get(office).copied() else { return Vec::new() };
        let voci = indicator.voci.iter().filter(|voce| voce.is_input());
        let voids = voci.flat_map(|voce| {
            let own = submission.entries.iter().filter(|entry| entry.id.voce == voce.key);
            own.map(move |entry| (Gap { office: &submission.office, voce, at: Some(entry.at) }, entry))
        });
        voids.filter(|(gap, entry)| self.is_void(gap, entry)).map(|(gap, _)| gap).collect()
    }

    /// A row of a register that is gone is missed when a finding that kept it out says so: a form may never
    /// have had it.
    fn is_void(&self, gap: &Gap<'_>, entry: &Entry) -> bool {
        let month = self.run.consolidation.month.month;
        if entry.id.month.is_some() && !gap.voce.is_due(gap.office, month, entry.id.month) {
            return false;
        }
        match entry.state {
            EntryState::Wrong(_) => true,
            EntryState::Lost if entry.id.row.is_some() => {
                let serious = |finding: &Finding| finding.own_severity() >= Severity::Errore;
                self.naming(gap.at).iter().any(|finding| serious(finding))
            }
            EntryState::Lost => true,
            _ => false,
        }
    }

    /// Whether an open finding that is told on its own names the cell.
    pub(super) fn is_told(&self, gap: &Gap<'_>) -> bool {
        self.names(gap, Finding::is_open)
    }

    /// Whether a finding of this kind names the cell: an open one is told on its own only when it is serious.
    pub(super) fn names(&self, gap: &Gap<'_>, kind: impl Fn(&Finding) -> bool) -> bool {
        let of_kind = self.naming(gap.at).iter().filter(|finding| kind(finding));
        let mut told = of_kind.filter(|finding| !finding.is_open() || is_serious(finding));
        told.any(|finding| finding.office.as_ref() == Some(gap.office) || !finding.related.is_empty())
    }

    /// The indicators, of these, for which a finding names entries that have no value: accepting it gives
    /// them none.
    pub(super) fn valueless(&self, finding: &Finding, codes: &[IndicatorCode]) -> Vec<IndicatorCode> {
        let named = self.named_offices(finding);
        let lacks = |code: &&IndicatorCode| {
            let Some(indicator) = self.run.plan.indicator(code) else { return false };
            let lacking = |office: &'a OfficeId| {
                let mut all = self.gaps(indicator, office);
                all.retain(|gap| !self.has_value(gap));
                all.extend(self.voids(indicator, office));
                all.iter().any(|gap| gap.is_named_by(finding))
            };
            named.iter().copied().filter(|office| indicator.offices.contains(office)).any(lacking)
        };
        codes.iter().filter(lacks).cloned().collect()
    }

    /// Whether the cell holds a value, though it does not count: a derogation lets it in.
    fn has_value(&self, gap: &Gap<'_>) -> bool {
        let mut entries = self.run.admitted.entries.of(&gap.voce.key, gap.office).iter();
        entries.find(|entry| entry.at == gap.at).is_some_and(|entry| entry.value.is_some())
    }
}

impl Gap<'_> {
    fn is_named_by(&self, finding: &Finding) -> bool {
        self.at.is_some_and(|at| finding.entries.contains(&at))
    }
}

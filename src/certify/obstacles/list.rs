//! The open points found so far, and what each kind of them looks up.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Answer;
use super::obstacle::Obstacle;
use crate::aggregate::IndicatorResult;
use crate::certify::Run;
use crate::certify::touches::indicators_of;
use crate::interpret::Submission;
use crate::model::{EntryRef, Finding, IndicatorCode, OfficeId, Severity, Status};
use crate::plan::Indicator;

/// The finding that says that an office sent nothing.
pub(super) const NO_FILE: &str = "K01";
/// The finding that says that a result lacks an office.
pub(super) const NO_OFFICE: &str = "A01";
/// The finding that says that a deadline has gone by without all its dates.
pub(super) const NO_DATE: &str = "D04";

pub(super) struct List<'a> {
    pub(super) run: &'a Run<'a>,
    /// The indicators of which something is said already.
    pub(super) told: BTreeSet<IndicatorCode>,
    pub(super) found: Vec<Obstacle>,
    /// The findings that name each entry.
    naming: BTreeMap<EntryRef, Vec<&'a Finding>>,
    /// The file of each office that has sent one.
    pub(super) senders: BTreeMap<&'a OfficeId, &'a Submission>,
    /// The offices with a note on each indicator.
    pub(super) noted: BTreeMap<&'a IndicatorCode, BTreeSet<&'a OfficeId>>,
}

impl<'a> List<'a> {
    /// Nothing found yet.
    pub(super) fn of(run: &'a Run<'a>) -> Self {
        let mut naming: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
        for finding in &run.checked.findings {
            finding.entries.iter().for_each(|at| naming.entry(*at).or_default().push(finding));
        }
        let mut noted: BTreeMap<_, BTreeSet<&OfficeId>> = BTreeMap::new();
        for submission in run.submissions {
            for code in submission.notes.keys() {
                noted.entry(code).or_default().insert(&submission.office);
            }
        }
        let senders = run.submissions.iter().rev().map(|submission| (&submission.office, submission));
        Self { run, told: BTreeSet::new(), found: Vec::new(), naming, senders: senders.collect(), noted }
    }

    /// The findings that name an entry.
    pub(super) fn naming(&self, at: Option<EntryRef>) -> &[&'a Finding] {
        at.and_then(|at| self.naming.get(&at)).map_or(&[], Vec::as_slice)
    }

    /// The offices of which a finding names entries, in the order of their names.
    pub(super) fn named_offices(&self, finding: &Finding) -> BTreeSet<&'a OfficeId> {
        let offices = finding.entries.iter().filter_map(|at| self.run.plan.offices.get(at.office));
        offices.map(|office| &office.id).collect()
    }

    pub(super) fn is_decided(&self, code: &IndicatorCode) -> bool {
        self.run.plan.decision(code).is_some()
    }

    pub(super) fn waived(&self) -> impl Iterator<Item = &'a Finding> {
        self.run.checked.findings.iter().filter(|finding| !finding.is_open())
    }

    pub(super) fn open(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.run.checked.findings.iter().filter(|finding| finding.is_open())
    }
}

/// The indicators that a finding touches: its own, those of its voce, of its scheda, of its office.
pub fn touched(run: &Run<'_>, finding: &Finding) -> Vec<IndicatorCode> {
    let codes = indicators_of(run, finding);
    if !codes.is_empty() {
        return codes;
    }
    let Some(office) = &finding.office else { return Vec::new() };
    let scheda = finding.scheda.filter(|_| finding.related.is_empty());
    let own = of_office(run, office).filter(|own| scheda.is_none_or(|scheda| own.scheda == scheda));
    own.map(|indicator| indicator.code.clone()).collect()
}

/// The indicators of which an office answers.
pub(super) fn of_office<'a>(
    run: &Run<'a>,
    office: &OfficeId,
) -> impl Iterator<Item = &'a Indicator> + use<'a> {
    let office = office.clone();
    run.plan.indicators().filter(move |indicator| indicator.offices.contains(&office))
}

/// The derogation of a finding, where there can be one; else decisions on the indicators.
pub(super) fn waived_or_decided(finding: Option<&Finding>, indicators: &[IndicatorCode]) -> Vec<Answer> {
    let decided = || indicators.iter().cloned().map(Answer::Decision).collect();
    finding.and_then(Answer::of_finding).map_or_else(decided, |answer| vec![answer])
}

pub(super) fn is_serious(finding: &Finding) -> bool {
    finding.is_open() && (finding.severity >= Severity::Errore || finding.keeps_out())
}

/// Why a result is not one to certify, in a few words; `None` when it is.
pub(super) fn trouble(result: &IndicatorResult) -> Option<&'static str> {
    match result.status {
        Status::DatoMancante
        | Status::TargetMancante
        | Status::NonVerificabile
        | Status::NonCalcolabile
        | Status::NonAncoraMisurabile => Some(result.status.label()),
        Status::NonValutabile => None,
        _ => result.provisional.then_some("risultato provvisorio"),
    }
}

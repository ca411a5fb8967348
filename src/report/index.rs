//! Where everything stands in the workbook, so that one sheet can lead to another.

use crate::certify::touches::is_due;
use std::collections::BTreeMap;

use crate::admit::{Admission, AdmittedEntry};
use crate::interpret::{Entry, Submission, TextCell};
use crate::model::{EntryRef, Finding, IndicatorCode, Month, OfficeId, Severity, TimeKind, VoceKey};
use crate::plan::{Fixed, Indicator, Voce};

use super::order;
use crate::book::table::{body_row, names};
use crate::certify::Run;
use crate::certify::sampling::{self, Sample};
use crate::certify::touches::indicators_of;
use crate::excel::Target;

/// A row of the sheet of the entries.
pub(crate) enum DataRow<'a> {
    /// A value fixed by the plan.
    Fixed(&'a Voce, &'a Fixed),
    /// An entry.
    Entry(&'a AdmittedEntry),
    /// An entry that was due of an office without such a cell: without a file, or without its row.
    Absent(&'a Voce, &'a OfficeId, Option<Month>),
    /// "Complete up to month" of a register.
    Complete(&'a Submission, &'a VoceKey, &'a Entry),
    /// A text beside the entries.
    Remark(Remark<'a>),
}

/// A text beside the entries: a note, the reference to an evidence, a cause, the reason of an n.a., that
/// nothing happened in a month, a part of the sign-off.
#[derive(Clone, Debug)]
pub(crate) struct Remark<'a> {
    /// Who wrote it.
    pub submission: &'a Submission,
    /// Its key in the manifest: `S03.1.nota`.
    pub key: String,
    /// The month, of what has months.
    pub month: Option<Month>,
    /// The indicator with which it goes.
    pub indicator: Option<&'a IndicatorCode>,
    /// The text.
    pub cell: &'a TextCell,
}

impl<'a> DataRow<'a> {
    /// The office and the voce of an entry, or of a register's declaration.
    fn reported(&self) -> Option<(&'a OfficeId, &'a VoceKey)> {
        match *self {
            DataRow::Entry(entry) => Some((&entry.office, &entry.id.voce)),
            DataRow::Complete(submission, voce, _) => Some((&submission.office, voce)),
            DataRow::Fixed(..) | DataRow::Absent(..) | DataRow::Remark(..) => None,
        }
    }

    /// By what it is known.
    pub(crate) fn at(&self) -> Option<EntryRef> {
        match self {
            DataRow::Fixed(..) | DataRow::Absent(..) => None,
            DataRow::Entry(entry) => entry.at,
            DataRow::Complete(_, _, entry) => Some(entry.at),
            DataRow::Remark(remark) => Some(remark.cell.at),
        }
    }

    /// The voce whose entry it is.
    fn voce(&self) -> Option<&VoceKey> {
        match self {
            DataRow::Fixed(voce, _) | DataRow::Absent(voce, ..) => Some(&voce.key),
            DataRow::Entry(entry) => Some(&entry.id.voce),
            DataRow::Complete(_, voce, _) => Some(voce),
            DataRow::Remark(..) => None,
        }
    }
}

/// How many open findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([usize; 4]);

impl Counts {
    pub(super) fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut counts = [0; 4];
        for finding in findings.filter(|finding| finding.is_open()) {
            if let Some(count) = counts.get_mut(place_of(finding.severity)) {
                *count += 1;
            }
        }
        Self(counts)
    }

    pub(super) fn get(&self, severity: Severity) -> usize {
        self.0.get(place_of(severity)).copied().unwrap_or_default()
    }
}

fn place_of(severity: Severity) -> usize {
    match severity {
        Severity::Nota => 0,
        Severity::DaMotivare => 1,
        Severity::Errore => 2,
        Severity::Bloccante => 3,
    }
}

/// Where everything stands.
pub(super) struct Index<'a> {
    /// The rows of *Dati*, in order.
    pub data: Vec<DataRow<'a>>,
    by_entry: BTreeMap<EntryRef, usize>,
    by_indicator: BTreeMap<IndicatorCode, Vec<usize>>,
    by_office: BTreeMap<OfficeId, usize>,
    /// The first row of *Dati* of each office and voce.
    first_of: BTreeMap<(&'a OfficeId, &'a VoceKey), usize>,
    /// The file of each office that has sent one.
    pub senders: BTreeMap<&'a OfficeId, &'a Submission>,
    /// The indicators that use each voce, in order.
    pub users: BTreeMap<VoceKey, Vec<IndicatorCode>>,
    /// First and last row of *Dati* of each voce.
    blocks: BTreeMap<VoceKey, (usize, usize)>,
    /// What an evaluator should look at first: drawn once, told on several sheets.
    pub sample: Sample<'a>,
}

/// The rows of *Dati*, in order.
pub(crate) fn data_rows<'a>(run: &Run<'a>) -> Vec<DataRow<'a>> {
    rows(run, &senders(run))
}

/// The file of each office that has sent one.
fn senders<'a>(run: &Run<'a>) -> BTreeMap<&'a OfficeId, &'a Submission> {
    run.submissions.iter().rev().map(|submission| (&submission.office, submission)).collect()
}

impl<'a> Index<'a> {
    pub(super) fn of(run: &Run<'a>) -> Self {
        let senders = senders(run);
        let data = rows(run, &senders);
        let mut first_of = BTreeMap::new();
        for (row, own) in data.iter().enumerate().filter_map(|(row, data)| Some((row, data.reported()?))) {
            first_of.entry(own).or_insert(row);
        }
        let by_entry = data.iter().enumerate().filter_map(|(row, data)| Some((data.at()?, row))).collect();
        let mut blocks: BTreeMap<VoceKey, (usize, usize)> = BTreeMap::new();
        for (row, voce) in data.iter().enumerate().filter_map(|(row, data)| Some((row, data.voce()?))) {
            blocks.entry(voce.clone()).or_insert((row, row)).1 = row;
        }
        let mut by_indicator: BTreeMap<IndicatorCode, Vec<usize>> = BTreeMap::new();
        let mut by_office: BTreeMap<OfficeId, usize> = BTreeMap::new();
        let rows = order::places(run);
        for (at, finding) in run.checked.findings.iter().enumerate() {
            let row = rows.get(at).copied().unwrap_or(at);
            for code in indicators_of(run, finding) {
                by_indicator.entry(code).or_default().push(row);
            }
            if let Some(office) = &finding.office {
                let first = by_office.entry(office.clone()).or_insert(row);
                *first = row.min(*first);
            }
        }
        by_indicator.values_mut().for_each(|rows| rows.sort_unstable());
        Self {
            data,
            by_entry,
            by_indicator,
            by_office,
            first_of,
            senders,
            users: users(run),
            blocks,
            sample: sampling::sample(run),
        }
    }

    /// The row of *Dati* of an entry.
    pub(super) fn data_row(&self, at: EntryRef) -> Option<Target> {
        body_row(names::DATA, *self.by_entry.get(&at)?)
    }

    /// The first row of *Dati* with an entry of an office for an indicator.
    pub(super) fn first_data(&self, indicator: &Indicator, office: &OfficeId) -> Option<Target> {
        let first = indicator.voci.iter().filter_map(|voce| self.first_of.get(&(office, &voce.key)));
        body_row(names::DATA, *first.min()?)
    }

    /// The rows of *Dati* of a voce, by their place in the list, ends included.
    pub(super) fn block(&self, voce: &VoceKey) -> Option<(usize, usize)> {
        self.blocks.get(voce).copied()
    }

    /// The row of *Dati* of the first of a finding's entries that has one.
    pub(super) fn finding_data(&self, finding: &Finding) -> Option<Target> {
        finding.entries.iter().find_map(|at| self.data_row(*at))
    }

    /// The findings about an indicator, by their place in *Rilievi*.
    pub(super) fn findings_of(&self, code: &IndicatorCode) -> &[usize] {
        self.by_indicator.get(code).map_or(&[], Vec::as_slice)
    }

    /// The first finding of an office.
    pub(super) fn first_of_office(&self, office: &OfficeId) -> Option<Target> {
        body_row(names::FINDINGS, *self.by_office.get(office)?)
    }
}

fn users(run: &Run<'_>) -> BTreeMap<VoceKey, Vec<IndicatorCode>> {
    let mut users: BTreeMap<VoceKey, Vec<IndicatorCode>> = BTreeMap::new();
    for indicator in run.plan.indicators() {
        let own = indicator.voci.iter().map(|voce| &voce.key);
        for key in own.chain(indicator.formula.inputs()) {
            let codes = users.entry(key.clone()).or_default();
            if !codes.contains(&indicator.code) {
                codes.push(indicator.code.clone());
            }
        }
    }
    users
}

/// Indicator by indicator and voce by voce, as the plan has them: what the plan fixes, every entry with
/// something in it, the blank ones that were due, and the texts beside them; in the end those of no
/// indicator.
fn rows<'a>(run: &Run<'a>, senders: &BTreeMap<&'a OfficeId, &'a Submission>) -> Vec<DataRow<'a>> {
    let mut rows = Vec::new();
    let mut texts = Texts::of(run);
    for indicator in run.plan.indicators() {
        for voce in &indicator.voci {
            rows_of_voce((run, senders), indicator, voce, &mut rows);
        }
        rows.extend(texts.take(indicator));
    }
    rows.extend(texts.rest());
    rows
}

/// The texts beside the entries, by their key.
struct Texts<'a> {
    by_key: BTreeMap<String, Vec<Remark<'a>>>,
    /// In the order of the offices, and of the keys of each.
    order: Vec<String>,
}

impl<'a> Texts<'a> {
    fn of(run: &Run<'a>) -> Self {
        let mut texts = Self { by_key: BTreeMap::new(), order: Vec::new() };
        for submission in run.submissions {
            for (key, month, cell) in submission.keyed_texts() {
                let known = texts.by_key.entry(key.clone()).or_default();
                if known.is_empty() {
                    texts.order.push(key.clone());
                }
                known.push(Remark { submission, key, month, indicator: None, cell });
            }
        }
        texts
    }

    /// Those of an indicator: notes, evidence and causes, then why a voce of it does not apply.
    fn take(&mut self, indicator: &'a Indicator) -> Vec<DataRow<'a>> {
        let own = ["nota", "fonte", "causa"].map(|what| indicator.code.manifest_key(what));
        let keys = own.into_iter().chain(indicator.voci.iter().map(|voce| voce.key.reason_key()));
        let found: Vec<Remark<'a>> = keys.filter_map(|key| self.by_key.remove(&key)).flatten().collect();
        let with = |remark: Remark<'a>| Remark { indicator: Some(&indicator.code), ..remark };
        found.into_iter().map(|remark| DataRow::Remark(with(remark))).collect()
    }

    /// Those of no indicator.
    fn rest(mut self) -> Vec<DataRow<'a>> {
        let order = std::mem::take(&mut self.order);
        let found = order.iter().filter_map(|key| self.by_key.remove(key)).flatten();
        found.map(DataRow::Remark).collect()
    }
}

fn rows_of_voce<'a>(
    (run, senders): (&Run<'a>, &BTreeMap<&'a OfficeId, &'a Submission>),
    indicator: &'a Indicator,
    voce: &'a Voce,
    rows: &mut Vec<DataRow<'a>>,
) {
    rows.extend(voce.fixed.iter().map(|fixed| DataRow::Fixed(voce, fixed)));
    for office in &indicator.offices {
        let own = run.admitted.entries.of(&voce.key, office);
        if voce.time == TimeKind::Registro {
            rows.push(declaration(senders, voce, office));
        }
        let absent = voce
            .due(office, run.consolidation.month.month)
            .into_iter()
            .filter(|month| own.iter().all(|entry| entry.id.month != *month))
            .map(|month| DataRow::Absent(voce, office, month));
        rows.extend(absent);
        // An office without a file is seen also where nothing was due.
        let sent = run.admitted.entries.has_sent(office);
        if !sent
            && voce.register.is_none()
            && voce.fixed.is_none()
            && !voce.has_due(office, run.consolidation.month.month)
        {
            rows.push(DataRow::Absent(voce, office, None));
        }
        rows.extend(own.iter().filter(|entry| is_shown(run, entry)).map(DataRow::Entry));
    }
    let strangers = run.admitted.entries.of_voce(&voce.key);
    let strangers = strangers.filter(|one| !indicator.offices.contains(&one.office) && is_shown(run, one));
    rows.extend(strangers.map(DataRow::Entry));
}

/// Up to when an office declares a register complete.
fn declaration<'a>(
    senders: &BTreeMap<&'a OfficeId, &'a Submission>,
    voce: &'a Voce,
    office: &'a OfficeId,
) -> DataRow<'a> {
    let declared = senders.get(office).and_then(|submission| {
        let (key, entry) = submission.completeness.get_key_value(&voce.key)?;
        Some(DataRow::Complete(submission, key, entry))
    });
    declared.unwrap_or(DataRow::Absent(voce, office, None))
}

fn is_shown(run: &Run<'_>, entry: &AdmittedEntry) -> bool {
    entry.admission != Admission::NotReported
        || !entry.raw.trim().is_empty()
        || run.plan.voce(&entry.id.voce).is_some_and(|(_, voce)| is_due(run.consolidation.month, voce, entry))
}

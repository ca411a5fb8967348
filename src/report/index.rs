//! Where everything stands in the workbook, so that one sheet can lead to another.

use std::collections::BTreeMap;

use crate::admit::{Admission, AdmittedEntry};
use crate::interpret::{Entry, Submission, TextCell};
use crate::model::{
    CellRef, Finding, IndicatorCode, OfficeId, Place, Severity, TimeKind, VoceKey, VoceType, YearMonth,
};
use crate::plan::{Indicator, Voce};

use super::Run;
use super::sheet::Target;
use super::table::{body_row, names};

/// A row of the sheet of the entries.
pub(super) enum DataRow<'a> {
    /// An entry.
    Entry(&'a AdmittedEntry),
    /// "Complete up to month" of a register.
    Complete(&'a Submission, &'a VoceKey, &'a Entry),
    /// A note, or the reference to an evidence, of an indicator.
    Remark(&'a Submission, &'a IndicatorCode, Remark, &'a TextCell),
}

/// Kinds of texts that go with an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// A note.
    Note,
    /// A reference to an evidence.
    Evidence,
}

impl DataRow<'_> {
    fn place(&self) -> (&str, &Place) {
        match self {
            DataRow::Entry(entry) => (&entry.file, &entry.place),
            DataRow::Complete(submission, _, entry) => (&submission.file, &entry.place),
            DataRow::Remark(submission, _, _, cell) => (&submission.file, &cell.place),
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
    by_cell: BTreeMap<(String, String, CellRef), usize>,
    by_indicator: BTreeMap<IndicatorCode, Vec<usize>>,
    by_office: BTreeMap<OfficeId, usize>,
    /// The indicators that use each voce, in order.
    pub users: BTreeMap<VoceKey, Vec<IndicatorCode>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(run: &Run<'a>) -> Self {
        let data = rows(run);
        let by_cell = data
            .iter()
            .enumerate()
            .map(|(row, data)| {
                let (file, place) = data.place();
                ((file.to_owned(), place.sheet.clone(), place.cell), row)
            })
            .collect();
        let mut by_indicator: BTreeMap<IndicatorCode, Vec<usize>> = BTreeMap::new();
        let mut by_office = BTreeMap::new();
        for (row, finding) in run.checked.findings.iter().enumerate() {
            for code in indicators_of(run, finding) {
                by_indicator.entry(code).or_default().push(row);
            }
            if let Some(office) = &finding.office {
                by_office.entry(office.clone()).or_insert(row);
            }
        }
        Self { data, by_cell, by_indicator, by_office, users: users(run) }
    }

    /// The row of *Dati* of a cell of an office's workbook.
    pub(super) fn data_row(&self, file: &str, sheet: &str, cell: CellRef) -> Option<Target> {
        let row = self.by_cell.get(&(file.to_owned(), sheet.to_owned(), cell))?;
        body_row(names::DATA, *row)
    }

    /// The first row of *Dati* with an entry of an office for an indicator.
    pub(super) fn first_data(&self, indicator: &Indicator, office: &OfficeId) -> Option<Target> {
        let found = self.data.iter().position(|row| match row {
            DataRow::Entry(entry) => &entry.office == office && indicator.voce(&entry.id.voce).is_some(),
            DataRow::Complete(submission, voce, _) => {
                &submission.office == office && indicator.voce(voce).is_some()
            }
            DataRow::Remark(..) => false,
        })?;
        body_row(names::DATA, found)
    }

    /// The row of *Dati* of the first of a finding's cells that has one.
    pub(super) fn finding_data(&self, finding: &Finding) -> Option<Target> {
        finding.named().find_map(|(file, sheet, cell)| self.data_row(file, sheet, cell))
    }

    /// The findings about an indicator, by their place in the list.
    pub(super) fn findings_of(&self, code: &IndicatorCode) -> &[usize] {
        self.by_indicator.get(code).map_or(&[], Vec::as_slice)
    }

    /// The first finding of an office.
    pub(super) fn first_of_office(&self, office: &OfficeId) -> Option<Target> {
        body_row(names::FINDINGS, *self.by_office.get(office)?)
    }
}

/// The indicator that a finding names, or those that use the voce it names.
pub(super) fn indicators_of(run: &Run<'_>, finding: &Finding) -> Vec<IndicatorCode> {
    match (&finding.indicator, &finding.voce) {
        (Some(code), _) => vec![code.clone()],
        (None, Some(voce)) => run
            .plan
            .indicators()
            .filter(|indicator| indicator.voce(voce).is_some() || indicator.formula.inputs().contains(voce))
            .map(|indicator| indicator.code.clone())
            .collect(),
        (None, None) => Vec::new(),
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

/// Every entry with something in it, and the blank ones that were due, in the plan's order of offices.
fn rows<'a>(run: &Run<'a>) -> Vec<DataRow<'a>> {
    let mut rows = Vec::new();
    for office in &run.plan.offices {
        let entries = run.admitted.entries.get(&office.id).map_or(&[][..], Vec::as_slice);
        rows.extend(entries.iter().filter(|entry| is_shown(run, entry)).map(DataRow::Entry));
        for submission in run.submissions.iter().filter(|submission| submission.office == office.id) {
            rows.extend(
                submission
                    .completeness
                    .iter()
                    .map(|(voce, entry)| DataRow::Complete(submission, voce, entry)),
            );
            let remarks = |kind, cells: &'a BTreeMap<IndicatorCode, TextCell>| {
                cells.iter().map(move |(code, cell)| DataRow::Remark(submission, code, kind, cell))
            };
            rows.extend(remarks(Remark::Note, &submission.notes));
            rows.extend(remarks(Remark::Evidence, &submission.evidence));
        }
    }
    rows
}

fn is_shown(run: &Run<'_>, entry: &AdmittedEntry) -> bool {
    entry.admission != Admission::NotReported
        || !entry.raw.trim().is_empty()
        || run.plan.voce(&entry.id.voce).is_some_and(|(_, voce)| is_due(run.consolidation.month, voce, entry))
}

/// Whether a blank entry was due by the reporting month.
pub(super) fn is_due(month: YearMonth, voce: &Voce, entry: &AdmittedEntry) -> bool {
    match (voce.time, voce.kind) {
        (TimeKind::Mensile | TimeKind::Consistenza, _) => {
            entry.id.month.is_some_and(|own| own <= voce.last_counting(month.month))
        }
        (TimeKind::Annuale, VoceType::Data) => false,
        (TimeKind::Annuale, VoceType::SiNo) => month.closes_year(),
        (TimeKind::Annuale, _) => true,
        (TimeKind::Costante | TimeKind::Registro, _) => false,
    }
}

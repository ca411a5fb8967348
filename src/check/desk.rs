//! An office's file as the checks on values look at it: entries by voce, and what may be used of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, say};
use crate::admit::{Ignored, ignored};
use crate::interpret::{Entry, EntryState, Fault, Submission};
use crate::model::{
    EntryRef, Finding, Month, Number, Place, Related, Rule, Value, VoceKey, YearMonth, join_it,
};
use crate::plan::{Indicator, Plan, Voce};

/// Why a check that needs other offices' files is not judged when only single files are looked at.
pub(super) const NEEDS_ALL: &str = "serve la cartella di tutti gli uffici";

/// An office's file, with its entries by voce.
pub(super) struct Desk<'a> {
    /// The file.
    pub(super) submission: &'a Submission,
    /// The month of the report.
    pub(super) month: YearMonth,
    indicators: Vec<&'a Indicator>,
    typed: Vec<(&'a Voce, &'a Entry)>,
    declared: Vec<(&'a Voce, &'a Entry)>,
    /// For each entry of the file, in order.
    ignored: Vec<Option<Ignored>>,
    not_theirs: BTreeSet<EntryRef>,
    /// Blank because a closed month had nothing there, whatever is written now.
    held: BTreeSet<EntryRef>,
    entries: BTreeMap<&'a VoceKey, Vec<&'a Entry>>,
    /// The fields of each row of the registers.
    register_rows: BTreeMap<(&'a VoceKey, u32), Vec<&'a Entry>>,
}

/// A month's number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point<'a> {
    /// The month.
    pub(super) month: Month,
    /// The number.
    pub(super) value: &'a Number,
    /// Where it was typed.
    pub(super) entry: &'a Entry,
}

/// What may be used of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading<'a> {
    /// A value.
    Value(&'a Value),
    /// Nothing typed.
    Blank,
    /// `n.d.` and the like.
    Placeholder,
    /// `n.a.`
    NotApplicable,
    /// Something that another check has already found wrong: its code.
    Unusable(&'static str),
}

impl Reading<'_> {
    /// The code of the check on which whoever needs this entry depends.
    pub(super) fn unusable(self) -> Option<&'static str> {
        match self {
            Reading::Unusable(code) => Some(code),
            _ => None,
        }
    }
}

impl<'a> Desk<'a> {
    /// The file of `submission`, in a reporting month.
    pub(super) fn of(plan: &'a Plan, month: YearMonth, submission: &'a Submission) -> Self {
        let mut entries: BTreeMap<&VoceKey, Vec<&Entry>> = BTreeMap::new();
        let mut register_rows: BTreeMap<(&VoceKey, u32), Vec<&Entry>> = BTreeMap::new();
        let mut typed = Vec::new();
        // Those of a voce, and of a row, stand together: they are looked up once.
        for of_voce in submission.entries.chunk_by(|one, next| one.id.voce == next.id.voce) {
            let Some(key) = of_voce.first().map(|entry| &entry.id.voce) else { continue };
            entries.entry(key).or_default().extend(of_voce);
            if let Some((_, voce)) = plan.voce(key) {
                typed.extend(of_voce.iter().map(|entry| (voce, entry)));
            }
            for of_row in of_voce.chunk_by(|one, next| one.id.row == next.id.row) {
                if let Some(row) = of_row.first().and_then(|entry| entry.id.row) {
                    register_rows.entry((key, row)).or_default().extend(of_row);
                }
            }
        }
        let own = |(key, entry)| Some((plan.voce(key)?.1, entry));
        let ignored = ignored(plan, month, submission);
        let another_s = |why: &Option<Ignored>| *why == Some(Ignored::NotTheirs);
        let not_theirs = submission.entries.iter().zip(&ignored).filter(|(_, why)| another_s(why));
        Self {
            not_theirs: not_theirs.map(|(entry, _)| entry.at).collect(),
            held: BTreeSet::new(),
            submission,
            month,
            indicators: plan.indicators().filter(|one| one.offices.contains(&submission.office)).collect(),
            typed,
            declared: submission.completeness.iter().filter_map(own).collect(),
            ignored,
            entries,
            register_rows,
        }
    }

    /// The same where closed months hold these entries.
    pub(super) fn holding(self, entries: impl IntoIterator<Item = EntryRef>) -> Self {
        Self { held: entries.into_iter().collect(), ..self }
    }

    /// The indicators for which the office is responsible.
    pub(super) fn indicators(&self) -> impl Iterator<Item = &'a Indicator> {
        self.indicators.iter().copied()
    }

    /// What the office is asked to type, with the indicator under which it stands.
    pub(super) fn voci(&self) -> impl Iterator<Item = (&'a Indicator, &'a Voce)> {
        self.indicators().flat_map(|indicator| {
            indicator.voci.iter().filter(|voce| voce.is_input()).map(move |voce| (indicator, voce))
        })
    }

    /// Every entry with its voce, in the order of the file.
    pub(super) fn typed(&self) -> impl Iterator<Item = (&'a Voce, &'a Entry)> {
        self.typed.iter().copied()
    }

    /// The declared month of each register.
    pub(super) fn declared(&self) -> impl Iterator<Item = (&'a Voce, &'a Entry)> {
        self.declared.iter().copied()
    }

    /// The entries that would not count, in the order of the file, and why.
    pub(super) fn ignored(&self) -> impl Iterator<Item = (&'a Entry, Ignored)> {
        let entries = self.submission.entries.iter().zip(&self.ignored);
        entries.filter_map(|(entry, why)| Some((entry, (*why)?)))
    }

    /// Whether an entry stands outside the months in which the office answers for it.
    pub(super) fn is_not_theirs(&self, at: EntryRef) -> bool {
        self.not_theirs.contains(&at)
    }

    /// All the entries of a voce.
    pub(super) fn entries(&self, voce: &VoceKey) -> &[&'a Entry] {
        self.entries.get(voce).map_or(&[], Vec::as_slice)
    }

    /// The entries of a voce that count up to the reporting month: its months up to there, the year, or all
    /// the fields of a register.
    pub(super) fn counting(&self, voce: &Voce) -> impl Iterator<Item = &'a Entry> {
        let months = voce.counting(&self.submission.office, self.month.month);
        self.entries(&voce.key).iter().copied().filter(move |entry| {
            entry.id.month.is_none_or(|month| months.is_some_and(|months| months.contains(month)))
        })
    }

    /// The entry of a voce for a month, or for the year.
    pub(super) fn entry(&self, voce: &VoceKey, month: Option<Month>) -> Option<&'a Entry> {
        self.entries(voce).iter().copied().find(|entry| entry.id.month == month && entry.id.row.is_none())
    }

    /// The usable numbers of a voce month by month up to the reporting one, and the check on which an
    /// unusable one depends.
    pub(super) fn series(&self, ledger: &Ledger, voce: &Voce) -> (Vec<Point<'a>>, Option<&'static str>) {
        let (mut points, mut because) = (Vec::new(), None);
        for entry in self.counting(voce) {
            match (self.read(ledger, entry), entry.id.month) {
                (Reading::Value(Value::Number(value)), Some(month)) => {
                    points.push(Point { month, value, entry });
                }
                (Reading::Unusable(code), _) => because = Some(code),
                _ => {}
            }
        }
        points.sort_by_key(|point| point.month);
        (points, because)
    }

    /// Whether the office explains this indicator in its note.
    pub(super) fn explains(&self, indicator: &Indicator) -> bool {
        self.submission.notes.contains_key(&indicator.code)
    }

    /// The fields of a register by row and column.
    pub(super) fn rows(&self, voce: &VoceKey) -> BTreeMap<u32, BTreeMap<&'a str, &'a Entry>> {
        let mut rows: BTreeMap<u32, BTreeMap<&str, &Entry>> = BTreeMap::new();
        for entry in self.entries(voce) {
            if let (Some(row), Some(column)) = (entry.id.row, entry.id.column.as_deref()) {
                rows.entry(row).or_default().insert(column, entry);
            }
        }
        rows
    }

    /// The fields of one row of a register.
    pub(super) fn row(&self, voce: &VoceKey, row: u32) -> Vec<&'a Entry> {
        self.register_rows.get(&(voce, row)).cloned().unwrap_or_default()
    }

    /// What may be used of `entry`.
    pub(super) fn read(&self, ledger: &Ledger, entry: &'a Entry) -> Reading<'a> {
        if let Some(code) = ledger.blocked(entry.at) {
            return Reading::Unusable(code);
        }
        match &entry.state {
            EntryState::Value(value) => Reading::Value(value),
            EntryState::Blank if self.held.contains(&entry.at) => Reading::Unusable("M07"),
            EntryState::Blank => Reading::Blank,
            EntryState::Placeholder => Reading::Placeholder,
            EntryState::NotApplicable => Reading::NotApplicable,
            EntryState::Wrong(fault) => Reading::Unusable(fault_code(fault)),
            EntryState::Lost => Reading::Unusable("T06"),
        }
    }

    /// A finding of `rule` on these entries, in order; those of other sheets come as related.
    pub(super) fn finding(
        &self,
        rule: &'static Rule,
        indicator: &Indicator,
        voce: Option<&Voce>,
        entries: &[&Entry],
    ) -> Finding {
        let mut finding = Finding {
            scheda: Some(indicator.scheda),
            indicator: Some(indicator.code.clone()),
            voce: voce.map(|voce| voce.key.clone()),
            month: common_month(entries),
            ..say::about_submission(rule, self.submission)
        };
        self.name_cells(&mut finding, entries);
        finding
    }

    /// Names these entries in `finding`: the cells of the first sheet of its own file, the others as related.
    pub(super) fn name_cells(&self, finding: &mut Finding, entries: &[&Entry]) {
        let places: Vec<&Place> = entries.iter().map(|entry| &entry.place).collect();
        self.name_places(finding, &places);
    }

    /// The same for cells that hold no entry: notes, evidence, sign-off.
    pub(super) fn name_places(&self, finding: &mut Finding, places: &[&Place]) {
        let file = &self.submission.file;
        for Place { sheet, cell } in places {
            let own = finding.file.as_ref() == Some(file)
                && finding.sheet.as_ref().is_none_or(|first| first == sheet);
            if own {
                finding.sheet = Some(sheet.clone());
                finding.cells.push(*cell);
            } else if let Some(known) =
                finding.related.iter_mut().find(|related| &related.file == file && &related.sheet == sheet)
            {
                known.cells.push(*cell);
            } else {
                finding.related.push(Related {
                    office: self.submission.office.clone(),
                    file: file.clone(),
                    sheet: sheet.clone(),
                    cells: vec![*cell],
                });
            }
        }
        finding.cells.sort_unstable();
        finding.cells.dedup();
    }
}

/// The check that finds the words for a fault.
pub(super) fn fault_code(fault: &Fault) -> &'static str {
    match fault {
        Fault::NotANumber => "C01",
        Fault::AmbiguousNumber => "C03",
        Fault::NotADate => "C08",
        Fault::DateForNumber => "C10",
        Fault::NumberWithRemark => "C16",
        Fault::NotInList { .. } => "C21",
        Fault::ExcelError(_) => "T13",
        Fault::TooGreat | Fault::TooLong | Fault::NoSuchDay => "V14",
    }
}

/// A voce's place in words, with its month: `Scheda 3, «Orafi ispezionati», maggio`.
pub(super) fn place(indicator: &Indicator, voce: &Voce, month: Option<Month>) -> String {
    let month = month.map(|month| format!(", {month}")).unwrap_or_default();
    format!("{}{month}", say::voce_words(indicator, voce))
}

/// Months in words: `aprile e maggio`.
pub(super) fn months_words(entries: &[&Entry]) -> String {
    let mut months: Vec<Month> = entries.iter().filter_map(|entry| entry.id.month).collect();
    months.sort_unstable();
    months.dedup();
    join_it(&months.into_iter().map(Month::name).collect::<Vec<_>>())
}

fn common_month(entries: &[&Entry]) -> Option<Month> {
    let mut months = entries.iter().filter_map(|entry| entry.id.month);
    let first = months.next()?;
    months.all(|month| month == first).then_some(first)
}

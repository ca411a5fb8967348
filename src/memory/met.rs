//! The findings of the month before, met again or no more.

use std::collections::{BTreeMap, BTreeSet};

use super::{Memory, Told};
use crate::aggregate::IndicatorResult;
use crate::interpret::Submission;
use crate::model::{Finding, OfficeId, Status, YearMonth};
use crate::plan::Plan;

/// What the findings of the month before are held against.
#[derive(Clone, Copy, Debug)]
pub struct Today<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The findings of now.
    pub findings: &'a [Finding],
    /// The submissions that stand.
    pub submissions: &'a [Submission],
    /// The results of now.
    pub indicators: &'a [IndicatorResult],
    /// Whether what a check tells is something that happened in its month, as a change is: the month after it
    /// is over, and not resolved.
    pub happens: fn(&str) -> bool,
}

/// What became of the findings of the month before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Of each finding of now, in order, since when it is there; `None` when it is new.
    pub since: Vec<Option<YearMonth>>,
    /// Those that are no more, in their order.
    pub resolved: Vec<Told>,
    /// Those of which nothing can be said now, in their order, each with why.
    pub unseen: Vec<(Told, Unseen)>,
}

/// Why nothing can be said of a finding of the month before: that it is not met again proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// No file of its office counts.
    NoFile,
    /// Its indicator cannot be verified.
    NoResult,
    /// What it is about is kept out by this other one.
    Behind(&'static str),
}

impl Met {
    /// How many are new.
    pub fn fresh(&self) -> usize {
        self.since.iter().filter(|since| since.is_none()).count()
    }

    /// How many were there already.
    pub fn persisting(&self) -> usize {
        self.since.len() - self.fresh()
    }
}

/// Compares the findings of now with those of the month before, by what each is about: of several about the
/// same thing as many are met as there are on both sides, those with the same words first.
pub fn met(memory: &Memory, today: Today<'_>) -> Met {
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, told) in memory.findings.iter().enumerate() {
        open.entry(told.subject()).or_default().push(place);
    }
    let now: Vec<(String, String)> = today
        .findings
        .iter()
        .map(|finding| Told::of(today.plan, finding))
        .map(|told| (told.subject(), told.found))
        .collect();
    let mut since = vec![None; now.len()];
    let mut gone = vec![true; memory.findings.len()];
    for alike in [true, false] {
        for ((subject, found), since) in now.iter().zip(&mut since) {
            let Some(places) = open.get_mut(subject).filter(|_| since.is_none()) else { continue };
            let told = |place: &usize| memory.findings.get(*place);
            let same = |place: &usize| !alike || told(place).is_some_and(|told| told.found == *found);
            let Some(at) = places.iter().position(same) else { continue };
            let place = places.remove(at);
            *since = told(&place).map(|told| told.since.unwrap_or(memory.month));
            gone.iter_mut().skip(place).take(1).for_each(|gone| *gone = false);
        }
    }
    let eyes = Eyes::of(today, &since);
    let mut met = Met { since, ..Met::default() };
    let gone = memory.findings.iter().zip(gone).filter(|(told, gone)| *gone && !(today.happens)(&told.code));
    for (told, _) in gone {
        match eyes.unseen(told) {
            Some(why) => met.unseen.push((told.clone(), why)),
            None => met.resolved.push(told.clone()),
        }
    }
    met
}

/// What can be seen today.
struct Eyes<'a> {
    today: Today<'a>,
    /// The names of the offices of which no file counts.
    absent: BTreeSet<&'a str>,
    /// What a finding that is new keeps out: office, voce and month, with its code.
    kept_out: BTreeMap<String, &'static str>,
    /// The offices of which the workbook is of another wording: it is not laid beside its template.
    reworded: BTreeSet<&'a OfficeId>,
}

/// The check that tells a workbook of another wording, and how the codes begin of those beside the template.
const REWORDED: &str = "P23";
const TEMPLATE: char = 'T';

impl<'a> Eyes<'a> {
    fn of(today: Today<'a>, since: &[Option<YearMonth>]) -> Self {
        let here: BTreeSet<&OfficeId> = today.submissions.iter().map(|own| &own.office).collect();
        let absent = today.plan.offices.iter().filter(|office| !here.contains(&office.id));
        let fresh = today.findings.iter().zip(since).filter(|(_, since)| since.is_none());
        let out = fresh.filter(|(finding, _)| finding.keeps_out() && finding.voce.is_some());
        let reworded = today.findings.iter().filter(|finding| finding.rule.code == REWORDED);
        Self {
            today,
            reworded: reworded.filter_map(|finding| finding.office.as_ref()).collect(),
            absent: absent.map(|office| office.name.as_str()).collect(),
            kept_out: out
                .map(|(finding, _)| (Told::of(today.plan, finding).datum(), finding.rule.code))
                .collect(),
        }
    }

    /// Why nothing can be said of a finding that is not met again; `None` when it is resolved.
    fn unseen(&self, told: &Told) -> Option<Unseen> {
        if self.absent.contains(told.office.as_str()) {
            return Some(Unseen::NoFile);
        }
        let is_reworded = || self.reworded.iter().any(|id| self.today.plan.office_name(id) == told.office);
        if told.code.starts_with(TEMPLATE) && is_reworded() {
            return Some(Unseen::Behind(REWORDED));
        }
        if told.voce.is_empty() {
            let own = self.today.indicators.iter().find(|own| own.code.as_str() == told.indicator);
            return own.filter(|own| own.status == Status::NonVerificabile).map(|_| Unseen::NoResult);
        }
        self.kept_out.get(&told.datum()).map(|code| Unseen::Behind(code))
    }
}

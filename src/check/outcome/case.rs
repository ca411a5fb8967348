//! The indicators that have an outcome to look at.

use crate::admit::AdmittedEntry;
use crate::aggregate::IndicatorResult;
use crate::check::desk::{Desk, NEEDS_ALL};
use crate::check::{Context, Ledger, Outcome, say};
use crate::model::{Finding, Number, Rule, VoceKey, quoted, ratio_it};
use crate::plan::{Indicator, TargetUnit};

/// The checks that already ask why a result is as it is.
pub(super) const ASKED_WHY: [&str; 6] = ["D04", "D15", "M11", "V05", "V06", "V10"];

/// An indicator with its result and the workbooks of its offices.
pub(super) struct Case<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) result: &'a IndicatorResult,
    pub(super) outcome: Outcome<'a>,
    pub(super) desks: Vec<&'a Desk<'a>>,
}

/// Every indicator whose result can be judged; one that needs other offices' files is *non valutato* when
/// only single files are looked at.
pub(super) fn cases<'a>(ctx: &Context<'a>, ledger: &mut Ledger, rule: &'static Rule) -> Vec<Case<'a>> {
    let Some(outcome) = ctx.outcome else { return Vec::new() };
    let mut cases = Vec::new();
    for result in &outcome.consolidation.indicators {
        let Some(indicator) = ctx.plan.indicator(&result.code) else { continue };
        let mine = |desk: &&Desk<'_>| indicator.offices.contains(&desk.submission.office);
        let desks: Vec<&Desk<'_>> = ctx.desks.iter().filter(mine).collect();
        if desks.is_empty() {
            continue;
        }
        if indicator.is_shared() && !ctx.whole {
            ledger.skip(rule, NEEDS_ALL);
            continue;
        }
        cases.push(Case { indicator, result, outcome, desks });
    }
    cases
}

impl<'a> Case<'a> {
    /// The indicator's place in words: `Scheda 6, indicatore 6.2`.
    pub(super) fn place(&self) -> String {
        format!("Scheda {}, indicatore {}", self.indicator.scheda, self.indicator.code)
    }

    /// The value and the threshold, when both are numbers.
    pub(super) fn numbers(&self) -> Option<(Number, Number)> {
        let number = |value: &Option<crate::model::Value>| value.as_ref().and_then(|value| value.number());
        number(&self.result.value).zip(number(&self.result.threshold))
    }

    /// A value of the indicator for people, in its unit.
    pub(super) fn words(&self, value: &Number) -> String {
        words(self.indicator, value)
    }

    /// Whether an office gives the evidence of the result.
    pub(super) fn documented(&self) -> bool {
        self.desks.iter().any(|desk| desk.submission.evidence.contains_key(&self.indicator.code))
    }

    /// Whether an office explains the result in its note.
    pub(super) fn explained(&self) -> bool {
        self.desks.iter().any(|desk| desk.submission.notes.contains_key(&self.indicator.code))
    }

    /// Which of these checks has already told what makes the result unusual: of the indicator, or of a voce
    /// of it.
    pub(super) fn already(&self, ledger: &Ledger, codes: &[&'static str]) -> Option<&'static str> {
        ledger.already(codes, None, |finding| finding.indicator.as_ref() == Some(&self.indicator.code))
    }

    /// Why a result without a value is not judged.
    pub(super) fn without_value(&self) -> String {
        format!("esito: {}", self.result.status.label())
    }

    /// The year-to-date number of a voce, over all the offices.
    pub(super) fn total(&self, key: &VoceKey) -> Option<Number> {
        let total = self.result.voci.iter().find(|total| &total.key == key);
        total.and_then(|total| total.value.as_ref()).and_then(|value| value.number())
    }

    /// A finding on the cells of a text of the indicator, `nota` or `fonte`, in the files of all its offices.
    pub(super) fn finding_on_texts(&self, rule: &'static Rule, what: &str) -> Finding {
        let mut finding = self.bare(rule);
        let key = self.indicator.code.manifest_key(what);
        for desk in &self.desks {
            let Some(place) = desk.submission.text_places.get(&key) else { continue };
            if finding.file.is_none() {
                finding.file = Some(desk.submission.file.clone());
                finding.office = Some(desk.submission.office.clone());
            }
            desk.name_places(&mut finding, &[place]);
        }
        finding
    }

    /// The entries that count for the formula, with the office that typed them.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a AdmittedEntry> + '_ {
        let admitted = self.outcome.admitted;
        let offices = self.indicator.offices.iter();
        let entries = offices.flat_map(move |office| admitted.entries.of_office(office));
        entries.filter(|entry| {
            entry.counted().is_some() && self.indicator.formula.inputs().contains(&entry.id.voce)
        })
    }

    /// A finding about the result, naming the cells from which it comes.
    pub(super) fn finding(&self, rule: &'static Rule) -> Finding {
        let entries: Vec<&AdmittedEntry> = self.entries().collect();
        self.finding_on(rule, &entries)
    }

    /// A finding about the result, naming these cells.
    pub(super) fn finding_on(&self, rule: &'static Rule, entries: &[&AdmittedEntry]) -> Finding {
        let mut finding = self.bare(rule);
        for desk in &self.desks {
            let own: Vec<_> = entries
                .iter()
                .filter(|entry| entry.file == desk.submission.file)
                .filter_map(|entry| desk.entries(&entry.id.voce).iter().find(|typed| typed.id == entry.id))
                .copied()
                .collect();
            if finding.file.is_none() && !own.is_empty() {
                finding.file = Some(desk.submission.file.clone());
                finding.office = Some(desk.submission.office.clone());
            }
            desk.name_cells(&mut finding, &own);
        }
        finding
    }

    /// A finding about the result without a cell.
    pub(super) fn bare(&self, rule: &'static Rule) -> Finding {
        let base = match self.desks.as_slice() {
            [only] => say::about_submission(rule, only.submission),
            _ => Finding::of(rule),
        };
        Finding { scheda: Some(self.indicator.scheda), indicator: Some(self.indicator.code.clone()), ..base }
    }

    /// The label of a voce of the indicator, quoted.
    pub(super) fn label(&self, key: &VoceKey) -> String {
        quoted(self.indicator.voce(key).map_or(key.as_str(), |voce| voce.label.as_str()))
    }
}

/// A value of an indicator for people, in its unit.
pub(super) fn words(indicator: &Indicator, value: &Number) -> String {
    match indicator.target.unit {
        TargetUnit::Percent => ratio_it(value),
        _ => value.to_italian(4),
    }
}

//! The year-to-date value of one voce over a set of offices.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Coverage;
use super::coverage;
use super::register;
use super::scope::Scope;
use crate::admit::Admission;
use crate::formula::Term;
use crate::model::{Month, Number, OfficeId, OfficeRule, TimeKind, Value, VoceType};
use crate::plan::Voce;

/// A voce measured.
#[derive(Clone, Debug)]
pub struct VoceMeasure {
    /// What the formula gets.
    pub term: Term,
    /// Entries due and reported.
    pub coverage: Coverage,
    /// Whether a level is older than the reporting month.
    pub stale: bool,
}

/// At which month a level is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LevelAt {
    /// The last month reported.
    Own,
    /// The last month in which all the levels of the formula are reported, if there is one: both terms of
    /// a ratio of levels stand at the same month.
    Common(Option<Month>),
}

impl VoceMeasure {
    /// The value to show; for a register, the number of rows that count.
    pub fn shown(&self) -> Option<Value> {
        match &self.term {
            Term::Value(value) => Some(value.clone()),
            Term::Rows(rows) => Some(Value::Number(Number::from(rows.len()))),
            Term::Missing | Term::Pending => None,
        }
    }
}

impl<'a> Scope<'a> {
    /// Measures `voce`, a level at the month that `at` says.
    pub(super) fn measure(&self, voce: &'a Voce, at: LevelAt) -> VoceMeasure {
        let coverage = coverage::of(self, voce);
        let mut stale = false;
        let term = match (&voce.fixed, voce.time) {
            (Some(fixed), _) => Term::Value(fixed.value.clone()),
            (None, TimeKind::Registro) => register::rows(self, voce),
            (None, TimeKind::Mensile) => self.flow(voce),
            (None, TimeKind::Consistenza) => {
                let (term, reported) = self.level(voce, at);
                stale = reported.is_some_and(|month| month < voce.last_counting(self.month.month));
                term
            }
            (None, TimeKind::Annuale | TimeKind::Costante) => self.annual(voce),
        };
        VoceMeasure { term, coverage, stale }
    }

    fn flow(&self, voce: &'a Voce) -> Term {
        if voce.rule == OfficeRule::Condivisa {
            let mut months: BTreeMap<Option<Month>, Number> = BTreeMap::new();
            for (_, month, value) in self.counted(voce) {
                if let Some(number) = value.number() {
                    months.entry(month).or_insert(number);
                }
            }
            return sum(months.into_values().collect());
        }
        sum(self.counted(voce).filter_map(|(_, _, value)| value.number()).collect())
    }

    fn level(&self, voce: &'a Voce, at: LevelAt) -> (Term, Option<Month>) {
        let month = match at {
            LevelAt::Own => self.months_reported(voce).first().copied(),
            LevelAt::Common(month) => month,
        };
        let Some(last) = month else { return (Term::Missing, None) };
        if voce.rule == OfficeRule::Somma && at == LevelAt::Own {
            let mut latest: BTreeMap<&OfficeId, (Option<Month>, Number)> = BTreeMap::new();
            for (office, month, value) in self.counted(voce) {
                let Some(number) = value.number() else { continue };
                let newest = latest.entry(office).or_insert((month, number.clone()));
                if month >= newest.0 {
                    *newest = (month, number);
                }
            }
            let oldest = latest.values().filter_map(|(month, _)| *month).min();
            return (sum(latest.into_values().map(|(_, number)| number).collect()), oldest);
        }
        let at_last: Vec<Number> = self
            .counted(voce)
            .filter(|(_, month, _)| *month == Some(last))
            .filter_map(|(_, _, value)| value.number())
            .collect();
        let term = if voce.rule == OfficeRule::Somma { sum(at_last) } else { first(at_last) };
        (term, Some(last))
    }

    fn annual(&self, voce: &'a Voce) -> Term {
        if self.applies_to_nobody(voce) {
            return Term::Missing;
        }
        match voce.kind {
            VoceType::Data => self.date(voce),
            VoceType::SiNo => self.yes_no(voce),
            _ => {
                let numbers = self.counted(voce).filter_map(|(_, _, value)| value.number()).collect();
                if voce.rule == OfficeRule::Somma { sum(numbers) } else { first(numbers) }
            }
        }
    }

    fn date(&self, voce: &'a Voce) -> Term {
        let as_of = self.as_of();
        let dates: Vec<NaiveDate> = self
            .counted(voce)
            .filter_map(|(_, _, value)| value.date())
            .filter(|date| *date <= as_of)
            .collect();
        if voce.rule == OfficeRule::Conta {
            return Term::Value(Value::Number(Number::from(dates.len())));
        }
        let exempt = self.entries(voce).filter(|entry| entry.admission == Admission::NotApplicable).count();
        let wanted = if voce.rule == OfficeRule::Condivisa {
            1
        } else {
            self.offices.len() - exempt.min(self.offices.len())
        };
        match dates.iter().max() {
            Some(latest) if dates.len() >= wanted => Term::Value(Value::Date(*latest)),
            _ => Term::Pending,
        }
    }

    fn yes_no(&self, voce: &'a Voce) -> Term {
        let flags: Vec<Number> = self.counted(voce).filter_map(|(_, _, value)| value.number()).collect();
        match voce.rule {
            OfficeRule::Condivisa if flags.is_empty() && self.month.closes_year() => Term::Missing,
            OfficeRule::Condivisa if flags.is_empty() => Term::Value(Value::Number(Number::zero())),
            OfficeRule::Condivisa => first(flags),
            _ => Term::Value(Value::Number(flags.into_iter().sum())),
        }
    }
}

fn sum(numbers: Vec<Number>) -> Term {
    if numbers.is_empty() { Term::Missing } else { Term::Value(Value::Number(numbers.into_iter().sum())) }
}

fn first(numbers: Vec<Number>) -> Term {
    numbers.into_iter().next().map_or(Term::Missing, |number| Term::Value(Value::Number(number)))
}

//! The year-to-date value of one voce over a set of offices.

use super::Coverage;
use super::portion::{Portion, Said};
use super::register;
use crate::formula::Term;
use crate::model::{Month, Number, OfficeRule, TimeKind, Value, VoceType, YearMonth};
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

/// A voce over some offices, at a month.
pub(super) struct Total<'a> {
    pub voce: &'a Voce,
    pub month: YearMonth,
    /// The offices that count.
    pub own: &'a Portion,
    /// Those whose values are looked at: of a shared value, all the offices of the indicator.
    pub seen: &'a Portion,
}

impl Total<'_> {
    /// Measures the voce, a level at the month that `at` says.
    pub(super) fn measure(&self, at: LevelAt) -> VoceMeasure {
        let mut stale = false;
        let term = match (&self.voce.fixed, self.voce.time) {
            (Some(fixed), _) => Term::Value(fixed.value.clone()),
            (None, TimeKind::Registro) => register::united(&self.seen.rows, self.own.declared),
            (None, TimeKind::Mensile) => self.flow(),
            (None, TimeKind::Consistenza) => {
                let (term, reported) = self.level(at);
                stale = reported.is_some_and(|month| {
                    month < self.voce.last_counting(self.month.month).min(self.voce.end())
                });
                term
            }
            (None, TimeKind::Annuale | TimeKind::Costante) => self.annual(),
        };
        VoceMeasure { term, coverage: self.own.coverage, stale }
    }

    fn flow(&self) -> Term {
        if self.voce.rule != OfficeRule::Condivisa {
            return sum(&self.seen.all);
        }
        let months = self.seen.months.values().filter_map(|said| said.numbers.as_ref());
        let firsts = months.map(|(_, first)| first.clone());
        firsts.reduce(|sum, first| sum + &first).map_or(Term::Missing, number)
    }

    fn level(&self, at: LevelAt) -> (Term, Option<Month>) {
        let summed = self.voce.rule == OfficeRule::Somma;
        let month = match at {
            LevelAt::Own => self.seen.months_reported().first().copied(),
            LevelAt::Common(month) => month,
        };
        let Some(last) = month else { return (Term::Missing, None) };
        if summed && at == LevelAt::Own {
            return match &self.seen.latest {
                Some((sum, oldest)) => (number(sum.clone()), *oldest),
                None => (Term::Missing, None),
            };
        }
        let at_last = self.seen.months.get(&Some(last));
        let term = at_last.map_or(Term::Missing, |said| if summed { sum(said) } else { first(said) });
        (term, Some(last))
    }

    fn annual(&self) -> Term {
        if self.applies_to_nobody() {
            return Term::Missing;
        }
        match self.voce.kind {
            VoceType::Data => self.date(),
            VoceType::SiNo => self.yes_no(),
            _ if self.voce.rule == OfficeRule::Somma => sum(&self.seen.all),
            _ => first(&self.seen.all),
        }
    }

    /// Whether every office said that the voce does not apply.
    fn applies_to_nobody(&self) -> bool {
        let exempt = self.seen.entries > 0 && self.seen.entries == self.seen.exempt;
        exempt && self.own.sent == self.own.offices
    }

    fn date(&self) -> Term {
        if self.voce.rule == OfficeRule::Conta {
            return number(Number::from(self.seen.dates));
        }
        // Who takes over need not say again the day that was said already.
        let all = match self.voce.rule {
            OfficeRule::Condivisa => self.seen.dates >= 1,
            _ => self.seen.founders.have_all() && (self.seen.past_dates > 0 || self.seen.joined.have_all()),
        };
        match self.seen.last_date {
            Some(latest) if all => Term::Value(Value::Date(latest)),
            _ => Term::Pending,
        }
    }

    fn yes_no(&self) -> Term {
        let silent = self.seen.all.numbers.is_none();
        match self.voce.rule {
            OfficeRule::Condivisa if silent && self.month.closes_year() => Term::Missing,
            OfficeRule::Condivisa if silent => number(Number::zero()),
            OfficeRule::Condivisa => first(&self.seen.all),
            _ if silent => number(Number::zero()),
            _ => sum(&self.seen.all),
        }
    }
}

fn number(number: Number) -> Term {
    Term::Value(Value::Number(number))
}

fn sum(said: &Said) -> Term {
    said.numbers.as_ref().map_or(Term::Missing, |(sum, _)| number(sum.clone()))
}

fn first(said: &Said) -> Term {
    said.numbers.as_ref().map_or(Term::Missing, |(_, first)| number(first.clone()))
}

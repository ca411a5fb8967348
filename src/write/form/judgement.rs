//! What an office is told of its own indicators at the chosen month: the engine's own table of decisions,
//! compiled for the month that is chosen in the sheet. Of a shared one nothing is decided here.

use super::cells::own;
use super::layout::{Layout, TOTAL, TYPED, YEAR};
use super::names::{self, known};
use super::verdict::number;
use super::words;
use crate::aggregate::outcome::{self, Decision, Question};
use crate::excel::{Call, Formula, Sign};
use crate::model::{Light, Month, Nature, Number, Status, TimeKind};
use crate::plan::{Indicator, Operator, Threshold, Voce};

/// An indicator of an office alone, where it stands.
pub(super) struct Judged<'l, 'a> {
    layout: &'l Layout<'a>,
    indicator: &'a Indicator,
    band: u32,
}

/// Decimals to which two numbers are compared: what binary arithmetic adds is beyond.
const PLACES: i64 = 9;

impl<'l, 'a> Judged<'l, 'a> {
    /// `None` of an indicator that is not this office's alone, or that the sheet cannot judge.
    pub(super) fn of(layout: &'l Layout<'a>, indicator: &'a Indicator) -> Option<Self> {
        let band = layout.band(indicator)?;
        (!indicator.is_shared()).then_some(Self { layout, indicator, band })
    }

    fn value(&self) -> Formula {
        own(self.band, TOTAL)
    }

    fn operator(&self) -> Operator {
        self.indicator.target.operator
    }

    /// The threshold: a number, a date, or the cell of a baseline.
    fn threshold(&self) -> Option<Formula> {
        match &self.indicator.target.threshold {
            Threshold::Number(number) => Some(Formula::Number(number.clone())),
            Threshold::Date(day) => Some(Formula::date(*day)),
            Threshold::Baseline { .. } => self.baseline(),
            Threshold::Open => None,
        }
    }

    /// The cell of the baseline.
    fn baseline(&self) -> Option<Formula> {
        let key = self.indicator.baseline.as_ref()?;
        let (row, voce): (u32, &Voce) = self.layout.voce(key)?;
        let annual = matches!(voce.time, TimeKind::Annuale | TimeKind::Costante);
        annual.then(|| own(row, if voce.is_input() { TYPED } else { YEAR }))
    }

    fn compared(left: Formula, sign: Sign, right: Formula) -> Formula {
        let gap = Formula::call(Call::Round, [left.signed(Sign::Less, right), Formula::whole(PLACES)]);
        gap.signed(sign, Formula::whole(0))
    }

    fn holds(&self, question: Question, month: Month) -> Option<Formula> {
        let threshold = self.threshold()?;
        let met = |operator| match operator {
            Operator::AtLeast => Sign::AtLeast,
            Operator::Over => Sign::Above,
            Operator::AtMost | Operator::By => Sign::AtMost,
            Operator::Under => Sign::Under,
            Operator::Exactly => Sign::Equal,
        };
        Some(match question {
            Question::Met => Self::compared(self.value(), met(self.operator()), threshold),
            Question::Passed => Self::compared(self.value(), Sign::Above, threshold),
            Question::OnPace => {
                let (_, all) = outcome::elapsed(self.indicator, month);
                let pace = self.pace_times(month)?;
                let all = Formula::whole(all.number().into());
                Self::compared(self.value().signed(Sign::Times, all), Sign::AtLeast, pace)
            }
            Question::Partly => match self.short() {
                Some(short) => Self::compared(
                    short,
                    Sign::AtLeast,
                    Formula::Number(self.layout.plan.scoring.yellow.clone()),
                ),
                None => Formula::Flag(false),
            },
        })
    }

    /// Months in all times the value wanted at the chosen month.
    fn pace_times(&self, month: Month) -> Option<Formula> {
        let (_, all) = outcome::elapsed(self.indicator, month);
        let all = Formula::whole(all.number().into());
        let before = i64::from(self.indicator.start().number()) - 1;
        let gone = match before {
            0 => known(names::MONTH),
            before => known(names::MONTH).signed(Sign::Less, Formula::whole(before)),
        };
        let done = Formula::call(Call::Min, [gone, all.clone()]);
        let limit = self.threshold()?.signed(Sign::Times, done.clone());
        let level = self.indicator.formula.nature() == Nature::Livello;
        let Some(baseline) = self.baseline().filter(|_| level) else { return Some(limit) };
        let start = Formula::call(Call::N, [baseline]);
        Some(limit.signed(Sign::Plus, start.signed(Sign::Times, all.signed(Sign::Less, done))))
    }

    /// The value wanted at the chosen month, in words, where the outcome (`status`) is judged by it.
    pub(super) fn pace_words(&self, status: &Formula) -> Option<Formula> {
        let month = Month::all().find(|month| {
            let decision = outcome::of_number(self.indicator, *month, false);
            decision.rows.iter().any(|(question, _)| *question == Question::OnPace)
        })?;
        let (_, all) = outcome::elapsed(self.indicator, month);
        let pace = self.pace_times(month)?.signed(Sign::Over, Formula::whole(all.number().into()));
        let (pace, unit) = match words::is_percent(self.indicator) {
            true => (pace.signed(Sign::Times, Formula::whole(100)), "%"),
            false => (pace, ""),
        };
        let shown = Formula::call(Call::Round, [pace, Formula::whole(1)]);
        let words =
            Formula::text(" · atteso ").signed(Sign::And, shown).signed(Sign::And, Formula::text(unit));
        let judged = [Status::InLinea, Status::InRitardo]
            .map(|own| status.clone().is(Formula::text(status_words(own))));
        Some(Formula::choose(Formula::call(Call::Or, judged), words, Formula::none()))
    }

    /// A row of the decision table after the other, each outcome as its number.
    fn decided(&self, decision: &Decision, month: Month) -> Option<Formula> {
        let last = Formula::text(status_words(decision.otherwise));
        decision.rows.iter().rev().try_fold(last, |rest, (question, status)| {
            Some(Formula::choose(self.holds(*question, month)?, Formula::text(status_words(*status)), rest))
        })
    }

    /// The outcome at the chosen month, in words; the empty text while there is no value.
    pub(super) fn status(&self) -> Option<Formula> {
        let status = if matches!(self.indicator.target.threshold, Threshold::Date(_)) {
            let open = self.decided(&outcome::of_date(false), Month::JANUARY)?;
            let closed = self.decided(&outcome::of_date(true), Month::DECEMBER)?;
            Formula::choose(known(names::MONTH).is(number(Month::DECEMBER)), closed, open)
        } else {
            self.by_month()?
        };
        Some(Formula::choose(self.value().is_number(), status, Formula::none()))
    }

    /// The table of each month, those alike together.
    fn by_month(&self) -> Option<Formula> {
        let of = |month: Month| {
            let decision = outcome::of_number(self.indicator, month, month == Month::DECEMBER);
            self.decided(&decision, month)
        };
        let mut told = of(Month::DECEMBER)?;
        let mut next = told.clone();
        for month in Month::all().rev().skip(1) {
            let own = of(month)?;
            if own != next {
                let until = known(names::MONTH).signed(Sign::AtMost, number(month));
                told = Formula::choose(until, own.clone(), told);
                next = own;
            }
        }
        Some(told)
    }

    /// Value minus threshold.
    pub(super) fn distance(&self) -> Option<Formula> {
        let threshold = self.threshold()?;
        let numbers = match threshold {
            Formula::Number(_) => self.value().is_number(),
            _ => Formula::call(Call::And, [self.value().is_number(), threshold.clone().is_number()]),
        };
        Some(Formula::choose(numbers, self.value().signed(Sign::Less, threshold), Formula::none()))
    }

    /// The degree of a target that is missed; `None` where it is all or nothing.
    fn short(&self) -> Option<Formula> {
        let Threshold::Number(limit) = &self.indicator.target.threshold else { return None };
        if *limit <= Number::zero() || self.operator() == Operator::Exactly {
            return None;
        }
        let (over, under) = (self.value(), Formula::Number(limit.clone()));
        let (over, under) = if self.operator().higher_is_better() { (over, under) } else { (under, over) };
        let share = over.signed(Sign::Times, Formula::whole(100)).signed(Sign::Over, under.clone());
        let floor = Formula::call(Call::Max, [Formula::whole(0), share]);
        let cap = Formula::Number(self.layout.plan.scoring.cap.clone());
        let short = Formula::call(Call::Min, [cap, floor]);
        Some(Formula::choose(under.is(Formula::whole(0)), Formula::whole(0), short))
    }

    /// The degree on 100; `None` where the target is all or nothing.
    pub(super) fn degree(&self) -> Option<Formula> {
        let cap = Formula::Number(self.layout.plan.scoring.cap.clone());
        let degree = Formula::choose(self.holds(Question::Met, Month::DECEMBER)?, cap, self.short()?);
        Some(Formula::choose(self.value().is_number(), degree, Formula::none()))
    }
}

/// The outcomes of which an office owes an explanation.
pub(super) fn owed() -> impl Iterator<Item = String> {
    let all =
        [Status::InRitardo, Status::NonPiuRaggiungibile, Status::NonRaggiunto, Status::ParzialmenteRaggiunto];
    all.into_iter().filter(|status| status.wants_explanation()).map(status_words)
}

/// An outcome with the symbol of its light.
fn status_words(status: Status) -> String {
    let symbol = match status.light() {
        Light::Verde => "●",
        Light::Giallo => "▲",
        Light::Rosso => "■",
        Light::Grigio => "○",
    };
    format!("{symbol} {}", status.label())
}

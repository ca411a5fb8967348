//! One indicator against its target: degree, outcome, deviation.

use chrono::NaiveDate;

use super::outcome::{self, Question};
use crate::compute::Measure;
use crate::formula::Outcome;
use crate::model::{Nature, Number, Status, Value, VoceKey, YearMonth};
use crate::plan::{Indicator, Operator, Scoring, Threshold};

/// All that a judgement depends on.
pub(super) struct Case<'a> {
    pub indicator: &'a Indicator,
    pub scoring: &'a Scoring,
    pub month: YearMonth,
    pub measured: &'a Measure,
    /// An entry that it uses was kept out.
    pub spoiled: bool,
    /// A decision of the unit takes it out of the evaluation.
    pub excluded: bool,
}

/// A judgement.
pub(super) struct Verdict {
    pub value: Option<Value>,
    pub indicative: Option<Value>,
    pub threshold: Option<Value>,
    pub deviation: Option<Number>,
    pub degree: Option<Number>,
    /// The same against what was wanted by the month.
    pub paced: Option<Number>,
    pub status: Status,
    pub pace: Option<Number>,
    pub at_the_limit: bool,
    pub missing: Vec<VoceKey>,
}

/// The value of an outcome, when there is one.
pub(super) fn value_of(outcome: &Outcome) -> Option<Value> {
    match outcome {
        Outcome::Value(value) => Some(value.clone()),
        Outcome::Missing(_) | Outcome::DivisionByZero | Outcome::Nothing => None,
    }
}

/// Judges an indicator, in this order: taken out by decision, not verifiable, missing, nothing to
/// measure, no target; then value against threshold.
pub(super) fn judge(case: &Case<'_>) -> Verdict {
    let value = value_of(&case.measured.outcome);
    let threshold = threshold(case);
    let mut verdict = Verdict {
        value: value.clone(),
        indicative: None,
        threshold: threshold.clone(),
        deviation: None,
        degree: None,
        paced: None,
        status: Status::NonValutabile,
        pace: None,
        at_the_limit: false,
        missing: Vec::new(),
    };
    if case.excluded {
        return verdict;
    }
    if case.spoiled {
        verdict.value = None;
        verdict.indicative = value;
        verdict.status = Status::NonVerificabile;
        return verdict;
    }
    match (&case.measured.outcome, threshold) {
        (Outcome::Missing(_), _) if case.month.month < case.indicator.start() => {
            verdict.status = outcome::of_nothing(case.month.closes_year());
        }
        (Outcome::Missing(voci), _) => {
            verdict.missing.clone_from(voci);
            verdict.status = Status::DatoMancante;
        }
        (Outcome::Nothing, Some(Value::Date(deadline))) => open_deadline(case, deadline, &mut verdict),
        (Outcome::Nothing | Outcome::DivisionByZero, _) => {
            verdict.status = outcome::of_nothing(case.month.closes_year())
        }
        (Outcome::Value(_), None) => verdict.status = Status::TargetMancante,
        (Outcome::Value(Value::Date(date)), Some(Value::Date(deadline))) => {
            met_deadline(case, *date, deadline, &mut verdict);
        }
        (Outcome::Value(value), Some(limit)) => match (value.number(), limit.number()) {
            (Some(value), Some(limit)) => number(case, &value, &limit, &mut verdict),
            _ => verdict.status = outcome::of_nothing(case.month.closes_year()),
        },
    }
    // Where no pace is asked for, the target itself is.
    verdict.paced = verdict.paced.or_else(|| verdict.degree.clone());
    verdict
}

/// The threshold: of the target, or the baseline that the offices supplied.
fn threshold(case: &Case<'_>) -> Option<Value> {
    match &case.indicator.target.threshold {
        Threshold::Number(number) => Some(Value::Number(number.clone())),
        Threshold::Date(date) => Some(Value::Date(*date)),
        Threshold::Open => None,
        Threshold::Baseline { .. } => baseline(case.indicator, case.measured).map(Value::Number),
    }
}

/// The baseline entered by the offices, where the indicator has one beside its formula.
pub(super) fn baseline(indicator: &Indicator, measured: &Measure) -> Option<Number> {
    measured.voce(indicator.baseline.as_ref()?)?.shown()?.number()
}

/// A deadline without all its dates: lost when it is over, else open.
fn open_deadline(case: &Case<'_>, deadline: NaiveDate, verdict: &mut Verdict) {
    let over = case.month.is_over(deadline);
    verdict.degree = over.then(Number::zero);
    verdict.status = outcome::of_no_date(case.month.closes_year(), over);
}

fn met_deadline(case: &Case<'_>, date: NaiveDate, deadline: NaiveDate, verdict: &mut Verdict) {
    let met = date <= deadline;
    verdict.deviation = Some(Number::from((date - deadline).num_days()));
    verdict.degree = Some(if met { case.scoring.cap.clone() } else { Number::zero() });
    verdict.status = outcome::of_date(case.month.closes_year()).status(|_| met);
}

fn number(case: &Case<'_>, value: &Number, limit: &Number, verdict: &mut Verdict) {
    let operator = case.indicator.target.operator;
    let met = is_met(operator, value, limit);
    let degree = degree(operator, value, limit, met, &case.scoring.cap);
    verdict.deviation = Some(value.clone() - limit);
    verdict.at_the_limit = operator.is_strict() && value == limit;
    let closed = case.month.closes_year();
    verdict.pace = if closed { None } else { pace(case, limit) };
    let decision = outcome::of_number(case.indicator, case.month.month, closed);
    verdict.status = decision.status(|question| match question {
        Question::Met => met,
        Question::Partly => degree >= case.scoring.yellow,
        Question::OnPace => verdict.pace.as_ref().is_some_and(|pace| value >= pace),
        Question::Passed => value > limit,
    });
    let cap = &case.scoring.cap;
    verdict.paced = verdict.pace.as_ref().map(|pace| self::degree(operator, value, pace, value >= pace, cap));
    verdict.degree = Some(degree);
}

/// Whether `value` meets the target; exact, before any rounding.
pub fn is_met(operator: Operator, value: &Number, limit: &Number) -> bool {
    match operator {
        Operator::AtLeast => value >= limit,
        Operator::Over => value > limit,
        Operator::AtMost | Operator::By => value <= limit,
        Operator::Under => value < limit,
        Operator::Exactly => value == limit,
    }
}

/// Met gives the cap; otherwise the share of the way, bounded; zero targets and `=` are all or nothing.
fn degree(operator: Operator, value: &Number, limit: &Number, met: bool, cap: &Number) -> Number {
    if met {
        return cap.clone();
    }
    // Of a threshold that is not above zero no share can be taken.
    if limit <= &Number::zero() || operator == Operator::Exactly {
        return Number::zero();
    }
    let share = if operator.higher_is_better() { value.divided_by(limit) } else { limit.divided_by(value) };
    share.map_or_else(Number::zero, |share| (share * &Number::from(100_i64)).clamped(&Number::zero(), cap))
}

/// The value wanted at the reporting month to be on pace, where the nature has one.
fn pace(case: &Case<'_>, limit: &Number) -> Option<Number> {
    if !outcome::has_pace(case.indicator) {
        return None;
    }
    let (done, all) = outcome::elapsed(case.indicator, case.month.month);
    let share = Number::ratio(done.number().into(), all.number().into())?;
    match case.indicator.formula.nature() {
        Nature::Accumulo | Nature::Misto => Some(limit.clone() * &share),
        Nature::Livello => {
            let start = baseline(case.indicator, case.measured).unwrap_or_else(Number::zero);
            Some((limit.clone() - &start) * &share + &start)
        }
        Nature::Rapporto | Nature::Durata | Nature::Scadenza => None,
    }
}

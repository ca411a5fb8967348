//! The judgement as formulas: outcome, degree, pace, second condition.
//!
//! What decides is compared without dividing and without fractions that Excel cannot hold: `value ≥
//! threshold` becomes `ROUND(numerator − threshold × denominator; decimals) ≥ 0`, where the decimals are at
//! least those that the terms have, so that the rounding only takes away what binary arithmetic added. They
//! are never so few as the terms of the day would do with: who changes a figure in *Dati* sees decided what
//! the engine would decide of it.

use crate::book::status_text;
use std::collections::BTreeMap;

use crate::aggregate::IndicatorResult;
use crate::aggregate::outcome::{self, Decision, Question};
use crate::model::{Nature, Number, Status, TimeKind, Value, VoceKey};
use crate::plan::{Indicator, Operator, Scoring, Threshold};
use crate::report::data::{NO_FILE, columns};

use super::terms::Reach;
use super::value::{Fraction, LEAST, TermCells, denominator, fraction, number_decimals, waits};
use crate::excel::{Call, Formula, Sign};

/// An indicator at the end of a month, with the cells of its figures.
pub(in crate::report) struct Case<'a> {
    pub reach: Reach<'a>,
    pub scoring: &'a Scoring,
    pub result: &'a IndicatorResult,
    pub terms: TermCells,
    pub value: Formula,
    /// The threshold: a number, a date, or the cell of a baseline; `None` where the target has none.
    pub threshold: Formula,
}

/// Decimals that a comparison can bear: beyond, Excel's fifteen digits do not tell numbers apart.
const DIGITS: u32 = 14;

/// What is compared is taken to be at least so great, ten to this power: a correction may be greater than
/// what it corrects.
const ROOM: u32 = 5;

/// Decimals of the least share of a value that both Excel and LibreOffice tell from nothing.
const TELLING: u32 = 12;

/// What a value is compared with.
struct Limit {
    formula: Formula,
    /// How many decimals it has on the day of issue, and how many it is taken to have.
    decimals: (u32, u32),
    /// At least as great as every step of the formula.
    size: Number,
}

impl Case<'_> {
    fn indicator(&self) -> &Indicator {
        self.reach.indicator
    }

    fn operator(&self) -> Operator {
        self.indicator().target.operator
    }

    fn closed(&self) -> bool {
        self.reach.plan.month(self.reach.month).closes_year()
    }

    fn has_deadline(&self) -> bool {
        matches!(self.indicator().target.threshold, Threshold::Date(_))
    }

    /// The exact value of each term, for the decimals that it has.
    fn exact(&self) -> BTreeMap<VoceKey, Number> {
        let own = self.result.voci.iter();
        own.filter_map(|total| Some((total.key.clone(), total.value.as_ref()?.number()?))).collect()
    }

    /// Whether `times × value` compares so with a limit: exact, without dividing.
    fn compared(&self, times: i64, sign: Sign, limit: &Limit) -> Option<Formula> {
        let scale = Number::from(times);
        let difference = match self.fraction(0) {
            Some(Fraction { over, under: Some(under), .. }) => {
                scaled(times, over).signed(Sign::Less, limit.formula.clone().signed(Sign::Times, under))
            }
            Some(Fraction { over, under: None, .. }) => {
                scaled(times, over).signed(Sign::Less, limit.formula.clone())
            }
            None => scaled(times, self.value.clone()).signed(Sign::Less, limit.formula.clone()),
        };
        let rounded = Formula::call(Call::Round, [difference, self.places((&scale, 0), limit)]);
        Some(rounded.signed(sign, Formula::whole(0)))
    }

    fn fraction(&self, least: u32) -> Option<Fraction> {
        fraction(&self.reach, &self.terms, &self.exact(), least)
    }

    /// The decimals to which `factor × value` is compared with a limit, given the factor and how many it has:
    /// those of the day, and beyond them as many as Excel's digits can bear of [`LEAST`] for each term.
    fn places(&self, (factor, own): (&Number, u32), limit: &Limit) -> Formula {
        let wanted = |least: u32, limit: u32| {
            let parts = self.fraction(least)?;
            Some((parts.over_decimals + own).max(limit + parts.under_decimals))
        };
        let (Some(day), Some(least)) = (wanted(0, limit.decimals.0), wanted(LEAST, limit.decimals.1)) else {
            return Formula::whole(9);
        };
        let bearable = least.min(DIGITS.saturating_sub(digits(&self.size(factor, limit))));
        Formula::whole(day.min(DIGITS).max(bearable).into())
    }

    /// At least as great as both sides of `factor × value` against a limit, freed of their denominator.
    fn size(&self, factor: &Number, limit: &Limit) -> Number {
        let (over, under) =
            self.fraction(0).map_or((None, None), |parts| (parts.over_size, parts.under_size));
        let value = self.result.value.as_ref().and_then(Value::number).unwrap_or_else(Number::zero).abs();
        let under = under.unwrap_or_else(|| power(ROOM));
        let over = over.unwrap_or_else(|| value * &under);
        (over * factor).max(under * &limit.size)
    }

    /// The threshold; the decimals of a baseline are those of a term.
    fn limit(&self) -> Limit {
        let number = self.threshold_number();
        let own = number.as_ref().map_or(Some(0), number_decimals).unwrap_or(DIGITS);
        let typed = matches!(self.indicator().target.threshold, Threshold::Baseline { .. });
        let size = number.unwrap_or_else(Number::zero).abs();
        let decimals = (own, if typed { own.max(LEAST) } else { own });
        Limit { formula: self.threshold.clone(), decimals, size }
    }

    /// The baseline as something to compare with.
    fn start(&self, formula: Formula) -> Limit {
        let exact = self.exact();
        let number = self.indicator().baseline.as_ref().and_then(|key| exact.get(key));
        let own = number.and_then(number_decimals).unwrap_or(0);
        Limit {
            formula,
            decimals: (own, own.max(LEAST)),
            size: number.map_or_else(Number::zero, Number::abs),
        }
    }

    /// Whether a comparison is finer than Excel's fifteen digits can be, or its denominator is negative: then
    /// only the engine can judge.
    fn is_too_fine(&self) -> bool {
        let exact = self.exact();
        let Some(value) = self.result.value.as_ref().and_then(Value::number) else { return false };
        let negative = denominator(&self.reach, &exact).is_some_and(|under| under.is_negative());
        let parts = self.fraction(0);
        let limits = self.limits(&exact);
        let decimals = parts.map_or(9, |parts| {
            let limit = limits.iter().map(|limit| number_decimals(limit).unwrap_or(0)).max().unwrap_or(0);
            parts.over_decimals.max(limit + parts.under_decimals)
        });
        let greatest = exact.values().chain(&limits).map(Number::abs).max().unwrap_or_else(Number::zero);
        let size = greatest.clone() * &greatest + &greatest;
        let fine = |limit: &Number| {
            let distance = (value.clone() - limit).abs();
            if distance.is_zero() {
                return size.clone() * &power(decimals) > power(DIGITS);
            }
            distance * &power(TELLING) < value.abs().max(limit.abs())
        };
        negative || limits.iter().any(fine)
    }

    /// The values with which the indicator's own is compared.
    fn limits(&self, exact: &BTreeMap<VoceKey, Number>) -> Vec<Number> {
        let Some(limit) = self.threshold_number() else { return Vec::new() };
        let baseline = self.indicator().baseline.as_ref().and_then(|key| exact.get(key));
        let increase = self.indicator().target.second.as_ref().map(|second| &second.increase);
        let second = baseline.zip(increase).map(|(baseline, increase)| baseline.clone() + increase);
        let share = self.scoring.yellow.divided_by(&Number::from(100_i64));
        let partly = share.and_then(|share| {
            if self.operator().higher_is_better() {
                Some(limit.clone() * &share)
            } else {
                limit.divided_by(&share)
            }
        });
        let partly = partly.filter(|_| self.closed());
        [Some(limit), partly, self.result.pace.clone(), second].into_iter().flatten().collect()
    }

    /// Whether the target is met.
    fn met(&self) -> Option<Formula> {
        let sign = match self.operator() {
            Operator::AtLeast => Sign::AtLeast,
            Operator::Over => Sign::Above,
            Operator::AtMost | Operator::By => Sign::AtMost,
            Operator::Under => Sign::Under,
            Operator::Exactly => Sign::Equal,
        };
        self.compared(1, sign, &self.limit())
    }

    /// Value minus threshold.
    pub(in crate::report) fn deviation(&self) -> Formula {
        let blank = Formula::none();
        let difference = self.value.clone().signed(Sign::Less, self.threshold.clone()).or(blank.clone());
        self.judged(blank.clone(), &|_| blank.clone(), Some(difference)).unwrap_or(blank)
    }

    /// The degree, 0–100.
    pub(in crate::report) fn degree(&self) -> Option<Formula> {
        if self.is_too_fine() {
            return None;
        }
        let cap = Formula::Number(self.scoring.cap.clone());
        if self.has_deadline() {
            let gone = self.closed() || self.deadline_gone();
            let late = if gone { Formula::whole(0) } else { Formula::none() };
            let degree = Formula::choose(self.in_time(), cap, Formula::whole(0));
            return self.deadline(Formula::none(), late, degree);
        }
        let no_share = self.threshold_number().is_some_and(|limit| limit <= Number::zero());
        let short = if no_share || self.operator() == Operator::Exactly {
            Formula::whole(0)
        } else {
            let (over, under) = (self.value.clone(), self.threshold.clone());
            let (over, under) =
                if self.operator().higher_is_better() { (over, under) } else { (under, over) };
            bounded(over.signed(Sign::Times, Formula::whole(100)).signed(Sign::Over, under), &cap)
        };
        let degree = Formula::choose(self.met()?, cap, short);
        self.judged(Formula::none(), &|_| Formula::none(), Some(degree))
    }

    /// The degree against what was wanted by the month, 0–100; `None` where it is that of the target.
    pub(in crate::report) fn paced(&self) -> Option<Formula> {
        if self.is_too_fine() || self.closed() || !outcome::has_pace(self.indicator()) {
            return None;
        }
        let cap = Formula::Number(self.scoring.cap.clone());
        let none = |pace: &Number| pace <= &Number::zero();
        let short = if self.result.pace.as_ref().is_some_and(none) {
            Formula::whole(0)
        } else {
            let (wanted, all) = self.pace_times();
            bounded(scaled(100 * all, self.value.clone()).signed(Sign::Over, wanted), &cap)
        };
        let degree = Formula::choose(self.on_pace()?, cap, short);
        self.judged(Formula::none(), &|_| Formula::none(), Some(degree))
    }

    /// The outcome, with the symbol of its light.
    pub(in crate::report) fn status(&self) -> Option<Formula> {
        if self.is_too_fine() || self.reach.month < self.indicator().start() {
            return None;
        }
        if self.has_deadline() {
            let (closed, over) = (self.closed(), self.deadline_gone());
            let reached = self.decided(outcome::of_date(closed))?;
            let waiting = word(outcome::of_no_date(closed, over));
            return self.deadline(word(Status::NonValutabile), waiting, reached);
        }
        let decision = outcome::of_number(self.indicator(), self.reach.month, self.closed());
        self.judged(word(Status::NonValutabile), &word, Some(self.decided(decision)?))
    }

    /// A row of the decision table after the other, in words.
    fn decided(&self, decision: Decision) -> Option<Formula> {
        decision.rows.iter().rev().try_fold(word(decision.otherwise), |rest, (question, status)| {
            Some(Formula::choose(self.holds(*question)?, word(*status), rest))
        })
    }

    fn holds(&self, question: Question) -> Option<Formula> {
        match question {
            Question::Met if self.has_deadline() => Some(self.in_time()),
            Question::Met => self.met(),
            Question::Partly => self.is_partial(),
            Question::OnPace => self.on_pace(),
            Question::Passed => self.compared(1, Sign::Above, &self.limit()),
        }
    }

    /// Whether a date does not come after its deadline.
    fn in_time(&self) -> Formula {
        self.value.clone().signed(Sign::AtMost, self.threshold.clone())
    }

    /// Whether the degree of a target that is not met is at least the yellow threshold.
    fn is_partial(&self) -> Option<Formula> {
        let yellow = &self.scoring.yellow;
        let nothing = self.operator() == Operator::Exactly
            || self.threshold_number().is_some_and(|limit| limit <= Number::zero());
        if nothing {
            let always = !yellow.is_negative() && yellow.is_zero();
            return Some(Formula::whole(0).is(Formula::whole(i64::from(!always))));
        }
        let (own, hundred) = (number_decimals(yellow)?, Number::from(100_i64));
        let written = Formula::Number(yellow.clone());
        let limit = self.limit();
        if self.operator().higher_is_better() {
            // 100 × value ≥ yellow × threshold
            let decimals = (own + limit.decimals.0, own + limit.decimals.1);
            let formula = written.signed(Sign::Times, limit.formula);
            return self.compared(
                100,
                Sign::AtLeast,
                &Limit { formula, decimals, size: limit.size * yellow },
            );
        }
        // 100 × threshold ≥ yellow × value: the same with the sides changed, and the value times yellow.
        let limit = Limit { formula: scaled(100, limit.formula), size: limit.size * &hundred, ..limit };
        let (left, right) = match self.fraction(0) {
            Some(Fraction { over, under: Some(under), .. }) => {
                (limit.formula.clone().signed(Sign::Times, under), written.signed(Sign::Times, over))
            }
            Some(Fraction { over, under: None, .. }) => {
                (limit.formula.clone(), written.signed(Sign::Times, over))
            }
            None => (limit.formula.clone(), written.signed(Sign::Times, self.value.clone())),
        };
        let places = self.places((&yellow.abs(), own), &limit);
        let rounded = Formula::call(Call::Round, [left.signed(Sign::Less, right), places]);
        Some(rounded.signed(Sign::AtLeast, Formula::whole(0)))
    }

    /// Months in all times the value wanted at the month: `threshold × months`, from the baseline for a
    /// level.
    fn pace_times(&self) -> (Formula, i64) {
        let (done, all) = outcome::elapsed(self.indicator(), self.reach.month);
        let (done, all) = (i64::from(done.number()), i64::from(all.number()));
        let limit = scaled(done, self.threshold.clone());
        let baseline = self.baseline().filter(|_| self.indicator().formula.nature() == Nature::Livello);
        let Some(baseline) = baseline else { return (limit, all) };
        let start = scaled(all - done, Formula::call(Call::N, [baseline]));
        (limit.signed(Sign::Plus, start), all)
    }

    fn on_pace(&self) -> Option<Formula> {
        let (formula, all) = self.pace_times();
        let (threshold, start) = (self.limit(), self.start(Formula::none()));
        let decimals = (
            threshold.decimals.0.max(start.decimals.0),
            threshold.decimals.1.max(if self.baseline().is_some() { start.decimals.1 } else { 0 }),
        );
        let size = (threshold.size + &start.size) * &Number::from(all);
        self.compared(all, Sign::AtLeast, &Limit { formula, decimals, size })
    }

    /// The value wanted at the month to be on pace; only where the engine has one.
    pub(in crate::report) fn pace(&self) -> Formula {
        let (limit, all) = self.pace_times();
        let pace = limit.signed(Sign::Over, Formula::whole(all)).or(Formula::none());
        self.judged(Formula::none(), &|_| Formula::none(), Some(pace)).unwrap_or_else(Formula::none)
    }

    fn baseline(&self) -> Option<Formula> {
        self.terms.get(self.indicator().baseline.as_ref()?).cloned()
    }

    fn threshold_number(&self) -> Option<Number> {
        self.result.threshold.as_ref().and_then(Value::number)
    }

    fn deadline_gone(&self) -> bool {
        let last = self.reach.month.last_day(self.reach.plan.year);
        matches!(self.indicator().target.threshold, Threshold::Date(date) if last > date)
    }

    /// The increase over the baseline of the second condition.
    pub(in crate::report) fn increase(&self) -> Option<Formula> {
        let baseline = self.baseline()?;
        let both = Formula::call(Call::Count, [self.value.clone(), baseline.clone()]).is(Formula::whole(2));
        let increase = self.value.clone().signed(Sign::Less, baseline);
        Some(Formula::choose(both, increase, Formula::none()))
    }

    /// Whether the second condition is met, in words; the empty text while it is not known.
    pub(in crate::report) fn second(&self, yes: &str, no: &str) -> Option<Formula> {
        if self.is_too_fine() {
            return None;
        }
        let wanted = &self.indicator().target.second.as_ref()?.increase;
        let baseline = self.baseline()?;
        let start = self.start(baseline.clone());
        let own = number_decimals(wanted)?;
        let limit = Limit {
            formula: start.formula.signed(Sign::Plus, Formula::Number(wanted.clone())),
            decimals: (start.decimals.0.max(own), start.decimals.1.max(own)),
            size: start.size + &wanted.abs(),
        };
        let met =
            Formula::choose(self.compared(1, Sign::AtLeast, &limit)?, Formula::text(yes), Formula::text(no));
        let both = Formula::call(Call::Count, [self.value.clone(), baseline]).is(Formula::whole(2));
        Some(Formula::choose(both, met, Formula::none()))
    }

    /// Whether a share that stands beside is met, in words; the empty text while it is not known. The case is
    /// the share's own.
    pub(in crate::report) fn met_in_words(&self, yes: &str, no: &str) -> Option<Formula> {
        if self.is_too_fine() {
            return None;
        }
        let met = Formula::choose(self.met()?, Formula::text(yes), Formula::text(no));
        let known = Formula::call(Call::IsNumber, [self.value.clone()]);
        Some(Formula::choose(known, met, Formula::none()))
    }

    /// What to say of an indicator taken out by decision, of one with an entry kept out, of the others.
    fn unspoiled(&self, excluded: Formula, spoiled: Formula, rest: Formula) -> Option<Formula> {
        if self.reach.excluded() {
            return Some(excluded);
        }
        Some(Formula::choose(self.reach.spoiled(), spoiled, rest))
    }

    /// The judgement of a deadline: no date yet, or a date.
    fn deadline(&self, excluded: Formula, waiting: Formula, reached: Formula) -> Option<Formula> {
        let date = Formula::call(Call::IsNumber, [self.value.clone()]);
        let mut reading = Formula::choose(date, reached, waiting);
        let shows_words = excluded != Formula::none();
        let (missing, spoiled) = if shows_words {
            (word(Status::DatoMancante), word(Status::NonVerificabile))
        } else {
            (Formula::none(), Formula::none())
        };
        let inputs = self.indicator().formula.inputs().iter().filter_map(|key| self.indicator().voce(key));
        let nobody: Vec<Formula> =
            inputs.filter(|voce| waits(voce)).map(|voce| self.reach.nobody(voce)).collect();
        if !nobody.is_empty() {
            reading = Formula::choose(Formula::call(Call::Or, nobody), missing, reading);
        }
        self.unspoiled(excluded, spoiled, reading)
    }

    /// The order of judgement: taken out, not verifiable, missing, nothing to measure, no target, then the
    /// reading.
    fn judged(
        &self,
        excluded: Formula,
        say: &dyn Fn(Status) -> Formula,
        reading: Option<Formula>,
    ) -> Option<Formula> {
        let reading = reading?;
        let nothing = outcome::of_nothing(self.closed());
        let mut rest = reading;
        if matches!(self.indicator().target.threshold, Threshold::Baseline { .. }) {
            let known = Formula::call(Call::IsNumber, [self.threshold.clone()]);
            rest = Formula::choose(known, rest, say(Status::TargetMancante));
        }
        if self.indicator().target.threshold == Threshold::Open {
            rest = say(Status::TargetMancante);
        }
        let missing = self.missing();
        let known = Formula::call(Call::IsNumber, [self.value.clone()]);
        let without = match missing {
            Some(missing) => Formula::choose(missing, say(Status::DatoMancante), say(nothing)),
            None => say(nothing),
        };
        let without = if say(nothing) == say(Status::DatoMancante) { say(nothing) } else { without };
        let rest = Formula::choose(known, rest, without);
        self.unspoiled(excluded, say(Status::NonVerificabile), rest)
    }

    /// Whether a term was reported by nobody.
    fn missing(&self) -> Option<Formula> {
        let indicator = self.indicator();
        let tests: Vec<Formula> = indicator
            .formula
            .inputs()
            .iter()
            .filter_map(|key| {
                let (voce, cell) = (indicator.voce(key)?, self.terms.get(key)?);
                if voce.fixed.is_some() || voce.time == TimeKind::Costante {
                    return None;
                }
                Some(if waits(voce) { self.reach.nobody(voce) } else { cell.clone().is(Formula::none()) })
            })
            .collect();
        match tests.len() {
            0 => None,
            1 => tests.into_iter().next(),
            _ => Some(Formula::call(Call::Or, tests)),
        }
    }
}

/// A value, unless an entry that it uses is kept out; a decision of the unit lets it be seen.
pub(in crate::report) fn guarded(reach: &Reach<'_>, value: Formula) -> Formula {
    if reach.excluded() { value } else { Formula::choose(reach.spoiled(), Formula::none(), value) }
}

/// The value of an office that sent a file.
pub(in crate::report) fn of_sender(reach: &Reach<'_>, value: Formula) -> Formula {
    let Some((_, name)) = &reach.office else { return value };
    let conditions = [
        Formula::Name(columns::OFFICE),
        name.clone(),
        Formula::Name(columns::COUNTS),
        Formula::text(NO_FILE),
    ];
    let sent = Formula::call(Call::CountIfs, conditions).is(Formula::whole(0));
    Formula::choose(sent, value, Formula::none())
}

/// An outcome as the cells show it.
pub(in crate::report) fn word(status: Status) -> Formula {
    Formula::text(status_text(status.light(), status.label()))
}

/// A share between nothing and the cap; nothing where it cannot be taken.
fn bounded(share: Formula, cap: &Formula) -> Formula {
    let floor = Formula::call(Call::Max, [Formula::whole(0), share.or(Formula::whole(0))]);
    Formula::call(Call::Min, [cap.clone(), floor])
}

/// The digits before the point of a number, [`ROOM`] at least.
fn digits(number: &Number) -> u32 {
    (ROOM..DIGITS).find(|digits| number <= &power(*digits)).unwrap_or(DIGITS)
}

fn power(of_ten: u32) -> Number {
    if let Some(power) = 10_i64.checked_pow(of_ten) {
        return Number::from(power);
    }
    (0..of_ten).fold(Number::one(), |power, _| power * &Number::from(10_i64))
}

fn scaled(times: i64, formula: Formula) -> Formula {
    if times == 1 { formula } else { Formula::whole(times).signed(Sign::Times, formula) }
}

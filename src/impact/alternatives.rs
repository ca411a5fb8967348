//! The other readings of an indicator that a finding on the plan leaves open.

use chrono::NaiveDate;

use super::base::{Base, notice, unseen};
use super::bench::Bench;
use super::change::Change;
use crate::admit::AdmittedEntry;
use crate::formula::{Expr, Operation};
use crate::model::{Finding, Number, Value, VoceType, date_it, quoted, ratio_it};
use crate::plan::{Calendar, Indicator, Operator, Target, TargetUnit, Threshold};

/// Days among which a working day is looked for.
const FAR: usize = 30;

/// Another reading.
pub(super) struct Reading {
    /// Under which it is taken: `se il target si legge «al massimo 100 %»`.
    pub condition: String,
    pub other: Other,
}

/// What it makes of the indicator.
pub(super) enum Other {
    /// The plan says otherwise.
    Plan(Box<Indicator>),
    /// The same entries give another value.
    Value(Value),
    /// Some entries say otherwise.
    Entries(Vec<Change>),
}

/// What is known of the other readings.
pub(super) enum Known {
    /// All that the finding leaves open, one at least.
    Readings(Vec<Reading>),
    /// Those that can change something, one at least, and what is to be said of the others.
    Some(Vec<Reading>, String),
    /// None can be computed, and why.
    Nothing(String),
}

/// The other readings that a finding leaves open; `None` when it is not about a reading.
pub(super) fn known(bench: &mut Bench<'_>, finding: &Finding, base: &Base<'_>) -> Option<Known> {
    let (plan, indicator) = (bench.plan(), base.indicator);
    let nothing = |why: &str| Some(Known::Nothing(why.to_owned()));
    match finding.rule.code {
        "P02" => nothing(unseen("P02")),
        "P07" => Some(operators(indicator)),
        "P08" | "P26" => Some(both_conditions(base)),
        "P15" => Some(ratio_of_sums(base)),
        "P16" => nothing("a un'altra data il valore può essere un altro, e nessun file lo dice"),
        "P18" => Some(Known::Readings(other_days(indicator, &plan.calendar))),
        "P20" => Some(steps(base)),
        "P25" => {
            let other = plan.indicator(notice(bench, finding)?.other.as_ref()?)?;
            Some(target_of(indicator, other))
        }
        "P27" => {
            nothing("nessuna voce chiede le ore, e quanti casi siano nel termine lo dice solo l'ufficio")
        }
        "Y06" => nothing("un altro valore di confronto può essere quello giusto, e nessun file lo dice"),
        "A06" => mean_of_ratios(base).map(|reading| Known::Readings(vec![reading])),
        "D15" => nearest_date(base).map(|reading| Known::Readings(vec![reading])),
        "V11" => one_key(bench, base, finding).map(|reading| Known::Readings(vec![reading])),
        "D07" => first_day_too(base).map(|reading| Known::Readings(vec![reading])),
        _ => None,
    }
}

fn with_target(indicator: &Indicator, change: impl FnOnce(&mut Target)) -> Box<Indicator> {
    let mut read = indicator.clone();
    change(&mut read.target);
    Box::new(read)
}

/// P07: a least, a most, or exactly that; a most that no value can miss is told, and decides nothing.
fn operators(indicator: &Indicator) -> Known {
    let all = [Operator::AtLeast, Operator::AtMost, Operator::Exactly];
    let others = all.into_iter().filter(|operator| *operator != indicator.target.operator);
    let read = |operator| {
        with_target(indicator, |target| {
            target.operator = operator;
            target.implicit = false;
        })
    };
    let words = |read: &Indicator| quoted(&read.target.read_in_words());
    let empty = |operator: &Operator| *operator == Operator::AtMost && is_never_beyond(indicator);
    let (idle, tried): (Vec<Operator>, Vec<Operator>) = others.partition(empty);
    let readings = tried.into_iter().map(|operator| {
        let read = read(operator);
        Reading { condition: format!("se il target si legge {}", words(&read)), other: Other::Plan(read) }
    });
    let readings = readings.collect();
    match idle.first() {
        Some(operator) => Known::Some(
            readings,
            format!(
                "{} non si prova: il risultato non può superarlo, e nessuno lo mancherebbe",
                words(&read(*operator))
            ),
        ),
        None => Known::Readings(readings),
    }
}

/// Whether no entries can make the result greater than its threshold.
fn is_never_beyond(indicator: &Indicator) -> bool {
    let Threshold::Number(limit) = &indicator.target.threshold else { return false };
    highest(indicator, indicator.formula.expr()).is_some_and(|highest| highest <= *limit)
}

/// The highest value of a formula, where its shape tells: a part over its whole is at most 1, and so is a yes
/// or no of one office.
fn highest(indicator: &Indicator, expr: &Expr) -> Option<Number> {
    match expr {
        Expr::Number(number) => Some(number.clone()),
        Expr::Voce(key) => {
            let voce = indicator.voce(key)?;
            (voce.kind == VoceType::SiNo && indicator.offices.len() == 1).then(Number::one)
        }
        Expr::Binary(Operation::Add, left, right) => {
            Some(highest(indicator, left)? + &highest(indicator, right)?)
        }
        Expr::Binary(Operation::Divide, over, under) => match (over.as_ref(), under.as_ref()) {
            (Expr::Voce(part), Expr::Voce(whole)) => {
                let within = indicator.voce(part)?.part_of.as_ref() == Some(whole);
                within.then(Number::one)
            }
            (_, Expr::Number(number)) if *number > Number::zero() => {
                highest(indicator, over)?.divided_by(number)
            }
            _ => None,
        },
        _ => None,
    }
}

/// P08 and P26: both conditions must hold; of a percentage, as points and as an increase of the share.
fn both_conditions(base: &Base<'_>) -> Known {
    let indicator = base.indicator;
    let target = &indicator.target;
    let (Some(second), Threshold::Number(limit)) = (&target.second, &target.threshold) else {
        return Known::Nothing("la seconda condizione non si può confrontare con la soglia".to_owned());
    };
    if !target.operator.higher_is_better() {
        return Known::Nothing("le due condizioni guardano in versi opposti".to_owned());
    }
    let Some(start) = base.result().second.as_ref().and_then(|second| second.baseline.clone()) else {
        return Known::Nothing(format!(
            "per la seconda condizione serve il dato del {}, che manca",
            second.year
        ));
    };
    let points = start.clone() + &second.increase;
    let share = start.clone() * &(Number::one() + &second.increase);
    let how = |how: &str| format!("se valgono tutte e due le condizioni{how}");
    let asked = if second.percent {
        vec![(how(", in punti"), points), (how(", come aumento relativo"), share)]
    } else {
        vec![(how(""), points)]
    };
    let readings = asked.into_iter().map(|(condition, asked)| {
        let read = with_target(indicator, |target| {
            if asked > *limit {
                target.operator = Operator::AtLeast;
                target.threshold = Threshold::Number(asked);
            }
        });
        let words = read.target.read_in_words();
        let words = words.trim_end_matches(" (operatore implicito)");
        Reading { condition: format!("{condition} ({words})"), other: Other::Plan(read) }
    });
    Known::Readings(readings.collect())
}

/// P18: the deadline goes to the next working day, or to the one before.
fn other_days(indicator: &Indicator, calendar: &Calendar) -> Vec<Reading> {
    let Threshold::Date(deadline) = indicator.target.threshold else { return Vec::new() };
    let works = |day: &NaiveDate| calendar.is_working_day(*day);
    let after = deadline.iter_days().take(FAR).find(works);
    let before = std::iter::successors(Some(deadline), NaiveDate::pred_opt).take(FAR).find(works);
    let to = |day: Option<NaiveDate>, how: &str| {
        let day = day?;
        let read = with_target(indicator, |target| target.threshold = Threshold::Date(day));
        Some(Reading {
            condition: format!("se il termine {how} al {}", date_it(day)),
            other: Other::Plan(read),
        })
    };
    [to(after, "si sposta"), to(before, "si anticipa")].into_iter().flatten().collect()
}

/// P20: degrees between all and nothing, which the plan does not give. They concern a target that is missed.
fn steps(base: &Base<'_>) -> Known {
    let missed = base.result().degree.as_ref().is_some_and(Number::is_zero);
    if missed {
        return Known::Nothing(
            "il target è mancato, e il piano non dà una scala per i gradi fra 0 e 100".to_owned(),
        );
    }
    let read = Other::Plan(Box::new(base.indicator.clone()));
    Known::Readings(vec![Reading { condition: "se ci fossero gradi intermedi".to_owned(), other: read }])
}

/// P25: the target of the indicator with the same text.
fn target_of(indicator: &Indicator, other: &Indicator) -> Known {
    let (own, others) = (&indicator.target, &other.target);
    if (own.operator, &own.threshold, own.unit) == (others.operator, &others.threshold, others.unit) {
        let why = format!("la formula dell'indicatore {} usa altre voci", other.code);
        return Known::Nothing(why);
    }
    if own.unit != others.unit {
        return Known::Nothing(format!("il target dell'indicatore {} è in un'altra unità", other.code));
    }
    let read = with_target(indicator, |target| target.clone_from(others));
    let condition = format!("se vale il target dell'indicatore {} ({})", other.code, quoted(&others.printed));
    Known::Readings(vec![Reading { condition, other: Other::Plan(read) }])
}

/// P15: the ratio of the sums, where the formula adds up ratios of counts.
fn ratio_of_sums(base: &Base<'_>) -> Known {
    let mut shares = Vec::new();
    let whole = shares_of(base.indicator.formula.expr(), &mut shares)
        .then(|| {
            let sum = |of: fn(&(Number, Number)) -> &Number| -> Option<Number> {
                let parts: Option<Vec<(Number, Number)>> = shares
                    .iter()
                    .map(|(over, under)| Some((number(base, over)?, number(base, under)?)))
                    .collect();
                Some(parts?.iter().map(of).cloned().sum())
            };
            sum(|part| &part.0)?.divided_by(&sum(|part| &part.1)?)
        })
        .flatten();
    match whole {
        Some(whole) => {
            let condition = format!("se si fa il rapporto delle somme ({})", ratio_it(&whole));
            Known::Readings(vec![Reading { condition, other: Other::Value(Value::Number(whole)) }])
        }
        None => Known::Nothing("mancano i numeratori e i denominatori delle percentuali".to_owned()),
    }
}

/// The ratios that are added up, two at least; whether it is all that the formula does.
fn shares_of<'e>(expr: &'e Expr, shares: &mut Vec<(&'e Expr, &'e Expr)>) -> bool {
    match expr {
        Expr::Binary(Operation::Add, left, right) => shares_of(left, shares) && shares_of(right, shares),
        Expr::Binary(Operation::Divide, over, under) => {
            shares.push((over, under));
            true
        }
        _ => false,
    }
}

/// A sum or a difference of voci, year to date.
fn number(base: &Base<'_>, expr: &Expr) -> Option<Number> {
    match expr {
        Expr::Voce(key) => base.total(key)?.number(),
        Expr::Binary(Operation::Add, left, right) => Some(number(base, left)? + &number(base, right)?),
        Expr::Binary(Operation::Subtract, left, right) => Some(number(base, left)? - &number(base, right)?),
        _ => None,
    }
}

/// A06: the mean of the offices' ratios.
fn mean_of_ratios(base: &Base<'_>) -> Option<Reading> {
    let offices = base.result().per_office.iter();
    let own: Vec<Number> = offices.filter_map(|office| office.value.as_ref()?.number()).collect();
    let mean = own.iter().cloned().sum::<Number>().divided_by(&Number::from(own.len()))?;
    let condition = format!("se si fa la media dei rapporti degli uffici ({})", ratio_it(&mean));
    Some(Reading { condition, other: Other::Value(Value::Number(mean)) })
}

/// V11: the rows that the finding names have all the key of the first one.
fn one_key(bench: &Bench<'_>, base: &Base<'_>, finding: &Finding) -> Option<Reading> {
    let register = base.indicator.voce(finding.voce.as_ref()?)?.register.as_ref()?;
    let is_key = |entry: &&&AdmittedEntry| entry.id.column.as_ref() == Some(&register.identity);
    let named = bench.named(finding);
    let keys: Vec<&AdmittedEntry> = named.iter().filter(is_key).copied().collect();
    let key = keys.iter().find_map(|entry| entry.counted())?;
    let counted = keys.iter().filter(|entry| entry.counted().is_some());
    let same = counted
        .map(|entry| Change::Entry(entry.office.clone(), entry.id.clone(), Some(key.clone())))
        .collect();
    Some(Reading { condition: "se sono un fatto solo".to_owned(), other: Other::Entries(same) })
}

/// D07: the first day counts too, of days that are exactly the limit.
fn first_day_too(base: &Base<'_>) -> Option<Reading> {
    let Threshold::Number(limit) = &base.indicator.target.threshold else { return None };
    let value = base.result().value.as_ref()?.number().filter(|value| value == limit)?;
    let more = value + &Number::one();
    let words = more.to_italian(0);
    let unit =
        if base.indicator.target.unit == TargetUnit::WorkingDays { "giorni lavorativi" } else { "giorni" };
    let condition = format!("se si conta anche il primo giorno ({words} {unit})");
    Some(Reading { condition, other: Other::Value(Value::Number(more)) })
}

/// D15: the nearest of the offices' dates, when all of them have one.
fn nearest_date(base: &Base<'_>) -> Option<Reading> {
    let offices = base.result().per_office.iter().map(|office| office.value.as_ref()?.date());
    let nearest = offices.collect::<Option<Vec<NaiveDate>>>()?.into_iter().min()?;
    let condition = format!("se fa fede la data più vicina ({})", date_it(nearest));
    Some(Reading { condition, other: Other::Value(Value::Date(nearest)) })
}

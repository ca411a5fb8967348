//! What a finding on what the plan leaves open could change: the indicator computed again as it can also be read.

use chrono::NaiveDate;

use super::bench::{Bench, Change, Seen};
use super::words::{degree_words, told};
use super::{Effect, EffectKind, doubt, points, words};
use crate::aggregate::IndicatorResult;
use crate::formula::{Expr, Operation};
use crate::model::{
    Finding, IndicatorCode, Number, Status, Value, VoceKey, VoceType, date_it, quoted, ratio_it,
};
use crate::plan::{Calendar, Fixed, Indicator, Notice, Operator, Role, Target, TargetUnit, Threshold, Voce};

/// Days among which a working day is looked for.
const FAR: usize = 30;

/// Another reading.
struct Reading {
    /// Under which it is taken: `se il target si legge «al massimo 100 %»`.
    condition: String,
    other: Other,
}

/// What it makes of the indicator.
enum Other {
    /// The plan says otherwise.
    Plan(Box<Indicator>),
    /// The same entries give another value.
    Value(Number),
}

/// What is known of the other readings.
enum Known {
    /// All that the finding leaves open, one at least.
    Readings(Vec<Reading>),
    /// None can be computed, and why.
    Nothing(String),
}

/// The effect of a finding on how the plan is read; `None` for any other one.
pub(super) fn effect<'a>(bench: &mut Bench<'a>, finding: &Finding) -> Option<Effect> {
    let code = finding.rule.code;
    let indicator = finding.indicator.as_ref().and_then(|code| bench.plan().indicator(code));
    match (code, indicator) {
        ("P09", Some(indicator)) => return on_baseline(bench, indicator),
        ("P17", Some(indicator)) => return Some(on_other_years(bench, indicator)),
        ("P17" | "P18", None) if finding.scheda.is_some() => return Some(on_phases()),
        ("P02" | "D13", None) if notice(bench, finding).is_some() => {
            return Some(unknown(&[], EffectKind::CambiaEsito, unseen(code)));
        }
        _ => {}
    }
    let base = Base::of(bench, indicator?)?;
    match known(bench, finding, &base)? {
        Known::Nothing(why) => Some(base.unknown(bench, code, &why)),
        Known::Readings(readings) => Some(base.effect(bench, &readings)),
    }
}

/// What the other readings are compared with.
struct Base<'a> {
    indicator: &'a Indicator,
    /// As it stands in the consolidation.
    now: Seen,
    /// What is kept out, as typed, where that withholds the outcome.
    given: Vec<Change>,
    /// As the plan is read, on what is given.
    result: IndicatorResult,
}

impl<'a> Base<'a> {
    fn of(bench: &mut Bench<'a>, indicator: &'a Indicator) -> Option<Self> {
        let now = bench.now(indicator)?;
        let withheld = now.status == Status::NonVerificabile;
        let given = if withheld { points::others_as_typed(bench, indicator, &[]) } else { Vec::new() };
        let result = bench.read(indicator, indicator, &given);
        Some(Self { indicator, now, given, result })
    }

    fn value(&self) -> Option<Number> {
        self.result.value.as_ref()?.number()
    }

    fn total(&self, key: &VoceKey) -> Option<&Value> {
        self.result.voci.iter().find(|total| &total.key == key)?.value.as_ref()
    }

    /// The effect of the other readings, each with what it gives.
    fn effect(&self, bench: &mut Bench<'a>, readings: &[Reading]) -> Effect {
        let base = Seen::of(&self.result);
        let seen: Vec<(&Reading, Seen)> = readings
            .iter()
            .map(|reading| {
                let result = match &reading.other {
                    Other::Plan(read) => bench.read(self.indicator, read, &self.given),
                    Other::Value(value) => bench.valued(self.indicator, value, &self.given),
                };
                (reading, Seen::of(&result))
            })
            .collect();
        let kind = seen.iter().map(|(_, seen)| reach(&base, seen)).max().unwrap_or_default();
        let moved: Vec<&(&Reading, Seen)> = seen.iter().filter(|(_, seen)| *seen != base).collect();
        let told_now = told(&base);
        let sentence = match kind {
            EffectKind::NessunEffetto => {
                let conditions: Vec<&str> =
                    seen.iter().map(|(reading, _)| reading.condition.as_str()).collect();
                format!("{told_now} anche {}", conditions.join(", o "))
            }
            EffectKind::CambiaGrado => {
                let parts = moved.iter().map(|(reading, seen)| {
                    format!("a {} {}", degree_words(seen.degree.as_ref()), reading.condition)
                });
                let (status, degree) = (base.status.label(), degree_words(base.degree.as_ref()));
                let parts = parts.collect::<Vec<String>>().join(", ");
                format!("resta «{status}»; il grado va da {degree} {parts}")
            }
            EffectKind::CambiaEsito => {
                let parts =
                    moved.iter().map(|(reading, seen)| format!("a {} {}", told(seen), reading.condition));
                format!("da {told_now} {}", parts.collect::<Vec<String>>().join(", "))
            }
        };
        let code = &self.indicator.code;
        Effect {
            kind,
            indicators: vec![code.clone()],
            sentence: format!("{code}: {}{sentence}.", self.withheld()),
        }
    }

    /// What is to be said first where the outcome is withheld.
    fn withheld(&self) -> &'static str {
        match (self.now.status, self.given.is_empty()) {
            (Status::NonVerificabile, true) => "oggi «non verificabile»; con i soli dati che restano, ",
            (Status::NonVerificabile, false) => {
                "oggi «non verificabile»; se i dati tenuti fuori sono giusti, "
            }
            _ => "",
        }
    }

    /// Nothing else can be computed: it stands where it may reach.
    fn unknown(&self, bench: &Bench<'_>, rule: &str, why: &str) -> Effect {
        let code = &self.indicator.code;
        // A target of zero that is missed stays so before the year is closed: only its degree is in question.
        let running = rule == "P20" && !bench.ground.month.closes_year();
        let kind = if running { EffectKind::CambiaGrado } else { EffectKind::CambiaEsito };
        if bench.plan().decision(code).is_some() {
            return Effect {
                kind: EffectKind::NessunEffetto,
                indicators: vec![code.clone()],
                sentence: format!("{code}: {} per decisione, comunque si legga.", told(&self.now)),
            };
        }
        unknown(std::slice::from_ref(code), kind, why)
    }
}

/// How far a reading goes from another.
fn reach(base: &Seen, other: &Seen) -> EffectKind {
    match (base.status == other.status, base.degree == other.degree) {
        (true, true) => EffectKind::NessunEffetto,
        (true, false) => EffectKind::CambiaGrado,
        (false, _) => EffectKind::CambiaEsito,
    }
}

fn unknown(indicators: &[IndicatorCode], kind: EffectKind, why: &str) -> Effect {
    let head = indicators.first().map_or_else(String::new, |code| format!("{code}: "));
    let word = if head.is_empty() { "Non calcolabile" } else { "non calcolabile" };
    Effect { kind, indicators: indicators.to_vec(), sentence: format!("{head}{word}: {why}.") }
}

fn on_phases() -> Effect {
    let sentence =
        "Riguarda le fasi della scheda, che non entrano mai in un esito né in un grado.".to_owned();
    Effect { sentence, ..Effect::default() }
}

/// Why a finding on what no file shows cannot be computed.
fn unseen(code: &str) -> &'static str {
    match code {
        "P02" => "nessun file dice se un dato è finito nella riga, o nell'ufficio, dal nome simile",
        _ => {
            "non si sa in che giorno cade il patrono, e i giorni lavorativi contati senza di esso possono essere uno in più"
        }
    }
}

/// The notice of the plan from which a finding comes.
fn notice<'a>(bench: &Bench<'a>, finding: &Finding) -> Option<&'a Notice> {
    bench.plan().notices.iter().find(|notice| {
        notice.code == finding.rule.code
            && notice.scheda == finding.scheda
            && notice.indicator == finding.indicator
            && notice.found == finding.found
    })
}

/// The other readings that a finding leaves open; `None` when it is not about a reading.
fn known(bench: &mut Bench<'_>, finding: &Finding, base: &Base<'_>) -> Option<Known> {
    let (plan, indicator) = (bench.plan(), base.indicator);
    let nothing = |why: &str| Some(Known::Nothing(why.to_owned()));
    match finding.rule.code {
        "P02" => nothing(unseen("P02")),
        "P07" => Some(Known::Readings(operators(indicator))),
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
        "D07" => first_day_too(base).map(|reading| Known::Readings(vec![reading])),
        _ => None,
    }
}

fn with_target(indicator: &Indicator, change: impl FnOnce(&mut Target)) -> Box<Indicator> {
    let mut read = indicator.clone();
    change(&mut read.target);
    Box::new(read)
}

/// P07: a least, a most, or exactly that.
fn operators(indicator: &Indicator) -> Vec<Reading> {
    let all = [Operator::AtLeast, Operator::AtMost, Operator::Exactly];
    let others = all.into_iter().filter(|operator| *operator != indicator.target.operator);
    others
        .map(|operator| {
            let read = with_target(indicator, |target| {
                target.operator = operator;
                target.implicit = false;
            });
            let condition = format!("se il target si legge {}", quoted(&read.target.read_in_words()));
            Reading { condition, other: Other::Plan(read) }
        })
        .collect()
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
    let Some(start) = base.result.second.as_ref().and_then(|second| second.baseline.clone()) else {
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
    let missed = base.result.degree.as_ref().is_some_and(Number::is_zero);
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
            Known::Readings(vec![Reading { condition, other: Other::Value(whole) }])
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
    let offices = base.result.per_office.iter();
    let own: Vec<Number> = offices.filter_map(|office| office.value.as_ref()?.number()).collect();
    let mean = own.iter().cloned().sum::<Number>().divided_by(&Number::from(own.len()))?;
    let condition = format!("se si fa la media dei rapporti degli uffici ({})", ratio_it(&mean));
    Some(Reading { condition, other: Other::Value(mean) })
}

/// D07: the first day counts too, of days that are exactly the limit.
fn first_day_too(base: &Base<'_>) -> Option<Reading> {
    let Threshold::Number(limit) = &base.indicator.target.threshold else { return None };
    let value = base.value().filter(|value| value == limit)?;
    let more = value + &Number::one();
    let words = more.to_italian(0);
    let unit =
        if base.indicator.target.unit == TargetUnit::WorkingDays { "giorni lavorativi" } else { "giorni" };
    let condition = format!("se si conta anche il primo giorno ({words} {unit})");
    Some(Reading { condition, other: Other::Value(more) })
}

/// P09: the values of an earlier year, written in the plan as the offices typed them; where nobody did, at the ends
/// of what is plausible.
fn on_baseline<'a>(bench: &mut Bench<'a>, indicator: &'a Indicator) -> Option<Effect> {
    let base = Base::of(bench, indicator)?;
    let wanted: Vec<&'a Voce> = indicator.voci.iter().filter(|voce| is_wanted(indicator, voce)).collect();
    let missing = wanted.iter().find(|voce| base.total(&voce.key).is_none());
    if let Some(voce) = missing {
        let doubt = doubt::on_baseline(bench, indicator, voce)?;
        let shift = points::shift(bench, &doubt)?;
        return Some(words::effect(&[shift]));
    }
    let mut read = indicator.clone();
    for voce in read.voci.iter_mut().filter(|voce| wanted.iter().any(|own| own.key == voce.key)) {
        let value = base.total(&voce.key)?.clone();
        voce.fixed = Some(Fixed { value, source: String::new() });
    }
    let typed: Vec<String> =
        wanted.iter().filter_map(|voce| Some(in_words(voce, base.total(&voce.key)?))).collect();
    let condition = match typed.as_slice() {
        [] => return None,
        [only] => format!("se il dato inserito ({only}) si scrive nel piano"),
        several => format!("se i dati inseriti ({}) si scrivono nel piano", several.join("; ")),
    };
    Some(base.effect(bench, &[Reading { condition, other: Other::Plan(Box::new(read)) }]))
}

/// A baseline on which the result hangs, which the plan does not give.
fn is_wanted(indicator: &Indicator, voce: &Voce) -> bool {
    let target = matches!(indicator.target.threshold, Threshold::Baseline { .. });
    let beside = target && indicator.baseline.as_ref() == Some(&voce.key);
    let inside = voce.role == Role::Baseline && indicator.formula.inputs().contains(&voce.key);
    (beside || inside) && voce.fixed.is_none()
}

fn in_words(voce: &Voce, value: &Value) -> String {
    match (value, voce.kind) {
        (Value::Number(number), VoceType::Percentuale) => ratio_it(number),
        (Value::Number(number), _) => number.to_italian(4),
        (other, _) => other.to_people(),
    }
}

/// P17: without the dates of another year.
fn on_other_years<'a>(bench: &mut Bench<'a>, indicator: &'a Indicator) -> Effect {
    let doubt = doubt::on_other_years(bench, indicator);
    if doubt.slots.is_empty() {
        let (code, year) = (&indicator.code, bench.plan().year);
        let sentence =
            format!("{code}: nessun dato ha una data fuori dal {year}, esito e grado restano gli stessi.");
        return Effect { indicators: vec![code.clone()], sentence, ..Effect::default() };
    }
    let shift = points::shift(bench, &doubt);
    words::effect(&shift.into_iter().collect::<Vec<_>>())
}

//! What a finding on what the plan leaves open could change: the indicator computed again as it can also be
//! read. Which other readings there are, `alternatives` says.

use super::alternatives::{Known, Other, Reading, known};
use super::base::Base;
use super::base::notice;
use super::base::unseen;
use super::bench::{Bench, Seen};
use super::effect::{Effect, EffectKind};
use super::words::{degree_words, told};
use super::{doubt, points, words};
use crate::model::{Finding, IndicatorCode, Status, Value, VoceType, ratio_it};
use crate::plan::{Fixed, Indicator, Role, Threshold, Voce};

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
        Known::Some(readings, aside) => {
            let mut effect = base.effect(bench, &readings);
            effect.sentence = format!("{}; {aside}.", effect.sentence.trim_end_matches('.'));
            Some(effect)
        }
    }
}

impl<'a> Base<'a> {
    /// The effect of the other readings, each with what it gives.
    fn effect(&self, bench: &mut Bench<'a>, readings: &[Reading]) -> Effect {
        let base = Seen::of(self.result());
        let seen: Vec<(&Reading, Seen)> = readings
            .iter()
            .map(|reading| {
                let result = match &reading.other {
                    Other::Plan(read) => bench.read(self.indicator, read, &self.read.given),
                    Other::Value(value) => bench.valued(self.indicator, value, &self.read.given),
                    Other::Entries(changes) => {
                        let changes = [self.read.given.as_slice(), changes].concat();
                        bench.read(self.indicator, self.indicator, &changes)
                    }
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
                let parts = moved.iter().map(|(reading, seen)| {
                    let to = if seen.status == base.status {
                        format!("al grado {}", degree_words(seen.degree.as_ref()))
                    } else {
                        format!("a {}", told(seen))
                    };
                    format!("{to} {}", reading.condition)
                });
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
        match (self.now.status, self.read.given.is_empty()) {
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

/// P09: the values of an earlier year, written in the plan as the offices typed them; where nobody did, at
/// the ends of what is plausible.
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

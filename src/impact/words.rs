//! What a finding could change, in words.

use super::bench::Seen;
use super::doubt::About;
use super::effect::{Effect, EffectKind};
use super::shift::Shift;
use super::shift::{Given, RIVALS, When};
use crate::model::{Number, Status, Value, join_it};

/// The effect of a finding, from what it moves in each indicator.
pub(super) fn effect(shifts: &[Shift]) -> Effect {
    let kind = shifts.iter().map(|shift| shift.kind).max().unwrap_or_default();
    let of = |kind: EffectKind| shifts.iter().filter(move |shift| shift.kind == kind);
    let indicators = of(kind).map(|shift| shift.code.clone()).collect();
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(of(EffectKind::CambiaEsito).map(outcome));
    sentences.extend(of(EffectKind::CambiaGrado).map(degree));
    if kind == EffectKind::NessunEffetto {
        sentences.push(nothing(shifts));
    }
    sentences.extend(shifts.iter().filter_map(untried));
    Effect { kind, indicators, sentence: sentences.join("\n") }
}

/// `6.2: da «non verificabile» a «raggiunto» (grado 100) se il dato è confermato, a «non raggiunto» … se è
/// tolto.`
fn outcome(shift: &Shift) -> String {
    let withheld = shift.now.status == Status::NonVerificabile;
    let parts: Vec<String> = whens(shift)
        .into_iter()
        .filter_map(|when| {
            let seen = of(shift, when);
            let reached: Vec<&Seen> =
                seen.into_iter().filter(|seen| withheld || **seen != shift.now).collect();
            // Of what is only near, what gives the same outcome is not worth a word.
            let flips = |seen: &&&Seen| when != When::Unit || seen.status != shift.now.status;
            let reached: Vec<&Seen> = reached.iter().filter(flips).copied().collect();
            (!reached.is_empty()).then(|| format!("a {} {}", any_of(&reached), if_words(shift, when)))
        })
        .collect();
    format!("{}: da {} {}{}.", shift.code, told(&shift.now), parts.join(", "), others(shift))
}

/// `6.2: resta «in ritardo»; il grado passa da 60 a 72,5 se il dato è tolto.`
fn degree(shift: &Shift) -> String {
    let withheld = shift.now.status == Status::NonVerificabile;
    let parts: Vec<String> = whens(shift)
        .into_iter()
        .filter_map(|when| {
            let mut degrees: Vec<&Option<Number>> = of(shift, when)
                .into_iter()
                .filter(|seen| withheld || seen.degree != shift.now.degree)
                .map(|seen| &seen.degree)
                .collect();
            degrees.sort();
            degrees.dedup();
            let words = match degrees.as_slice() {
                [] => return None,
                [one] => format!("a {}", degree_words(one.as_ref())),
                [first, .., last] => {
                    format!("fra {} e {}", degree_words(first.as_ref()), degree_words(last.as_ref()))
                }
            };
            Some(format!("{words} {}", if_words(shift, when)))
        })
        .collect();
    let status = shift.seen.first().map_or(shift.now.status, |(_, seen)| seen.status).label();
    let head = if withheld {
        format!("{}: «{status}» in ogni caso; il grado va ", shift.code)
    } else {
        let now = degree_words(shift.now.degree.as_ref());
        format!("{}: resta «{status}»; il grado va da {now} ", shift.code)
    };
    format!("{head}{}{}.", parts.join(", "), others(shift))
}

/// What was computed again and stays as it is, with the outcome where today it is withheld.
fn nothing(shifts: &[Shift]) -> String {
    if shifts.is_empty() {
        return "Non tocca un dato.".to_owned();
    }
    if let [only] = shifts
        && only.about == About::Shared
        && only.now.status != Status::NonVerificabile
    {
        return format!("{}: {}.", only.code, nothing_shared(only));
    }
    let (withheld, same): (Vec<&Shift>, Vec<&Shift>) =
        shifts.iter().partition(|shift| shift.now.status == Status::NonVerificabile);
    let mut lines: Vec<String> = withheld
        .into_iter()
        .filter_map(|shift| {
            let (_, seen) = shift.seen.first()?;
            Some(format!("{}: {} in ogni caso.", shift.code, told(seen)))
        })
        .collect();
    let codes: Vec<&str> = same.into_iter().map(|shift| shift.code.as_str()).collect();
    if !codes.is_empty() {
        lines.push(format!("Esito e grado di {} restano gli stessi.", join_it(&codes)));
    }
    lines.join("\n")
}

/// Why one thing in several registers changes nothing.
fn nothing_shared(shift: &Shift) -> String {
    let as_it_is = told(&shift.now);
    if whens(shift).contains(&When::OneLess) {
        return format!(
            "{as_it_is} in ogni caso: qui conta il giorno, e lo stesso giorno conta una volta sola, anche se le cose sono diverse o se si toglie una delle righe"
        );
    }
    format!("{as_it_is} anche se sono cose diverse, con nomi diversi")
}

/// What was not computed: too many rows in doubt to take one at a time.
fn untried(shift: &Shift) -> Option<String> {
    let (code, rows) = (&shift.code, shift.untried?);
    Some(format!(
        "{code}: le righe in dubbio sono {rows}; se sono più di {RIVALS} non si prova quale riga vale, presa una alla volta."
    ))
}

fn others(shift: &Shift) -> &'static str {
    match shift.given {
        Given::Nothing => "",
        Given::Typed => ", se anche gli altri dati tenuti fuori sono giusti",
        Given::There => ", se arrivano anche gli altri dati che mancano",
    }
}

fn whens(shift: &Shift) -> Vec<When> {
    let mut whens: Vec<When> = shift.seen.iter().map(|(when, _)| *when).collect();
    whens.sort_unstable();
    whens.dedup();
    whens
}

fn of(shift: &Shift, when: When) -> Vec<&Seen> {
    shift.seen.iter().filter(|(own, _)| *own == when).map(|(_, seen)| seen).collect()
}

/// Outcomes by rising degree, each once with the degrees between which it lies.
fn any_of(seen: &[&Seen]) -> String {
    let mut sorted = seen.to_vec();
    sorted.sort_by(|one, other| (&one.degree, one.status).cmp(&(&other.degree, other.status)));
    let mut groups: Vec<(Status, Vec<&Seen>)> = Vec::new();
    for one in sorted {
        match groups.iter_mut().find(|(status, _)| *status == one.status) {
            Some((_, group)) => group.push(one),
            None => groups.push((one.status, vec![one])),
        }
    }
    let words: Vec<String> = groups
        .into_iter()
        .map(|(status, group)| match group.as_slice() {
            [only] => told(only),
            [first, .., last] if first.degree.is_some() && first.degree != last.degree => {
                let (first, last) = (degree_words(first.degree.as_ref()), degree_words(last.degree.as_ref()));
                format!("«{}» (grado fra {first} e {last})", status.label())
            }
            _ => format!("«{}»", status.label()),
        })
        .collect();
    words.join(" o ")
}

/// `«raggiunto» (grado 100)`.
pub(super) fn told(seen: &Seen) -> String {
    match &seen.degree {
        Some(degree) => format!("«{}» (grado {})", seen.status.label(), degree.to_italian(2)),
        None => format!("«{}»", seen.status.label()),
    }
}

pub(super) fn degree_words(degree: Option<&Number>) -> String {
    degree.map_or_else(|| "nessun grado".to_owned(), |degree| degree.to_italian(2))
}

/// Under which condition.
fn if_words(shift: &Shift, when: When) -> String {
    let confirmed = whens(shift).contains(&When::Typed);
    let words = match (when, shift.many) {
        (When::Now, _) => "oggi",
        (When::Typed, false) => "se il dato è confermato",
        (When::Typed, true) => "se i dati sono confermati",
        (When::Out, false) if confirmed => "se è tolto",
        (When::Out, true) if confirmed => "se sono tolti",
        (When::Out, false) => "se il dato è tolto",
        (When::Out, true) => "se i dati sono tolti",
        (When::Largest, _) => "se si toglie il dato più grande di una voce",
        (When::Unit, _) => "con un'unità in più o in meno",
        (When::Apart, _) => "se sono cose diverse, con nomi diversi",
        (When::OneLess, _) => "se si toglie una delle righe",
        (When::OneRow, _) => "secondo quale riga vale",
        (When::Exchanged, false) => "se giorno e mese della data sono scambiati",
        (When::Exchanged, true) => "se giorno e mese delle date sono scambiati",
        (When::Differences, _) => {
            "se sono totali da inizio anno e contano le differenze fra un mese e l'altro"
        }
        (When::InOrder, _) => {
            "se sono scambiate solo le intestazioni dei mesi, e i valori sono al loro posto"
        }
        (When::Ends, _) => return ends_words(shift),
    };
    words.to_owned()
}

fn ends_words(shift: &Shift) -> String {
    let what = match (shift.missing, shift.many || shift.between.is_none()) {
        (true, true) => "secondo i dati che mancano",
        (true, false) => "secondo il dato che manca",
        (false, true) => "secondo i valori giusti",
        (false, false) => "secondo il valore giusto",
    };
    let between = shift.between.as_ref().and_then(|interval| match (&interval.low, &interval.high) {
        (Value::Number(low), Value::Number(_)) if interval.endless => {
            Some(format!("da {} in su", low.to_italian(4)))
        }
        (Value::Number(low), Value::Number(high)) => {
            Some(format!("fra {} e {}", low.to_italian(4), high.to_italian(4)))
        }
        (Value::Date(_), Value::Date(_)) => {
            Some(format!("fra il {} e il {}", interval.low.to_people(), interval.high.to_people()))
        }
        _ => None,
    });
    match between {
        Some(between) if shift.many => format!("{what} ({between} ciascuno)"),
        Some(between) => format!("{what} ({between})"),
        None => what.to_owned(),
    }
}

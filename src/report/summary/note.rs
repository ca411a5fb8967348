//! From what a colour and a degree come, in a few words beside them.

use std::cmp::Reverse;

use crate::aggregate::{IndicatorResult, SchedaResult};
use crate::certify::Run;
use crate::model::{Light, Status, count, date_it};
use crate::plan::Scheda;
use crate::report::results::not_yet_due;

use super::node::{LIGHTS, Level, Node};

/// What explains the colour and the degree of a node.
pub(super) fn words(run: &Run<'_>, node: &Node<'_>) -> String {
    match (node.level, node.schede.as_slice()) {
        (Level::Scheda, [scheda]) => of_scheda(run, scheda),
        (_, schede) => of_group(run, schede),
    }
}

/// The indicators that keep a scheda from full marks, the worst first, with their codes; then those that
/// nothing is due of yet.
fn of_scheda(run: &Run<'_>, scheda: &Scheda) -> String {
    let mut kinds: Vec<(Reverse<Light>, String, Vec<&str>)> = Vec::new();
    let mut well = Vec::new();
    for indicator in scheda.indicators() {
        let Some(result) = run.consolidation.indicator(&indicator.code) else { continue };
        let day = not_yet_due(indicator, result);
        let told = match (result.status.light(), day) {
            (_, Some(day)) => format!("nessun dato dovuto fino al {}", date_it(day)),
            (Light::Verde, None) => {
                well.push(result);
                continue;
            }
            (_, None) => status(run, result),
        };
        let light = Reverse(result.status.light());
        match kinds.iter_mut().find(|(known, words, _)| *known == light && *words == told) {
            Some((_, _, codes)) => codes.push(indicator.code.as_str()),
            None => kinds.push((light, told, vec![indicator.code.as_str()])),
        }
    }
    // What has no judgement comes last.
    kinds.sort_by_key(|(light, _, _)| *light);
    let words: Vec<String> = kinds
        .into_iter()
        .map(|(light, told, codes)| format!("{} {told}: {}", light.0.symbol(), codes.join(", ")))
        .collect();
    match (words.is_empty(), well.as_slice()) {
        (false, _) => words.join("; "),
        (true, []) => "nessun indicatore".to_owned(),
        (true, [only]) => format!("● {}: {}", only.status.label(), only.code),
        (true, _) if run.consolidation.closed => "● tutti gli indicatori raggiunti".to_owned(),
        (true, _) => "● tutti gli indicatori in linea o già raggiunti".to_owned(),
    }
}

/// The outcome, and how it weighs where that cannot be guessed.
fn status(run: &Run<'_>, result: &IndicatorResult) -> String {
    let label = result.status.label();
    match (result.status, &result.degree) {
        (Status::NonValutabile, _) => format!("{label}, fuori dal conto"),
        (_, None) if run.consolidation.closed => format!("{label}, conta 0"),
        _ => label.to_owned(),
    }
}

/// The schede of a group by colour, the worst first.
fn of_group(run: &Run<'_>, schede: &[&Scheda]) -> String {
    let found = |scheda: &&Scheda| run.consolidation.schede.iter().find(|own| own.number == scheda.number);
    let results: Vec<&SchedaResult> = schede.iter().filter_map(found).collect();
    if let [only] = results.as_slice() {
        return format!("Solo la scheda {}", only.number);
    }
    if results.iter().all(|own| own.degrees.official.is_none()) {
        return "Nessuna scheda ha un grado".to_owned();
    }
    let weights = |pair: &[&Scheda]| matches!(pair, [one, other] if one.weight != other.weight);
    let mean = if schede.windows(2).any(weights) { "Media pesata di" } else { "Media di" };
    let mut order = LIGHTS;
    order.sort_by_key(|light| Reverse(*light));
    let parts: Vec<String> = order
        .into_iter()
        .filter_map(|light| {
            let own: Vec<&SchedaResult> = results.iter().copied().filter(|own| own.light == light).collect();
            (!own.is_empty()).then(|| format!("{} {}", light.symbol(), numbers(&own)))
        })
        .collect();
    let judged = results.iter().filter(|own| own.degrees.official.is_some()).count();
    let schede = count(judged, "scheda", "schede");
    let all = if judged == results.len() { schede } else { format!("{schede} su {}", results.len()) };
    format!("{mean} {all}: {}", parts.join("; "))
}

/// The numbers of some schede; of those without a degree it says so, once when they are all.
fn numbers(schede: &[&SchedaResult]) -> String {
    let without = |own: &SchedaResult| own.degrees.official.is_none();
    let all = schede.len() > 1 && schede.iter().all(|own| without(own));
    let number = |own: &&SchedaResult| {
        let aside = if without(own) && !all { " (senza grado)" } else { "" };
        format!("{}{aside}", own.number)
    };
    let words: Vec<String> = schede.iter().map(number).collect();
    format!("{}{}", words.join(", "), if all { " (tutte senza grado)" } else { "" })
}

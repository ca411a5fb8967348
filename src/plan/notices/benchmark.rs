//! A value of comparison quoted in a target without its source or its year.

use super::add::{YEAR, add, says};
use crate::model::quoted;
use crate::plan::types::{Indicator, Notice};

/// Words that say that a value comes from elsewhere.
const QUOTES: [&str; 5] = ["bench", "dato", "media", "valore medio", "mediana"];

/// Words that name no source.
const NO_SOURCE: [&str; 18] = [
    "bench",
    "benchmark",
    "benchmarking",
    "dato",
    "dati",
    "media",
    "mediana",
    "valore",
    "medio",
    "anno",
    "di",
    "del",
    "dello",
    "della",
    "dell",
    "al",
    "nel",
    "sul",
];

pub(super) fn of(indicator: &Indicator, notices: &mut Vec<Notice>) {
    let target = &indicator.target;
    let Some(annotation) = target.annotation.as_ref().filter(|_| target.second.is_none()) else { return };
    let lower = annotation.to_lowercase();
    if !QUOTES.iter().any(|word| lower.contains(word)) {
        return;
    }
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let sourced = words.any(|word| !NO_SOURCE.contains(&word) && !says(&YEAR, word));
    let lacks = match (sourced, says(&YEAR, annotation)) {
        (true, true) => return,
        (true, false) => "non dice di che anno è",
        (false, true) => "non dice da dove viene",
        (false, false) => "non dice da dove viene né di che anno è",
    };
    let message = format!("Il valore di confronto ({}) {lacks}.", quoted(annotation));
    add(notices, "Y06", indicator, annotation, message);
}

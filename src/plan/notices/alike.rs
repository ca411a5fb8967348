//! Things that look alike: names that only an attentive eye tells apart, indicators with the same text.

use std::collections::BTreeMap;

use super::add::add;
use crate::model::quoted;
use crate::plan::types::{Indicator, Notice, Plan, Scheda};

/// Letters and digits only, in lower case, without accents.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.chars().filter(|c| c.is_alphanumeric()).map(unaccented).collect()
}

fn unaccented(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        _ => c,
    }
}

/// Two names as one sees them: `hanno lo stesso nome`.
fn likeness(one: &str, other: &str) -> &'static str {
    if one == other { "hanno lo stesso nome" } else { "hanno quasi lo stesso nome" }
}

/// Offices whose names, or identifiers, look alike.
pub(super) fn offices(plan: &Plan, notices: &mut Vec<Notice>) {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let mut ids: BTreeMap<String, &str> = BTreeMap::new();
    for office in &plan.offices {
        let (name, id) = (office.name.as_str(), office.id.as_str());
        let same_name = names.get(&plain(name)).map(|other| (*other, name));
        let twin = same_name.or_else(|| ids.get(&plain(id)).map(|other| (*other, id)));
        if let Some((one, other)) = twin {
            notices.push(Notice {
                code: "P02",
                scheda: None,
                indicator: None,
                other: None,
                found: other.to_owned(),
                message: format!("Gli uffici {} e {} {}.", quoted(one), quoted(other), likeness(one, other)),
            });
        }
        names.entry(plain(name)).or_insert(name);
        ids.entry(plain(id)).or_insert(id);
    }
}

/// Voci of a scheda whose labels look alike.
pub(super) fn labels(scheda: &Scheda, notices: &mut Vec<Notice>) {
    let mut labels: BTreeMap<String, &str> = BTreeMap::new();
    for indicator in scheda.indicators() {
        for voce in &indicator.voci {
            let (key, label) = (plain(&voce.label), voce.label.as_str());
            if let Some(other) = labels.get(&key) {
                let message =
                    format!("Le voci {} e {} {}.", quoted(other), quoted(label), likeness(other, label));
                add(notices, "P02", indicator, label, message);
            } else {
                labels.insert(key, label);
            }
        }
    }
}

/// An earlier indicator with the same text, but with another target or another formula.
pub(super) fn texts(plan: &Plan, indicator: &Indicator, notices: &mut Vec<Notice>) {
    let text = plain(&indicator.text);
    let earlier = plan.indicators().take_while(|other| other.code != indicator.code);
    let differs = |other: &Indicator| (same_target(other, indicator), shape(other) == shape(indicator));
    let Some((other, (target, formula))) = earlier
        .filter(|other| plain(&other.text) == text)
        .map(|other| (other, differs(other)))
        .find(|(_, same)| *same != (true, true))
    else {
        return;
    };
    let targets = format!(
        "un altro target ({} invece di {})",
        quoted(&indicator.target.printed),
        quoted(&other.target.printed)
    );
    let what = match (target, formula) {
        (true, _) => "un'altra formula".to_owned(),
        (false, true) => targets,
        (false, false) => format!("un'altra formula e {targets}"),
    };
    let message = format!("Ha lo stesso testo dell'indicatore {}, ma {what}.", other.code);
    add(notices, "P25", indicator, &indicator.text, message);
    if let Some(notice) = notices.last_mut() {
        notice.other = Some(other.code.clone());
    }
}

fn same_target(one: &Indicator, other: &Indicator) -> bool {
    let (one, other) = (&one.target, &other.target);
    (one.operator, &one.threshold, one.unit) == (other.operator, &other.threshold, other.unit)
}

/// The formula with the names of its voci taken away: `massimo(giorni(·.scadenza;·.approvazione))`.
fn shape(indicator: &Indicator) -> String {
    let is_voce = |word: &str| indicator.formula.inputs().iter().any(|key| key.name() == word);
    let mut shape = String::new();
    let mut word = String::new();
    for c in indicator.formula.text().chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        shape.push_str(if is_voce(&word) { "·" } else { &word });
        word.clear();
        shape.extend((!c.is_whitespace()).then_some(c));
    }
    shape
}

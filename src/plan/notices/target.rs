//! What the text of a target leaves open.

use super::add::add;
use crate::model::{Number, date_it, quoted, ratio_it};
use crate::plan::Calendar;
use crate::plan::target::{SecondCondition, Target, Threshold};
use crate::plan::types::{Indicator, Notice};

pub(super) fn of(indicator: &Indicator, calendar: &Calendar, notices: &mut Vec<Notice>) {
    let target = &indicator.target;
    let printed = quoted(&target.printed);
    if target.implicit {
        let read = target.read_in_words();
        let read = read.trim_end_matches(" (operatore implicito)");
        let message = format!("Il target {printed} non ha un operatore: si legge {read}.");
        add(notices, "P07", indicator, &target.printed, message);
    }
    if let Some(second) = &target.second {
        second_condition(indicator, second, notices);
    }
    match &target.threshold {
        // Given by the plan, nobody has to type it.
        Threshold::Baseline { .. } if indicator.given_baseline().is_some() => {}
        Threshold::Baseline { year } => {
            let message = format!(
                "Il target {printed} è il valore del {year}, che il piano non dà: finché non è inserito il target manca."
            );
            add(notices, "P09", indicator, "nessun valore", message);
        }
        Threshold::Open => {
            let message =
                format!("Il target {printed} non è ancora deciso: finché non lo è il target manca.");
            add(notices, "P09", indicator, "da decidere", message);
        }
        Threshold::Date(date) => {
            if let Some(why) = super::dates::not_working(*date, calendar) {
                let message = format!(
                    "La scadenza {} è {why}: il termine resta quel giorno, compreso.",
                    date_it(*date)
                );
                add(notices, "P18", indicator, date_it(*date), message);
            }
        }
        Threshold::Number(number) if number.is_zero() => {
            let how = if target.operator.higher_is_better() {
                "qualunque valore lo raggiunge"
            } else {
                "o si raggiunge o no, senza gradi intermedi"
            };
            let message = format!("Il target {printed} vale zero: {how}.");
            add(notices, "P20", indicator, &target.printed, message);
        }
        Threshold::Number(_) => {}
    }
}

/// One text, one notice: that of a percentage says all.
fn second_condition(indicator: &Indicator, second: &SecondCondition, notices: &mut Vec<Notice>) {
    let waits = match &indicator.baseline {
        Some(_) => "si calcola e si mostra, ma non decide",
        None => "non si può calcolare, perché nessuna voce chiede il dato di partenza",
    };
    let waits = disagreement(indicator, second).map_or(waits.to_owned(), |words| format!("{waits}; {words}"));
    let text = quoted(&second.text);
    if second.percent {
        let message = format!(
            "{text} può voler dire punti o aumento relativo: si legge come punti percentuali; la condizione {waits}."
        );
        add(notices, "P26", indicator, &second.text, message);
    } else {
        let printed = quoted(&indicator.target.printed);
        let message = format!("Il target {printed} ha una seconda condizione ({text}): {waits}.");
        add(notices, "P08", indicator, &indicator.target.printed, message);
    }
}

/// That a baseline given by the plan makes the two conditions ask for different values.
fn disagreement(indicator: &Indicator, second: &SecondCondition) -> Option<String> {
    let Threshold::Number(threshold) = &indicator.target.threshold else { return None };
    let base = indicator.voce(indicator.baseline.as_ref()?)?.fixed.as_ref()?.value.number()?;
    let asked = base.clone() + &second.increase;
    (&asked != threshold).then(|| {
        let words = |number: &Number| number_words(&indicator.target, number);
        format!("con il dato del {} ({}) chiede {}", second.year, words(&base), words(&asked))
    })
}

fn number_words(target: &Target, number: &Number) -> String {
    let percent = target.second.as_ref().is_some_and(|second| second.percent);
    if percent { ratio_it(number) } else { number.to_italian(4) }
}

//! What the reader of a plan should know: ambiguities of its text, and how they are read.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use regex::Regex;

use super::calendar::Calendar;
use super::target::Threshold;
use super::types::{Indicator, Notice, Plan, Role, Scheda, Voce};
use crate::model::{TimeKind, VoceType, date_it, join_it};

/// `None` only if the pattern were wrong, which a test would tell.
static HOURS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\b\d+\s*ore\b").ok());

static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(19|20)\d\d\b").ok());

fn says(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// The notices of a plan, scheda by scheda.
pub(super) fn of(plan: &Plan) -> Vec<Notice> {
    let mut notices = Vec::new();
    for scheda in &plan.schede {
        for indicator in scheda.indicators() {
            of_target(indicator, &plan.calendar, &mut notices);
            of_voci(indicator, &mut notices);
        }
        of_milestones(scheda, &plan.calendar, &mut notices);
    }
    notices
}

fn add(notices: &mut Vec<Notice>, code: &'static str, indicator: &Indicator, message: String) {
    notices.push(Notice { code, indicator: Some(indicator.code.clone()), message });
}

fn of_target(indicator: &Indicator, calendar: &Calendar, notices: &mut Vec<Notice>) {
    let target = &indicator.target;
    let printed = &target.printed;
    if target.implicit {
        let read = target.read_in_words();
        let read = read.trim_end_matches(" (operatore implicito)");
        let message = format!("Il target «{printed}» non ha un operatore: si legge {read}.");
        add(notices, "P07", indicator, message);
    }
    if let Some(second) = &target.second {
        let waits = match &indicator.baseline {
            Some(_) => "si calcola e si mostra, ma non decide",
            None => "non si può calcolare, perché nessuna voce chiede il dato di partenza",
        };
        let message =
            format!("Il target «{printed}» ha una seconda condizione («{}»): {waits}.", second.text);
        add(notices, "P08", indicator, message);
        if second.percent {
            let message = format!(
                "«{}» può voler dire punti o aumento relativo: si legge come punti percentuali.",
                second.text
            );
            add(notices, "P26", indicator, message);
        }
    }
    match &target.threshold {
        Threshold::Baseline { year } => {
            let message = format!(
                "Il target «{printed}» è il valore del {year}, che il piano non dà: finché non è inserito il target manca."
            );
            add(notices, "P09", indicator, message);
        }
        Threshold::Date(date) => {
            if let Some(why) = not_working(*date, calendar) {
                let message = format!(
                    "La scadenza {} è {why}: il termine resta quel giorno, compreso.",
                    date_it(*date)
                );
                add(notices, "P18", indicator, message);
            }
        }
        Threshold::Number(_) => {}
    }
}

fn of_voci(indicator: &Indicator, notices: &mut Vec<Notice>) {
    for voce in &indicator.voci {
        let in_formula = indicator.formula.inputs().contains(&voce.key);
        if voce.role == Role::Baseline && in_formula && voce.fixed.is_none() {
            let message =
                format!("«{}» non è nel piano: va inserito una volta sola dagli uffici.", voce.label);
            add(notices, "P09", indicator, message);
        }
        let dated = |source: &str| says(&YEAR, source);
        if let Some(fixed) = voce.fixed.as_ref().filter(|fixed| !dated(&fixed.source)) {
            let message =
                format!("La fonte di «{}» («{}») non dice a che data vale.", voce.label, fixed.source);
            add(notices, "P16", indicator, message);
        }
    }
    let by_hour = |voce: &Voce| voce.kind == VoceType::Ore;
    if says(&HOURS, &format!("{} {}", indicator.text, indicator.target.printed))
        && !indicator.voci.iter().any(by_hour)
    {
        let dates =
            indicator.voci.iter().any(|voce| voce.kind == VoceType::Data || voce.time == TimeKind::Registro);
        let how = if dates {
            "le date non bastano a contarle"
        } else {
            "gli uffici contano da sé i casi entro il termine"
        };
        add(notices, "P27", indicator, format!("Il termine è in ore: {how}."));
    }
}

/// Milestones that fall on a day off, unless they are the deadline of an indicator already told.
fn of_milestones(scheda: &Scheda, calendar: &Calendar, notices: &mut Vec<Notice>) {
    let deadline = |date: NaiveDate| {
        scheda.indicators().any(|indicator| indicator.target.threshold == Threshold::Date(date))
    };
    let days: Vec<String> = scheda
        .milestones
        .iter()
        .filter(|milestone| !deadline(milestone.date))
        .filter_map(|milestone| {
            Some(format!("{} ({})", date_it(milestone.date), not_working(milestone.date, calendar)?))
        })
        .collect();
    if !days.is_empty() {
        let message =
            format!("Scheda {}: traguardi in giorni non lavorativi: {}.", scheda.number, join_it(&days));
        notices.push(Notice { code: "P18", indicator: None, message });
    }
}

/// Why nobody works on `date`: `un sabato`, `festa (Ognissanti)`.
fn not_working(date: NaiveDate, calendar: &Calendar) -> Option<String> {
    if let Some(name) = calendar.holiday(date) {
        return Some(format!("festa, {name}"));
    }
    match date.weekday() {
        Weekday::Sat => Some("un sabato".to_owned()),
        Weekday::Sun => Some("una domenica".to_owned()),
        _ => None,
    }
}

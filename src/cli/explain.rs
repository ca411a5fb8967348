//! `schede spiega`: the page of a check or of an indicator.

use super::args::Spiega;
use super::exit::Exit;
use super::load::load_plan;
use super::speech::{Speech, Stop};
use crate::check;
use crate::model::{IndicatorCode, Rule};
use crate::plan::{Indicator, Plan};
use crate::proof::SELF_CHECKS;

pub(super) fn run(args: &Spiega, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let code = args.code.trim();
    if let Some(check) = check::check(code) {
        speech.say(of_rule(check.rule));
        // The last section is for `prova-controlli`, not for people.
        let page = check.page.split("\n## Guasto\n").next().unwrap_or_default();
        speech.say(format!("\n{}", page.trim_end()));
        return Ok(Exit::Done);
    }
    if let Some((code, rule)) = SELF_CHECKS.iter().find(|(own, _)| own.eq_ignore_ascii_case(code)) {
        speech.say(format!(
            "{code} · prova che il programma fa su sé stesso a ogni consolidato\n\n{rule}. Se non è così si ferma e \
             non scrive niente."
        ));
        return Ok(Exit::Done);
    }
    if let Some(why) = check::why_unused(code) {
        speech.say(format!("{} · codice non usato\n\nPerché: {why}", code.to_uppercase()));
        return Ok(Exit::Done);
    }
    let plan = load_plan(args.plan.piano.as_deref(), speech)?;
    let indicator = plan.indicator(&IndicatorCode::new(code)).ok_or_else(|| {
        Stop::usage(format!(
            "«{code}» non è il codice di un controllo (come R03) né di un indicatore (come 3.1)."
        ))
    })?;
    speech.say(of_indicator(&plan, indicator));
    Ok(Exit::Done)
}

fn of_rule(rule: &Rule) -> String {
    format!(
        "{} · {} · {}\n\nPerché: {}\nChe cosa fare: {}",
        rule.code,
        rule.name,
        rule.severity.label(),
        rule.why,
        rule.remedy
    )
}

fn of_indicator(plan: &Plan, indicator: &Indicator) -> String {
    let label = |key: &_| indicator.voce(key).map_or_else(|| key.to_string(), |voce| voce.label.clone());
    let offices: Vec<&str> = indicator.offices.iter().map(|id| plan.office_name(id)).collect();
    let mut lines = vec![
        format!("{} · {}", indicator.code, indicator.text),
        String::new(),
        format!("Formula: {}", indicator.formula.in_words(&label)),
        format!("Target: {} → {}", indicator.target.printed, indicator.target.read_in_words()),
        format!(
            "Unità: {} · natura: {}",
            indicator.formula.unit().label(),
            indicator.formula.nature().code()
        ),
        format!("Uffici: {}", offices.join(", ")),
        "Voci:".to_owned(),
    ];
    for voce in &indicator.voci {
        let kind = format!("{}, {}, {}", voce.kind.code(), voce.time.code(), voce.rule.code());
        lines.push(format!("  {}  {} ({kind})", voce.key, voce.label));
    }
    for reading in &indicator.all_readings() {
        lines.push(format!("Lettura scelta: {reading}"));
    }
    lines.join("\n")
}

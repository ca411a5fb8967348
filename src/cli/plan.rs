//! `schede piano`: what was understood of the plan.

use super::args::Piano;
use super::{Exit, Speech, Stop, give_json, load_plan, output, terminal};
use crate::check;
use crate::plan::{Plan, describe, to_json};

pub(super) fn run(args: &Piano, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let plan = load_plan(args.plan.piano.as_deref())?;
    let json = args.json.as_deref().map(|path| (path, "--json"));
    output::spare(&[], args.plan.piano.as_deref(), json).map_err(Stop::usage)?;
    match &args.json {
        Some(to) => give_json(&to_json(&plan), to, speech)?,
        None => speech.say(describe(&plan).trim_end()),
    }
    for line in unknown_codes(&plan) {
        speech.wrong(line);
    }
    Ok(Exit::Done)
}

/// The codes that the plan's controls and derogations name and that no check has: what is written for them does nothing.
fn unknown_codes(plan: &Plan) -> Vec<String> {
    let levels = plan.controls.levels.iter().map(|(code, _)| ("[controlli] gravita", code));
    let waivers = plan.controls.waivers.iter().map(|waiver| ("[[deroghe]]", &waiver.code));
    let unknown = levels.chain(waivers).filter(|(_, code)| check::rule(code).is_none());
    unknown
        .map(|(place, code)| {
            let why = check::why_unused(code).map_or_else(String::new, |why| format!(" ({why})"));
            format!(
                "Attenzione: {place} nomina «{}», che non è un controllo{why}: non ha effetto. Correggi il codice, o togli la riga.",
                terminal::clean(code)
            )
        })
        .collect()
}

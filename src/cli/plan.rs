//! `schede piano`: what was understood of the plan.

use super::args::{Piano, PianoAction};
use super::compare;
use super::exit::Exit;
use super::json::give_json;
use super::load::load_plan;
use super::next_year;
use super::output;
use super::speech::{Speech, Stop};
use crate::plan::{describe, to_json};

pub(super) fn run(args: &Piano, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    if let Some(PianoAction::Confronta(own)) = &args.action {
        return compare::run(own, speech);
    }
    if let Some(PianoAction::NuovoAnno(own)) = &args.action {
        return next_year::run(own, speech);
    }
    let plan = load_plan(args.plan.piano.as_deref(), speech)?;
    let json = args.json.as_deref().map(|path| (path, "--json"));
    output::spare(&[], args.plan.piano.as_deref(), json).map_err(Stop::usage)?;
    match &args.json {
        Some(to) => give_json(&to_json(&plan), to, speech)?,
        None => speech.say(describe(&plan).trim_end()),
    }
    Ok(Exit::Done)
}

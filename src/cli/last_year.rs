//! The final issue of the year before, and the plan with what it gives.

use std::path::Path;

use super::previous::unusable;
use super::speech::{Speech, Stop};
use super::terminal;
use crate::model::count;
use crate::plan::Plan;
use crate::read::{RawWorkbook, read_issue};
use crate::recall::{Refused, last_year};
use crate::verify::last_year_of;

/// The plan with the baselines that the issue at `path` gives, when one is given.
pub(super) fn with(plan: Plan, path: Option<&Path>) -> Result<Plan, Stop> {
    let Some(path) = path else { return Ok(plan) };
    let archive = last_year(&plan, read_issue(path)).map_err(|why| refused(&plan, path, &why))?;
    Ok(plan.with_archive(archive))
}

/// The plan with which an issue was made: its cover names by hash the final issue of the year before.
pub(super) fn of_issue(
    plan: Plan,
    (path, issued): (&Path, &RawWorkbook),
    given: Option<&Path>,
) -> Result<Plan, Stop> {
    let name = terminal::path(path);
    let plan = with(plan, given)?;
    match (last_year_of(issued), &plan.archive, given) {
        (None, None, _) => Ok(plan),
        (Some(hash), Some(archive), _) if archive.sha256 == hash => Ok(plan),
        (Some(hash), Some(archive), Some(given)) => Err(Stop::usage(format!(
            "«{}» non è il consolidato dell'anno prima di «{name}»: la copertina dice SHA-256 {}, il file ha {}.",
            terminal::path(given),
            terminal::clean(&hash),
            archive.sha256
        ))),
        (Some(hash), ..) => Err(Stop::usage(format!(
            "«{name}» è stato fatto con il consolidato dell'anno prima, e senza quello non si rifà: \
             indicalo con --anno-precedente. È il file con SHA-256 {}.",
            terminal::clean(&hash)
        ))),
        (None, ..) => Err(Stop::usage(format!(
            "«{name}» è stato fatto senza il consolidato dell'anno prima: verificalo senza --anno-precedente."
        ))),
    }
}

/// Says that baselines which would come from the year before are not taken, when its issue is not given.
pub(super) fn tell_missing(plan: &Plan, speech: &mut Speech<'_>) {
    let origins = plan.origins().count();
    if origins > 0 && plan.archive.is_none() {
        speech.wrong(format!(
            "Nel piano {} dal {}, ma senza --anno-precedente non so quanto {}: {} il valore scritto dagli uffici o nel piano.",
            count(origins, "dato di partenza viene", "dati di partenza vengono"),
            plan.year - 1,
            if origins == 1 { "vale" } else { "valgono" },
            if origins == 1 { "conta" } else { "contano" }
        ));
    }
}

/// What was taken, in words; `None` when no issue was given.
pub(super) fn taken(plan: &Plan) -> Option<String> {
    let archive = plan.archive.as_ref()?;
    let taken =
        plan.origins().filter(|(_, voce, origin)| archive.value_of(voce.kind, origin).is_ok()).count();
    Some(format!(
        "{} dal consolidato definitivo del {} (SHA-256 {}).",
        count(taken, "dato di partenza preso", "dati di partenza presi"),
        archive.year,
        archive.sha256
    ))
}

/// The final issue from which next year's plan is made cannot be used.
pub(super) fn not_of_this_plan(plan: &Plan, path: &Path, why: &Refused) -> Stop {
    let right = format!("l'emissione definitiva del {}, e con --piano il suo piano", plan.year);
    unusable(plan, (path, "Il consolidato"), None, why, ("--da", &right, "dicembre"))
}

fn refused(plan: &Plan, path: &Path, why: &Refused) -> Stop {
    let right = format!("l'emissione definitiva del {}, di questo ente", plan.year - 1);
    let what = "Il consolidato dell'anno prima";
    unusable(plan, (path, what), None, why, ("--anno-precedente", &right, "dicembre"))
}

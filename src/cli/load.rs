//! The plan of a command, with its derogations.

use std::path::{Path, PathBuf};

use super::args::WithPlan;
use super::settings;
use super::speech::{Speech, Stop};
use super::{terminal, year_folder};
use crate::check::CATALOGUE;
use crate::model::count;
use crate::plan::{DEFAULT_PLAN, Plan, PlanProblem, add_waivers, read_plan_with};

/// The plan of `--piano`, or the embedded one.
pub(super) fn load_plan(path: Option<&Path>, speech: &mut Speech<'_>) -> Result<Plan, Stop> {
    let plan = understand_plan(path, &plan_text(path, speech)?)?;
    if path.is_none() {
        tell_other_plan(&[PathBuf::from(".")], speech);
    }
    Ok(plan)
}

/// The plan as written.
pub(super) fn plan_text(path: Option<&Path>, speech: &mut Speech<'_>) -> Result<String, Stop> {
    path.map_or_else(|| Ok(DEFAULT_PLAN.to_owned()), |path| settings::read(path, "Il piano", speech))
}

pub(super) fn understand_plan(path: Option<&Path>, text: &str) -> Result<Plan, Stop> {
    let name = path.map_or_else(|| "piano-2019.toml".to_owned(), terminal::path);
    read_plan_with(text, &CATALOGUE).map_err(|problems| wrong_plan(&name, text, &problems))
}

/// All the mistakes of a plan; of a file that is not a plan at all, the first one.
fn wrong_plan(name: &str, text: &str, problems: &[PlanProblem]) -> Stop {
    let written =
        text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')).count();
    let unread = problems.iter().filter(|problem| problem.code == "P00").count();
    if unread > 5 && unread * 2 > written {
        let first = problems.first().map(|problem| tell(name, problem)).unwrap_or_default();
        let others = count(problems.len().saturating_sub(1), "errore", "errori");
        return Stop::usage(format!(
            "«{name}» non è un piano: quasi nessuna riga è scritta in TOML.\n{first}\nE altri {others}. \
             Parti da templates/piano-2019.toml."
        ));
    }
    not_valid("Il piano", name, problems)
}

/// The plan with its derogations: its own, those of `deroghe.toml` beside it, or those of the file named. Any
/// other `deroghe.toml` that lies at hand, here or with the offices' files, is named.
pub(super) fn load_plan_with(
    args: &WithPlan,
    waivers: Option<&Path>,
    inputs: &[PathBuf],
    speech: &mut Speech<'_>,
) -> Result<Plan, Stop> {
    let text = plan_text(args.piano.as_deref(), speech)?;
    let mut plan = understand_plan(args.piano.as_deref(), &text)?;
    if args.piano.is_none() {
        let here = PathBuf::from(".");
        tell_other_plan(&[inputs, &[here]].concat(), speech);
    }
    let beside = args.piano.as_deref().map(|path| path.with_file_name(settings::WAIVERS));
    let used = waivers.or_else(|| beside.as_deref().filter(|path| path.is_file()));
    settings::tell_unread(args.piano.as_deref(), inputs, used, speech);
    let Some(path) = used else {
        return Ok(plan);
    };
    let text = settings::read(path, "Il file delle deroghe", speech)?;
    add_waivers(&text, &mut plan, &CATALOGUE)
        .map_err(|problems| not_valid("Il file delle deroghe", &terminal::path(path), &problems))?;
    Ok(plan)
}

/// A year's folder has a plan of its own: who gives its files without it, or works inside it, is told which
/// plan counts.
fn tell_other_plan(inputs: &[PathBuf], speech: &mut Speech<'_>) {
    let Some(year) = inputs.iter().find_map(|input| year_folder::above(input)) else { return };
    let own = year_folder::plan_of(&year);
    // The same plan is no other.
    if std::fs::read_to_string(&own).is_ok_and(|text| text == DEFAULT_PLAN) {
        return;
    }
    let own = terminal::path(&own);
    speech.wrong(format!(
        "Vale il piano incluso nel programma, non «{own}»: per usare quello aggiungi «--piano {own}», oppure scrivi \
         «schede mese» da dentro la cartella dell'anno."
    ));
}

fn tell(name: &str, problem: &PlanProblem) -> String {
    problem.told(&format!("{name}, riga {}", problem.line))
}

fn not_valid(what: &str, name: &str, problems: &[PlanProblem]) -> Stop {
    let lines: Vec<String> = problems.iter().map(|problem| tell(name, problem)).collect();
    let count = count(problems.len(), "errore", "errori");
    Stop::usage(format!("{what} non è valido: {count}.\n{}", lines.join("\n")))
}

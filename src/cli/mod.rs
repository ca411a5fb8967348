//! The only room that speaks, and that ends the process: results on standard output, mistakes on standard error.

mod args;
mod check;
mod consolidate;
mod differences;
mod exit;
mod explain;
mod gather;
mod last_issue;
mod models;
mod output;
mod plan;
mod progress;
mod render;
mod replace;
mod screen;
mod settings;
mod terminal;
mod trial;
mod usage;
mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::check::CATALOGUE;
use crate::plan::{DEFAULT_PLAN, Plan, PlanProblem, add_waivers, read_plan_with};
use args::{Cli, Command, WithPlan};
pub use exit::Exit;

/// Where the program speaks: one stream for results, one for mistakes.
pub struct Speech<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Mistakes.
    pub err: &'a mut dyn Write,
}

impl Speech<'_> {
    /// Says a line of result; a closed pipe is nobody's fault.
    fn say(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{}", terminal::lines(&line.to_string()));
    }

    /// Says a mistake.
    fn wrong(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.err, "{}", terminal::lines(&line.to_string()));
    }
}

/// Runs the program on a command line, program name included.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, speech: &mut Speech<'_>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let text = usage::in_italian(&error);
            return if error.use_stderr() {
                speech.wrong(text);
                Exit::Usage
            } else {
                speech.say(text);
                Exit::Done
            };
        }
    };
    let done = match cli.command {
        Command::Modelli(args) => models::run(&args, speech),
        Command::Controlla(args) => check::run(&args, speech),
        Command::Consolida(args) => consolidate::run(&args, speech),
        Command::Verifica(args) => verify::run(&args, speech),
        Command::Piano(args) => plan::run(&args, speech),
        Command::Spiega(args) => explain::run(&args, speech),
        Command::ProvaControlli(args) => trial::run(&args, speech),
    };
    done.unwrap_or_else(|stop| {
        speech.wrong(stop.message);
        stop.exit
    })
}

/// Why a command stops before its end.
struct Stop {
    exit: Exit,
    message: String,
}

impl Stop {
    fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into() }
    }

    fn failed(message: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, message: message.into() }
    }
}

/// The plan of `--piano`, or the embedded one.
fn load_plan(path: Option<&Path>, speech: &mut Speech<'_>) -> Result<Plan, Stop> {
    understand_plan(path, &plan_text(path, speech)?)
}

/// The plan as written.
fn plan_text(path: Option<&Path>, speech: &mut Speech<'_>) -> Result<String, Stop> {
    path.map_or_else(|| Ok(DEFAULT_PLAN.to_owned()), |path| settings::read(path, "Il piano", speech))
}

fn understand_plan(path: Option<&Path>, text: &str) -> Result<Plan, Stop> {
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
        let others = crate::model::count(problems.len().saturating_sub(1), "errore", "errori");
        return Stop::usage(format!(
            "«{name}» non è un piano: quasi nessuna riga è scritta in TOML.\n{first}\nE altri {others}. \
             Parti da templates/piano-2019.toml."
        ));
    }
    not_valid("Il piano", name, problems)
}

/// The plan with its derogations: its own, those of `deroghe.toml` beside it, or those of the file named. Any other
/// `deroghe.toml` that lies at hand, here or with the offices' files, is named.
fn load_plan_with(
    args: &WithPlan,
    waivers: Option<&Path>,
    inputs: &[PathBuf],
    speech: &mut Speech<'_>,
) -> Result<Plan, Stop> {
    let mut plan = load_plan(args.piano.as_deref(), speech)?;
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

fn tell(name: &str, problem: &PlanProblem) -> String {
    problem.told(&format!("{name}, riga {}", problem.line))
}

fn not_valid(what: &str, name: &str, problems: &[PlanProblem]) -> Stop {
    let lines: Vec<String> = problems.iter().map(|problem| tell(name, problem)).collect();
    let count = crate::model::count(problems.len(), "errore", "errori");
    Stop::usage(format!("{what} non è valido: {count}.\n{}", lines.join("\n")))
}

/// JSON as it is written: to a file, or to standard output.
fn json_text(value: &serde_json::Value) -> Result<String, Stop> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Stop::failed(error.to_string()))?;
    Ok(terminal::json(&text) + "\n")
}

/// Writes JSON to a file, which must be new or a result of ours, or to standard output for `-`.
fn give_json(value: &serde_json::Value, to: &Path, speech: &mut Speech<'_>) -> Result<(), Stop> {
    let text = json_text(value)?;
    if to != Path::new("-") {
        replace::json(to, text.as_bytes()).map_err(|why| Stop::failed(format!("{why}.")))?;
    }
    put_json(&text, to, speech)
}

/// Puts JSON where it is wanted. A stream that does not take all of it is a job not done: half a result is none.
fn put_json(text: &str, to: &Path, speech: &mut Speech<'_>) -> Result<(), Stop> {
    if to != Path::new("-") {
        return output::write(to, text.as_bytes(), "--json").map_err(Stop::failed);
    }
    speech.out.write_all(text.as_bytes()).and_then(|()| speech.out.flush()).map_err(|error| {
        Stop::failed(format!(
            "Non riesco a scrivere il risultato sull'uscita: {}. Quello che è uscito non è intero.",
            output::why(&error)
        ))
    })
}

/// What of a command line is not there: said when the rest is done.
struct Missing(Option<String>);

impl Missing {
    /// Why a command stops, after what was not there.
    fn before(&self, stop: Stop) -> Stop {
        match &self.0 {
            None => stop,
            Some(words) => Stop { message: format!("{words}\n{}", stop.message), ..stop },
        }
    }

    /// The exit code of a job that is done: when something asked for was not there it is not done whole.
    fn end(self, exit: Exit, speech: &mut Speech<'_>) -> Exit {
        match self.0 {
            None => exit,
            Some(words) => {
                speech.wrong(format!("{words}\nIl resto è fatto, senza ciò che manca."));
                Exit::Failed
            }
        }
    }
}

/// The files of the command line, and what of it is not there; results of earlier runs found beside them are left
/// alone, and said.
///
/// # Errors
/// When nothing of what was asked for is there.
fn inputs(paths: &[PathBuf], quiet: bool, speech: &mut Speech<'_>) -> Result<(Vec<PathBuf>, Missing), Stop> {
    let gathered = gather::gather(paths).map_err(Stop::failed)?;
    for aside in gathered.aside.iter().filter(|_| !quiet) {
        speech.wrong(format!("Lascio da parte {aside}."));
    }
    for result in gathered.own.iter().filter(|_| !quiet) {
        speech.wrong(format!(
            "Lascio da parte «{}»: è un consolidato, non la cartella di un ufficio.",
            terminal::path(result)
        ));
    }
    // A file of derogations is no office's workbook, wherever it lies.
    let is_workbook =
        |path: &PathBuf| !path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(settings::WAIVERS));
    let missing = gathered.missing_words();
    match missing {
        Some(words) if gathered.missing.len() == paths.len() => Err(Stop::failed(words)),
        missing => Ok((gathered.files.into_iter().filter(is_workbook).collect(), Missing(missing))),
    }
}

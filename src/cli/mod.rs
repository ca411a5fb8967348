//! The only room that speaks, and that ends the process: results on standard output, mistakes on standard error.

mod args;
mod check;
mod consolidate;
mod exit;
mod explain;
mod models;
mod output;
mod plan;
mod progress;
mod render;
mod trial;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::plan::{DEFAULT_PLAN, Plan, read_plan};
use args::{Cli, Command};
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
        let _ = writeln!(self.out, "{line}");
    }

    /// Says a mistake.
    fn wrong(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.err, "{line}");
    }
}

/// Runs the program on a command line, program name included.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, speech: &mut Speech<'_>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let text = in_italian(&error.render().to_string());
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
        Command::Piano(args) => plan::run(&args, speech),
        Command::Spiega(args) => explain::run(&args, speech),
        Command::ProvaControlli(args) => trial::run(&args, speech),
    };
    done.unwrap_or_else(|stop| {
        speech.wrong(stop.message);
        stop.exit
    })
}

/// The few English words of the command-line library that a user can meet.
fn in_italian(text: &str) -> String {
    const WORDS: [(&str, &str); 20] = [
        ("error: invalid value", "errore: valore non valido"),
        ("error: unexpected argument", "errore: argomento non previsto"),
        ("error: unrecognized subcommand", "errore: comando sconosciuto"),
        ("error: the following required arguments were not provided:", "errore: manca un argomento:"),
        ("error: ", "errore: "),
        ("For more information, try", "Per saperne di più:"),
        ("some similar subcommands exist:", "forse volevi dire:"),
        ("some similar arguments exist:", "forse volevi dire:"),
        ("<COMMAND>", "<COMANDO>"),
        ("[OPTIONS]", "[OPZIONI]"),
        ("Options:", "Opzioni:"),
        ("Arguments:", "Argomenti:"),
        ("a similar subcommand exists:", "forse volevi dire:"),
        ("a similar argument exists:", "forse volevi dire:"),
        ("tip: ", "suggerimento: "),
        (" found", ""),
        ("Usage:", "Uso:"),
        ("Print help (see more with '--help')", "Mostra l'aiuto"),
        ("Print help", "Mostra l'aiuto"),
        ("Print version", "Mostra la versione"),
    ];
    WORDS
        .iter()
        .fold(text.to_owned(), |text, (english, italian)| text.replace(english, italian))
        .replace(" for '", " per '")
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
fn load_plan(path: Option<&Path>) -> Result<Plan, Stop> {
    understand_plan(path, &plan_text(path)?)
}

/// The plan as written.
fn plan_text(path: Option<&Path>) -> Result<String, Stop> {
    match path {
        None => Ok(DEFAULT_PLAN.to_owned()),
        Some(path) => std::fs::read_to_string(path).map_err(|error| {
            Stop::usage(format!("Non riesco a leggere il piano «{}»: {error}.", path.display()))
        }),
    }
}

fn understand_plan(path: Option<&Path>, text: &str) -> Result<Plan, Stop> {
    read_plan(text).map_err(|problems| {
        let name = path.map_or_else(|| "piano-2019.toml".to_owned(), |path| path.display().to_string());
        let lines: Vec<String> = problems
            .iter()
            .map(|p| format!("{name}, riga {}: [{}] {}. {}.", p.line, p.code, p.message, capital(&p.remedy)))
            .collect();
        let count = crate::model::count(problems.len(), "errore", "errori");
        Stop::usage(format!("Il piano non è valido: {count}.\n{}", lines.join("\n")))
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Writes JSON to a file, or to standard output for `-`.
fn give_json(value: &serde_json::Value, to: &Path, speech: &mut Speech<'_>) -> Result<(), Stop> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| Stop::failed(error.to_string()))?;
    text.push('\n');
    if to == Path::new("-") {
        let _ = speech.out.write_all(text.as_bytes());
        Ok(())
    } else {
        output::write(to, text.as_bytes()).map_err(Stop::failed)
    }
}

/// The files of the command line; results of earlier runs found beside them are left alone, and said.
fn inputs(paths: &[PathBuf], speech: &mut Speech<'_>) -> Result<Vec<PathBuf>, Stop> {
    let gathered = output::gather(paths).map_err(Stop::failed)?;
    for result in &gathered.own {
        speech.wrong(format!(
            "Lascio da parte «{}»: è un consolidato, non la cartella di un ufficio.",
            result.display()
        ));
    }
    Ok(gathered.files)
}

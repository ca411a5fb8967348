//! The only room that speaks, and that ends the process: results on standard output, mistakes on standard
//! error.

mod args;
mod check;
mod compare;
mod consolidate;
mod data;
mod differences;
mod door;
mod exit;
mod explain;
mod folder;
mod gather;
mod inputs;
mod interrupt;
mod json;
mod last_issue;
mod last_year;
mod load;
mod manual;
mod models;
mod names;
mod next_year;
mod output;
mod plan;
mod previous;
mod progress;
mod receipts;
mod render;
mod replace;
mod returns;
mod screen;
mod settings;
mod speech;
mod terminal;
mod trial;
mod usage;
mod verify;
mod year;
mod year_folder;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::Path;

use clap::FromArgMatches;

use args::{Cli, Command};
pub use exit::Exit;
pub use speech::Speech;

/// Runs the program on a command line, program name included.
pub fn run(arguments: impl IntoIterator<Item = OsString>, speech: &mut Speech<'_>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // In the folder of a year the program alone says where the year stands.
    if arguments.len() == 1 && year_folder::is_at(Path::new("")) {
        return ended(year::status(Path::new(""), speech), speech);
    }
    let is_command = |word: &str| args::command().find_subcommand(word).is_some();
    match door::dropped(arguments.get(1..).unwrap_or_default(), is_command) {
        Some(Ok(door::Dropped::Year(folder))) => return ended(year::status(&folder, speech), speech),
        Some(Ok(door::Dropped::Job(command))) => return ended(done(*command, speech), speech),
        Some(Err(stop)) => return ended(Err(stop), speech),
        None => {}
    }
    let cli =
        match args::command().try_get_matches_from(arguments).and_then(|found| Cli::from_arg_matches(&found))
        {
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
    ended(done(cli.command, speech), speech)
}

/// Runs the program as `run` does, and keeps the window open when Explorer opened one for it (a double click,
/// a folder dropped on it) and somebody can answer.
pub fn run_in_window(arguments: impl IntoIterator<Item = OsString>, speech: &mut Speech<'_>) -> Exit {
    interrupt::listen();
    let exit = run(arguments, speech);
    let seen = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
    if seen && door::started_by_explorer(std::process::id(), &door::processes()) {
        door::stay(speech, &mut std::io::stdin().lock());
    }
    exit
}

fn done(command: Command, speech: &mut Speech<'_>) -> Result<Exit, speech::Stop> {
    match command {
        Command::Inizia(args) => year::begin(&args, speech),
        Command::Mese(args) => year::month(&args, speech),
        Command::Modelli(args) => models::run(&args, speech),
        Command::Controlla(args) => check::run(&args, speech),
        Command::Consolida(args) => consolidate::run(&args, speech),
        Command::Verifica(args) => verify::run(&args, speech),
        Command::Piano(args) => plan::run(&args, speech),
        Command::Spiega(args) => explain::run(&args, speech),
        Command::ProvaControlli(args) => trial::run(&args, speech),
        Command::Completamenti(args) => manual::completions(&args, speech),
        Command::Manuale(args) => manual::page(&args, speech),
    }
}

fn ended(done: Result<Exit, speech::Stop>, speech: &mut Speech<'_>) -> Exit {
    done.unwrap_or_else(|stop| {
        speech.wrong(stop.message);
        stop.exit
    })
}

//! The only room that speaks, and that ends the process: results on standard output, mistakes on standard
//! error.

mod args;
mod check;
mod consolidate;
mod differences;
mod exit;
mod explain;
mod gather;
mod inputs;
mod json;
mod last_issue;
mod load;
mod models;
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

use clap::FromArgMatches;

use args::{Cli, Command};
pub use exit::Exit;
pub use speech::Speech;

/// Runs the program on a command line, program name included.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, speech: &mut Speech<'_>) -> Exit {
    let arguments: Vec<std::ffi::OsString> = arguments.into_iter().collect();
    // In the folder of a year the program alone says where the year stands.
    if arguments.len() == 1 && year::is_here() {
        return ended(year::status(speech), speech);
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
    let done = match cli.command {
        Command::Inizia(args) => year::begin(&args, speech),
        Command::Mese(args) => year::month(&args, speech),
        Command::Modelli(args) => models::run(&args, speech),
        Command::Controlla(args) => check::run(&args, speech),
        Command::Consolida(args) => consolidate::run(&args, speech),
        Command::Verifica(args) => verify::run(&args, speech),
        Command::Piano(args) => plan::run(&args, speech),
        Command::Spiega(args) => explain::run(&args, speech),
        Command::ProvaControlli(args) => trial::run(&args, speech),
    };
    ended(done, speech)
}

fn ended(done: Result<Exit, speech::Stop>, speech: &mut Speech<'_>) -> Exit {
    done.unwrap_or_else(|stop| {
        speech.wrong(stop.message);
        stop.exit
    })
}

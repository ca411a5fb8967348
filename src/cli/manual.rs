//! `schede completamenti` and `schede manuale`: what a shell completes and the manual pages, both made from
//! the command line itself.

use clap::Command as Clap;
use clap_mangen::Man;

use super::args::{Completamenti, Manuale, command};
use super::exit::Exit;
use super::speech::{Speech, Stop};
use super::terminal;
use crate::model::{PROGRAM, VERSION};

/// The headings of the library's pages, and ours.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "NOME"),
    ("SYNOPSIS", "SINTASSI"),
    ("DESCRIPTION", "DESCRIZIONE"),
    ("OPTIONS", "OPZIONI"),
    ("SUBCOMMANDS", "COMANDI"),
    ("EXTRA", "USCITA"),
    ("VERSION", "VERSIONE"),
];

/// `schede completamenti SHELL`.
pub(super) fn completions(args: &Completamenti, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), PROGRAM, &mut script);
    speech.give(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

/// `schede manuale [COMANDO]`.
pub(super) fn page(args: &Manuale, speech: &mut Speech<'_>) -> Result<Exit, Stop> {
    let whole = command();
    let own = match &args.command {
        None => whole.clone(),
        Some(name) => subcommand(&whole, name)?,
    };
    let mut page = Vec::new();
    // Writing in memory does not fail.
    let _ =
        Man::new(own).manual("Manuale di schede").source(format!("{PROGRAM} {VERSION}")).render(&mut page);
    speech.give(&in_italian(&String::from_utf8_lossy(&page)))?;
    Ok(Exit::Done)
}

/// A command as a program of its own: `schede-mese`.
fn subcommand(whole: &Clap, name: &str) -> Result<Clap, Stop> {
    let found = whole.find_subcommand(name).cloned().ok_or_else(|| {
        let known: Vec<&str> = whole.get_subcommands().map(Clap::get_name).collect();
        let name = terminal::clean(name);
        Stop::usage(format!("Non c'è un comando «{name}». I comandi sono: {}.", known.join(", ")))
    })?;
    Ok(found.display_name(format!("{PROGRAM}-{name}")))
}

/// The page with our headings; the language of what stands in it is told to the reader's program too.
fn in_italian(page: &str) -> String {
    let heading = |line: &str| {
        let name = line.strip_prefix(".SH ")?.trim_matches('"');
        HEADINGS.iter().find(|(english, _)| *english == name).map(|(_, ours)| format!(".SH {ours}"))
    };
    page.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

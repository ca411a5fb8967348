//! The files that a command line names.

use std::path::PathBuf;

use super::exit::Exit;
use super::speech::{Speech, Stop};
use super::{gather, settings, terminal};

/// What of a command line is not there: said when the rest is done.
pub(super) struct Missing(pub(super) Option<String>);

impl Missing {
    /// Why a command stops, after what was not there.
    pub(super) fn before(&self, stop: Stop) -> Stop {
        match &self.0 {
            None => stop,
            Some(words) => Stop { message: format!("{words}\n{}", stop.message), ..stop },
        }
    }

    /// The exit code of a job that is done: when something asked for was not there it is not done whole.
    pub(super) fn end(self, exit: Exit, speech: &mut Speech<'_>) -> Exit {
        match self.0 {
            None => exit,
            Some(words) => {
                speech.wrong(format!("{words}\nIl resto è fatto, senza ciò che manca."));
                Exit::Failed
            }
        }
    }
}

/// The files of the command line, and what of it is not there; results of earlier runs found beside them are
/// left alone, and said.
///
/// # Errors
/// When nothing of what was asked for is there.
pub(super) fn inputs(
    paths: &[PathBuf],
    quiet: bool,
    speech: &mut Speech<'_>,
) -> Result<(Vec<PathBuf>, Missing), Stop> {
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

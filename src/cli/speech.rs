//! Where the program speaks, and why a command stops.

use std::io::Write;

use super::exit::Exit;
use super::{output, terminal};

/// Where the program speaks: one stream for results, one for mistakes.
pub struct Speech<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Mistakes.
    pub err: &'a mut dyn Write,
}

impl Speech<'_> {
    /// Says a line of result; a closed pipe is nobody's fault.
    pub(super) fn say(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{}", terminal::lines(&line.to_string()));
    }

    /// Gives a text made for other programs, as it is, and whole: half a result is none.
    pub(super) fn give(&mut self, text: &str) -> Result<(), Stop> {
        self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()).map_err(|error| {
            Stop::failed(format!(
                "Non riesco a scrivere il risultato sull'uscita: {}. Quello che è uscito non è intero.",
                output::why(&error)
            ))
        })
    }

    /// Says a mistake.
    pub(super) fn wrong(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.err, "{}", terminal::lines(&line.to_string()));
    }
}

/// Why a command stops before its end.
pub(super) struct Stop {
    pub(super) exit: Exit,
    pub(super) message: String,
}

impl Stop {
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into() }
    }

    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self { exit: Exit::Failed, message: message.into() }
    }
}

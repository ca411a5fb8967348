//! Where the program speaks, and why a command stops.

use std::io::Write;

use super::exit::Exit;
use super::terminal;

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

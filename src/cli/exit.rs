//! How the program ends, a sentence each.

/// An exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The job was done; for `controlla` nothing above *da motivare*.
    Done = 0,
    /// Findings of severity *errore* or *bloccante*, or differences.
    Findings = 1,
    /// Wrong usage, or a wrong plan.
    Usage = 2,
    /// The job could not be done: no readable input, output not writable.
    Failed = 3,
}

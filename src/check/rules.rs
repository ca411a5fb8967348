//! The checks in the words of their pages: `build.rs` reads `tests/checks/` and makes constants of each.

use crate::model::{Rule, Severity};

/// What the findings of a check put in doubt: so what answers one that could change a result of the final
/// issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// What happened: the office knows, and its note says it.
    Fact,
    /// What else a cell or its workbook says: no note on the result answers that.
    Cell,
    /// What a blank cell stands for, which counts as not done: nor does a note, and a *nota* asks all the
    /// same.
    Blank,
    /// That the value that counts is the one that was meant: whatever it changes, a figure may be wrong.
    Value,
}

/// The page of a check.
pub(super) struct Page {
    /// The name of its file.
    pub(super) name: &'static str,
    /// What the findings put in doubt.
    pub(super) doubt: Doubt,
    /// The page as users read it.
    pub(super) text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

//! Why a change cannot be made.

use crate::package::Flaw;

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// These files do not have what it would change: the office, the voce, the month.
    Absent(String),
    /// Nobody could make it: the page is wrong, or a part of the file is not as it must be.
    Wrong(String),
}

impl Trouble {
    pub(super) fn absent(what: impl Into<String>) -> Self {
        Self::Absent(what.into())
    }

    pub(super) fn wrong(what: impl Into<String>) -> Self {
        Self::Wrong(what.into())
    }

    /// The reason in words.
    pub fn words(&self) -> &str {
        match self {
            Self::Absent(what) | Self::Wrong(what) => what,
        }
    }
}

impl From<Flaw> for Trouble {
    fn from(flaw: Flaw) -> Self {
        Self::Wrong(flaw.words())
    }
}

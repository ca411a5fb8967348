//! What is wrong with a package.

use crate::model::Number;

/// What is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Cut short or damaged; what was seen.
    Damaged(String),
    /// Its parts say two things: programs could read different contents in it; what was seen.
    Ambiguous(String),
    /// A bound is passed.
    TooBig {
        /// What is bounded: `numero di parti del file`.
        what: &'static str,
        /// The bound, in words.
        limit: String,
        /// What was found, in words.
        found: String,
    },
}

/// The bytes of a megabyte.
pub(super) const MEBI: u64 = 1_048_576;

impl Flaw {
    /// Damage of which this was seen.
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// A bound is passed.
    pub(crate) fn passed(what: &'static str, limit: u64, found: u64) -> Self {
        Self::TooBig { what, limit: whole(limit), found: whole(found) }
    }

    /// A bound in bytes is passed; `found` when it is known exactly.
    pub(crate) fn passed_bytes(what: &'static str, limit: u64, found: Option<u64>) -> Self {
        let mebi = |bytes: u64| format!("{} MB", whole(bytes / MEBI));
        let found = found.map_or_else(|| format!("oltre {}", mebi(limit)), mebi);
        Self::TooBig { what, limit: mebi(limit), found }
    }

    /// What is wrong, in words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Damaged(seen) | Self::Ambiguous(seen) => seen.clone(),
            Self::TooBig { what, limit, found } => format!("{what}: {found}, il limite è {limit}"),
        }
    }
}

fn whole(number: u64) -> String {
    i64::try_from(number).map_or_else(|_| number.to_string(), |number| Number::from(number).to_italian(0))
}

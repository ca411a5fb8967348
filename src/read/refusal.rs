//! Why a file cannot be read.

use crate::model::quoted;
use crate::package::{Flaw, Unspelled};

/// Why a file is refused; each is a fact that a check of family F turns into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A lock file, a temporary or hidden file (`~$…`): not an error, only ignored.
    Temporary,
    /// Not a regular file, or it cannot be read; the system's words.
    Unreadable(String),
    /// Empty, cut short, or damaged; what was seen.
    Damaged(String),
    /// Its parts say two things: programs could read different contents in it; what was seen.
    Ambiguous(String),
    /// A signed or encrypted envelope whose document cannot be read.
    Envelope(Seal),
    /// Protected by a password for opening.
    Encrypted,
    /// Another kind of file that may hold data, whatever its name says: `xls`, `xlsb`, `fods`, `html`, `xml`,
    /// `csv`, `zip`; `ods` only where what the program issued is expected.
    OtherKind(&'static str),
    /// A kind of file that holds no data of an office, only left in the folder: `pdf`, `docx`, `immagine`,
    /// `testo`, …
    Stray(&'static str),
    /// A bound is passed; its name, the bound, what was found.
    TooBig {
        /// What is bounded: `dimensione del file`.
        what: &'static str,
        /// The bound, in words.
        limit: String,
        /// What was found, in words.
        found: String,
    },
}

impl Refusal {
    /// The letters of the part called `name` are not known.
    pub(super) fn unspelled(name: &str, why: Unspelled) -> Self {
        Self::Damaged(match why {
            Unspelled::Bytes => format!("la parte {name} non è XML ben formato"),
            Unspelled::Encoding(said) => format!(
                "la parte {name} dice di essere scritta in {}, e dev'essere in UTF-8 o in UTF-16",
                quoted(&said)
            ),
        })
    }
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Damaged(seen) => Self::Damaged(seen),
            Flaw::Ambiguous(seen) => Self::Ambiguous(seen),
            Flaw::TooBig { what, limit, found } => Self::TooBig { what, limit, found },
        }
    }
}

/// Why the document in an envelope (`.p7m`) cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// It holds the signature alone; the document was left out.
    Detached,
    /// It is encrypted.
    Encrypted,
    /// It is cut short or damaged.
    Broken,
    /// Too many envelopes, one in the other.
    Deep,
    /// An envelope of a kind that holds no signed document.
    Other,
}

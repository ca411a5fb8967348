//! What every room speaks: exact numbers, months, keys, units, values, places, findings.
//!
//! This room names no other room and knows nothing of files, workbooks or terminals.

mod finding;
mod fraction;
mod hash;
mod italian;
mod joining;
mod key;
mod month;
mod number;
mod place;
mod span;
mod status;
mod unit;
mod value;
mod voce;

pub use finding::{AnswerKind, Answered, Finding, Related, Rule, Severity, Waived};
pub use hash::{Hash, sha256};
pub use italian::{
    capital, count, date_from_it, date_it, euro_it, join_it, quoted, ratio_it, squeezed, the_ratio_it,
    visible,
};
pub use joining::{is_invisible, joining_key};
pub use key::{EntryId, IndicatorCode, OfficeId, VoceKey};
pub use month::{Month, YearMonth};
pub use number::Number;
pub use place::{CellRef, EntryRef, Place};
pub use span::Span;
pub use status::{Light, Status};
pub use unit::Unit;
pub use value::Value;
pub use voce::{Nature, OfficeRule, TimeKind, VoceType};

/// The program, as its results call it.
pub const PROGRAM: &str = "schede";

/// The version, and the name of the sources it was built from: two builds of one version can be told apart.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (sorgenti ", env!("SCHEDE_SOURCES"), ")");

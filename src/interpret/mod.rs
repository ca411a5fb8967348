//! Raw cells in, an office's submission out: entries found by key, read by type, with their state and place.
//!
//! Wrong content is a fact here, never an error; words for it belong to the checks.

mod align;
mod cell;
mod copies;
mod date;
mod displayed;
mod duration;
mod finder;
mod formula_text;
mod labels;
mod layout;
mod manifest;
mod number;
mod received;
mod recognise;
mod register_rows;
mod submission;
mod tamper;
mod traits;

#[cfg(test)]
mod tests;

pub use layout::RESULT_LABELS;
pub use received::{Arrival, Fate, Received, arrive, receive, settle};
pub use recognise::{Templates, TypedIn, no_template, recognise};
pub use submission::{
    CopiedCell, Entry, EntryState, Fault, ManifestHead, Normalisation, Recognition, Shown, SignOff,
    StructureFact, Submission, TextCell,
};
pub use tamper::{
    FormatClash, HiddenData, HiddenPart, LiveCell, LiveState, LockedText, ManifestFault, MergedInputs,
    Tampering,
};
pub use traits::{FORMAT, FileTraits};

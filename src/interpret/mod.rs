//! Raw cells in, an office's submission out: entries found by key, read by type, with their state and place.
//!
//! Wrong content is a fact here, never an error; words for it belong to the checks.

mod cell;
mod date;
mod duration;
mod finder;
mod layout;
mod manifest;
mod number;
mod received;
mod recognise;
mod submission;

#[cfg(test)]
mod tests;

pub use received::{Fate, Received, receive};
pub use recognise::recognise;
pub use submission::{
    Entry, EntryState, Fault, ManifestHead, Normalisation, Recognition, Shown, SignOff, StructureFact,
    Submission, TextCell,
};

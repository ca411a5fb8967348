//! Raw cells in, an office's submission out: entries found by key, read by type, with their state and place.
//!
//! Wrong content is a fact here, never an error; words for it belong to the checks.

mod align;
mod asides;
mod by_label;
mod cell;
mod copies;
mod date;
mod declared;
mod displayed;
mod duration;
mod earnest;
mod entry_places;
mod finder;
mod format_sections;
mod formula_text;
mod labels;
mod layout;
mod manifest;
mod number;
mod received;
mod recognise;
mod register_rows;
mod responses;
mod submission;
mod sum;
mod tamper;
mod tampering;
mod template;
mod tidy;
mod title;
mod traits;
mod wording;
mod writing;

#[cfg(test)]
mod tests;

pub use asides::REMARKS;
pub use cell::NEVER_CALCULATED;
pub use date::{NoSuchDate, no_such_date};
pub use earnest::last_in_earnest;
pub use entry_places::EntryPlaces;
pub use layout::RESULT_LABELS;
pub use manifest::{MANIFEST, REGISTER_SHEET};
pub use received::{
    Arrival, Fate, Received, arrive, may_be_an_offices, named_office, named_otherwise, receive, settle,
};
pub use recognise::recognise;
pub use responses::{ANSWERS, REASON, RESPONSE, RETURN};
pub use submission::{
    CopiedCell, Entry, EntryState, Fault, ManifestHead, Normalisation, Recognition, Response, SignOff,
    Signed, Standing, StructureFact, Submission, TextCell, idle_key,
};
pub use tampering::{
    FormatClash, HiddenData, HiddenPart, LiveCell, LiveState, LockedText, ManifestFault, MergedInputs,
    Tampering,
};
pub use template::{Listed, Mould, Template, TemplateSheet, Templates, TypedIn, Wanted, no_template};
pub use title::{Untitled, untitled};
pub use traits::{FORMAT, FORMATS, FileTraits, OWN_NOTE};
pub use wording::{Difference, DifferenceKind, Shown, Wording};
pub use writing::{Mark, Writing};

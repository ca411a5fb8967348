//! Faults planted in copies of clean workbooks, to see whether the checks find them: each one, at its cell,
//! and nothing else.
//!
//! The pages of the checks say what to plant (`## Guasto`); it is planted in the bytes of the files, part by
//! part, so that what is checked is a file as an office could have sent it. Nothing on disk is changed.

mod clean;
mod drawing;
mod edit;
mod envelope;
mod extra;
mod find;
mod folder;
mod formula;
mod ground;
mod last_year;
mod page;
mod previous;
mod scene;
mod sheet;
mod style;
mod trouble;
mod value;
mod waiver;

pub use clean::{Sample, clean_fills, clean_workbooks, samples};
pub use folder::{File, Folder, Planted};
pub use ground::patched;
pub use ground::{FinalIssue, Ground, Outcome, Verdict};
pub use last_year::{archive_of, is_about_last_year};
pub use page::{Fault, Line, Page, read_page};
pub use previous::{is_about_the_issue, say};
pub use scene::Scene;
pub use trouble::Trouble;
pub use waiver::waiver_of;

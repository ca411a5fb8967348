//! Months first, then offices: what each voce is worth up to the reporting month, and the formula on it.
//!
//! Works on any set of offices: all those of an indicator for its result, a single one for its own value.
//! It sees admitted entries and never a finding.

mod coverage;
mod measure;
mod portion;
mod register;
mod total;

pub use measure::{Measure, Portions, measure, taken};
pub use total::VoceMeasure;

/// Expected and reported entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Entries due.
    pub expected: u32,
    /// Entries due and reported.
    pub present: u32,
}

//! How many entries are due and reported, and what is said of errors that are covered.

use crate::certify::Run;

/// Entries reported and due, over all the indicators.
pub(super) fn coverage(run: &Run<'_>) -> (u32, u32) {
    run.consolidation.indicators.iter().fold((0, 0), |(present, expected), result| {
        (present + result.coverage.present, expected + result.coverage.expected)
    })
}

/// Of so many open errors of a final issue: nothing else can be open in it.
pub(super) fn covered(number: usize) -> &'static str {
    if number == 1 {
        "coperto da una decisione o da una deroga"
    } else {
        "coperti da una decisione o da una deroga"
    }
}

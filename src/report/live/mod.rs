//! Live formulas: what Excel itself computes over the cells of the workbook, beside the engine's value.
//!
//! A formula is a small tree, so that the writer can spell it and the proof O02 can compute it; functions are
//! those of Excel 2016, none volatile.

mod evaluate;
mod formula;
mod judge;
mod limit;
mod spell;
mod terms;
mod value;

pub(super) use evaluate::settle;
pub use evaluate::{Computed, Disagreement, disagreements, same_result};
pub use formula::{Call, Formula, Sign};
pub(super) use formula::{absolute, difference, difference_beside};
pub(super) use judge::{Case, guarded, of_sender, status_text};
pub(super) use limit::{UNSAID, limit};
pub use spell::{spelt, spelt_range};
pub(super) use terms::{Reach, criterion};
pub(super) use value::{TermCells, total, value};

//! Live formulas: what Excel itself computes over the cells of the workbook, beside the engine's value.
//!
//! A formula is a small tree, so that the writer can spell it and the proof O02 can compute it; functions are
//! those of Excel 2016, none volatile.

mod judge;
mod terms;
mod value;

pub(super) use judge::{Case, guarded, of_sender};
pub(super) use terms::Reach;
pub(super) use value::{TermCells, total, value};

//! Live formulas: what Excel itself computes over the cells of the workbook, beside the engine's value.
//!
//! A formula is a small tree, so that the writer can spell it and the proof O02 can compute it; functions are
//! those of Excel 2016, none volatile.

mod formula;

pub(in crate::report) use formula::difference;
pub use formula::{Call, Formula, Sign};

//! Live formulas: what Excel itself computes over the cells of the workbook, beside the engine's value.
//!
//! Where a term stands on *Dati* and *Registri*, for the compiler of `live`; what is judged from it.
//! Functions are those of Excel 2016, none volatile.

mod judge;
mod terms;
mod value;

pub(super) use judge::{Case, guarded, of_sender};
pub(super) use terms::Reach;
pub(super) use value::{TermCells, total, value};

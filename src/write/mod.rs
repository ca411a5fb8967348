//! Workbooks out: the only room that names `rust_xlsxwriter`.
//!
//! Values in, bytes of an `.xlsx` out: no file is opened here, no number is decided here. Every formula goes
//! out with its result, so that a program that does not calculate shows the right value too; same input, same
//! bytes (the creation date comes from the plan, never from a clock).

mod consolidated;
mod error;
mod form;
mod headings;
mod style;

pub use consolidated::consolidated_workbook;
pub use error::WriteError;
pub use form::{
    Fill, FillKey, FillValue, History, history, office_file_name, office_workbook, return_workbook, templates,
};

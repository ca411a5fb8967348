//! How a workbook looks, sheet by sheet.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::facts::Facts;
use super::style::Look;
use crate::model::{CellRef, Number};

/// How a workbook looks.
#[derive(Debug, Default)]
pub(in crate::verify) struct Face {
    pub(super) book: Facts,
    pub(super) sheets: BTreeMap<String, SheetFace>,
}

/// How a sheet looks.
#[derive(Debug, Default)]
pub(super) struct SheetFace {
    pub(super) facts: Facts,
    /// The look of every cell that says one.
    pub(super) looks: BTreeMap<CellRef, Rc<Look>>,
    /// Heights of rows, in points.
    pub(super) heights: BTreeMap<u32, Number>,
    /// The height of the rows that say none, as the sheet gives it.
    pub(super) height: Option<Number>,
    /// The width of the columns that say none, as the sheet gives it.
    pub(super) width: Option<Number>,
    /// Widths of columns, in characters.
    pub(super) widths: BTreeMap<u32, Number>,
}

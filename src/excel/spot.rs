//! Where something stands in a workbook.

use crate::model::CellRef;

/// A rectangle of cells, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Top left.
    pub first: CellRef,
    /// Bottom right.
    pub last: CellRef,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The sheet.
    pub sheet: &'static str,
    /// The cell.
    pub cell: CellRef,
}

/// A cell of the sheet in which a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// The cell.
    pub cell: CellRef,
    /// Whether it stays the same where the formula is copied: `$A$5`.
    pub fixed: bool,
}

impl Own {
    /// A cell that moves with the formula.
    pub fn at(row: u32, col: u16) -> Self {
        Self { cell: CellRef { row, col }, fixed: false }
    }

    /// A cell that stays.
    pub fn fixed(row: u32, col: u16) -> Self {
        Self { cell: CellRef { row, col }, fixed: true }
    }
}

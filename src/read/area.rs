//! Rectangles of cells, as a file writes them.

use crate::model::CellRef;

/// A rectangle of cells, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// Its top left cell.
    pub first: CellRef,
    /// Its bottom right cell.
    pub last: CellRef,
}

impl Area {
    /// Reads `D9:Q9`, or a single cell.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let area = Self { first: CellRef::parse(first)?, last: CellRef::parse(last)? };
        (area.first.row <= area.last.row && area.first.col <= area.last.col).then_some(area)
    }

    /// Takes what lies right below it, in the same columns; whether it does.
    pub(super) fn grows(&mut self, below: Self) -> bool {
        let same = (self.first.col, self.last.col) == (below.first.col, below.last.col);
        let grows = same && self.last.row.checked_add(1) == Some(below.first.row);
        if grows {
            self.last.row = below.last.row;
        }
        grows
    }

    /// Whether a cell is inside.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.col..=self.last.col).contains(&cell.col)
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

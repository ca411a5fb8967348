//! The rows of which *Metodo* is made.

use crate::book::{Cell, Row, RowKind};

/// The columns of the sheet.
pub(super) const SPAN: u16 = 6;

/// The header of a table.
pub(super) fn titles(names: &[&str]) -> Row {
    Row::of(RowKind::Header, names.iter().map(|name| Cell::text(*name)).collect())
}

/// The header of a table whose first column holds numbers.
pub(super) fn titles_over_numbers(names: &[&str]) -> Row {
    let mut row = titles(names);
    row.cells.iter_mut().take(1).for_each(|cell| cell.right = true);
    row
}

pub(super) fn section(title: &str) -> [Row; 1] {
    [Row::line(RowKind::Heading, 0, title, SPAN)]
}

/// A value at the left, what it is, then all that is to be said of it.
pub(super) fn rule(value: Cell, what: &str, words: impl Into<String>) -> Row {
    Row::of(RowKind::Body, vec![value, Cell::text(what), Cell::text(words)])
}

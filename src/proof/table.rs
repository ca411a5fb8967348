//! A table of the report, read as a reader would: by the names of its columns.

use crate::book::{Cell, Content, Report, RowKind, Sheet};
use crate::model::Number;

/// The table of a sheet: the rows between its header and its end.
pub(super) struct Table<'a> {
    header: &'a [Cell],
    rows: Vec<&'a [Cell]>,
}

impl<'a> Table<'a> {
    /// The table of the sheet with this name; empty when there is none.
    pub(super) fn of(report: &'a Report, name: &str) -> Self {
        let sheet = report.sheets.iter().find(|sheet| sheet.name == name);
        sheet.map_or(Self { header: &[], rows: Vec::new() }, Self::of_sheet)
    }

    fn of_sheet(sheet: &'a Sheet) -> Self {
        let mut rows = sheet.rows.iter().skip_while(|row| row.kind != RowKind::Header);
        let header = rows.next().map_or(&[][..], |row| row.cells.as_slice());
        let rows = rows.take_while(|row| row.kind == RowKind::Body).map(|row| row.cells.as_slice()).collect();
        Self { header, rows }
    }

    /// Its rows.
    pub(super) fn rows(&self) -> &[&'a [Cell]] {
        &self.rows
    }

    /// Where the column with this name is.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| words(cell) == name)
    }

    /// The text of a row in the column with this name; empty when there is none.
    pub(super) fn text(&self, row: &'a [Cell], column: Option<usize>) -> &'a str {
        column.and_then(|column| row.get(column)).map_or("", words)
    }
}

/// The text of a cell; empty when it holds something else.
pub(super) fn words(cell: &Cell) -> &str {
    match cell.content.shown() {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) | Content::Status(_, text) => text,
        Content::Blank | Content::Number(..) | Content::Date(_) | Content::Severity(_) | Content::Live(_) => {
            ""
        }
    }
}

/// The number of a cell.
pub(super) fn number(cell: &Cell) -> Option<&Number> {
    match cell.content.shown() {
        Content::Number(number, _) => Some(number),
        _ => None,
    }
}

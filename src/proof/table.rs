//! A table of the report, read as a reader would: by its columns.

use std::marker::PhantomData;

use crate::book::{Cell, Content, OneTable, Report, RowKind};
use crate::model::Number;

/// The table of a sheet: the rows between its header and its end.
pub(super) struct Table<'a, C> {
    rows: Vec<&'a [Cell]>,
    columns: PhantomData<C>,
}

impl<'a, C: OneTable> Table<'a, C> {
    /// The table of its sheet; empty when there is none.
    pub(super) fn of(report: &'a Report) -> Self {
        let sheet = report.sheets.iter().find(|sheet| sheet.name == C::SHEET);
        let rows = sheet.map_or(&[][..], |sheet| sheet.rows.as_slice()).iter();
        let body = rows.skip_while(|row| row.kind != RowKind::Header).skip(1);
        let body = body.take_while(|row| row.kind == RowKind::Body).map(|row| row.cells.as_slice());
        Self { rows: body.collect(), columns: PhantomData }
    }

    /// Its rows.
    pub(super) fn rows(&self) -> &[&'a [Cell]] {
        &self.rows
    }

    /// The cell of a row in a column.
    pub(super) fn cell(&self, row: &'a [Cell], column: C) -> Option<&'a Cell> {
        row.get(usize::from(column.at()))
    }

    /// The text of a row in a column; empty when there is none.
    pub(super) fn text(&self, row: &'a [Cell], column: C) -> &'a str {
        self.cell(row, column).map_or("", words)
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

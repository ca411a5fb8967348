//! A sheet that is one table, by the columns that `report` declares.

use std::collections::BTreeMap;

use super::refused::Refused;
use crate::book::OneTable;
use crate::excel::day_in_cell;
use crate::memory::Said;
use crate::model::{CellRef, Month, Number, Value, quoted};
use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};
use crate::report::labels::HEADER;

/// The table of a sheet.
pub(super) struct Table<'a, C> {
    sheet: &'a RawSheet,
    columns: BTreeMap<u16, u16>,
    kind: std::marker::PhantomData<C>,
}

impl<'a, C: OneTable> Table<'a, C> {
    /// The table of its sheet; `None` when there is no such sheet.
    pub(super) fn find(book: &'a RawWorkbook) -> Result<Option<Self>, Refused> {
        book.sheet(C::SHEET).map(Self::of).transpose()
    }

    /// The same, of a sheet that every issue has.
    pub(super) fn read(book: &'a RawWorkbook) -> Result<Self, Refused> {
        Self::find(book)?.ok_or_else(|| Refused::Forged(format!("manca il foglio {}", quoted(C::SHEET))))
    }

    fn of(sheet: &'a RawSheet) -> Result<Self, Refused> {
        if let Some(damage) = &sheet.damage {
            return Err(Refused::Forged(format!("il foglio {} non si legge: {damage}", quoted(C::SHEET))));
        }
        let row = CellRef { row: HEADER, col: 0 }..=CellRef { row: HEADER, col: u16::MAX };
        let heads: BTreeMap<String, u16> =
            sheet.cells.range(row).rev().map(|(at, cell)| (text(cell), at.col)).collect();
        let place = |column: &C| {
            // What stands over the last but one of the results has another name in a final issue.
            let found = heads.get(column.title()).copied();
            found.map(|col| (column.at(), col))
        };
        let columns = C::ALL.iter().filter_map(place).collect();
        Ok(Self { sheet, columns, kind: std::marker::PhantomData })
    }

    /// Its rows, from zero.
    pub(super) fn rows(&self) -> Vec<u32> {
        let first = CellRef { row: HEADER + 1, col: 0 };
        let mut rows: Vec<u32> = self.sheet.cells.range(first..).map(|(at, _)| at.row).collect();
        rows.dedup();
        rows
    }

    /// Where a row and a column meet.
    pub(super) fn at(&self, row: u32, column: C) -> Option<CellRef> {
        self.columns.get(&column.at()).map(|col| CellRef { row, col: *col })
    }

    /// The cell of a row in a column.
    pub(super) fn cell(&self, row: u32, column: C) -> Option<&'a RawCell> {
        let col = *self.columns.get(&column.at())?;
        self.sheet.cell(CellRef { row, col })
    }

    /// The text of a row in a column, as it is; empty when there is none.
    pub(super) fn text(&self, row: u32, column: C) -> String {
        self.cell(row, column).map(text).unwrap_or_default()
    }

    /// The number of a row in a column.
    pub(super) fn number(&self, row: u32, column: C) -> Option<Number> {
        match self.cell(row, column)?.content {
            RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
                Number::from_f64(number)
            }
            _ => None,
        }
    }

    /// The small whole number of a row in a column.
    pub(super) fn count(&self, row: u32, column: C) -> Option<u32> {
        self.number(row, column)?.to_i64().and_then(|number| u32::try_from(number).ok())
    }

    /// The month of a row in a column: a number.
    pub(super) fn month(&self, row: u32, column: C) -> Option<Month> {
        Month::new(self.count(row, column)?)
    }

    /// A number, a day or a text of a row in a column.
    pub(super) fn said(&self, row: u32, column: C) -> Said {
        self.cell(row, column).map_or(Said::Nothing, said)
    }
}

/// A number, a day or a text.
pub(super) fn said(cell: &RawCell) -> Said {
    match &cell.content {
        RawContent::Number(number) | RawContent::Duration(number) => {
            Number::from_f64(*number).map_or(Said::Nothing, |number| Said::value(Value::Number(number)))
        }
        RawContent::Serial(days) => {
            day_in_cell(*days).map_or(Said::Nothing, |day| Said::Value(Value::Date(day)))
        }
        RawContent::Text(text) if !text.trim().is_empty() => Said::value(Value::Text(text.clone())),
        _ => Said::Nothing,
    }
}

/// The text of a cell; empty when it holds something else.
pub(super) fn text(cell: &RawCell) -> String {
    match &cell.content {
        RawContent::Text(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

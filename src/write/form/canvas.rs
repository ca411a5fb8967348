//! What a sheet of the office's workbook is written on: a worksheet of the file, or a plain record of what
//! stands where, to lay the offices' workbooks beside without making a file and reading it again.

use std::collections::BTreeSet;

use rust_xlsxwriter::{ConditionalFormatFormula, DataValidation, Format, Formula, Url, Worksheet, XlsxError};

use super::fill::FillValue;
use super::live::{Live, Shown};
use crate::excel::cell_of_day;
use crate::model::CellRef;
use crate::read::{Area, RawCell, RawContent, RawSheet};

/// Something to write on.
pub(super) trait Canvas {
    /// A text; an empty one leaves only the format.
    fn text(&mut self, row: u32, col: u16, text: &str, format: Option<&Format>) -> Result<(), XlsxError>;
    /// A number.
    fn number(&mut self, row: u32, col: u16, number: f64, format: Option<&Format>) -> Result<(), XlsxError>;
    /// Nothing, with a format.
    fn blank(&mut self, row: u32, col: u16, format: &Format) -> Result<(), XlsxError>;
    /// A formula with its result.
    fn formula(&mut self, cell: CellRef, live: &Live, format: &Format) -> Result<(), XlsxError>;
    /// A link to a place of the workbook, with what it says of itself.
    fn link(
        &mut self,
        row: u32,
        col: u16,
        to: (&str, &str),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError>;
    /// How some cells look while a formula, written for the first of them, is true.
    fn mark(&mut self, area: Area, formula: &str, format: &Format) -> Result<(), XlsxError>;
    /// A text over several columns of a row.
    fn merge(&mut self, row: u32, cols: (u16, u16), text: &str, format: &Format) -> Result<(), XlsxError>;
    /// What is let in some cells; `refuses` when something is not.
    fn validation(&mut self, area: Area, refuses: bool, rule: &DataValidation) -> Result<(), XlsxError>;
    /// The height of a row, in pixels.
    fn height(&mut self, row: u32, pixels: u32) -> Result<(), XlsxError>;
}

/// Types `value` in a cell.
pub(super) fn put(
    sheet: &mut dyn Canvas,
    cell: CellRef,
    value: &FillValue,
    format: &Format,
) -> Result<(), XlsxError> {
    let CellRef { row, col } = cell;
    match value {
        FillValue::Number(number) => sheet.number(row, col, *number, Some(format)),
        FillValue::Date(date) => sheet.number(row, col, cell_of_day(*date), Some(format)),
        FillValue::Text(text) => sheet.text(row, col, text, Some(format)),
        FillValue::Blank => sheet.blank(row, col, format),
    }
}

impl Canvas for Worksheet {
    fn text(&mut self, row: u32, col: u16, text: &str, format: Option<&Format>) -> Result<(), XlsxError> {
        match format {
            Some(format) => self.write_string_with_format(row, col, text, format),
            None => self.write_string(row, col, text),
        }
        .map(drop)
    }

    fn number(&mut self, row: u32, col: u16, number: f64, format: Option<&Format>) -> Result<(), XlsxError> {
        match format {
            Some(format) => self.write_number_with_format(row, col, number, format),
            None => self.write_number(row, col, number),
        }
        .map(drop)
    }

    fn blank(&mut self, row: u32, col: u16, format: &Format) -> Result<(), XlsxError> {
        self.write_blank(row, col, format).map(drop)
    }

    fn formula(&mut self, cell: CellRef, live: &Live, format: &Format) -> Result<(), XlsxError> {
        let mut formula = Formula::new(&live.formula);
        match &live.result {
            Shown::Number(number) => formula = formula.set_result(number.to_string()),
            Shown::Text(text) => formula = formula.set_result(text),
            Shown::Blank => {}
        }
        self.write_formula_with_format(cell.row, cell.col, formula, format).map(drop)
    }

    fn link(
        &mut self,
        row: u32,
        col: u16,
        (to, tip): (&str, &str),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.write_url_with_format(row, col, Url::new(to).set_text(text).set_tip(tip), format).map(drop)
    }

    fn mark(&mut self, area: Area, formula: &str, format: &Format) -> Result<(), XlsxError> {
        let rule = ConditionalFormatFormula::new().set_rule(formula).set_format(format);
        let Area { first, last } = area;
        self.add_conditional_format(first.row, first.col, last.row, last.col, &rule.set_stop_if_true(true))
            .map(drop)
    }

    fn merge(&mut self, row: u32, cols: (u16, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
        self.merge_range(row, cols.0, row, cols.1, text, format).map(drop)
    }

    fn validation(&mut self, area: Area, _: bool, rule: &DataValidation) -> Result<(), XlsxError> {
        let Area { first, last } = area;
        self.add_data_validation(first.row, first.col, last.row, last.col, rule).map(drop)
    }

    fn height(&mut self, row: u32, pixels: u32) -> Result<(), XlsxError> {
        self.set_row_height_pixels(row, pixels).map(drop)
    }
}

/// A record of a sheet, as the reader would see it.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub sheet: RawSheet,
    /// The cells that only help who types.
    pub aids: BTreeSet<CellRef>,
}

impl Record {
    fn put(&mut self, row: u32, col: u16, content: RawContent, formula: Option<String>) {
        let cell = CellRef { row, col };
        if content == RawContent::Text(String::new()) && formula.is_none() {
            self.sheet.cells.remove(&cell);
        } else {
            self.sheet.cells.insert(cell, RawCell { content, formula });
        }
    }
}

impl Canvas for Record {
    fn text(&mut self, row: u32, col: u16, text: &str, _: Option<&Format>) -> Result<(), XlsxError> {
        self.put(row, col, RawContent::Text(text.to_owned()), None);
        Ok(())
    }

    fn number(&mut self, row: u32, col: u16, number: f64, _: Option<&Format>) -> Result<(), XlsxError> {
        self.put(row, col, RawContent::Number(number), None);
        Ok(())
    }

    fn blank(&mut self, row: u32, col: u16, _: &Format) -> Result<(), XlsxError> {
        self.put(row, col, RawContent::Text(String::new()), None);
        Ok(())
    }

    fn formula(&mut self, cell: CellRef, live: &Live, _: &Format) -> Result<(), XlsxError> {
        let content = match &live.result {
            Shown::Number(number) => RawContent::Number(*number),
            Shown::Text(text) => RawContent::Text(text.clone()),
            Shown::Blank => RawContent::Text(String::new()),
        };
        self.put(cell.row, cell.col, content, Some(live.formula.clone()));
        if live.aid {
            self.aids.insert(cell);
        }
        Ok(())
    }

    fn link(&mut self, row: u32, col: u16, _: (&str, &str), text: &str, _: &Format) -> Result<(), XlsxError> {
        self.put(row, col, RawContent::Text(text.to_owned()), None);
        Ok(())
    }

    fn mark(&mut self, _: Area, _: &str, _: &Format) -> Result<(), XlsxError> {
        Ok(())
    }

    fn merge(&mut self, row: u32, cols: (u16, u16), text: &str, _: &Format) -> Result<(), XlsxError> {
        let (first, last) = (CellRef { row, col: cols.0 }, CellRef { row, col: cols.1 });
        self.sheet.traits.merged.push(Area { first, last });
        self.put(row, cols.0, RawContent::Text(text.to_owned()), None);
        Ok(())
    }

    fn validation(&mut self, area: Area, refuses: bool, _: &DataValidation) -> Result<(), XlsxError> {
        if refuses {
            self.sheet.traits.validated.push(area);
        }
        Ok(())
    }

    fn height(&mut self, _: u32, _: u32) -> Result<(), XlsxError> {
        Ok(())
    }
}

//! What a sheet of the office's workbook is written on: a worksheet of the file, or a plain record of what
//! stands where, to lay the offices' workbooks beside without making a file and reading it again.

use rust_xlsxwriter::{DataValidation, Format, Formula, Url, Worksheet, XlsxError};

use super::live::Live;
use crate::interpret::Formulas;
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
    /// A link to a place of the workbook.
    fn link(&mut self, row: u32, col: u16, to: &str, text: &str, format: &Format) -> Result<(), XlsxError>;
    /// A text over several columns of a row.
    fn merge(&mut self, row: u32, cols: (u16, u16), text: &str, format: &Format) -> Result<(), XlsxError>;
    /// What is let in some cells; `refuses` when something is not.
    fn validation(&mut self, area: Area, refuses: bool, rule: &DataValidation) -> Result<(), XlsxError>;
    /// The height of a row, in pixels.
    fn height(&mut self, row: u32, pixels: u32) -> Result<(), XlsxError>;
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
        if let Some(number) = live.result {
            formula = formula.set_result(number.to_string());
        }
        self.write_formula_with_format(cell.row, cell.col, formula, format).map(drop)
    }

    fn link(&mut self, row: u32, col: u16, to: &str, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.write_url_with_format(row, col, Url::new(to).set_text(text), format).map(drop)
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
    /// The formulas of workbooks sent before, where they are others.
    pub before: Formulas,
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
        let content = live.result.map_or_else(|| RawContent::Text(String::new()), RawContent::Number);
        self.put(cell.row, cell.col, content, Some(live.formula.clone()));
        self.before.extend(live.before.clone().map(|formula| (cell, formula)));
        Ok(())
    }

    fn link(&mut self, row: u32, col: u16, _: &str, text: &str, _: &Format) -> Result<(), XlsxError> {
        self.put(row, col, RawContent::Text(text.to_owned()), None);
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

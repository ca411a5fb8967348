//! What a package says beside its cells: how the workbook calculates, who saved it, what is hidden, merged,
//! protected, remarked. Everything is bounded: these are facts for remarks, never values.

use super::area::Area;
use super::conditional::Veil;
use super::drawing::Drawing;
use super::font::Paint;
use super::limits;
use super::own::Own;
use super::runs::Written;
use crate::model::CellRef;

/// What a package says of the whole workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookTraits {
    /// Whether it is an OpenDocument workbook (`.ods`): what only an `.xlsx` says of its cells is not told.
    pub open_document: bool,
    /// Whether formulas are calculated only on request.
    pub manual: bool,
    /// Whether circular formulas are calculated by iteration.
    pub iterative: bool,
    /// Whether it asks to be calculated when it is opened: its results are not those of a program that
    /// calculates.
    pub recalculates: bool,
    /// The other files it is linked to, by their name without folder; at most `LINKS`.
    pub links: Vec<String>,
    /// The program that says it saved the file, as it calls itself.
    pub application: Option<String>,
    /// The version that the program gives itself.
    pub app_version: Option<String>,
    /// When the file says it was created, as written.
    pub created: Option<String>,
    /// When the file says it was last saved, as written.
    pub modified: Option<String>,
    /// The number format of each style of cell.
    pub formats: Vec<String>,
    /// The signed envelopes in which the workbook arrived.
    pub envelope: Option<Envelope>,
    /// Sheets whose name is longer than Excel admits: as it was cut, and how long it is.
    pub long_names: Vec<(String, usize)>,
    /// The fonts, the fills and the colours of the styles.
    pub paint: Paint,
}

impl BookTraits {
    /// The program that says it saved the file, without the name of its build; nothing when it says none.
    pub fn program(&self) -> String {
        let name = self.application.as_deref().unwrap_or_default();
        let (product, _) = name.split_once('$').unwrap_or((name, ""));
        product.replace('/', " ").trim().to_owned()
    }
}

/// Signed envelopes (`.p7m`) around a workbook; no signature is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// How many, one in the other.
    pub layers: u8,
    /// SHA-256 of the document in them, in hexadecimal.
    pub sha256: String,
}

/// What a package says of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetTraits {
    /// Whether its locked cells are protected.
    pub protected: bool,
    /// Where something is refused when typed: validations that only show a help are left out.
    pub validated: Vec<Area>,
    /// Its merged cells.
    pub merged: Vec<Area>,
    /// Its hidden rows, first and last of each run.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Its hidden columns, first and last of each run.
    pub hidden_columns: Vec<(u16, u16)>,
    /// Comments and notes: the cell and the text, without the author; at most `COMMENTS`.
    pub comments: Vec<(CellRef, String)>,
    /// The style of every cell that holds something, in order; at most `STYLED`.
    pub styles: Vec<(CellRef, u32)>,
    /// The formats laid over its cells on a condition.
    pub veils: Vec<Veil>,
    /// What is drawn over it; at most `DRAWINGS` of each part.
    pub drawings: Vec<Drawing>,
    /// Texts of several pieces, each with its font, by their cell.
    pub written: Written,
    /// The places of shared texts, until these are known.
    pub(super) shared: Vec<(CellRef, u32)>,
    /// Its cells as our own pass reads them, until the library's are held against them.
    pub(super) own: Own,
    /// How many cells have a format and nothing in them.
    pub blanks: u64,
    /// The last row and the last column with such a cell.
    pub blanks_end: Option<CellRef>,
}

impl SheetTraits {
    /// Whether a row is hidden.
    pub fn row_hidden(&self, row: u32) -> bool {
        self.hidden_rows.iter().any(|(first, last)| (*first..=*last).contains(&row))
    }

    /// Whether a column is hidden.
    pub fn column_hidden(&self, col: u16) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&col))
    }

    /// The style of a cell that holds something.
    pub fn style(&self, cell: CellRef) -> Option<u32> {
        let index = self.styles.binary_search_by_key(&cell, |(cell, _)| *cell).ok()?;
        self.styles.get(index).map(|(_, style)| *style)
    }

    pub(super) fn hide_row(&mut self, row: u32) {
        let room = self.hidden_rows.len() < limits::AREAS;
        match self.hidden_rows.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ if room => self.hidden_rows.push((row, row)),
            _ => {}
        }
    }

    pub(super) fn see_blank(&mut self, cell: CellRef) {
        self.blanks += 1;
        let end = self.blanks_end.get_or_insert(cell);
        *end = CellRef { row: end.row.max(cell.row), col: end.col.max(cell.col) };
    }
}

/// The number formats that a file need not spell out, by their number, each as far as it decides what is seen
/// of a number; `None` for those that are other ones from land to land.
pub fn built_in_format(number: u32) -> Option<&'static str> {
    Some(match number {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "dd/mm/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "dd/mm/yyyy h:mm",
        37 => "#,##0;(#,##0)",
        38 => "#,##0;[Red](#,##0)",
        39 => "#,##0.00;(#,##0.00)",
        40 => "#,##0.00;[Red](#,##0.00)",
        41 => "_-* #,##0_-",
        42 => "_-\"€\" * #,##0_-",
        43 => "_-* #,##0.00_-",
        44 => "_-\"€\" * #,##0.00_-",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::built_in_format;

    #[test]
    fn a_format_of_another_number_is_another_format() {
        let known: Vec<&str> = (0..200).filter_map(built_in_format).collect();
        assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len());
        assert_eq!((built_in_format(10), built_in_format(5)), (Some("0.00%"), None));
    }
}

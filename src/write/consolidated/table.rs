//! Tables marked as such: whoever cannot see them is told where they begin, and the name of each column.

use std::ops::RangeBounds;

use rust_xlsxwriter::{Table, TableColumn, TableStyle, Worksheet};

use crate::book::{Content, Sheet};
use crate::excel::Area;
use crate::write::WriteError;

/// Rows of a list that is long enough to be filtered.
const LONG: u32 = 25;

/// Marks the tables of a sheet that begin in these rows; before their cells are laid, for each mark writes
/// its header too.
pub(super) fn mark(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    rows: impl RangeBounds<u32>,
) -> Result<(), WriteError> {
    let tables = (1_usize..).zip(&sheet.tables);
    for (number, area) in tables.filter(|(_, area)| rows.contains(&area.first.row)) {
        let columns = columns(sheet, *area)?;
        // No style: the looks are those of the cells.
        let table = Table::new()
            .set_name(name(sheet, number))
            .set_columns(&columns)
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_autofilter(area.last.row.saturating_sub(area.first.row) >= LONG);
        worksheet.add_table(area.first.row, area.first.col, area.last.row, area.last.col, &table)?;
    }
    Ok(())
}

/// The name of a table of a sheet, the first being number 1: `tab_per_ufficio`, `tab_S06_2`.
fn name(sheet: &Sheet, number: usize) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let mut own: String = sheet.name.chars().map(plain).collect();
    if !own.ends_with(|letter: char| letter.is_ascii_digit()) {
        own.make_ascii_lowercase();
    }
    if sheet.tables.len() > 1 { format!("tab_{own}_{number}") } else { format!("tab_{own}") }
}

/// The columns, under the very words of their headers: Excel mends, and so damages, a file where they differ.
fn columns(sheet: &Sheet, area: Area) -> Result<Vec<TableColumn>, WriteError> {
    let row = sheet.rows.get(area.first.row as usize).map_or(&[][..], |row| row.cells.as_slice());
    let column = |place: u16| match row.get(usize::from(place)).map(|cell| &cell.content) {
        Some(Content::Text(title)) => Ok(TableColumn::new().set_header(title)),
        _ => {
            let (sheet, at) = (sheet.name, u32::from(place) + 1);
            Err(WriteError::Package(format!("nel foglio {sheet} la colonna {at} di una tabella non ha nome")))
        }
    };
    (area.first.col..=area.last.col).map(column).collect()
}

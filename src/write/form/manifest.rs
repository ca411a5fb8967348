//! The very hidden sheet by which outside tools, and the reader, find every input cell.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::layout::Input;
use crate::interpret::FORMAT;
use crate::model::OfficeId;
use crate::plan::Plan;

/// Its name.
const NAME: &str = "_manifest";
/// The columns of the table.
const COLUMNS: [&str; 7] = ["chiave", "mese", "riga", "colonna", "tipo", "foglio", "cella"];

/// Writes the manifest of the input cells, given with the sheet in which they stand.
pub(super) fn write(
    book: &mut Workbook,
    plan: &Plan,
    office: &OfficeId,
    inputs: &[(String, Input)],
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(NAME)?;
    sheet.set_very_hidden(true);
    let head = [
        ("formato", FORMAT),
        ("piano", &plan.ente),
        ("versione", &plan.version),
        ("anno", ""),
        ("ufficio", office.as_str()),
        ("sha256_piano", &plan.sha256),
    ];
    let mut row = 0;
    for (name, value) in head {
        sheet.write_string(row, 0, name)?;
        if name == "anno" {
            sheet.write_number(row, 1, plan.year)?;
        } else {
            sheet.write_string(row, 1, value)?;
        }
        row += 1;
    }
    for (col, title) in (0_u16..).zip(COLUMNS) {
        sheet.write_string(row, col, title)?;
    }
    for (name, input) in inputs {
        row += 1;
        sheet.write_string(row, 0, &input.key)?;
        if let Some(month) = input.month {
            sheet.write_number(row, 1, month.number())?;
        }
        if let Some(ordinal) = input.row {
            sheet.write_number(row, 2, ordinal)?;
        }
        if let Some(column) = &input.column {
            sheet.write_string(row, 3, column)?;
        }
        sheet.write_string(row, 4, input.kind.code())?;
        sheet.write_string(row, 5, name)?;
        sheet.write_string(row, 6, input.cell.to_string())?;
    }
    sheet.protect();
    Ok(())
}

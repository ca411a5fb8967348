//! The very hidden sheet by which outside tools, and the reader, find every input cell.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::canvas::Canvas;

use super::asked::Input;
use crate::interpret::FORMAT;
use crate::interpret::MANIFEST;
use crate::model::OfficeId;
use crate::plan::Plan;

/// The columns of the table.
const COLUMNS: [&str; 7] = ["chiave", "mese", "riga", "colonna", "tipo", "foglio", "cella"];

/// Writes the manifest of the input cells, given with the sheet in which they stand; `pairs` stand at its
/// head besides.
pub(super) fn write(
    book: &mut Workbook,
    plan: &Plan,
    office: &OfficeId,
    pairs: &[(String, String)],
    inputs: &[(String, Input)],
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(MANIFEST)?;
    sheet.set_very_hidden(true);
    sheet.protect();
    lines(sheet, plan, office, pairs, inputs)
}

/// Writes every line.
pub(super) fn lines(
    sheet: &mut dyn Canvas,
    plan: &Plan,
    office: &OfficeId,
    pairs: &[(String, String)],
    inputs: &[(String, Input)],
) -> Result<(), XlsxError> {
    let sha256_office = plan.sha256_of(office);
    let head = [
        ("formato", FORMAT),
        ("piano", &plan.ente),
        ("versione", &plan.version),
        ("anno", ""),
        ("ufficio", office.as_str()),
        ("sha256_piano", &plan.sha256),
        ("sha256_ufficio", &sha256_office),
    ];
    let mut row = 0;
    for (name, value) in head {
        sheet.text(row, 0, name, None)?;
        if name == "anno" {
            sheet.number(row, 1, f64::from(plan.year), None)?;
        } else {
            sheet.text(row, 1, value, None)?;
        }
        row += 1;
    }
    for (name, value) in pairs {
        sheet.text(row, 0, name, None)?;
        sheet.text(row, 1, value, None)?;
        row += 1;
    }
    for (col, title) in (0_u16..).zip(COLUMNS) {
        sheet.text(row, col, title, None)?;
    }
    for (name, input) in inputs {
        row += 1;
        sheet.text(row, 0, &input.key, None)?;
        if let Some(month) = input.month {
            sheet.number(row, 1, f64::from(month.number()), None)?;
        }
        if let Some(ordinal) = input.row {
            sheet.number(row, 2, f64::from(ordinal), None)?;
        }
        if let Some(column) = &input.column {
            sheet.text(row, 3, column, None)?;
        }
        sheet.text(row, 4, input.kind.code(), None)?;
        sheet.text(row, 5, name, None)?;
        sheet.text(row, 6, &input.cell.to_string(), None)?;
    }
    Ok(())
}

//! Changes to a workbook as read: cells, rows, columns, sheets, manifest; an office's hand, in memory.

use schede::model::{CellRef, Month};
use schede::read::{RawCell, RawContent, RawSheet, RawWorkbook};

const MANIFEST: &str = "_manifest";

/// The text of a cell; empty when there is none.
pub(crate) fn text(sheet: &RawSheet, row: u32, col: u16) -> String {
    match sheet.cell(CellRef { row, col }).map(|cell| &cell.content) {
        Some(RawContent::Text(text)) => text.trim().to_owned(),
        Some(RawContent::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn last_row(sheet: &RawSheet) -> u32 {
    sheet.cells.keys().map(|cell| cell.row).max().unwrap_or(0)
}

fn sheet_mut<'a>(book: &'a mut RawWorkbook, name: &str) -> &'a mut RawSheet {
    book.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("nessun foglio {name}"))
}

/// The sheet and cell that the manifest gives for an entry.
pub(crate) fn place(
    book: &RawWorkbook,
    key: &str,
    month: &str,
    row: &str,
    column: &str,
) -> (String, CellRef) {
    let manifest = book.sheet(MANIFEST).expect("il manifesto");
    for at in 0..=last_row(manifest) {
        let cell = |col| text(manifest, at, col);
        if cell(0) == key && cell(1) == month && cell(2) == row && cell(3) == column {
            return (cell(5), CellRef::parse(&cell(6)).expect("una cella nel manifesto"));
        }
    }
    panic!("il manifesto non ha {key} mese «{month}» riga «{row}» colonna «{column}»")
}

/// Types in a cell.
pub(crate) fn type_in(book: &mut RawWorkbook, sheet: &str, cell: CellRef, content: RawContent) {
    sheet_mut(book, sheet).cells.insert(cell, RawCell { content, formula: None });
}

/// Gives a cell a formula without a result.
pub(crate) fn formula(
    book: &mut RawWorkbook,
    sheet: &str,
    cell: CellRef,
    formula: &str,
    content: RawContent,
) {
    sheet_mut(book, sheet).cells.insert(cell, RawCell { content, formula: Some(formula.to_owned()) });
}

/// Sets, or with an empty value takes away, a pair of the manifest.
pub(crate) fn manifest_pair(book: &mut RawWorkbook, name: &str, value: &str) {
    let sheet = sheet_mut(book, MANIFEST);
    let row =
        (0..=last_row(sheet)).find(|row| text(sheet, *row, 0) == name).expect("la coppia nel manifesto");
    let content = RawContent::Text(value.to_owned());
    sheet.cells.insert(CellRef { row, col: 1 }, RawCell { content, formula: None });
}

/// Renames a sheet.
pub(crate) fn rename(book: &mut RawWorkbook, from: &str, to: &str) {
    sheet_mut(book, from).name = to.to_owned();
}

/// Takes a sheet away.
pub(crate) fn remove_sheet(book: &mut RawWorkbook, name: &str) {
    book.sheets.retain(|sheet| sheet.name != name);
}

/// The sheet and row on which a key stands.
fn row_of(book: &RawWorkbook, key: &str) -> (String, u32) {
    let holds = |sheet: &RawSheet| (0..=last_row(sheet)).find(|row| text(sheet, *row, 0) == key);
    let sheets = book.sheets.iter().filter(|sheet| sheet.name != MANIFEST);
    let mut found = sheets.filter_map(|sheet| Some((sheet.name.clone(), holds(sheet)?)));
    found.next().unwrap_or_else(|| panic!("nessuna riga {key}"))
}

/// Moves what stands from `row` down by `by` rows; a negative `by` deletes rows.
fn shift(sheet: &mut RawSheet, row: u32, by: i64) {
    let cells = std::mem::take(&mut sheet.cells);
    for (cell, raw) in cells {
        let gone = by < 0 && i64::from(cell.row) < i64::from(row) - by && cell.row >= row;
        if gone {
            continue;
        }
        let row = if cell.row >= row { u32::try_from(i64::from(cell.row) + by).unwrap() } else { cell.row };
        sheet.cells.insert(CellRef { row, ..cell }, raw);
    }
}

/// Inserts an empty row above the row of a key.
pub(crate) fn insert_above(book: &mut RawWorkbook, key: &str) {
    let (sheet, row) = row_of(book, key);
    shift(sheet_mut(book, &sheet), row, 1);
}

/// Deletes the row of a key.
pub(crate) fn delete_row(book: &mut RawWorkbook, key: &str) {
    let (sheet, row) = row_of(book, key);
    shift(sheet_mut(book, &sheet), row, -1);
}

/// Copies the row of a key under the last one.
pub(crate) fn double_row(book: &mut RawWorkbook, key: &str) {
    let (name, row) = row_of(book, key);
    let sheet = sheet_mut(book, &name);
    let to = last_row(sheet) + 1;
    let copies: Vec<(CellRef, RawCell)> = sheet
        .cells
        .iter()
        .filter(|(cell, _)| cell.row == row)
        .map(|(cell, raw)| (CellRef { row: to, col: cell.col }, raw.clone()))
        .collect();
    sheet.cells.extend(copies);
}

/// The header row of months above the row of a key.
fn header_above(sheet: &RawSheet, row: u32) -> u32 {
    (0..row).rev().find(|row| text(sheet, *row, 0) == "mesi").expect("l'intestazione dei mesi")
}

/// Deletes the column of a month from a sheet.
pub(crate) fn delete_month(book: &mut RawWorkbook, name: &str, month: Month) {
    let sheet = sheet_mut(book, name);
    let header = header_above(sheet, last_row(sheet) + 1);
    let column = sheet
        .cells
        .keys()
        .filter(|cell| cell.row == header && cell.col > 0)
        .find(|cell| Month::from_name(&text(sheet, header, cell.col)) == Some(month))
        .expect("la colonna del mese")
        .col;
    let cells = std::mem::take(&mut sheet.cells);
    for (cell, raw) in cells {
        match cell.col {
            col if col == column => {}
            col if col > column => {
                sheet.cells.insert(CellRef { row: cell.row, col: col - 1 }, raw);
            }
            _ => {
                sheet.cells.insert(cell, raw);
            }
        }
    }
}

/// Copies the column of a month, header included, after the last one.
pub(crate) fn copy_month(book: &mut RawWorkbook, name: &str, month: Month) {
    let sheet = sheet_mut(book, name);
    let header = header_above(sheet, last_row(sheet) + 1);
    let heads = |cell: &&CellRef| {
        cell.row == header && Month::from_name(&text(sheet, header, cell.col)) == Some(month)
    };
    let column = sheet.cells.keys().find(heads).expect("la colonna del mese").col;
    let after = sheet.cells.keys().map(|cell| cell.col).max().unwrap_or(0) + 1;
    let copies: Vec<(CellRef, RawCell)> = sheet
        .cells
        .iter()
        .filter(|(cell, _)| cell.col == column)
        .map(|(cell, raw)| (CellRef { row: cell.row, col: after }, raw.clone()))
        .collect();
    sheet.cells.extend(copies);
}

/// The cell that shows a value fixed by the plan: on its row, under "Anno".
pub(crate) fn constant(book: &RawWorkbook, key: &str) -> (String, CellRef) {
    let (name, row) = row_of(book, key);
    let sheet = book.sheet(&name).expect("il foglio");
    let header = header_above(sheet, row);
    let mut columns = sheet.cells.keys().filter(|cell| cell.row == header && cell.col > 0);
    let year = columns.find(|cell| text(sheet, header, cell.col).eq_ignore_ascii_case("anno"));
    (name, CellRef { row, col: year.expect("la colonna Anno").col })
}

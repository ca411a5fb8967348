//! The template that an office's workbook is laid beside: what this program would write with the same
//! entries, recorded line by line as the reader would see it.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::canvas::Record;
use super::fill::{Fill, FillKey, FillValue};
use super::layout::{Input, Layout, REGISTER_ROWS};
use super::{instructions, manifest, sheet};
use crate::interpret::TypedIn;
use crate::model::{CellRef, OfficeId};
use crate::plan::Plan;
use crate::read::{RawContent, RawSheet, RawWorkbook};
use crate::write::style;

/// Gives the template of each office of `plan` with some entries typed in, its registers as long as in the
/// office's own workbook; what cannot be typed stays blank.
pub fn templates(plan: &Plan) -> impl Fn(&OfficeId, Option<u32>, &[TypedIn]) -> Option<RawWorkbook> + '_ {
    |office, rows, typed| {
        let rows = rows.unwrap_or(REGISTER_ROWS);
        let mut fill = Fill::default();
        // Rows that an office added to a register are not the template's.
        for entry in typed.iter().filter(|entry| entry.row.is_none_or(|row| row <= rows)) {
            if let Some(value) = value(&entry.content) {
                let TypedIn { key, month, row, column, .. } = entry.clone();
                fill.set(FillKey { key, month, row, column }, value);
            }
        }
        record(plan, office, rows, &fill).ok()
    }
}

fn value(content: &RawContent) -> Option<FillValue> {
    match content {
        RawContent::Number(number) | RawContent::Serial(number) => Some(FillValue::Number(*number)),
        RawContent::Text(text) => Some(FillValue::Text(text.clone())),
        _ => None,
    }
}

/// The workbook of an office, without making the file.
fn record(plan: &Plan, office: &OfficeId, rows: u32, fill: &Fill) -> Result<RawWorkbook, XlsxError> {
    let mut book = RawWorkbook::default();
    let mut formats: BTreeMap<&str, u32> = BTreeMap::new();
    let mut inputs: Vec<(String, Input)> = Vec::new();
    let mut cover = record_of(instructions::NAME);
    let (signature, _) = instructions::lines(&mut cover, plan, office, fill)?;
    book.sheets.push(cover.0);
    for scheda in plan.schede_of(office) {
        let layout = Layout::with_rows(plan, office, scheda, rows);
        let mut record = record_of(&layout.name());
        sheet::lines(&mut record, &layout, fill)?;
        let own = layout.inputs();
        record.0.traits.styles = styles(&own, &mut formats);
        book.sheets.push(record.0);
        inputs.extend(own.into_iter().map(|input| (layout.name(), input)));
    }
    inputs.extend(signature.into_iter().map(|input| (instructions::NAME.to_owned(), input)));
    let mut list = record_of(manifest::NAME);
    manifest::lines(&mut list, plan, office, &inputs)?;
    list.0.hidden = true;
    book.sheets.push(list.0);
    let mut codes: Vec<(u32, &str)> = formats.into_iter().map(|(code, index)| (index, code)).collect();
    codes.sort_unstable();
    book.traits.formats = codes.into_iter().map(|(_, code)| code.to_owned()).collect();
    Ok(book)
}

fn record_of(name: &str) -> Record {
    let mut sheet = RawSheet { name: name.to_owned(), ..RawSheet::default() };
    sheet.traits.protected = true;
    Record(sheet)
}

/// The number format of each input cell, as an index in `formats`.
fn styles(inputs: &[Input], formats: &mut BTreeMap<&'static str, u32>) -> Vec<(CellRef, u32)> {
    let mut styles: Vec<(CellRef, u32)> = inputs
        .iter()
        .map(|input| {
            let next = u32::try_from(formats.len()).unwrap_or(u32::MAX);
            (input.cell, *formats.entry(style::number_format(input.kind)).or_insert(next))
        })
        .collect();
    styles.sort_unstable();
    styles
}

#[cfg(test)]
mod tests {
    use super::{Fill, FillKey, FillValue, REGISTER_ROWS, record};
    use crate::model::{CellRef, VoceType};
    use crate::plan::{DEFAULT_PLAN, read_plan};
    use crate::read::{Area, RawContent, RawSheet, read_bytes};
    use crate::write::form::layout::Layout;
    use crate::write::form::office_workbook;

    /// The cells as they compare: a date and its number are the same here.
    fn cells(sheet: &RawSheet) -> Vec<(CellRef, RawContent, Option<String>)> {
        let plain = |content: &RawContent| match content {
            RawContent::Serial(number) => RawContent::Number(*number),
            other => other.clone(),
        };
        sheet.cells.iter().map(|(cell, raw)| (*cell, plain(&raw.content), raw.formula.clone())).collect()
    }

    fn sorted(areas: &[Area]) -> Vec<Area> {
        let mut areas = areas.to_vec();
        areas.sort_unstable();
        areas
    }

    #[test]
    fn the_record_is_the_workbook_as_read() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        for office in &plan.offices {
            let mut fill = Fill::default();
            let layouts: Vec<Layout<'_>> =
                plan.schede_of(&office.id).map(|scheda| Layout::new(&plan, &office.id, scheda)).collect();
            for (index, input) in layouts.iter().flat_map(Layout::inputs).enumerate() {
                let value = match input.kind {
                    _ if index % 7 == 0 => FillValue::Blank,
                    VoceType::Data => {
                        FillValue::Number(43_500.0 + f64::from(u8::try_from(index % 90).unwrap()))
                    }
                    VoceType::SiNo => FillValue::Text("Sì".to_owned()),
                    VoceType::Testo => FillValue::Text(format!("testo {}", index % 5)),
                    _ => FillValue::Number(f64::from(u8::try_from(index % 11).unwrap() + 1)),
                };
                let key =
                    FillKey { key: input.key, month: input.month, row: input.row, column: input.column };
                fill.set(key, value);
            }
            let bytes = office_workbook(&plan, &office.id, &fill).unwrap();
            let read = read_bytes("modello.xlsx", bytes).content.unwrap();
            let recorded = record(&plan, &office.id, REGISTER_ROWS, &fill).unwrap();
            assert_eq!(read.sheets.len(), recorded.sheets.len());
            for (read_sheet, sheet) in read.sheets.iter().zip(&recorded.sheets) {
                let place = format!("{} {}", office.id, sheet.name);
                assert_eq!(read_sheet.name, sheet.name);
                assert_eq!(cells(read_sheet), cells(sheet), "{place}");
                assert_eq!(sorted(&read_sheet.traits.merged), sorted(&sheet.traits.merged), "{place}");
                assert_eq!(sorted(&read_sheet.traits.validated), sorted(&sheet.traits.validated), "{place}");
                assert_eq!(read_sheet.hidden, sheet.hidden, "{place}");
                assert!(read_sheet.traits.protected && sheet.traits.protected, "{place}");
                for (cell, _) in sheet.traits.styles.iter().filter(|(cell, _)| sheet.cells.contains_key(cell))
                {
                    let formats =
                        (read.number_format(read_sheet, *cell), recorded.number_format(sheet, *cell));
                    // A text needs no format of numbers.
                    if formats.0 != Some("@") {
                        assert_eq!(formats.0, formats.1, "{place} {cell}");
                    }
                }
            }
        }
    }
}

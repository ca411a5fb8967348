//! A register in a scheda's sheet: one row per event, what it counts for beside it.

use rust_xlsxwriter::XlsxError;

use super::fill::FillKey;
use super::input::{put, validation};
use super::layout::{LABEL, TOTAL, UNIT, YEAR, register_spans, span_width};
use super::words;
use super::writer::Writer;
use crate::model::{CellRef, VoceType};
use crate::plan::{Domain, Register, Voce};
use crate::read::Area;
use crate::write::style;

/// Lines for a text that is still to be typed in merged cells.
const ROOMY: u32 = 2;

/// Name and guide of the register.
pub(super) fn title(writer: &mut Writer<'_>, row: u32, voce: &Voce) -> Result<(), XlsxError> {
    let guide = words::guide(voce);
    writer.sheet.merge(row, (LABEL, YEAR), &voce.label, &style::cell().set_bold())?;
    writer.sheet.merge(row, (YEAR + 1, TOTAL), &guide, &style::cell_muted())?;
    let lines = style::lines(&voce.label, span_width(LABEL, YEAR), true).max(style::lines(
        &guide,
        span_width(YEAR + 1, TOTAL),
        false,
    ));
    writer.sheet.height(row, lines * style::LINE + 4)
}

/// The titles of the columns.
pub(super) fn head(
    writer: &mut Writer<'_>,
    row: u32,
    voce: &Voce,
    register: &Register,
) -> Result<(), XlsxError> {
    writer.key(row, &format!("{}#", voce.key))?;
    writer.text(row, UNIT, "Riga", &style::header())?;
    let mut lines = 1;
    for (column, (first, last)) in register.columns.iter().zip(register_spans(register)) {
        let format = if column.kind == VoceType::Testo { style::header_left() } else { style::header() };
        if first == last {
            writer.text(row, first, &column.label, &format)?;
        } else {
            writer.sheet.merge(row, (first, last), &column.label, &format)?;
        }
        lines = lines.max(style::lines(&column.label, span_width(first, last), true));
    }
    for (col, title) in writer.live.columns(&voce.key) {
        writer.text(row, col, title, &style::header())?;
    }
    writer.sheet.height(row, lines * style::LINE + 4)
}

/// All the rows, the first of them at `first`.
pub(super) fn rows(
    writer: &mut Writer<'_>,
    first: u32,
    voce: &Voce,
    register: &Register,
) -> Result<(), XlsxError> {
    let many = writer.layout.register_rows;
    for ordinal in 1..=many {
        fields(writer, first + ordinal - 1, ordinal, voce, register)?;
    }
    let last = first + many.saturating_sub(1);
    for (col, _) in writer.live.columns(&voce.key) {
        for row in first..=last {
            writer.live(CellRef { row, col }, style::number_format(VoceType::Conteggio))?;
        }
    }
    for (column, (col, end)) in register.columns.iter().zip(register_spans(register)) {
        let area = Area { first: CellRef { row: first, col }, last: CellRef { row: last, col: end } };
        let domain = voce.domain(Some(&column.key));
        let rule = validation(&domain, area.first, &format!("{}.", column.label))?;
        writer.sheet.validation(area, domain != Domain::Text, &rule)?;
    }
    Ok(())
}

fn fields(
    writer: &mut Writer<'_>,
    row: u32,
    ordinal: u32,
    voce: &Voce,
    register: &Register,
) -> Result<(), XlsxError> {
    writer.key(row, &format!("{}#{ordinal}", voce.key))?;
    writer.sheet.number(row, UNIT, f64::from(ordinal), Some(&style::unit()))?;
    let (mut lines, mut merged) = (1, false);
    for (column, (first, last)) in register.columns.iter().zip(register_spans(register)) {
        let format = style::input(column.kind);
        if first != last {
            writer.sheet.merge(row, (first, last), "", &format)?;
        }
        let value = writer.fill.get(&FillKey::field(voce.key.as_str(), ordinal, column.key.as_str()));
        put(writer.sheet, CellRef { row, col: first }, value, &format)?;
        merged |= first != last && column.kind == VoceType::Testo;
        if let super::fill::FillValue::Text(text) = value {
            lines = lines.max(style::lines(text, span_width(first, last), false));
        }
    }
    // A row without a height grows with what is typed in it, unless the text stands in merged cells: there it
    // gets room beforehand.
    if !merged && lines == 1 {
        return Ok(());
    }
    let lines = lines.max(if merged { ROOMY } else { 1 });
    writer.sheet.height(row, lines * style::LINE + 2)
}

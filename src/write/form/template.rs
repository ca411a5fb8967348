//! The template that an office's workbook is laid beside: the workbook that this program would write with the
//! same entries, as the reader sees it.

use super::fill::{Fill, FillKey, FillValue};
use super::layout::REGISTER_ROWS;
use crate::interpret::TypedIn;
use crate::model::OfficeId;
use crate::plan::Plan;
use crate::read::{RawContent, RawWorkbook, read_bytes};

/// Gives the template of each office of `plan` with some entries typed in; what cannot be typed stays blank.
pub fn templates(plan: &Plan) -> impl Fn(&OfficeId, &[TypedIn]) -> Option<RawWorkbook> + '_ {
    |office, typed| {
        let mut fill = Fill::default();
        // Rows that an office added to a register are not the template's.
        for entry in typed.iter().filter(|entry| entry.row.is_none_or(|row| row <= REGISTER_ROWS)) {
            if let Some(value) = value(&entry.content) {
                let TypedIn { key, month, row, column, .. } = entry.clone();
                fill.set(FillKey { key, month, row, column }, value);
            }
        }
        let bytes = super::office_workbook(plan, office, &fill).ok()?;
        read_bytes("modello.xlsx", bytes).content.ok()
    }
}

fn value(content: &RawContent) -> Option<FillValue> {
    match content {
        RawContent::Number(number) | RawContent::Serial(number) => Some(FillValue::Number(*number)),
        RawContent::Text(text) => Some(FillValue::Text(text.clone())),
        _ => None,
    }
}

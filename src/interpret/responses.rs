//! The answers of an office to the findings that came back to it, in a workbook that was returned.

use std::collections::BTreeMap;

use super::cell;
use super::layout::Layout;
use super::manifest::{Manifest, Slot};
use super::submission::{EntryState, Response};
use super::tidy::tidy;
use crate::model::{AnswerKind, CellRef, Place, Value, VoceType};
use crate::read::{RawCell, RawWorkbook};

/// How the keys of the answers begin in the manifest: `risposta.1`, `risposta.2`.
pub const RESPONSE: &str = "risposta.";
/// The name of the pair that says of which month a workbook is the return.
pub const RETURN: &str = "ritorno";
/// The name of the sheet of the findings and of the answers.
pub const ANSWERS: &str = "Da sistemare";
/// The column of the manifest that tells the cell of the reason from that of the answer.
pub const REASON: &str = "perche";

/// Whether a key of the manifest is an answer's.
pub(super) fn is_response(key: &str) -> bool {
    key.starts_with(RESPONSE)
}

/// The answers typed, in the order of their keys. One that the head of the manifest binds to nothing is none.
pub(super) fn read(manifest: &Manifest, layout: &Layout<'_>, raw: &RawWorkbook) -> Vec<Response> {
    let mut found: BTreeMap<&str, Response> = BTreeMap::new();
    for (slot, (sheet, home)) in manifest.cells.iter().filter(|(slot, _)| is_response(&slot.key)) {
        let bound = manifest.pair(&slot.key);
        if bound.is_empty() || slot.column.is_some() {
            continue;
        }
        let (sheet, row) = match layout.row_of(&slot.key) {
            Some((sheet, row)) => (sheet, row),
            None => match raw.sheet(sheet) {
                Some(sheet) => (sheet, home.row),
                None => continue,
            },
        };
        let at = CellRef { row, col: home.col };
        let typed = said(sheet.cell(at), raw.date1904);
        let beside = Slot { column: Some(REASON.to_owned()), ..slot.clone() };
        let reason = manifest.cells.get(&beside).map(|(_, cell)| CellRef { row, col: cell.col });
        let reason = reason.and_then(|at| said(sheet.cell(at), raw.date1904)).unwrap_or_default();
        let Some(typed) = typed.or_else(|| (!reason.is_empty()).then(String::new)) else { continue };
        let (kind, place) = (AnswerKind::parse(&typed), Place { sheet: sheet.name.clone(), cell: at });
        let (key, bound) = (slot.key.clone(), bound.to_owned());
        found.insert(&slot.key, Response { key, bound, kind, typed, reason, place });
    }
    found.into_values().collect()
}

/// A text that says something: no blank, no dash in its place.
fn said(cell: Option<&RawCell>, date1904: bool) -> Option<String> {
    let typed = cell::read(VoceType::Testo, cell, date1904);
    match typed.state {
        EntryState::Value(Value::Text(text)) => Some(tidy(&text)),
        _ => None,
    }
}

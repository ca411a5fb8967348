//! What is the same in a workbook of either kind: the names of its sheets within bounds, and its texts of
//! several pieces as they are read.

use super::raw::{RawContent, RawSheet, RawWorkbook};
use super::runs::pieces;
use crate::excel::bounds;

/// The name of a sheet; one longer than Excel admits is cut so that it is seen, and is no other sheet's.
pub(super) fn bounded_name(name: &str, others: &[RawSheet]) -> String {
    if name.encode_utf16().count() <= bounds::SHEET_NAME {
        return name.to_owned();
    }
    let taken = |name: &String| others.iter().any(|other| other.name.to_lowercase() == name.to_lowercase());
    let mut number = 1;
    loop {
        let end = if number == 1 { "…".to_owned() } else { format!("…{number}") };
        let mut room = bounds::SHEET_NAME - end.encode_utf16().count();
        let fits = |letter: &char| {
            let fits = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            fits
        };
        let cut: String = name.chars().take_while(fits).chain(end.chars()).collect();
        if !taken(&cut) {
            return cut;
        }
        number += 1;
    }
}

/// Texts of several pieces, as they are read: the library gives them with what is struck out.
pub(super) fn read_pieces(book: &mut RawWorkbook) {
    let paint = &book.traits.paint;
    for sheet in &mut book.sheets {
        for (cell, runs) in &sheet.traits.written {
            let Some(RawContent::Text(text)) = sheet.cells.get_mut(cell).map(|raw| &mut raw.content) else {
                continue;
            };
            let pieces = pieces(runs, paint, sheet.traits.style(*cell).unwrap_or(0));
            if pieces.of(|look| look.struck || look.unseen).next().is_some() {
                *text = pieces.read();
            }
        }
    }
}

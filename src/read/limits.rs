//! Bounds on what a file may hold: far above any real workbook, far below what hurts.

use super::refusal::Refusal;
use crate::model::Number;

/// Size of the file, in bytes.
pub(super) const FILE: u64 = 32 * MEBI;
/// Entries in the package.
pub(super) const ENTRIES: usize = 4_096;
/// All the parts unpacked, in bytes.
pub(super) const UNPACKED: u64 = 256 * MEBI;
/// The lists of parts and of their relationships unpacked, in bytes.
pub(super) const BONDS: u64 = 8 * MEBI;
/// How many times a part may grow when unpacked, once it is over `GRACE`.
pub(super) const RATIO: u64 = 250;
/// A part up to this size may have any ratio.
pub(super) const GRACE: u64 = MEBI;
/// Sheets.
pub(super) const SHEETS: u64 = 256;
/// Rows and columns up to which a sheet may hold something.
pub(super) const EXTENT: (u32, u16) = (100_000, 1_000);
/// Cells written in the file.
pub(super) const CELLS: u64 = 3_000_000;
/// Shared strings.
pub(super) const STRINGS: u64 = 2_000_000;
/// Formats, fonts, fills, borders, defined names, relationships: each.
pub(super) const STYLES: u64 = 65_536;
/// Elements in a part.
pub(super) const ELEMENTS: u64 = 16_000_000;
/// Elements one inside the other.
pub(super) const DEPTH: usize = 256;
/// One text of a part, in bytes.
pub(super) const TEXT: usize = 1_048_576;
/// All the texts and formulas handed on, in bytes.
pub(super) const COPIED: u64 = 256 * MEBI;
/// The longest text of a cell that Excel admits, in UTF-16 units.
pub const CELL_TEXT: usize = 32_767;
/// The longest name of a sheet that Excel admits, in UTF-16 units.
pub(super) const SHEET_NAME: usize = 31;
/// All the texts of several pieces, in bytes.
pub(super) const RUNS: u64 = 32 * MEBI;
/// How far apart red, green or blue of two colours may be that the eye takes for one.
pub(super) const SAME_COLOUR: u8 = 48;
/// Letters below this size, in points, are not read: a line of them is four pixels high on a screen.
pub(super) const SMALLEST_LETTERS: f64 = 4.0;
/// Cells that cannot be read, before the sheet is given up.
pub(super) const UNREADABLE: usize = 1_000;

/// Linked files kept.
pub(super) const LINKS: usize = 64;
/// Comments kept, of a sheet.
pub(super) const COMMENTS: usize = 1_000;
/// Drawn objects kept, of a part.
pub(super) const DRAWINGS: usize = 1_000;
/// Characters kept of a comment.
pub(super) const COMMENT_TEXT: usize = 400;
/// Areas kept of each kind, of a sheet.
pub(super) const AREAS: usize = 20_000;
/// Cells whose style is kept, of a sheet.
pub(super) const STYLED: usize = 200_000;
/// Characters kept of a name or a date in the properties.
pub(super) const PROPERTY: usize = 200;

const MEBI: u64 = 1_048_576;

/// A bound is passed.
pub(super) fn passed(what: &'static str, limit: u64, found: u64) -> Refusal {
    Refusal::TooBig { what, limit: whole(limit), found: whole(found) }
}

/// A bound in bytes is passed; `found` when it is known exactly.
pub(super) fn passed_bytes(what: &'static str, limit: u64, found: Option<u64>) -> Refusal {
    let mebi = |bytes: u64| format!("{} MB", whole(bytes / MEBI));
    let found = found.map_or_else(|| format!("oltre {}", mebi(limit)), mebi);
    Refusal::TooBig { what, limit: mebi(limit), found }
}

fn whole(number: u64) -> String {
    i64::try_from(number).map_or_else(|_| number.to_string(), |number| Number::from(number).to_italian(0))
}

/// The size of a text, in bytes.
pub(super) fn size(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

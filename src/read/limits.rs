//! Bounds on what a file may hold: far above any real workbook, far below what hurts.

use crate::model::CellRef;

/// Size of the file, in bytes.
pub(super) const FILE: u64 = 32 * MEBI;
/// Sheets.
pub(super) const SHEETS: u64 = 256;
/// Rows and columns up to which a sheet may hold something.
pub(super) const EXTENT: (u32, u16) = (100_000, 1_000);
/// Cells written in the file.
pub(super) const CELLS: u64 = 3_000_000;
/// Cells of an OpenDocument workbook that are only said to be repeated: a few bytes make as many as one
/// likes.
pub(super) const REPEATED: u64 = 500_000;
/// Cells of the tables from the first to the last full cell of each sheet of an OpenDocument workbook: the
/// library keeps them all.
pub(super) const SPREAD: u64 = 1_500_000;
/// Bounds that a workbook of the program's own may pass, which has a row for each entry of all the offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Rows up to which a sheet may hold something.
    pub(super) rows: u32,
    /// Cells written in the file.
    pub(super) cells: u64,
    /// Elements in a part.
    pub(super) elements: u64,
}

impl Reach {
    /// Of a file that arrives.
    pub(super) const ARRIVING: Self = Self { rows: EXTENT.0, cells: CELLS, elements: ELEMENTS };
    /// Of a workbook that the program has written: every row that a sheet can have, sixteen cells in each,
    /// and some more.
    pub(super) const OURS: Self = Self { rows: CellRef::ROWS, cells: 20_000_000, elements: 64_000_000 };
}

/// Size of a workbook that the program has written, in bytes.
pub(super) const FILE_OF_OURS: u64 = 128 * MEBI;
/// Shared strings.
pub(super) const STRINGS: u64 = 2_000_000;
/// Formats, fonts, fills, borders, defined names, relationships: each.
pub(super) const STYLES: u64 = 65_536;
/// Elements in a part.
pub(super) const ELEMENTS: u64 = 16_000_000;
/// Elements one inside the other.
pub(super) const DEPTH: usize = 256;
/// One text of a part, in bytes.
pub(super) const TEXT: u64 = MEBI;
/// All the texts and formulas handed on, in bytes.
pub(super) const COPIED: u64 = 256 * MEBI;
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

/// The size of a text, in bytes.
pub(super) fn size(text: &str) -> u64 {
    bytes(text.len())
}

/// So many bytes.
pub(super) fn bytes(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

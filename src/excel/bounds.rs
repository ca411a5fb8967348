//! How much Excel takes: each bound once, for whoever reads, writes and checks. Texts are counted in
//! UTF-16 units.

/// The longest text of a cell.
pub const CELL_TEXT: usize = 32_767;

/// The longest name of a sheet.
pub const SHEET_NAME: usize = 31;

/// The longest formula, the equals sign too.
pub const FORMULA: usize = 8_192;

/// Brackets within brackets of a formula.
pub const LEVELS: usize = 64;

/// Arguments of a function.
pub const ARGUMENTS: usize = 255;

/// The longest text within a formula.
pub const LITERAL: usize = 255;

/// The longest message of a validation, and the longest description of a chart.
pub const MESSAGE: usize = 255;

/// Links of a sheet: a workbook with more is mended, and so damaged, when it is opened.
pub const LINKS: usize = 65_530;

/// Page breaks of a sheet that are set by hand.
pub const PAGE_BREAKS: usize = 1_023;

/// The tallest row, in points.
pub const ROW_POINTS: u32 = 409;

//! An issued workbook against the one that the original files give today: every sheet, every cell, and all
//! that a reader sees beside the cells.
//!
//! Nothing is believed of the issued workbook but its reporting month and whether it is final; everything
//! else is made again and compared. `cells` compares values, formulas and names, row by row as `rows` finds
//! them, and `meaning` says what each difference is about; `face` what is seen and no cell says (formats,
//! links, what is hidden, charts, paper, properties); `parts` whether the file is the same to the byte, or
//! was saved again by another program; `inputs` says first which file, plan or program is another one.

mod cells;
mod cover;
mod difference;
mod face;
mod inputs;
mod meaning;
mod parts;
mod rows;
mod stamps;
mod words;

use crate::read::RawWorkbook;
pub(crate) use cells::{A_ROW, NO_ROW};
pub(crate) use cover::{beside, under_the_title};
pub use cover::{
    is_definitive, is_issue, last_year_of, month_of, plan_of, previous_month_of, previous_of, prints_all,
};
pub use difference::{Comparison, Difference, Kind, Other, Sameness, Side};
pub use inputs::files as files_of;
use parts::Packages;

/// Compares the issued workbook with the one made again from the original files.
pub fn compare(issued: Side<'_>, fresh: Side<'_>) -> Comparison {
    let packages = Packages::of(issued, fresh);
    let mut comparison = compare_cells(issued.book, fresh.book, packages.sameness());
    comparison.stamps = packages.stamps();
    comparison.others = inputs::others(issued.book, fresh.book);
    packages.compare(issued, fresh, &mut comparison);
    let place = |sheet: &str| fresh.book.sheets.iter().position(|known| known.name == sheet);
    // The cause comes before what follows from it, and a figure before a thousand looks.
    let order = |one: &Difference| {
        let whole = one.sheet.is_empty();
        (one.kind, !whole, place(&one.sheet).unwrap_or(usize::MAX), one.cell)
    };
    comparison.differences.sort_by_key(order);
    comparison
}

/// Compares only sheets, cells (values and formulas) and the names on which formulas rest; numbers to the
/// last digit, or as far as programs keep them, when the issued workbook was saved again.
pub fn compare_cells(issued: &RawWorkbook, fresh: &RawWorkbook, sameness: Sameness) -> Comparison {
    cells::compare(issued, fresh, sameness)
}

//! An issued workbook against the one that the original files give today: every sheet, every cell, and all that a
//! reader sees beside the cells.
//!
//! Nothing is believed of the issued workbook but its reporting month and whether it is final; everything else is made again and compared.
//! `cells` compares values, formulas and names, row by row as `rows` finds them, and `meaning` says what each difference is about; `face` what is seen and no cell says (formats, links, what is hidden, charts, paper,
//! properties); `parts` whether the file is the same to the byte, or was saved again by another program; `inputs` says first
//! which file, plan or program is another one.

mod cells;
mod face;
mod inputs;
mod meaning;
mod parts;
mod rows;
mod stamps;

use std::collections::BTreeSet;

use crate::model::{CellRef, Month, YearMonth};
use crate::read::RawWorkbook;
use crate::report::labels;
pub(crate) use cells::{A_ROW, NO_ROW};
pub use inputs::Other;
pub use meaning::Kind;
use parts::Packages;
pub use parts::Sameness;

/// Something that the issued workbook says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub kind: Kind,
    /// What the row is about, in words; empty where the place says it.
    pub subject: String,
    /// The text over the column; empty where there is none.
    pub label: String,
    /// The sheet; empty when it is the whole file.
    pub sheet: String,
    /// The cell; `None` when it is the whole sheet or file.
    pub cell: Option<CellRef>,
    /// What of it: `collegamento`, `formato del numero`; empty for the content of a cell, or for a sheet missing, added or out of
    /// place.
    pub about: String,
    /// What the issued workbook says.
    pub issued: String,
    /// What the original files give.
    pub recomputed: String,
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Cells compared.
    pub cells: usize,
    /// Sheets compared.
    pub sheets: usize,
    /// The files, the plan, the program that are not those of the issue.
    pub others: Vec<Other>,
    /// The sheets in which rows stand elsewhere, or are in one of the two only.
    pub moved: BTreeSet<String>,
    /// Every difference: by what it is about, then in order of sheet and cell.
    pub differences: Vec<Difference>,
    /// Numbers that another program rewrote with the 15 digits that it shows, and that are the same to that point.
    pub rounded: usize,
    /// Results of formulas that another program computed again, and that are the same but for their last digits.
    pub recalculated: usize,
    /// Formulas that another program saved without their results.
    pub emptied: usize,
    /// How far the files are the same.
    pub sameness: Sameness,
    /// The parts in which an archive of documents keeps what it knows of a file, when the two files differ in nothing else.
    pub stamps: Vec<String>,
}

/// A workbook and the bytes that it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What was read.
    pub book: &'a RawWorkbook,
    /// The file.
    pub bytes: &'a [u8],
}

/// The reporting month that an issued workbook declares on its cover; `None` when it is not one of ours.
pub fn month_of(issued: &RawWorkbook) -> Option<YearMonth> {
    let words = beside(issued, labels::MONTH)?;
    let (month, year) = words.split_once(' ')?;
    Some(YearMonth { year: year.parse().ok()?, month: Month::from_name(month)? })
}

/// Whether an issued workbook says on its cover that it is the final issue.
pub fn is_definitive(issued: &RawWorkbook) -> bool {
    beside(issued, labels::ISSUE).is_some_and(|words| words == labels::DEFINITIVE)
}

/// Whether a workbook is an issue of this program: its cover has the reporting month, and says which issue it is.
pub fn is_issue(book: &RawWorkbook) -> bool {
    month_of(book).is_some() && beside(book, labels::ISSUE).is_some()
}

/// What the cover says at the right of a label: the first text there.
fn beside(issued: &RawWorkbook, wanted: &str) -> Option<String> {
    let cover = issued.sheets.first()?;
    let label = *cover.cells.iter().find(|(_, cell)| cells::text(cell) == wanted)?.0;
    let row = |at: &CellRef| at.row == label.row && at.col > label.col;
    let said = cover.cells.iter().filter(|(at, _)| row(at)).map(|(_, cell)| cells::text(cell));
    said.into_iter().find(|words| !words.is_empty())
}

impl Comparison {
    /// Whether all that differs is beside the cells: every sheet is there, and every number, text and formula in it.
    pub fn has_equal_cells(&self) -> bool {
        self.differences.iter().all(|one| !one.about.is_empty())
    }

    /// Whether the issued workbook is the one that the files give, to the byte.
    pub fn is_equal(&self) -> bool {
        self.sameness == Sameness::Bytes && self.differences.is_empty()
    }
}

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

/// Compares only sheets, cells (values and formulas) and the names on which formulas rest; numbers to the last digit, or as far
/// as programs keep them, when the issued workbook was saved again.
pub fn compare_cells(issued: &RawWorkbook, fresh: &RawWorkbook, sameness: Sameness) -> Comparison {
    cells::compare(issued, fresh, sameness)
}

#[cfg(test)]
mod tests {
    use super::month_of;
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};

    fn cover(cells: &[(&str, &str)]) -> RawWorkbook {
        let cell = |text: &str| RawCell { content: RawContent::Text(text.to_owned()), formula: None };
        let cells = cells.iter().map(|(at, text)| (CellRef::parse(at).unwrap(), cell(text))).collect();
        let sheet = RawSheet { name: "Copertina".to_owned(), cells, ..RawSheet::default() };
        RawWorkbook { sheets: vec![sheet], ..RawWorkbook::default() }
    }

    #[test]
    fn the_month_is_read_on_the_cover() {
        let cover_of_june = cover(&[("B9", "Mese di riferimento"), ("C9", "Giugno 2019")]);
        assert_eq!(month_of(&cover_of_june).unwrap().to_string(), "2019-06");
        let wide = cover(&[("B9", "Mese di riferimento"), ("D9", "Giugno 2019")]);
        assert_eq!(month_of(&wide).unwrap().to_string(), "2019-06");
        assert_eq!(month_of(&cover(&[("B9", "Mese")])), None);
        assert_eq!(month_of(&RawWorkbook::default()), None);
    }
}

//! What the cover of an issued workbook says.

use super::words::text;
use crate::model::{CellRef, Month, YearMonth};
use crate::read::RawWorkbook;
use crate::report::labels;

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

/// Whether an issued workbook says on its cover that all of it is printed, and not only the document.
pub fn prints_all(issued: &RawWorkbook) -> bool {
    beside(issued, labels::PRINT).is_some_and(|words| words == labels::EVERYTHING)
}

/// Whether a workbook is an issue of this program: its cover has the reporting month, and says which issue it
/// is.
pub fn is_issue(book: &RawWorkbook) -> bool {
    month_of(book).is_some() && beside(book, labels::ISSUE).is_some()
}

/// The hash of the issue of the month before from which an issued workbook was made, as its cover says it.
pub fn previous_of(issued: &RawWorkbook) -> Option<String> {
    beside(issued, labels::PREVIOUS)
}

/// The month of that issue, as the cover writes it: `Marzo 2019`.
pub fn previous_month_of(issued: &RawWorkbook) -> Option<String> {
    beside(issued, labels::PREVIOUS_MONTH)
}

/// The hash of all the plan with which an issued workbook was made, as its cover says it.
pub fn plan_of(issued: &RawWorkbook) -> Option<String> {
    beside(issued, labels::WHOLE_PLAN)
}

/// The hash of the final issue of the year before with which an issued workbook was made, as its cover says
/// it.
pub fn last_year_of(issued: &RawWorkbook) -> Option<String> {
    beside(issued, labels::LAST_YEAR)
}

/// What the cover says at the right of a label: the first text there.
pub(crate) fn beside(issued: &RawWorkbook, wanted: &str) -> Option<String> {
    let cover = issued.sheets.first()?;
    let label = *cover.cells.iter().find(|(_, cell)| text(cell) == wanted)?.0;
    let row = |at: &CellRef| at.row == label.row && at.col > label.col;
    let said = cover.cells.iter().filter(|(at, _)| row(at)).map(|(_, cell)| text(cell));
    said.into_iter().find(|words| !words.is_empty())
}

/// What the cover says under its title: whose workbook it is, of which month.
pub(crate) fn under_the_title(issued: &RawWorkbook) -> Option<String> {
    let cover = issued.sheets.first()?;
    let rows = CellRef { row: 1, col: 0 }..=CellRef { row: 1, col: u16::MAX };
    let said = cover.cells.range(rows).map(|(_, cell)| text(cell));
    said.into_iter().find(|words| !words.is_empty())
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

//! What a difference is about: the entry that an office typed, a result, a finding, or only an order.

use super::difference::Kind;
use super::rows::header_column;
use super::words::{words, words_of};
use crate::model::{CellRef, Month, quoted};
use crate::read::{RawCell, RawContent, RawSheet};
use crate::report::{Data, Findings, Results, labels, tables};

/// The columns of *Dati* that hold what was typed and how it was read.
const ENTRY: [&str; 5] = tables::ENTRY_COLUMNS;

/// What an office typed in the entry of a row of *Dati*, else how it was read; `None` for a row of another
/// sheet, one of no office's file, or a blank cell.
pub(super) fn entered(sheet: &RawSheet, row: u32) -> Option<String> {
    if sheet.name != labels::DATA || row <= labels::HEADER {
        return None;
    }
    let cell = |label: &str| sheet.cell(CellRef { row, col: header_column(sheet, label)? });
    let is_said = |cell: &&RawCell| cell.content != RawContent::Empty && !words_of(cell).is_empty();
    cell(tables::FILE).filter(is_said)?;
    let [typed, value, ..] = ENTRY;
    [typed, value].into_iter().find_map(|label| cell(label).filter(is_said)).map(|cell| words(Some(cell), 0))
}

/// What a cell of a row is about, of a sheet as the files give it; the label over it.
pub(super) fn of_cell(fresh: &RawSheet, row: u32, col: u16) -> (Kind, String) {
    let label = label_over(fresh, row, col);
    let one_of = |labels: &[&str]| labels.contains(&label.as_str());
    let kind = match fresh.name.as_str() {
        _ if row <= labels::HEADER => Kind::Content,
        labels::DATA if one_of(&ENTRY) => Kind::Entry,
        labels::RESULTS_SHEET if one_of(&tables::RESULT_COLUMNS) => Kind::Result,
        labels::SUMMARY if one_of(&labels::GROUP_COLUMNS) && is_group(fresh, row) => Kind::Group,
        labels::FINDINGS | labels::OIV if one_of(&tables::ORDER_COLUMNS) => Kind::Place,
        labels::FINDINGS => Kind::Finding,
        _ => Kind::Content,
    };
    (kind, label)
}

/// What a row that only one of the two workbooks has is about.
pub(super) fn of_row(sheet: &RawSheet) -> Kind {
    match sheet.name.as_str() {
        labels::DATA => Kind::Entry,
        labels::RESULTS_SHEET => Kind::Result,
        labels::FINDINGS => Kind::Finding,
        _ => Kind::Content,
    }
}

/// The text over a column: that of the table's header, which on *Sintesi* is the nearest one above.
fn label_over(sheet: &RawSheet, row: u32, col: u16) -> String {
    let header = if tables::has_key(&sheet.name) {
        Some(labels::HEADER)
    } else if sheet.name == labels::SUMMARY {
        let first = |at: &u32| said(sheet, *at, 0);
        (0..row).rev().find(|at| labels::SUMMARY_HEADERS.contains(&first(at).as_str()))
    } else {
        None
    };
    header.map_or_else(String::new, |header| said(sheet, header, col))
}

/// Whether a row of *Sintesi* is one of its tree: ente, prospettive, obiettivi, schede.
fn is_group(sheet: &RawSheet, row: u32) -> bool {
    label_over(sheet, row, 0) == labels::LEVEL
}

fn said(sheet: &RawSheet, row: u32, col: u16) -> String {
    sheet.cell(CellRef { row, col }).map(words_of).unwrap_or_default()
}

/// A month of *Dati*, which is a number, by its name.
fn month(number: &str) -> String {
    let known = number.parse().ok().and_then(Month::new);
    known.map_or_else(|| number.to_owned(), |month| month.name().to_owned())
}

/// The place in an office's workbook that a row of *Dati* names.
fn has_place(sheet: &RawSheet, row: u32) -> bool {
    let [.., cell] = tables::PLACE_COLUMNS;
    header_column(sheet, cell).is_some_and(|col| !said(sheet, row, col).is_empty())
}

/// What two rows that are the same thing are about: as the files give it, with the place of an entry as the
/// issued workbook has it where the files have none.
pub(super) fn subject_of_both((issued, own): (&RawSheet, u32), (fresh, other): (&RawSheet, u32)) -> String {
    let is_lost = fresh.name == labels::DATA && !has_place(fresh, other) && has_place(issued, own);
    if is_lost { subject(issued, own) } else { subject(fresh, other) }
}

/// What a row is about, in words: the place where an office typed it, an indicator, a scheda, a finding.
pub(super) fn subject(sheet: &RawSheet, row: u32) -> String {
    let by = |label: &str| header_column(sheet, label).map_or_else(String::new, |col| said(sheet, row, col));
    let parts: Vec<String> = match sheet.name.as_str() {
        labels::DATA => {
            let [file, page, cell] = tables::PLACE_COLUMNS.map(by);
            let place = if cell.is_empty() { String::new() } else { format!("{file}, '{page}'!{cell}") };
            let event = if by(Data::Row.name()).is_empty() {
                String::new()
            } else {
                format!("riga {}", by(Data::Row.name()))
            };
            vec![
                place,
                by(Data::Office.name()),
                quoted(&by(Data::Voce.name())),
                month(&by(Data::Month.name())),
                event,
                by(Data::Column.name()),
                by(Data::Key.name()),
            ]
        }
        labels::RESULTS_SHEET => vec![by(Results::Code.name()), quoted(&by(Results::Indicator.name()))],
        labels::FINDINGS => {
            let of = |column: Findings| by(column.name());
            let place = if of(Findings::Cells).is_empty() {
                String::new()
            } else {
                format!("{}, '{}'!{}", of(Findings::File), of(Findings::Sheet), of(Findings::Cells))
            };
            vec![
                of(Findings::Code),
                of(Findings::Severity),
                of(Findings::Office),
                of(Findings::Indicator),
                of(Findings::Month),
                place,
                of(Findings::Message),
            ]
        }
        labels::COVER => {
            let words = (0..2).map(|col| said(sheet, row, col)).filter(|text| !text.is_empty());
            [sheet.name.clone()].into_iter().chain(words).collect()
        }
        labels::SUMMARY => vec![said(sheet, row, 0), quoted(&said(sheet, row, 1))],
        name => {
            let columns = tables::key_columns(name, |label| header_column(sheet, label));
            columns.iter().map(|col| said(sheet, row, *col)).collect()
        }
    };
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty() && *part != "«»").collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::{Kind, entered, subject_of_both};
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};
    use crate::verify::{Sameness, compare_cells};

    const HEAD: [&str; 9] =
        ["Voce", "Ufficio", "Mese", "Come digitato", "Valore", "File", "Foglio", "Cella", "Chiave"];

    /// *Dati* with these rows; numbers are numbers, but what was typed is always a text.
    fn data(rows: &[[&str; 9]]) -> RawSheet {
        let mut sheet = RawSheet { name: "Dati".to_owned(), ..RawSheet::default() };
        for (row, texts) in (3..).zip(std::iter::once(&HEAD).chain(rows)) {
            for (col, text) in (0_u16..).zip(texts).filter(|(_, text)| !text.is_empty()) {
                let content = match text.parse() {
                    Ok(days) if col == 4 && days > 43_000.0 => RawContent::Serial(days),
                    Ok(number) if col != 3 => RawContent::Number(number),
                    _ => RawContent::Text((*text).to_owned()),
                };
                sheet.cells.insert(CellRef { row, col }, RawCell { content, formula: None });
            }
        }
        sheet
    }

    const MARCH: [&str; 9] =
        ["Strumenti", "Metrico", "3", "12", "12", "metrico.xlsx", "Scheda 3", "G25", "S03.strumenti"];

    /// What is told of the rows of two *Dati*: kind, subject, what the issued workbook says, what the files
    /// give.
    fn told(issued: &[[&str; 9]], fresh: &[[&str; 9]]) -> Vec<(Kind, String, String, String)> {
        let book = |rows: &[[&str; 9]]| RawWorkbook { sheets: vec![data(rows)], ..RawWorkbook::default() };
        let found = compare_cells(&book(issued), &book(fresh), Sameness::Changed).differences;
        found.into_iter().map(|one| (one.kind, one.subject, one.issued, one.recomputed)).collect()
    }

    #[test]
    fn an_entry_that_only_one_of_the_two_has_is_told_with_its_value() {
        let subject = "metrico.xlsx, 'Scheda 3'!G25 · Metrico · «Strumenti» · marzo · S03.strumenti";
        let one = |issued: &str, fresh: &str| {
            vec![(Kind::Entry, subject.to_owned(), issued.to_owned(), fresh.to_owned())]
        };
        assert_eq!(told(&[MARCH], &[]), one("«12»", "nessuna riga"));
        assert_eq!(told(&[], &[MARCH]), one("nessuna riga", "«12»"));
    }

    #[test]
    fn what_was_typed_comes_before_how_it_was_read_and_a_blank_cell_has_no_value() {
        let value = |typed, read, file| {
            let row = ["Delibera", "Ambiente", "", typed, read, file, "Scheda 4", "D9", "S04.delibera"];
            entered(&data(&[row]), 4)
        };
        assert_eq!(value("28 maggio", "43613", "ambiente.xlsx").as_deref(), Some("«28 maggio»"));
        assert_eq!(value("", "43613", "ambiente.xlsx").as_deref(), Some("28/5/2019"));
        assert_eq!(value("", "", "ambiente.xlsx"), None);
        // What the plan fixes is in no office's file.
        assert_eq!(value("640", "640", ""), None);
    }

    #[test]
    fn an_entry_whose_file_went_away_keeps_its_place() {
        let mut gone = MARCH;
        gone[3..8].fill("");
        let (issued, fresh) = (data(&[MARCH]), data(&[gone]));
        let subject = subject_of_both((&issued, 4), (&fresh, 4));
        assert!(subject.starts_with("metrico.xlsx, 'Scheda 3'!G25 · Metrico"), "{subject}");
        let other = subject_of_both((&fresh, 4), (&issued, 4));
        assert_eq!(other, subject);
    }
}

//! What a difference is about: the entry that an office typed, a result, a finding, or only an order.

use super::cells::words_of;
use super::rows::header_column;
use crate::model::{CellRef, Month, quoted};
use crate::read::RawSheet;
use crate::report::labels;

/// What a difference is about, in the order in which it is told: the cause before what follows from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What an office typed, and how it was read.
    Entry,
    /// The result of an indicator.
    Result,
    /// The degree of a scheda, of a group or of the ente.
    Group,
    /// A finding.
    Finding,
    /// A whole sheet, or the whole file.
    Whole,
    /// Any other cell.
    #[default]
    Content,
    /// What is seen and no cell says.
    Look,
    /// Only an order, or a place.
    Place,
}

/// The columns of *Dati* that hold what was typed and how it was read.
const ENTRY: [&str; 5] = labels::ENTRY_COLUMNS;

/// What a cell of a row is about, of a sheet as the files give it; the label over it.
pub(super) fn of_cell(fresh: &RawSheet, row: u32, col: u16) -> (Kind, String) {
    let label = label_over(fresh, row, col);
    let one_of = |labels: &[&str]| labels.contains(&label.as_str());
    let kind = match fresh.name.as_str() {
        _ if row <= labels::HEADER => Kind::Content,
        labels::DATA if one_of(&ENTRY) => Kind::Entry,
        labels::RESULTS_SHEET if one_of(&labels::RESULT_COLUMNS) => Kind::Result,
        labels::SUMMARY if one_of(&labels::GROUP_COLUMNS) && is_group(fresh, row) => Kind::Group,
        labels::FINDINGS | labels::OIV if one_of(&labels::ORDER_COLUMNS) => Kind::Place,
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
    let header = if labels::has_key(&sheet.name) {
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

/// What a row is about, in words: the place where an office typed it, an indicator, a scheda, a finding.
pub(super) fn subject(sheet: &RawSheet, row: u32) -> String {
    let by = |label: &str| header_column(sheet, label).map_or_else(String::new, |col| said(sheet, row, col));
    let parts: Vec<String> = match sheet.name.as_str() {
        labels::DATA => {
            let cell = by("Cella");
            let place = if cell.is_empty() {
                String::new()
            } else {
                format!("{}, '{}'!{cell}", by("File"), by("Foglio"))
            };
            let event = if by("Riga").is_empty() { String::new() } else { format!("riga {}", by("Riga")) };
            vec![
                place,
                by("Ufficio"),
                quoted(&by("Voce")),
                month(&by("Mese")),
                event,
                by("Colonna"),
                by("Chiave"),
            ]
        }
        labels::RESULTS_SHEET => vec![by("Codice"), quoted(&by("Indicatore"))],
        labels::FINDINGS => {
            let place = if by("Celle").is_empty() {
                String::new()
            } else {
                format!("{}, '{}'!{}", by("File"), by("Foglio"), by("Celle"))
            };
            vec![
                by("Codice"),
                by("Gravità"),
                by("Ufficio"),
                by("Indicatore"),
                by("Mese"),
                place,
                by("Che cosa c'è"),
            ]
        }
        labels::COVER => {
            let words = (0..2).map(|col| said(sheet, row, col)).filter(|text| !text.is_empty());
            [sheet.name.clone()].into_iter().chain(words).collect()
        }
        labels::SUMMARY => vec![said(sheet, row, 0), quoted(&said(sheet, row, 1))],
        name => {
            let columns = labels::key_columns(name, |label| header_column(sheet, label));
            columns.iter().map(|col| said(sheet, row, *col)).collect()
        }
    };
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty() && *part != "«»").collect();
    parts.join(" · ")
}

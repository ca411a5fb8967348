//! One hash over the sheets of an issue, but for the cover that says it: whoever changes what a later month
//! remembers, or only what is read there, is found out. Made of the sheets before they are written, and again
//! of a workbook that was read.

use crate::book::UNSAID;
use crate::book::table::names;
use crate::book::{Content, Sheet};
use crate::excel::cell_of_day;
use crate::model::{CellRef, Hash, Light};
use crate::read::{RawCell, RawContent, RawWorkbook};

/// Whether a sheet is sealed: all are, but for the cover.
fn is_sealed(sheet: &str) -> bool {
    sheet != names::COVER
}

/// How it is made, for whoever wants to make it again.
pub(super) fn recipe() -> String {
    format!(
        "È lo SHA-256 delle righe «foglio!cella=valore» di tutti i fogli dopo «{}», nel loro ordine e per riga e colonna, senza le celle con una formula o con «{UNSAID}»: i testi senza spazi e senza il simbolo del semaforo, preceduti da t; numeri e date come li tiene il file, preceduti da n.",
        names::COVER
    )
}

/// Of the sheets of a report.
pub(super) fn of_sheets(sheets: &[Sheet]) -> String {
    let mut hash = Hash::default();
    for sheet in sheets {
        said_in(sheet).for_each(|(at, said)| hash.take(line(sheet.name, at, &said)));
    }
    hash.finish()
}

/// What a sheet says, cell by cell, as it is sealed; nothing of one that is not.
pub(crate) fn said_in(sheet: &Sheet) -> impl Iterator<Item = (CellRef, String)> {
    let sealed = is_sealed(sheet.name);
    let rows = (0_u32..).zip(&sheet.rows).filter(move |_| sealed);
    rows.flat_map(|(row, cells)| {
        let cells = (0_u32..).zip(&cells.cells);
        cells.filter_map(move |(col, cell)| CellRef::new(row, col).zip(of_content(&cell.content)))
    })
}

/// Of a workbook that was read.
pub(crate) fn of_book(book: &RawWorkbook) -> String {
    let mut seal = Sealing::default();
    for sheet in &book.sheets {
        sheet.cells.iter().for_each(|(at, cell)| seal.hear(&sheet.name, *at, cell));
    }
    seal.finish()
}

/// The same of cells that come one after the other, sheet by sheet in the order of the workbook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sealing(Hash);

impl Sealing {
    /// Hears of a cell.
    pub(crate) fn hear(&mut self, sheet: &str, at: CellRef, cell: &RawCell) {
        if let Some(said) = said_of(sheet, cell) {
            self.0.take(line(sheet, at, &said));
        }
    }

    /// The hash of all that was heard.
    pub(crate) fn finish(self) -> String {
        self.0.finish()
    }
}

/// What a cell that was read says, as it is sealed; nothing of a sheet that is not.
pub(crate) fn said_of(sheet: &str, cell: &RawCell) -> Option<String> {
    is_sealed(sheet).then(|| of_cell(cell)).flatten()
}

fn line(sheet: &str, at: CellRef, said: &str) -> String {
    format!("{sheet}!{at}={said}\n")
}

fn of_content(content: &Content) -> Option<String> {
    match content {
        Content::Blank | Content::Live(_) => None,
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => of_text(text),
        Content::Status(_, word) => of_text(word),
        Content::Severity(severity) => of_text(severity.label()),
        Content::Number(number, _) => Some(of_number(number.to_f64())),
        Content::Date(day) => Some(of_number(cell_of_day(*day))),
    }
}

fn of_cell(cell: &RawCell) -> Option<String> {
    match &cell.content {
        _ if cell.formula.is_some() => None,
        RawContent::Text(text) => of_text(text),
        RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) => {
            Some(of_number(*number))
        }
        _ => Some("?".to_owned()),
    }
}

fn of_number(number: f64) -> String {
    format!("n{number}")
}

/// Nothing of the words that stand where a formula would be too long: they are no value.
fn of_text(text: &str) -> Option<String> {
    if text == UNSAID {
        return None;
    }
    let symbols = Light::ALL.map(Light::symbol);
    let bare = symbols.iter().find_map(|symbol| text.strip_prefix(symbol)).unwrap_or(text);
    let said: String = bare.chars().filter(|letter| !letter.is_whitespace()).collect();
    (!said.is_empty()).then(|| format!("t{said}"))
}

//! The cells of a workbook, streamed by calamine, each told as it is stored.

use crate::excel::bounds;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    CellErrorType, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata,
    expand_shared_formula,
};

use super::book::{bounded_name, read_pieces};
use super::inspect::Package;
use super::limits;
use super::raw::{RawCell, RawContent, RawSheet, RawWorkbook};
use super::refusal::Refusal;
use crate::model::CellRef;
use crate::package::Flaw;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the cells of a package already inspected; a panic of the library is a refusal.
pub(super) fn read(package: Package) -> Result<RawWorkbook, Refusal> {
    catch_unwind(AssertUnwindSafe(|| workbook(package)))
        .unwrap_or_else(|_| Err(Refusal::Damaged("la struttura interna del file è incoerente".to_owned())))
}

fn workbook(package: Package) -> Result<RawWorkbook, Refusal> {
    let mut book: Book<'_> =
        Reader::new(Cursor::new(package.plain.as_slice())).map_err(|error| match error {
            XlsxError::Password => Refusal::Encrypted,
            error => Refusal::Damaged(in_words(&error)),
        })?;
    let date1904 = book.has_1904_epoch();
    let mut sheets: Vec<RawSheet> = Vec::new();
    let (mut full_names, mut long_names) = (BTreeSet::new(), Vec::new());
    let mut copied = 0;
    let mut traits = package.sheets.into_iter();
    for sheet in book.sheets_metadata().to_vec() {
        let mut traits = traits.next().unwrap_or_default();
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if full_names.contains(&sheet.name.to_lowercase()) {
            return Err(Refusal::Damaged("due fogli hanno lo stesso nome".to_owned()));
        }
        let hidden = sheet.visible != SheetVisible::Visible;
        let mut stream = Stream::new(package.addressed, copied);
        let damage = stream.run(&mut book, &sheet.name);
        copied = stream.copied;
        if copied > limits::COPIED {
            return Err(Flaw::passed_bytes("dimensione dei testi", limits::COPIED, None).into());
        }
        let own = std::mem::take(&mut traits.own);
        let cells = stream.cells.finish();
        if let Some((at, ours, theirs)) = own.against(&package.strings, &cells, damage.is_none()) {
            return Err(Refusal::Ambiguous(format!(
                "la cella '{}'!{at} si legge in due modi: {ours} e {theirs}",
                sheet.name
            )));
        }
        let (rows, columns) = limits::EXTENT;
        if let Some(far) = cells.keys().find(|cell| cell.row >= rows || cell.col >= columns) {
            return Err(Refusal::TooBig {
                what: "estensione di un foglio",
                limit: format!("{rows} righe e {columns} colonne"),
                found: format!("una cella piena in '{}'!{far}", sheet.name),
            });
        }
        let name = bounded_name(&sheet.name, &sheets);
        if name != sheet.name {
            long_names.push((name.clone(), sheet.name.encode_utf16().count()));
        }
        full_names.insert(sheet.name.to_lowercase());
        sheets.push(RawSheet { name, hidden, cells, damage, traits });
    }
    let mut names: Vec<(String, String)> =
        book.defined_names().iter().filter(|(name, _)| is_own_name(name)).cloned().collect();
    names.sort();
    let mut book = RawWorkbook { sheets, names, date1904, macros: package.macros, traits: package.book };
    book.traits.long_names = long_names;
    read_pieces(&mut book);
    Ok(book)
}

/// Whether a name is not one that a program keeps for itself.
pub(super) fn is_own_name(name: &str) -> bool {
    !name.starts_with("_xlnm") && !name.starts_with("_xlfn")
}

/// Whether nothing stands in a cell without a formula.
pub(super) fn is_nothing(content: &RawContent) -> bool {
    matches!(content, RawContent::Empty) || matches!(content, RawContent::Text(text) if text.is_empty())
}

/// Cells as they come: in order, nearly always, and then they are put together once.
#[derive(Default)]
struct Coming {
    ordered: Vec<(CellRef, RawCell)>,
    /// All of them, once one has come out of order.
    any: BTreeMap<CellRef, RawCell>,
}

impl Coming {
    /// The place of a cell that comes after all the others; `Err` gives all of them.
    fn put(
        &mut self,
        cell: CellRef,
        found: RawCell,
    ) -> Result<(), (&mut BTreeMap<CellRef, RawCell>, RawCell)> {
        if self.any.is_empty() && self.ordered.last().is_none_or(|(last, _)| *last < cell) {
            self.ordered.push((cell, found));
            return Ok(());
        }
        self.any.extend(self.ordered.drain(..));
        Err((&mut self.any, found))
    }

    fn finish(self) -> BTreeMap<CellRef, RawCell> {
        if self.any.is_empty() { self.ordered.into_iter().collect() } else { self.any }
    }
}

/// The cells of a sheet while they come.
pub(super) struct Stream {
    cells: Coming,
    /// Shared formulas by index: the text and the cell it is written for.
    shared: BTreeMap<usize, (String, (u32, u32))>,
    /// The last address that came out well.
    last: Option<CellRef>,
    /// Whether a cell could not be read since then, and why.
    lost: Option<String>,
    failures: usize,
    widest: u16,
    /// Whether addresses can be trusted after a failure.
    addressed: bool,
    /// Bytes of text handed on so far, in the whole workbook.
    copied: u64,
}

impl Stream {
    pub(super) fn new(addressed: bool, copied: u64) -> Self {
        Self {
            cells: Coming::default(),
            shared: BTreeMap::new(),
            last: None,
            lost: None,
            failures: 0,
            widest: 0,
            addressed,
            copied,
        }
    }

    /// Reads a sheet; answers why it could not be read to its end.
    fn run(&mut self, book: &mut Book<'_>, name: &str) -> Option<String> {
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            Err(error) => return Some(in_words(&error)),
        };
        loop {
            match reader.next_cell_with_formula_metadata() {
                Ok(Some(record)) => {
                    let Some(cell) = CellRef::new(record.pos.0, record.pos.1) else {
                        return Some(self.after("c'è una cella fuori dal foglio"));
                    };
                    if let Some(damage) = self.mark_lost(cell) {
                        return Some(damage);
                    }
                    let formula = self.formula(record.formula, record.pos);
                    self.insert(cell, content(record.value), formula);
                    if self.copied > limits::COPIED {
                        return None;
                    }
                }
                Ok(None) if self.lost.is_some() => return Some(self.after("una cella non si legge")),
                Ok(None) => return None,
                Err(error) => {
                    self.failures += 1;
                    if stops(&error) || !self.addressed || self.failures > limits::UNREADABLE {
                        return Some(self.after(&in_words(&error)));
                    }
                    self.lost = Some(in_words(&error));
                }
            }
        }
    }

    /// Puts an unreadable cell wherever one may have been lost before `next`.
    fn mark_lost(&mut self, next: CellRef) -> Option<String> {
        let last = self.last.replace(next);
        self.widest = self.widest.max(next.col);
        let why = self.lost.take()?;
        let between = between(last, next, self.widest);
        if between.is_empty() {
            return Some(self.after(&why));
        }
        for cell in between {
            let unread = RawCell { content: RawContent::Unreadable(why.clone()), formula: None };
            if let Err((all, unread)) = self.cells.put(cell, unread) {
                all.entry(cell).or_insert(unread);
            }
        }
        None
    }

    fn insert(&mut self, cell: CellRef, content: RawContent, formula: Option<String>) {
        if formula.is_none() && is_nothing(&content) {
            return;
        }
        if let RawContent::Text(text) | RawContent::IsoDate(text) = &content {
            self.copied += limits::size(text);
        }
        self.copied += formula.as_deref().map_or(0, limits::size);
        let found = RawCell { content, formula };
        let Err((all, found)) = self.cells.put(cell, found) else { return };
        match all.entry(cell) {
            Entry::Vacant(place) => {
                place.insert(found);
            }
            Entry::Occupied(mut place) if place.get() != &found => {
                place.insert(RawCell {
                    content: RawContent::Unreadable("la cella è scritta due volte nel file".to_owned()),
                    formula: None,
                });
            }
            Entry::Occupied(_) => {}
        }
    }

    /// The text of a formula; one shared with other cells is moved to this one.
    pub(super) fn formula(&mut self, formula: Option<XlsxFormulaMetadata>, at: (u32, u32)) -> Option<String> {
        match formula? {
            XlsxFormulaMetadata::Normal { formula } => Some(formula),
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                self.shared.insert(shared_index, (formula.clone(), at));
                Some(formula)
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => Some(
                self.shared
                    .get(&shared_index)
                    .and_then(|(formula, from)| expand_shared_formula(formula, *from, at).ok())
                    .unwrap_or_default(),
            ),
            _ => Some(String::new()),
        }
    }

    fn after(&self, what: &str) -> String {
        self.last.map_or_else(|| what.to_owned(), |last| format!("dopo la cella {last}: {what}"))
    }
}

/// The addresses between two cells of the stream, none when they are too many to tell or out of order.
fn between(last: Option<CellRef>, next: CellRef, widest: u16) -> Vec<CellRef> {
    const MANY: usize = 2_000;
    const MARGIN: u32 = 16;
    let (first_row, first_col) = last.map_or((next.row, 0), |last| (last.row, u32::from(last.col) + 1));
    if first_row > next.row {
        return Vec::new();
    }
    let mut cells = Vec::new();
    for row in first_row..=next.row {
        let from = if row == first_row { first_col } else { 0 };
        let to = if row == next.row { u32::from(next.col) } else { u32::from(widest) + MARGIN };
        cells.extend((from..to).filter_map(|col| CellRef::new(row, col)));
        if cells.len() > MANY {
            return Vec::new();
        }
    }
    cells
}

pub(super) fn content(value: DataRef<'_>) -> RawContent {
    match value {
        DataRef::Empty => RawContent::Empty,
        DataRef::Float(number) => finite(number, RawContent::Number),
        DataRef::Int(number) => number.to_string().parse().map_or(RawContent::Empty, RawContent::Number),
        DataRef::DateTime(date) if date.is_duration() => finite(date.as_f64(), RawContent::Duration),
        DataRef::DateTime(date) => finite(date.as_f64(), RawContent::Serial),
        DataRef::Bool(flag) => RawContent::Bool(flag),
        DataRef::Error(CellErrorType::GettingData) => RawContent::Error("#GETTING_DATA".to_owned()),
        DataRef::Error(error) => RawContent::Error(error.to_string()),
        DataRef::DateTimeIso(date) => text(&date, RawContent::IsoDate),
        DataRef::String(string) | DataRef::DurationIso(string) => text(&string, RawContent::Text),
        DataRef::SharedString(string) => text(string, RawContent::Text),
    }
}

fn finite(number: f64, wrap: fn(f64) -> RawContent) -> RawContent {
    if number.is_finite() {
        wrap(number)
    } else {
        RawContent::Unreadable("il numero non è finito".to_owned())
    }
}

fn text(string: &str, wrap: fn(String) -> RawContent) -> RawContent {
    // Never fewer bytes than UTF-16 units.
    let length = if string.len() > bounds::CELL_TEXT { string.encode_utf16().count() } else { 0 };
    if length > bounds::CELL_TEXT { RawContent::Oversize(length) } else { wrap(string.to_owned()) }
}

/// Errors after which nothing more can come out of a sheet.
fn stops(error: &XlsxError) -> bool {
    matches!(error, XlsxError::Io(_) | XlsxError::Zip(_) | XlsxError::Xml(_) | XlsxError::XmlEof(_))
}

/// The library's error in the words of who reads the report.
pub(super) fn in_words(error: &XlsxError) -> String {
    match error {
        XlsxError::Io(_) | XlsxError::Zip(_) => "il pacchetto è rovinato".to_owned(),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) => "il testo XML non è ben formato".to_owned(),
        XlsxError::XmlEof(_) => "il testo XML si interrompe a metà".to_owned(),
        XlsxError::FileNotFound(part) => format!("manca la parte {part}"),
        XlsxError::RelationshipNotFound => "mancano i rimandi fra le parti".to_owned(),
        XlsxError::WorksheetNotFound(sheet) => format!("manca il contenuto del foglio {sheet}"),
        XlsxError::NotAWorksheet(_) => "il foglio non è un foglio di celle".to_owned(),
        XlsxError::Unrecognized { typ: "sheet:type", .. } => {
            "c'è un foglio di un tipo non ammesso (macro di Excel 4)".to_owned()
        }
        XlsxError::CellError(found) => format!("errore di Excel non riconosciuto: {found}"),
        _ => "il contenuto non è quello previsto dal formato".to_owned(),
    }
}

//! A workbook that the program has written, read again: both readers go side by side over every sheet, cell
//! by cell, and nothing is kept but the texts that cells share. What is held is the same for ten offices and
//! for ten thousand.
//!
//! The bounds are wider than those of a file that arrives, and cost no memory: a sheet is unpacked piece by
//! piece, and the workbook may not grow more than what the program writes.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader};

use super::cells::{Stream, content, in_words, is_nothing};
use super::limits::{self, Reach};
use super::own::{Own, OwnCell, Strings};
use super::raw::{RawCell, RawSheet, RawWorkbook};
use super::refusal::Refusal;
use super::strict::{Letters, Names, cell_fault, in_piece};
use super::xml::{Part, Scan};
use crate::model::CellRef;
use crate::package::{Archive, Index, Role, Standing, folded};

/// What comes of a workbook that is read again.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'p> {
    /// A sheet begins: its name, and whether it is hidden.
    Sheet(&'p str, bool),
    /// A cell of it that holds something, in the order of rows and columns.
    Cell(CellRef, &'p RawCell),
}

/// Reads a workbook of the program's own again; `take` hears of each sheet and cell. Answers what some other
/// reader could stumble on: see `faults`.
///
/// # Errors
/// When the two readers do not find the same, a bound is passed, or it is no workbook that the program
/// writes; what was heard until then is then worth nothing.
pub fn read_again(bytes: &[u8], take: &mut dyn FnMut(Piece<'_>)) -> Result<Vec<String>, Refusal> {
    unbroken(|| Again::of(bytes)?.read(take).map(|(wrong, _)| wrong))
}

/// A panic of the library is a refusal.
fn unbroken<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Refusal::Damaged("la struttura interna del file è incoerente".to_owned())))
}

/// The same as a whole workbook: its cells, and what is said of it as a whole; of the looks of its cells
/// nothing.
pub(super) fn whole(bytes: &[u8]) -> Result<RawWorkbook, Refusal> {
    unbroken(|| held(bytes))
}

fn held(bytes: &[u8]) -> Result<RawWorkbook, Refusal> {
    let again = Again::of(bytes)?;
    let mut book = RawWorkbook {
        names: again.names.clone(),
        date1904: again.book.has_1904_epoch(),
        ..RawWorkbook::default()
    };
    let mut sheets: Vec<(RawSheet, Vec<(CellRef, RawCell)>)> = Vec::new();
    let (_, scan) = again.read(&mut |piece| match piece {
        Piece::Sheet(name, hidden) => {
            sheets.push((RawSheet { name: name.to_owned(), hidden, ..RawSheet::default() }, Vec::new()));
        }
        Piece::Cell(at, cell) => {
            if let Some((_, cells)) = sheets.last_mut() {
                cells.push((at, cell.clone()));
            }
        }
    })?;
    book.traits = scan.of_book();
    let of_cells =
        |(sheet, cells): (RawSheet, Vec<_>)| RawSheet { cells: cells.into_iter().collect(), ..sheet };
    book.sheets = sheets.into_iter().map(of_cells).collect();
    Ok(book)
}

/// A workbook of which all but the sheets is read.
struct Again<'b> {
    archive: Archive<'b>,
    index: Index,
    scan: Scan,
    strings: Strings,
    letters: Letters,
    book: Xlsx<Cursor<&'b [u8]>>,
    names: Vec<(String, String)>,
}

impl<'b> Again<'b> {
    fn of(bytes: &'b [u8]) -> Result<Self, Refusal> {
        let mut archive = Archive::open_ours(bytes)?;
        let index = archive.index()?;
        let mut scan = Scan::within(Reach::OURS);
        let mut letters = Letters::default();
        let is_sheet = |name: &str| index.role(&folded(name)) == Role::Sheet;
        archive.names().iter().filter(|name| is_sheet(name)).for_each(|name| letters.name(name));
        archive.each_but(is_sheet, |name, part| {
            let own = folded(name);
            scan.part(name, &own, index.role(&own), &part)?;
            letters.look(name, part);
            Ok::<(), Refusal>(())
        })?;
        let strings = scan.take_strings();
        let book: Xlsx<Cursor<&'b [u8]>> =
            Reader::new(Cursor::new(bytes)).map_err(|error| Refusal::Damaged(in_words(&error)))?;
        let mut names = book.defined_names().to_vec();
        names.retain(|(name, _)| super::cells::is_own_name(name));
        names.sort();
        Ok(Self { archive, index, scan, strings, letters, book, names })
    }

    fn read(mut self, take: &mut dyn FnMut(Piece<'_>)) -> Result<(Vec<String>, Scan), Refusal> {
        let sheets = self.book.sheets_metadata().to_vec();
        let parts = self.scan.sheets(&self.index);
        if sheets.len() != parts.len() {
            return Err(Refusal::Ambiguous("l'elenco dei fogli si legge in due modi".to_owned()));
        }
        let mut names = Names::default();
        let mut wrong = Vec::new();
        for (sheet, part) in sheets.iter().zip(parts) {
            let own = |name: &&String| Some(folded(name)) == part;
            let name = self.archive.names().iter().find(own).cloned();
            let Some(name) = name.filter(|_| sheet.typ == SheetType::WorkSheet) else {
                return Err(Refusal::Damaged(format!("il foglio {} non è un foglio di celle", sheet.name)));
            };
            wrong.extend(names.faults(&sheet.name));
            take(Piece::Sheet(&sheet.name, sheet.visible != SheetVisible::Visible));
            let reader = self.book.worksheet_cells_reader(&sheet.name);
            let reader = reader.map_err(|error| Refusal::Damaged(in_words(&error)))?;
            let mut pair = Pair {
                sheet: &sheet.name,
                strings: &self.strings,
                theirs: reader,
                stream: Stream::new(true, 0),
                last: None,
                rows: Reach::OURS.rows,
            };
            let mut heard = |at: CellRef, cell: &RawCell| {
                wrong.extend(cell_fault(&sheet.name, at, cell));
                take(Piece::Cell(at, cell));
            };
            side_by_side(&mut self.archive, &mut self.scan, &mut self.letters, &name, &mut pair, &mut heard)?;
        }
        Ok(([self.letters.finish(), wrong].concat(), self.scan))
    }
}

/// Both readers over one sheet.
fn side_by_side(
    archive: &mut Archive<'_>,
    scan: &mut Scan,
    letters: &mut Letters,
    name: &str,
    pair: &mut Pair<'_, '_>,
    heard: &mut dyn FnMut(CellRef, &RawCell),
) -> Result<(), Refusal> {
    let mut part = Part::new(name, &folded(name), Role::Sheet, 0);
    let mut standing = Standing::default();
    let mut seen = 0_u64;
    archive.pieces(name, "</row>", |text| {
        letters.hear(name, in_piece(text));
        // After its declaration, as every part; another encoding than UTF-8 is none of ours.
        let text = if seen == 0 { undeclared(text) } else { text };
        seen += limits::size(text);
        scan.piece(&mut part, &mut standing, text, &mut |own| pair.meet(own, heard))
    })?;
    part.end()?;
    pair.end()
}

/// A part of ours without the declaration in front of it.
fn undeclared(text: &str) -> &str {
    let after = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    after.map_or(text, |(_, rest)| rest)
}

/// The library's reading of a sheet, held against ours cell by cell.
struct Pair<'p, 'b> {
    sheet: &'p str,
    strings: &'p Strings,
    theirs: XlsxCellReader<'p, Cursor<&'b [u8]>>,
    stream: Stream,
    last: Option<CellRef>,
    rows: u32,
}

impl Pair<'_, '_> {
    /// The library's next cell that holds something.
    fn next(&mut self) -> Result<Option<(CellRef, RawCell)>, Refusal> {
        loop {
            let record = self.theirs.next_cell_with_formula_metadata();
            let record = record.map_err(|error| Refusal::Damaged(in_words(&error)))?;
            let Some(record) = record else { return Ok(None) };
            let outside = || Refusal::Damaged("c'è una cella fuori dal foglio".to_owned());
            let at = CellRef::new(record.pos.0, record.pos.1).ok_or_else(outside)?;
            let formula = self.stream.formula(record.formula, record.pos);
            let content = content(record.value);
            if formula.is_some() || !is_nothing(&content) {
                return Ok(Some((at, RawCell { content, formula })));
            }
        }
    }

    /// Our own reader has read a cell: the library's must be the same.
    fn meet(&mut self, own: &Own, heard: &mut dyn FnMut(CellRef, &RawCell)) -> Result<(), Refusal> {
        for cell in &own.cells {
            if own.is_nothing(cell, self.strings) {
                continue;
            }
            self.in_order(cell.at)?;
            match self.next()? {
                Some((at, theirs)) if at == cell.at && own.agrees(cell, self.strings, &theirs) => {
                    heard(at, &theirs);
                }
                theirs => return Err(self.two_ways(own, cell, theirs.as_ref().map(|(_, cell)| cell))),
            }
        }
        Ok(())
    }

    fn in_order(&mut self, at: CellRef) -> Result<(), Refusal> {
        if self.last.is_some_and(|last| last >= at) {
            return Err(Refusal::Damaged(format!("la cella '{}'!{at} non è al suo posto", self.sheet)));
        }
        self.last = Some(at);
        let columns = limits::EXTENT.1;
        if at.row < self.rows && at.col < columns {
            return Ok(());
        }
        Err(Refusal::TooBig {
            what: "estensione di un foglio",
            limit: format!("{} righe e {columns} colonne", self.rows),
            found: format!("una cella piena in '{}'!{at}", self.sheet),
        })
    }

    fn two_ways(&self, own: &Own, cell: &OwnCell, theirs: Option<&RawCell>) -> Refusal {
        let (ours, theirs) = own.two_ways(cell, self.strings, theirs);
        Refusal::Ambiguous(format!(
            "la cella '{}'!{} si legge in due modi: {ours} e {theirs}",
            self.sheet, cell.at
        ))
    }

    /// Our own reader has come to the end of the sheet: so must the library's.
    fn end(&mut self) -> Result<(), Refusal> {
        match self.next()? {
            None => Ok(()),
            Some((at, _)) => Err(Refusal::Ambiguous(format!(
                "la cella '{}'!{at} si legge in due modi: vuota e piena",
                self.sheet
            ))),
        }
    }
}

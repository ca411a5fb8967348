//! The second reading: the same part read by calamine, which must find in every cell what was found here.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Ods, Range, Reader, SheetVisible};

use super::book::Found;
use super::formula;
use super::node::is_aside;
use super::parts::{CONTENT, MANIFEST, MIMETYPE};
use super::value::{days, serial};
use crate::excel::bounds;
use crate::model::{CellRef, quoted, squeezed};
use crate::package::{Flaw, Writer, bare};
use crate::read::limits;
use crate::read::raw::{RawCell, RawContent};
use crate::read::refusal::Refusal;

/// What the other reader found in a cell: the value, the formula as Excel spells it.
type Theirs = (Data, String);

/// Reads `content.xml` again and compares every cell.
pub(super) fn agree(content: &[u8], sheets: &[Found]) -> Result<(), Refusal> {
    // The library keeps whole tables, the empty cells included.
    let spread = sheets.iter().map(Found::spread).fold(0, u64::saturating_add);
    if spread > limits::SPREAD {
        return Err(
            Flaw::passed("celle fra la prima e l'ultima piena dei fogli", limits::SPREAD, spread).into()
        );
    }
    let plain = package(content).ok_or_else(|| unread("il contenuto non si può riunire"))?;
    catch_unwind(AssertUnwindSafe(|| compare(&plain, sheets)))
        .unwrap_or_else(|_| Err(Refusal::Damaged("la struttura interna del file è incoerente".to_owned())))
}

fn unread(what: &str) -> Refusal {
    Refusal::Damaged(format!("la seconda lettura del file non riesce: {what}"))
}

/// A package with these cells alone, without what the library stumbles on: blanks between elements, comments,
/// drawings.
fn package(content: &[u8]) -> Option<Vec<u8>> {
    let content = bare(content, is_aside, |name| name == "text:p")?;
    let mut writer = Writer::new();
    writer.put("mimetype", MIMETYPE.as_bytes()).ok()?;
    writer.put(MANIFEST, b"<manifest:manifest/>").ok()?;
    writer.put(CONTENT, &content).ok()?;
    writer.finish().ok()
}

fn compare(plain: &[u8], sheets: &[Found]) -> Result<(), Refusal> {
    let mut book: Ods<Cursor<&[u8]>> = Reader::new(Cursor::new(plain))
        .map_err(|_| unread("il contenuto non è quello previsto dal formato"))?;
    let told = book.sheets_metadata().to_vec();
    let same = told.len() == sheets.len()
        && told.iter().zip(sheets).all(|(told, own)| {
            told.name == own.name && (told.visible != SheetVisible::Visible) == own.hidden
        });
    if !same {
        return Err(Refusal::Ambiguous("i fogli del file si leggono in due modi".to_owned()));
    }
    for own in sheets {
        let read = |_| unread("un foglio non si legge");
        let (values, formulas) = (
            book.worksheet_range(&own.name).map_err(read)?,
            book.worksheet_formula(&own.name).map_err(read)?,
        );
        let theirs = joined(&values, &formulas);
        let places = own.cells.keys().chain(theirs.keys());
        if let Some(at) = places.copied().find(|at| !is_same(own.cells.get(at), theirs.get(at))) {
            return Err(two_ways(own, at, theirs.get(&at)));
        }
    }
    Ok(())
}

fn two_ways(own: &Found, at: CellRef, theirs: Option<&Theirs>) -> Refusal {
    let ours = own.cells.get(&at).map(|raw| (raw.content.plain(), raw.formula.clone().unwrap_or_default()));
    let theirs = theirs.map(|(value, formula)| (value.to_string(), formula.clone()));
    let told = |found: Option<(String, String)>| match found {
        None => "niente".to_owned(),
        Some((value, formula)) if formula.is_empty() => quoted(&value),
        Some((value, formula)) => format!("{}, formula {}", quoted(&value), quoted(&format!("={formula}"))),
    };
    let (ours, theirs) = (told(ours), told(theirs));
    Refusal::Ambiguous(format!("la cella '{}'!{at} si legge in due modi: {ours} e {theirs}", own.name))
}

/// Values and formulas by their cell.
fn joined(values: &Range<Data>, formulas: &Range<String>) -> BTreeMap<CellRef, Theirs> {
    fn placed<T: calamine::CellType>(range: &Range<T>) -> impl Iterator<Item = (CellRef, &T)> {
        let (row, col) = range.start().unwrap_or_default();
        let place = move |near: usize, far: u32| u32::try_from(near).ok()?.checked_add(far);
        range.used_cells().filter_map(move |(down, right, own)| {
            Some((CellRef::new(place(down, row)?, place(right, col)?)?, own))
        })
    }
    let mut joined: BTreeMap<CellRef, Theirs> =
        placed(values).map(|(at, value)| (at, (value.clone(), String::new()))).collect();
    for (at, own) in placed(formulas) {
        joined.entry(at).or_insert((Data::Empty, String::new())).1 = formula::spelt(own);
    }
    joined
}

/// Whether both found the same in a cell.
fn is_same(ours: Option<&RawCell>, theirs: Option<&Theirs>) -> bool {
    let nothing = |(value, formula): &Theirs| {
        formula.is_empty()
            && (*value == Data::Empty || matches!(value, Data::String(text) if text.is_empty()))
    };
    match (ours, theirs) {
        (None, None) => true,
        (None, Some(theirs)) => nothing(theirs),
        (Some(raw), None) => is_same_value(&raw.content, &Data::Empty) && raw.formula.is_none(),
        (Some(raw), Some((value, formula))) => {
            raw.formula.as_deref().unwrap_or_default() == formula && is_same_value(&raw.content, value)
        }
    }
}

fn is_same_value(ours: &RawContent, theirs: &Data) -> bool {
    match (ours, theirs) {
        // What is no value here counts for nobody.
        (RawContent::Unreadable(_) | RawContent::Error(_), _) | (RawContent::Empty, Data::Empty) => true,
        (RawContent::Number(ours), Data::Float(theirs)) => ours.to_bits() == theirs.to_bits(),
        (RawContent::Serial(ours), Data::DateTimeIso(theirs)) => serial(theirs) == Some(*ours),
        (RawContent::Serial(ours) | RawContent::Duration(ours), Data::DurationIso(theirs)) => {
            days(theirs) == Some(*ours)
        }
        (RawContent::IsoDate(ours), Data::DateTimeIso(theirs)) => ours == theirs,
        // The library keeps the blanks by which a file is indented.
        (RawContent::Text(ours), Data::String(theirs)) => squeezed(ours) == squeezed(theirs),
        (RawContent::Text(ours), Data::Empty) => ours.is_empty(),
        (RawContent::Oversize(_), Data::String(theirs)) => theirs.encode_utf16().count() > bounds::CELL_TEXT,
        (RawContent::Bool(ours), Data::Bool(theirs)) => ours == theirs,
        _ => false,
    }
}

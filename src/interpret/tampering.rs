//! The facts about a workbook beside its template.

use crate::model::{CellRef, EntryId, Month, Place};
use crate::read::{Area, Drawing};

/// How a workbook differs from its template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tampering {
    /// The sheets laid beside the template's, by their name now.
    pub sheets: Vec<String>,
    /// Sheets that the template has not, visible, with how many cells they fill; private ones are left out.
    pub extra_sheets: Vec<(String, usize)>,
    /// What is hidden and holds something.
    pub hidden: Vec<HiddenData>,
    /// Sheets whose months stand in another order: the sheet, and the months as they stand, each with its
    /// heading.
    pub shuffled: Vec<(String, Vec<(Month, CellRef)>)>,
    /// Locked texts and numbers that read differently.
    pub texts: Vec<LockedText>,
    /// The cells that calculate by themselves.
    pub live: Vec<LiveCell>,
    /// Sheets of the template without their protection.
    pub unprotected: Vec<String>,
    /// Input cells that do not refuse a wrong value any more, by sheet.
    pub unvalidated: Vec<(String, Vec<CellRef>)>,
    /// Merged cells that hold an input cell and are not the template's.
    pub merged: Vec<MergedInputs>,
    /// Cells filled where the template has nothing, by sheet, with what they say.
    pub outside: Vec<(String, Vec<(CellRef, String)>)>,
    /// Rows of the hidden list of cells that are not the template's.
    pub manifest: Vec<ManifestFault>,
    /// Entries whose format shows something else than they hold.
    pub formats: Vec<FormatClash>,
    /// What the template itself draws over its sheets.
    pub drawings: Vec<Drawing>,
    /// How many entries were looked at for their format.
    pub formats_seen: usize,
}

/// Something hidden that holds data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenData {
    /// The sheet.
    pub sheet: String,
    /// What is hidden.
    pub part: HiddenPart,
    /// The entries there; none in a sheet that is not the template's.
    pub cells: Vec<CellRef>,
}

/// What is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HiddenPart {
    /// A sheet of the template.
    Sheet,
    /// A sheet that the template has not, with how many cells it fills.
    Extra(usize),
    /// Rows, from 0.
    Rows(Vec<u32>),
    /// Columns, from 0.
    Columns(Vec<u16>),
}

/// A locked text, or number, that reads differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedText {
    /// Where it stands; the template's place when its row is gone.
    pub place: Place,
    /// The key of its row, or of the nearest one above.
    pub key: String,
    /// Whether the key is that of its own row.
    pub own_row: bool,
    /// What it says now; nothing when it was cleared.
    pub found: String,
    /// What the template says.
    pub expected: String,
}

/// A cell that calculates by itself: a total, a register's column, a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveCell {
    /// Where it stands.
    pub place: Place,
    /// The key of its row; for a result, of the nearest row above.
    pub key: String,
    /// Whether it is the result of an indicator.
    pub result: bool,
    /// What became of it.
    pub state: LiveState,
}

/// What became of a live cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveState {
    /// The template's formula, and the result that follows from the entries.
    Intact,
    /// A constant in its place: what it says.
    Constant(String),
    /// Nothing in its place.
    Cleared,
    /// Another formula: what it says, what the template says.
    Different(String, String),
    /// The template's formula with another result: what it shows, what follows from the entries.
    Stale(String, String),
    /// The template's formula, without any result.
    Uncalculated,
    /// The template's formula with another result, in a file that asks to be calculated when it is opened: no
    /// program has calculated since the entries were typed.
    Pending,
    /// Not judged, because of what the check with this code says.
    Unjudged(&'static str),
}

/// Merged cells over input cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedInputs {
    /// The sheet.
    pub sheet: String,
    /// The merged cells.
    pub area: Area,
    /// The input cells inside.
    pub cells: Vec<CellRef>,
}

/// A row of the hidden list of cells that is not the template's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestFault {
    /// The key.
    pub key: String,
    /// The month.
    pub month: Option<Month>,
    /// The row and the column of a register.
    pub field: Option<(u32, String)>,
    /// Where the template puts it; `None` when the template has not it.
    pub expected: Option<Place>,
    /// Where the workbook says it is, as many times as it says it.
    pub found: Vec<Place>,
}

/// An entry whose format shows something else than it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatClash {
    /// The entry.
    pub id: EntryId,
    /// Where it stands.
    pub place: Place,
    /// What is stored, for people.
    pub stored: String,
    /// What is seen, for people.
    pub seen: String,
    /// Its number format.
    pub found: String,
    /// The template's.
    pub expected: String,
}

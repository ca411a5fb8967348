//! What a file holds, before anybody asks what it means.

use std::collections::BTreeMap;

use super::conditional::{Cover, When};
use super::font::Look;
use super::refusal::Refusal;
use super::runs::{Pieces, pieces};
use super::traits::{BookTraits, SheetTraits};
use crate::model::CellRef;

/// A file as it arrived: its identity and what came out of it.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The file's name without its folder.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal; of nothing when it could not be read at all.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The workbook, or why it is refused.
    pub content: Result<RawWorkbook, Refusal>,
}

/// The cells of a workbook.
#[derive(Clone, Debug, Default)]
pub struct RawWorkbook {
    /// Its sheets, in order.
    pub sheets: Vec<RawSheet>,
    /// Names of ranges with what each stands for, in order of name; those that a program keeps for itself are
    /// left out.
    pub names: Vec<(String, String)>,
    /// Whether its dates count from 1904.
    pub date1904: bool,
    /// Whether it carries macros (never run, never parsed).
    pub macros: bool,
    /// What the package says of it beside the cells.
    pub traits: BookTraits,
}

/// A sheet.
#[derive(Clone, Debug, Default)]
pub struct RawSheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden or very hidden.
    pub hidden: bool,
    /// Its non-empty cells by address.
    pub cells: BTreeMap<CellRef, RawCell>,
    /// Why the sheet could not be read to its end, when it could not.
    pub damage: Option<String>,
    /// What the package says of it beside the cells.
    pub traits: SheetTraits,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCell {
    /// The value stored.
    pub content: RawContent,
    /// Its formula without the leading `=`, when it has one.
    pub formula: Option<String>,
}

/// The value stored in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum RawContent {
    /// Nothing (only with a formula: a result never calculated).
    Empty,
    /// A finite number.
    Number(f64),
    /// A number shown as a date or a time: days since the workbook's epoch.
    Serial(f64),
    /// A number shown as a duration (`[h]:mm`): days.
    Duration(f64),
    /// A date stored as ISO text.
    IsoDate(String),
    /// Text, as typed.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// An Excel error: `#DIV/0!`.
    Error(String),
    /// A text longer than a cell may hold: how many characters, as Excel counts them.
    Oversize(usize),
    /// Something that the file format does not allow, told in a few words.
    Unreadable(String),
}

impl RawContent {
    /// What stands there, for who must tell two readings apart; nothing of an empty cell.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(number) | Self::Serial(number) | Self::Duration(number) => number.to_string(),
            Self::IsoDate(text) | Self::Text(text) | Self::Error(text) | Self::Unreadable(text) => {
                text.clone()
            }
            Self::Bool(flag) => flag.to_string(),
            Self::Oversize(length) => format!("{length} caratteri"),
        }
    }
}

impl RawWorkbook {
    /// The first sheet with this name.
    pub fn sheet(&self, name: &str) -> Option<&RawSheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// The number format of a cell that holds something.
    pub fn number_format(&self, sheet: &RawSheet, cell: CellRef) -> Option<&str> {
        let style = usize::try_from(sheet.traits.style(cell)?).ok()?;
        let format = self.traits.formats.get(style).map(String::as_str);
        // In an OpenDocument workbook: a format that Excel's words do not tell.
        format.filter(|format| !self.traits.open_document || !format.is_empty())
    }

    /// The workbook as what the program issues: that is never an OpenDocument one.
    ///
    /// # Errors
    /// When it is one.
    pub fn as_issue(self) -> Result<Self, Refusal> {
        if self.traits.open_document { Err(Refusal::OtherKind("ods")) } else { Ok(self) }
    }
}

impl RawWorkbook {
    /// How the style of a cell makes it look.
    pub fn look(&self, sheet: &RawSheet, cell: CellRef) -> Look {
        self.traits.paint.look(sheet.traits.style(cell).unwrap_or(0), None)
    }

    /// What conditions lay over a cell: when each applies, how it makes the cell look, the number format it
    /// brings.
    pub fn veils<'a>(
        &'a self,
        sheet: &'a RawSheet,
        cell: CellRef,
    ) -> impl Iterator<Item = (&'a When, Look, Option<&'a str>)> {
        let style = sheet.traits.style(cell).unwrap_or(0);
        let over =
            sheet.traits.veils.iter().filter(move |veil| veil.areas.iter().any(|area| area.contains(cell)));
        over.map(move |veil| {
            let (look, format) = match veil.cover {
                Cover::Format(place) => self.traits.paint.overlaid(style, place),
                Cover::Drawn => (Look { unseen: true, ..Look::default() }, None),
                Cover::Nothing => (Look::default(), None),
            };
            (&veil.when, look, format)
        })
    }

    /// The pieces of a text of several ones.
    pub fn pieces(&self, sheet: &RawSheet, cell: CellRef) -> Option<Pieces> {
        let runs = sheet.traits.written.get(&cell)?;
        Some(pieces(runs, &self.traits.paint, sheet.traits.style(cell).unwrap_or(0)))
    }
}

impl RawSheet {
    /// The cell at `cell`, when it is not empty.
    pub fn cell(&self, cell: CellRef) -> Option<&RawCell> {
        self.cells.get(&cell)
    }
}

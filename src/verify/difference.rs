//! What two workbooks say otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::CellRef;
use crate::read::RawWorkbook;

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
    /// What of it: `collegamento`, `formato del numero`; empty for the content of a cell, or for a sheet
    /// missing, added or out of place.
    pub about: String,
    /// What the issued workbook says.
    pub issued: String,
    /// What the original files give.
    pub recomputed: String,
}

impl Difference {
    /// That of a whole sheet, or of the whole file where there is no sheet; `about` what of it.
    pub(super) fn whole(sheet: &str, about: &str, issued: &str, recomputed: &str) -> Self {
        Self {
            kind: Kind::Whole,
            sheet: sheet.to_owned(),
            about: about.to_owned(),
            issued: issued.to_owned(),
            recomputed: recomputed.to_owned(),
            ..Self::default()
        }
    }
}

/// What stands in either of two lists, in order.
pub(super) fn either<'a, K: Ord, V>(one: &'a BTreeMap<K, V>, other: &'a BTreeMap<K, V>) -> BTreeSet<&'a K> {
    one.keys().chain(other.keys()).collect()
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
    /// Numbers that another program rewrote with the 15 digits that it shows, and that are the same to that
    /// point.
    pub rounded: usize,
    /// Results of formulas that another program computed again, and that are the same but for their last
    /// digits.
    pub recalculated: usize,
    /// Formulas that another program saved without their results.
    pub emptied: usize,
    /// How far the files are the same.
    pub sameness: Sameness,
    /// The parts in which an archive of documents keeps what it knows of a file, when the two files differ in
    /// nothing else.
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

/// How far two files are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sameness {
    /// To the byte.
    Bytes,
    /// Every part to the byte; only the package was made again.
    Parts,
    /// No sheet is written with the same bytes: another program saved it.
    SavedAgain,
    /// Some sheets are written with the same bytes and some parts are not: the file was changed, not saved
    /// again.
    #[default]
    Changed,
}

/// Something that the issue was made from, and that is another one today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// A file with another SHA-256: its name.
    Changed(String),
    /// A file that the issue had and the folder has not.
    Missing(String),
    /// A file that the folder has and the issue had not.
    Added(String),
    /// The plan, derogations included.
    Plan,
    /// The program: the issue's, this one.
    Program(String, String),
}

impl Comparison {
    /// Whether all that differs is beside the cells: every sheet is there, and every number, text and formula
    /// in it.
    pub fn has_equal_cells(&self) -> bool {
        self.differences.iter().all(|one| !one.about.is_empty())
    }

    /// Whether the issued workbook is the one that the files give, to the byte.
    pub fn is_equal(&self) -> bool {
        self.sameness == Sameness::Bytes && self.differences.is_empty()
    }
}

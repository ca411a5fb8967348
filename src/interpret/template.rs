//! The workbook that the program would write for an office with the same entries, to lay the office's own
//! beside.
//!
//! What is the same for all offices with a sheet is its mould, made once and shared; what is an office's own
//! (its name, what its formulas give) lies over it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeBounds;
use std::sync::Arc;

use super::manifest::{Manifest, Slot};
use crate::model::{CellRef, Month, OfficeId};
use crate::read::{RawCell, RawContent, RawSheet};

/// An entry as an office typed it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedIn {
    /// The key of the manifest.
    pub key: String,
    /// The month.
    pub month: Option<Month>,
    /// The row of a register.
    pub row: Option<u32>,
    /// The column of a register.
    pub column: Option<String>,
    /// What is in the cell.
    pub content: RawContent,
}

/// What a sheet of a template holds whoever's it is.
#[derive(Debug, Default)]
pub struct Mould {
    /// The sheet, nothing typed in it.
    pub sheet: RawSheet,
    /// The cells that only help who types: verdicts and counts. They are not laid beside.
    pub aids: BTreeSet<CellRef>,
    /// The input cells, each with its number format.
    pub inputs: BTreeMap<CellRef, &'static str>,
}

/// A row of the hidden list: an input cell, with the sheet in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The key of the manifest.
    pub key: String,
    /// The month.
    pub month: Option<Month>,
    /// The row of a register.
    pub row: Option<u32>,
    /// The column of a register.
    pub column: Option<String>,
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: CellRef,
}

/// A sheet of an office's template.
#[derive(Clone, Debug)]
pub struct TemplateSheet {
    /// What it holds whoever's it is.
    pub mould: Arc<Mould>,
    /// What some of those cells hold in this office's: the results of formulas, the name of the office.
    pub own: BTreeMap<CellRef, RawContent>,
    /// The texts typed in it.
    pub typed: BTreeMap<CellRef, String>,
}

/// An office's template with its entries typed in.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The sheets that an office sees.
    pub sheets: Vec<TemplateSheet>,
    /// The hidden list, in its order.
    pub list: Vec<Arc<[Listed]>>,
}

/// Gives the template of an office, with registers of as many rows as its manifest lists (the usual ones,
/// when it lists none), and with these entries typed in; asked from several threads at once.
pub type Templates<'a> = &'a (dyn Fn(&OfficeId, Option<u32>, &[TypedIn]) -> Option<Template> + Sync);

/// No template to lay beside a workbook.
pub fn no_template(_: &OfficeId, _: Option<u32>, _: &[TypedIn]) -> Option<Template> {
    None
}

impl TemplateSheet {
    /// The cells but those in which an office types, in order: what each holds, and its formula.
    pub fn cells(&self) -> impl Iterator<Item = (CellRef, Wanted<'_>)> {
        self.mould.sheet.cells.iter().map(|(at, raw)| (*at, self.wanted(*at, raw)))
    }

    /// As a sheet that others are laid beside.
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen { sheet: &self.mould.sheet, over: Some(self) }
    }

    /// What a cell holds.
    pub fn cell(&self, at: CellRef) -> Option<Wanted<'_>> {
        Some(self.wanted(at, self.mould.sheet.cell(at)?))
    }

    fn wanted<'s>(&'s self, at: CellRef, raw: &'s RawCell) -> Wanted<'s> {
        Wanted { content: self.own.get(&at).unwrap_or(&raw.content), formula: raw.formula.as_deref() }
    }
}

/// A sheet of a workbook, or of a template, whose own cells lie over those of the mould.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen<'s> {
    sheet: &'s RawSheet,
    /// The template's, whose cells and texts lie over it.
    over: Option<&'s TemplateSheet>,
}

impl<'s> Seen<'s> {
    /// A sheet of a workbook.
    pub(super) fn of(sheet: &'s RawSheet) -> Self {
        Self { sheet, over: None }
    }

    /// The cells of some places, in order: what each holds, and its formula.
    pub(super) fn range(
        self,
        places: impl RangeBounds<CellRef>,
    ) -> impl Iterator<Item = (CellRef, Wanted<'s>)> {
        self.sheet.cells.range(places).map(move |(at, raw)| {
            let content = self.over.and_then(|over| over.own.get(at)).unwrap_or(&raw.content);
            (*at, Wanted { content, formula: raw.formula.as_deref() })
        })
    }

    /// The texts of the first column, trimmed, with their rows; none that is blank.
    pub(super) fn first_column(self) -> impl Iterator<Item = (u32, &'s str)> {
        let first = self.range(..).filter(|(at, _)| at.col == 0);
        first.filter_map(|(at, cell)| match cell.content {
            RawContent::Text(text) => Some((at.row, text.trim())).filter(|(_, text)| !text.is_empty()),
            _ => None,
        })
    }

    /// The texts of a row after its key, in order; those that formulas give left out.
    pub(super) fn texts(self, row: u32) -> Vec<&'s str> {
        let places = CellRef { row, col: 1 }..=CellRef { row, col: u16::MAX };
        let own = self.range(places.clone()).filter(|(_, cell)| cell.formula.is_none());
        let own = own.filter_map(|(at, cell)| match cell.content {
            RawContent::Text(text) => Some((at, text.as_str())),
            _ => None,
        });
        let typed = self.over.into_iter().flat_map(|over| over.typed.range(places.clone()));
        let mut all: Vec<_> = own.chain(typed.map(|(at, text)| (*at, text.as_str()))).collect();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, text)| text).collect()
    }

    /// The last row with something in it.
    pub(super) fn end(self) -> u32 {
        self.sheet.cells.keys().next_back().map_or(0, |cell| cell.row)
    }
}

/// What a cell of a template holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted<'s> {
    /// The value.
    pub content: &'s RawContent,
    /// Its formula, when it has one.
    pub formula: Option<&'s str>,
}

impl Template {
    /// The sheet of this name.
    pub(super) fn sheet(&self, name: &str) -> Option<&TemplateSheet> {
        self.sheets.iter().find(|own| own.mould.sheet.name == name)
    }

    fn listed(&self) -> impl Iterator<Item = &Listed> {
        self.list.iter().flat_map(|part| part.iter())
    }

    /// Whether a workbook's hidden list is the template's, row by row, each cell once.
    pub(super) fn has_list(&self, found: &Manifest) -> bool {
        let same = |((slot, (sheet, cell)), own): (&(Slot, (String, CellRef)), &Listed)| {
            slot.key == own.key
                && slot.month == own.month
                && slot.row == own.row
                && slot.column == own.column
                && *sheet == own.sheet
                && *cell == own.cell
        };
        found.rows.len() == self.list.iter().map(|part| part.len()).sum::<usize>()
            && found.rows.len() == found.cells.len()
            && found.rows.iter().zip(self.listed()).all(same)
    }

    /// The hidden list, as one reads it.
    pub(super) fn manifest(&self) -> Manifest {
        let mut manifest = Manifest::default();
        for Listed { key, month, row, column, sheet, cell } in self.listed().cloned() {
            let slot = Slot { key, month, row, column };
            manifest.rows.push((slot.clone(), (sheet.clone(), cell)));
            manifest.cells.insert(slot, (sheet, cell));
        }
        manifest
    }
}

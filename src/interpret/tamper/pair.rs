//! An office's workbook, and each of its sheets beside the template's.

use std::collections::BTreeMap;

use crate::interpret::align::Alignment;
use crate::interpret::formula_text;
use crate::interpret::manifest::{Manifest, Slot};
use crate::interpret::submission::{Entry, StructureFact};
use crate::interpret::template::TemplateSheet;
use crate::interpret::wording::Shown;
use crate::model::CellRef;
use crate::read::{RawContent, RawSheet, RawWorkbook, SheetTraits};

/// An office's workbook with what was read in it.
pub(in crate::interpret) struct Office<'a> {
    pub raw: &'a RawWorkbook,
    pub manifest: &'a Manifest,
    /// The sheets recognised, each with the template's name for it.
    pub sheets: Vec<(&'a RawSheet, String)>,
    /// Entries and declarations, each with its slot.
    pub entries: Vec<(Slot, &'a Entry)>,
    pub shown: &'a [Shown],
    pub structure: &'a [StructureFact],
}

/// A sheet beside its template's, with the template's input cells in it.
pub(super) struct Pair<'a> {
    pub(super) found: &'a RawSheet,
    pub(super) template: &'a TemplateSheet,
    pub(super) alignment: Alignment,
    /// The key of each row of the template, or of the nearest one above.
    pub(super) keys: BTreeMap<u32, &'a str>,
    /// Whether the workbook asks to be calculated when it is opened.
    pub(super) recalculates: bool,
}

impl<'a> Pair<'a> {
    /// Where a cell of the template may be now: under its heading, or in the column it had.
    pub(super) fn places(&self, home: CellRef) -> impl Iterator<Item = CellRef> {
        let row = self.alignment.row_now(home.row);
        let under = self.alignment.now(home);
        let stayed = row.map(|row| CellRef { row, ..home }).filter(|stayed| Some(*stayed) != under);
        under.into_iter().chain(stayed)
    }

    /// The cells of the template that a cell may be.
    pub(super) fn homes(&self, cell: CellRef) -> impl Iterator<Item = CellRef> {
        let row = self.alignment.home_row(cell.row);
        let under = self.alignment.home(cell);
        let stayed = row.map(|row| CellRef { row, ..cell }).filter(|stayed| Some(*stayed) != under);
        under.into_iter().chain(stayed)
    }

    /// Whether a formula is the template's.
    pub(super) fn has_formula(&self, text: &str, wanted: &str) -> bool {
        text == wanted || formula_text::same(text, wanted, &self.alignment)
    }

    /// What the package says of the template's sheet beside the cells.
    pub(super) fn traits(&self) -> &'a SheetTraits {
        &self.template.mould.sheet.traits
    }

    /// Whether the template has something in a cell, but what is typed.
    pub(super) fn is_filled(&self, home: CellRef) -> bool {
        self.template.mould.sheet.cells.contains_key(&home)
    }

    /// The text of a cell of the template, trimmed, when it has one.
    pub(super) fn text(&self, home: CellRef) -> Option<&'a str> {
        match self.template.cell(home)?.content {
            RawContent::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The template's input cells, in order.
    pub(super) fn inputs(&self) -> impl Iterator<Item = CellRef> {
        self.template.mould.inputs.keys().copied()
    }

    /// Whether a cell of the template is an input cell.
    pub(super) fn is_input(&self, home: CellRef) -> bool {
        self.template.mould.inputs.contains_key(&home)
    }

    /// Whether a cell of the template only helps who types.
    pub(super) fn is_aid(&self, home: CellRef) -> bool {
        self.template.mould.aids.contains(&home)
    }

    /// The key of a row of the template, or of the nearest one above.
    pub(super) fn key(&self, row: u32) -> &str {
        self.keys.get(&row).copied().unwrap_or_default()
    }
}

/// The scheda of a key, as it begins: `S03` for `S03.orafi_iscritti`; `S03` for `S03.1.nota` too.
pub(super) fn prefix(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

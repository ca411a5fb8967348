//! How an office's workbook differs from its template: facts, for the checks of family T.
//!
//! The template is the workbook that the program would write for that office with the same entries typed in:
//! so its live cells also say what the office's should show. Entries are never touched here.

mod cells;
mod facts;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};

use super::align::Alignment;
use super::manifest::{Manifest, Slot};
use super::submission::{Entry, Shown, StructureFact};
use crate::model::CellRef;
use crate::read::{RawSheet, RawWorkbook};

pub use facts::{
    FormatClash, HiddenData, HiddenPart, LiveCell, LiveState, LockedText, ManifestFault, MergedInputs,
    Tampering,
};

/// An office's workbook with what was read in it.
pub(super) struct Office<'a> {
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
struct Pair<'a> {
    found: &'a RawSheet,
    template: &'a RawSheet,
    alignment: Alignment,
    /// The template's input cells.
    inputs: BTreeSet<CellRef>,
    /// The key of each row of the template, or of the nearest one above.
    keys: BTreeMap<u32, &'a str>,
    /// Whether the workbook asks to be calculated when it is opened.
    recalculates: bool,
}

/// Everything that differs from the template.
pub(super) fn compare(office: &Office<'_>, template: &RawWorkbook) -> Option<Tampering> {
    let manifest = template.sheet(super::manifest::SHEET).and_then(|sheet| Manifest::read(sheet).ok())?;
    let pairs: Vec<Pair<'_>> = office
        .sheets
        .iter()
        .filter_map(|(found, name)| pair(office.raw, found, template.sheet(name)?, &manifest))
        .collect();
    let list = sheets::manifest(office.manifest, &manifest);
    let unassigned = |fact: &StructureFact| matches!(fact, StructureFact::Unassigned { .. });
    if !list.is_empty() && office.structure.iter().any(unassigned) {
        // The workbook of another office: its own template would be another one.
        return None;
    }
    let mut facts = Tampering {
        sheets: pairs.iter().map(|pair| pair.found.name.clone()).collect(),
        manifest: list,
        drawings: template.sheets.iter().flat_map(|sheet| sheet.traits.drawings.clone()).collect(),
        ..Tampering::default()
    };
    sheets::extra(office, &mut facts);
    for pair in &pairs {
        sheets::whole(office, pair, &mut facts);
        cells::locked(office, pair, &mut facts);
        cells::outside(office, pair, &mut facts);
    }
    cells::formats(office, template, &manifest, &mut facts);
    Some(facts)
}

fn pair<'a>(
    raw: &RawWorkbook,
    found: &'a RawSheet,
    template: &'a RawSheet,
    manifest: &Manifest,
) -> Option<Pair<'a>> {
    if found.damage.is_some() {
        return None;
    }
    let own = manifest.cells.values().filter(|(sheet, _)| *sheet == template.name);
    let mut keys = BTreeMap::new();
    let mut last = "";
    let end = template.cells.keys().next_back().map_or(0, |cell| cell.row);
    for row in 0..=end {
        if let Some(key) = sheets::text(template, CellRef { row, col: 0 }) {
            last = key;
        }
        keys.insert(row, last);
    }
    Some(Pair {
        found,
        template,
        alignment: Alignment::of(found, template),
        inputs: own.map(|(_, cell)| *cell).collect(),
        keys,
        recalculates: raw.traits.recalculates,
    })
}

impl Pair<'_> {
    /// Where a cell of the template may be now: under its heading, or in the column it had.
    fn places(&self, home: CellRef) -> impl Iterator<Item = CellRef> {
        let row = self.alignment.row_now(home.row);
        let under = self.alignment.now(home);
        let stayed = row.map(|row| CellRef { row, ..home }).filter(|stayed| Some(*stayed) != under);
        under.into_iter().chain(stayed)
    }

    /// The cells of the template that a cell may be.
    fn homes(&self, cell: CellRef) -> impl Iterator<Item = CellRef> {
        let row = self.alignment.home_row(cell.row);
        let under = self.alignment.home(cell);
        let stayed = row.map(|row| CellRef { row, ..cell }).filter(|stayed| Some(*stayed) != under);
        under.into_iter().chain(stayed)
    }

    /// The key of a row of the template, or of the nearest one above.
    fn key(&self, row: u32) -> &str {
        self.keys.get(&row).copied().unwrap_or_default()
    }
}

/// The scheda of a key, as it begins: `S03` for `S03.orafi_iscritti`; `S03` for `S03.1.nota` too.
fn prefix(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

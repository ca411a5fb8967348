//! How an office's workbook differs from its template: facts, for the checks of family T.
//!
//! The template is the workbook that the program would write for that office with the same entries typed in:
//! so its live cells also say what the office's should show. Entries are never touched here.

mod cells;
mod pair;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};

use super::align::Alignment;
use super::manifest::Manifest;
use super::submission::StructureFact;
use super::tampering::Tampering;
use super::template::Template;
use pair::Pair;

use crate::model::CellRef;
use crate::read::{RawSheet, RawWorkbook};

pub(super) use pair::Office;

/// Everything that differs from the template.
pub(super) fn compare(office: &Office<'_>, template: &Template) -> Option<Tampering> {
    let (template, aids) = (&template.book, &template.aids);
    let manifest = template.sheet(super::manifest::MANIFEST).and_then(|sheet| Manifest::read(sheet).ok())?;
    let pairs: Vec<Pair<'_>> = office
        .sheets
        .iter()
        .filter_map(|(found, name)| pair(office.raw, found, template.sheet(name)?, aids.get(name), &manifest))
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
    let grown: BTreeSet<&str> =
        pairs.iter().filter(|pair| cells::has_grown(pair)).map(|pair| cells::scheda_of(pair)).collect();
    for pair in &pairs {
        sheets::whole(office, pair, &mut facts);
        cells::locked(office, pair, &grown, &mut facts);
        cells::outside(office, pair, &mut facts);
    }
    cells::formats(office, template, &manifest, &mut facts);
    Some(facts)
}

fn pair<'a>(
    raw: &RawWorkbook,
    found: &'a RawSheet,
    template: &'a RawSheet,
    aids: Option<&'a BTreeSet<CellRef>>,
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
        aids,
        alignment: Alignment::of(found, template),
        inputs: own.map(|(_, cell)| *cell).collect(),
        keys,
        recalculates: raw.traits.recalculates,
    })
}

//! Sheets as wholes: extra, hidden, unprotected, merged; the hidden list of cells.

use std::collections::{BTreeMap, BTreeSet};

use super::pair::{Office, Pair};
use crate::interpret::manifest::{Manifest, Slot};
use crate::interpret::responses::{ANSWERS, RETURN, is_response};
use crate::interpret::submission::{EntryState, StructureFact};
use crate::interpret::tampering::{HiddenData, HiddenPart, ManifestFault, MergedInputs, Tampering};
use crate::model::{CellRef, Month, Place};
use crate::read::{RawContent, RawSheet};

/// The text of a cell, trimmed, when it has one.
pub(super) fn text(sheet: &RawSheet, cell: CellRef) -> Option<&str> {
    match &sheet.cell(cell)?.content {
        RawContent::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// Sheets that the template has not.
pub(super) fn extra(office: &Office<'_>, facts: &mut Tampering) {
    let told: BTreeSet<&str> = office
        .structure
        .iter()
        .filter_map(|fact| match fact {
            StructureFact::Unassigned { sheet, .. } => Some(sheet.as_str()),
            // The sheet of a scheda without its keys: its check speaks of it.
            StructureFact::SheetMissing { nearest, .. } => nearest.as_deref(),
            StructureFact::SheetCopied { copy, .. } => Some(copy.as_str()),
            _ => None,
        })
        .collect();
    for sheet in &office.raw.sheets {
        let ours = office.sheets.iter().any(|(known, _)| known.name == sheet.name) || answers(office, sheet);
        if ours || sheet.name.starts_with('_') || told.contains(sheet.name.as_str()) {
            continue;
        }
        let full = sheet.cells.len();
        if sheet.hidden && full > 0 {
            let part = HiddenPart::Extra(full);
            facts.hidden.push(HiddenData { sheet: sheet.name.clone(), part, cells: Vec::new() });
        } else {
            facts.extra_sheets.push((sheet.name.clone(), full));
        }
    }
}

/// Whether a sheet is the one of the answers in a workbook that was returned.
fn answers(office: &Office<'_>, sheet: &RawSheet) -> bool {
    let mut listed = office.manifest.cells.iter().filter(|(slot, _)| is_response(&slot.key));
    let keyed =
        || sheet.cells.keys().any(|cell| cell.col == 0 && text(sheet, *cell).is_some_and(is_response));
    // Where there was nothing to answer, the sheet has no key.
    let is_return = !office.manifest.pair(RETURN).is_empty();
    listed.any(|(_, (name, _))| *name == sheet.name || keyed()) || is_return && sheet.name == ANSWERS
}

/// What a sheet of ours has lost or gained as a whole.
pub(super) fn whole(office: &Office<'_>, pair: &Pair<'_>, facts: &mut Tampering) {
    if pair.traits().protected && !pair.found.traits.protected {
        facts.unprotected.push(pair.found.name.clone());
    }
    hidden(office, pair, facts);
    merged(pair, facts);
    let months = months(pair.found);
    let once: BTreeSet<Month> = months.iter().map(|(month, _)| *month).collect();
    if once.len() == months.len() && !months.is_sorted_by_key(|(month, _)| *month) {
        facts.shuffled.push((pair.found.name.clone(), months));
    }
    let checked = |area: &[crate::read::Area], cell: CellRef| area.iter().any(|area| area.contains(cell));
    let lost: Vec<CellRef> = pair
        .inputs()
        .filter(|home| checked(&pair.traits().validated, *home))
        .filter_map(|home| pair.alignment.now(home))
        .filter(|cell| !checked(&pair.found.traits.validated, *cell))
        .collect();
    if !lost.is_empty() {
        facts.unvalidated.push((pair.found.name.clone(), lost));
    }
}

fn hidden(office: &Office<'_>, pair: &Pair<'_>, facts: &mut Tampering) {
    let sheet = pair.found;
    let typed: Vec<CellRef> = office
        .entries
        .iter()
        .filter(|(_, entry)| entry.place.sheet == sheet.name)
        .filter(|(_, entry)| !matches!(entry.state, EntryState::Blank | EntryState::Lost))
        .map(|(_, entry)| entry.place.cell)
        .collect();
    let mut note = |part: HiddenPart, cells: Vec<CellRef>| {
        if !cells.is_empty() {
            facts.hidden.push(HiddenData { sheet: sheet.name.clone(), part, cells });
        }
    };
    if sheet.hidden && !pair.template.mould.sheet.hidden {
        return note(HiddenPart::Sheet, typed);
    }
    let (rows, others): (Vec<CellRef>, Vec<CellRef>) =
        typed.into_iter().partition(|cell| sheet.traits.row_hidden(cell.row));
    let lines: BTreeSet<u32> = rows.iter().map(|cell| cell.row).collect();
    note(HiddenPart::Rows(lines.into_iter().collect()), rows);
    let cells: Vec<CellRef> =
        others.into_iter().filter(|cell| sheet.traits.column_hidden(cell.col)).collect();
    let columns: BTreeSet<u16> = cells.iter().map(|cell| cell.col).collect();
    note(HiddenPart::Columns(columns.into_iter().collect()), cells);
}

fn merged(pair: &Pair<'_>, facts: &mut Tampering) {
    let inputs: Vec<CellRef> = pair.inputs().filter_map(|home| pair.alignment.now(home)).collect();
    for area in &pair.found.traits.merged {
        let cells: Vec<CellRef> = inputs.iter().copied().filter(|cell| area.contains(*cell)).collect();
        if cells.is_empty() {
            continue;
        }
        let ours = pair.traits().merged.iter().any(|home| {
            let now = |cell: CellRef| pair.places(cell).collect::<Vec<_>>();
            now(home.first).contains(&area.first) && now(home.last).contains(&area.last)
        });
        if !ours {
            facts.merged.push(MergedInputs { sheet: pair.found.name.clone(), area: *area, cells });
        }
    }
}

/// The months of the first header, as they stand.
fn months(sheet: &RawSheet) -> Vec<(Month, CellRef)> {
    let header = sheet
        .cells
        .keys()
        .filter(|cell| cell.col == 0)
        .find(|cell| text(sheet, **cell) == Some(crate::interpret::layout::MONTHS));
    let Some(header) = header else { return Vec::new() };
    let cells = sheet.cells.range(CellRef { col: 1, ..*header }..=CellRef { col: u16::MAX, ..*header });
    cells.filter_map(|(cell, _)| Some((Month::from_name(text(sheet, *cell)?)?, *cell))).collect()
}

/// What the hidden list says otherwise than the template's.
pub(super) fn manifest(found: &Manifest, template: &Manifest) -> Vec<ManifestFault> {
    let mut places: BTreeMap<&Slot, Vec<&(String, CellRef)>> = BTreeMap::new();
    for (slot, place) in found.rows.iter().filter(|(slot, _)| !is_response(&slot.key)) {
        places.entry(slot).or_default().push(place);
    }
    if places.len() == template.cells.len()
        && template.cells.iter().all(|(slot, place)| places.get(slot).is_some_and(|found| **found == [place]))
    {
        return Vec::new();
    }
    let place = |(sheet, cell): &(String, CellRef)| Place { sheet: sheet.clone(), cell: *cell };
    let fault =
        |slot: &Slot, expected: Option<&(String, CellRef)>, found: &[&(String, CellRef)]| ManifestFault {
            key: slot.key.clone(),
            month: slot.month,
            field: slot.row.zip(slot.column.clone()),
            expected: expected.map(place),
            found: found.iter().map(|found| place(found)).collect(),
        };
    let own = template.cells.iter().filter_map(|(slot, expected)| {
        let found = places.get(slot).map_or(&[][..], Vec::as_slice);
        (found != [expected]).then(|| fault(slot, Some(expected), found))
    });
    let foreign = places.iter().filter(|(slot, _)| !template.cells.contains_key(**slot));
    own.chain(foreign.map(|(slot, found)| fault(slot, None, found))).collect()
}

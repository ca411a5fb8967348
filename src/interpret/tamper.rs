//! How an office's workbook differs from its template: facts, for the checks of family T.
//!
//! The template is the workbook that the program would write for that office with the same entries typed in:
//! so its live cells also say what the office's should show. Entries are never touched here.

mod cells;
mod pair;
mod sheets;

use std::collections::BTreeSet;

use super::align::Alignment;
use super::submission::StructureFact;
use super::tampering::Tampering;
use super::template::{Seen, Template, TemplateSheet};
use pair::Pair;

use crate::read::{RawSheet, RawWorkbook};

pub(super) use pair::Office;

/// Everything that differs from the template.
pub(super) fn compare(office: &Office<'_>, template: &Template) -> Option<Tampering> {
    let pairs: Vec<Pair<'_>> = office
        .sheets
        .iter()
        .filter_map(|(found, name)| pair(office.raw, found, template.sheet(name)?))
        .collect();
    let list = if template.has_list(office.manifest) {
        Vec::new()
    } else {
        sheets::manifest(office.manifest, &template.manifest())
    };
    let unassigned = |fact: &StructureFact| matches!(fact, StructureFact::Unassigned { .. });
    if !list.is_empty() && office.structure.iter().any(unassigned) {
        // The workbook of another office: its own template would be another one.
        return None;
    }
    let drawings = template.sheets.iter().flat_map(|sheet| sheet.mould.sheet.traits.drawings.clone());
    let mut facts = Tampering {
        sheets: pairs.iter().map(|pair| pair.found.name.clone()).collect(),
        manifest: list,
        drawings: drawings.collect(),
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
    cells::formats(office, template, &mut facts);
    Some(facts)
}

fn pair<'a>(raw: &RawWorkbook, found: &'a RawSheet, template: &'a TemplateSheet) -> Option<Pair<'a>> {
    if found.damage.is_some() {
        return None;
    }
    let seen = template.seen();
    let mut keyed = seen.first_column().peekable();
    let mut last = "";
    let nearest = |row| {
        while let Some((_, key)) = keyed.next_if(|(at, _)| *at <= row) {
            last = key;
        }
        (row, last)
    };
    let keys = (0..=seen.end()).map(nearest).collect();
    Some(Pair {
        found,
        template,
        alignment: Alignment::of(Seen::of(found), seen),
        keys,
        recalculates: raw.traits.recalculates,
    })
}

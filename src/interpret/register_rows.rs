//! The rows of a register as a sheet has them now: those with a key, and those that an office added without
//! one.
//!
//! A row without a key belongs to the register between its header, or a row of its own, and the next key or
//! the result of the indicator. It comes after the rows with a key, in the order of the sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{MONTHS, RESULT_LABELS, SheetLayout, folded};
use super::manifest::Manifest;

/// The rows of a register.
#[derive(Debug, Default)]
pub(super) struct RegisterRows {
    /// The ordinals of the rows with a key: the template's and those that an office added. Those whose row is
    /// still there without its key are left out.
    pub keyed: BTreeSet<u32>,
    /// The rows of the sheet without a key, in order, from zero.
    pub keyless: Vec<u32>,
    /// Rows inserted, by the row under them: how many.
    pub inserted: Vec<(u32, u32)>,
}

impl RegisterRows {
    /// The first ordinal of the rows without a key: after those of all the others.
    pub(super) fn first_free(&self, manifest: &Manifest, register: &str) -> u32 {
        let template = manifest.ordinals(register).last();
        self.keyed.last().copied().max(template).unwrap_or(0).saturating_add(1)
    }
}

/// Whose a row with a mark is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The header of the register.
    Head,
    /// A row of the register.
    Row(u32),
    /// Anything else.
    Other,
}

/// The rows of `register` in a sheet; the template's, without one.
pub(super) fn register_rows(
    sheet: Option<&SheetLayout<'_>>,
    manifest: &Manifest,
    register: &str,
) -> RegisterRows {
    let template: BTreeSet<u32> = manifest.ordinals(register).collect();
    let Some(sheet) = sheet else { return RegisterRows { keyed: template, ..RegisterRows::default() } };
    let marks = marks(sheet, register);
    let present: BTreeSet<u32> = marks
        .values()
        .filter_map(|mark| match mark {
            Mark::Row(ordinal) => Some(*ordinal),
            Mark::Head | Mark::Other => None,
        })
        .collect();
    let mut rows =
        RegisterRows { keyed: template.union(&present).copied().collect(), ..RegisterRows::default() };
    let gone: BTreeSet<u32> = template.difference(&present).copied().collect();
    let mut next = marks.iter().skip(1);
    for (row, mark) in &marks {
        let below = next.next();
        let from = match mark {
            Mark::Head => 0,
            Mark::Row(ordinal) => *ordinal,
            Mark::Other => continue,
        };
        let to = match below {
            Some((_, Mark::Row(ordinal))) => *ordinal,
            _ => u32::MAX,
        };
        let end = zone_end(sheet, manifest, register, *row, below);
        let length = end.saturating_sub(row + 1);
        // Rows of the template that lost their key and stay where they stood.
        let lost: Vec<u32> = between(&gone, from, to).collect();
        let kept = u32::try_from(lost.len()).unwrap_or(u32::MAX);
        if kept <= length {
            for own in &lost {
                rows.keyed.remove(own);
            }
            if length > kept {
                rows.inserted.push((end, length - kept));
            }
        }
        rows.keyless.extend(sheet.filled_rows(row + 1, end));
    }
    rows
}

fn between(ordinals: &BTreeSet<u32>, from: u32, to: u32) -> impl Iterator<Item = u32> {
    let after = from.saturating_add(1);
    ordinals.range(after..to.max(after)).copied()
}

/// The rows with a mark in the first column, and the results of the indicators.
fn marks(sheet: &SheetLayout<'_>, register: &str) -> BTreeMap<u32, Mark> {
    let mut marks = BTreeMap::new();
    for (key, rows) in &sheet.keys {
        let ordinal = key.strip_prefix(register).and_then(|rest| rest.strip_prefix('#')?.parse().ok());
        let mark = ordinal.filter(|own| *own > 0).map_or(Mark::Other, Mark::Row);
        marks.extend(rows.iter().map(|row| (*row, mark)));
    }
    for (row, text) in sheet.first_column() {
        if text == MONTHS {
            marks.insert(row, Mark::Other);
        } else if let Some(head) = text.strip_suffix('#') {
            marks.insert(row, if head == register { Mark::Head } else { Mark::Other });
        }
    }
    marks
}

/// The first row under `row` that is no more of the register, from zero.
fn zone_end(
    sheet: &SheetLayout<'_>,
    manifest: &Manifest,
    register: &str,
    row: u32,
    below: Option<(&u32, &Mark)>,
) -> u32 {
    let end = match below {
        Some((below, Mark::Row(_))) => return *below,
        Some((below, _)) => *below,
        None => sheet.end(),
    };
    let result = sheet.filled_rows(row + 1, end).find(|row| {
        sheet.labels(*row).any(|(_, text)| RESULT_LABELS.iter().any(|label| folded(label) == folded(text)))
    });
    // Without the result's own words: as many rows stay as the template has between the two keys.
    let template = || {
        let (own, next) = manifest.last_row_and_next(register)?;
        let key = below.and_then(|(below, _)| sheet.key_at(*below))?;
        (next.1 == key).then(|| end.saturating_sub(next.0.saturating_sub(own + 1)))
    };
    // In a sheet of its own nothing comes after a register.
    let alone = || (below.is_none() && manifest.register_sheets().contains_key(register)).then_some(end);
    result.or_else(template).or_else(alone).unwrap_or(row + 1)
}

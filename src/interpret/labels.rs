//! What the eye reads beside the keys: labels that are another voce's, titles of register columns exchanged.
//!
//! A sort, or a cut and paste from the second column on, moves labels and values and leaves the hidden keys.

use std::collections::BTreeMap;

use super::layout::{SheetLayout, folded};
use super::manifest::Manifest;
use super::submission::StructureFact;
use crate::model::{CellRef, VoceKey};
use crate::plan::{Register, Voce};

/// The facts about the labels of a scheda's sheet, given the voci that stand in it.
pub(super) fn labels(sheet: &SheetLayout<'_>, manifest: &Manifest, voci: &[&Voce]) -> Vec<StructureFact> {
    let mut by_label: BTreeMap<String, Vec<&VoceKey>> = BTreeMap::new();
    for voce in voci {
        by_label.entry(folded(&voce.label)).or_default().push(&voce.key);
    }
    let rows = sheet.keys.iter().filter_map(|(key, rows)| match rows.as_slice() {
        [row] if !key.contains('#') => other_label(sheet, key, *row, &by_label),
        _ => None,
    });
    let registers = voci.iter().filter_map(|voce| {
        let columns = other_titles(sheet, manifest, &voce.key, voce.register.as_ref()?);
        let (sheet, register) = (sheet.sheet.name.clone(), voce.key.clone());
        (!columns.is_empty()).then_some(StructureFact::OtherTitles { sheet, register, columns })
    });
    rows.chain(registers).collect()
}

/// The label of a row, when it is another voce's and the row's own is nowhere beside it.
fn other_label(
    sheet: &SheetLayout<'_>,
    key: &str,
    row: u32,
    by_label: &BTreeMap<String, Vec<&VoceKey>>,
) -> Option<StructureFact> {
    // The row on which a register is declared has the register's label.
    let own = key.strip_suffix(".completo").unwrap_or(key);
    let texts: Vec<(CellRef, &Vec<&VoceKey>)> = sheet
        .labels(row)
        .filter_map(|(cell, text)| by_label.get(&folded(text)).map(|voci| (cell, voci)))
        .collect();
    if texts.iter().any(|(_, voci)| voci.iter().any(|voce| voce.as_str() == own)) {
        return None;
    }
    let (cell, voci) = texts.first()?;
    Some(StructureFact::OtherLabel {
        sheet: sheet.sheet.name.clone(),
        cell: *cell,
        key: key.to_owned(),
        voci: voci.iter().map(|voce| (*voce).clone()).collect(),
    })
}

/// A column of a register: its place in the template and now, `None` when its title is gone or stands twice.
struct Titled<'a> {
    key: &'a str,
    label: String,
    home: u16,
    now: Option<u16>,
}

/// The columns that have the title of another one, each with the cell where its own should stand.
fn other_titles(
    sheet: &SheetLayout<'_>,
    manifest: &Manifest,
    voce: &VoceKey,
    register: &Register,
) -> Vec<(String, CellRef)> {
    let Some(head) = sheet.head(voce.as_str()) else { return Vec::new() };
    let columns: Vec<Titled<'_>> = register
        .columns
        .iter()
        .filter_map(|column| {
            let home = manifest.column(voce.as_str(), &column.key)?;
            let now = sheet.register_column(voce.as_str(), &column.label);
            Some(Titled { key: &column.key, label: folded(&column.label), home, now })
        })
        .collect();
    let told = if columns.iter().all(|column| column.now.is_some()) {
        out_of_order(&columns)
    } else {
        written_over(sheet, head.row, &columns)
    };
    let cell = |column: &Titled<'_>| CellRef { row: head.row, col: column.home };
    told.into_iter().map(|column| (column.key.to_owned(), cell(column))).collect()
}

/// The columns that are not where the order of the template puts them; a column inserted moves all those
/// after it and changes no order.
fn out_of_order<'c, 'a>(columns: &'c [Titled<'a>]) -> Vec<&'c Titled<'a>> {
    let sorted = |by: fn(&Titled<'_>) -> Option<u16>| {
        let mut columns: Vec<&Titled<'_>> = columns.iter().collect();
        columns.sort_by_key(|column| by(column));
        columns
    };
    let (home, now) = (sorted(|column| Some(column.home)), sorted(|column| column.now));
    home.into_iter().zip(now).filter(|(home, now)| home.key != now.key).map(|(home, _)| home).collect()
}

/// The columns over which another one's title was written, and those others.
fn written_over<'c, 'a>(sheet: &SheetLayout<'_>, row: u32, columns: &'c [Titled<'a>]) -> Vec<&'c Titled<'a>> {
    let title = |column: &Titled<'_>| sheet.text(CellRef { row, col: column.home }).map(folded);
    let titles: Vec<(&Titled<'_>, Option<String>)> =
        columns.iter().map(|column| (column, title(column))).collect();
    let wrong = |(column, title): &&(&Titled<'_>, Option<String>)| {
        title
            .as_ref()
            .is_some_and(|title| *title != column.label && columns.iter().any(|other| other.label == *title))
    };
    let over: Vec<&(&Titled<'_>, Option<String>)> = titles.iter().filter(wrong).collect();
    let named = |column: &Titled<'_>| {
        over.iter().any(|(own, title)| own.key == column.key || title.as_ref() == Some(&column.label))
    };
    columns.iter().filter(|column| named(column)).collect()
}

//! Which file, plan or program is not the one of the issue: said before what follows from it.

use std::collections::BTreeMap;

use super::cover::beside;
use super::difference::Other;
use super::words::text;
use crate::model::CellRef;
use crate::read::RawWorkbook;
use crate::report::{labels, tables};

/// Where the cover says which plan it was made from.
const PLAN: [&str; 2] = [labels::PLAN, labels::WHOLE_PLAN];

pub(super) fn others(issued: &RawWorkbook, fresh: &RawWorkbook) -> Vec<Other> {
    let mut others = Vec::new();
    let (had, has) = (files(issued), files(fresh));
    for (name, hash) in &had {
        match has.get(name) {
            Some(now) if now == hash => {}
            Some(_) => others.push(Other::Changed(name.clone())),
            None => others.push(Other::Missing(name.clone())),
        }
    }
    others.extend(has.keys().filter(|name| !had.contains_key(*name)).map(|name| Other::Added(name.clone())));
    if PLAN.iter().any(|label| beside(issued, label) != beside(fresh, label)) {
        others.push(Other::Plan);
    }
    let program = |book| beside(book, labels::PROGRAM).unwrap_or_default();
    let (own, this) = (program(issued), program(fresh));
    if own != this {
        others.push(Other::Program(own, this));
    }
    others
}

/// The files that a workbook says it was made from: name → SHA-256. The same name twice is kept with both.
pub fn files(book: &RawWorkbook) -> BTreeMap<String, Vec<String>> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let Some(sheet) = book.sheet(labels::FILES) else { return files };
    let said = |row: u32, col: u16| sheet.cell(CellRef { row, col }).map(text).unwrap_or_default();
    let header = |wanted: &str| sheet.cells.iter().find(|(_, cell)| text(cell) == wanted).map(|(at, _)| *at);
    let (Some(name), Some(hash)) = (header(tables::FILE), header(tables::HASH)) else { return files };
    for at in sheet.cells.keys().filter(|at| at.col == name.col && at.row > name.row) {
        files.entry(said(at.row, name.col)).or_default().push(said(at.row, hash.col));
    }
    files
}

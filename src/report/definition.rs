//! How an indicator is defined, as *Metodo* says it: what must be the same from a year to the next for two
//! results to be compared. Made of a plan, and read again in an issued workbook.

use std::collections::BTreeMap;

use super::method::{FORMULA, nature_cell, voce_words};
use crate::book::table::names;
use crate::model::{IndicatorCode, squeezed};
use crate::plan::{Indicator, Plan, year_after};
use crate::read::{RawCell, RawContent, RawSheet, RawWorkbook};

/// How an indicator is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its formula, as the plan writes it.
    pub formula: String,
    /// Each of its voci by name: how it lies in time, how the offices' values become one, of what it is a
    /// part. Of a value that the plan gives, nothing: it is another each year.
    pub voci: BTreeMap<String, String>,
    /// How its result behaves in time.
    pub nature: String,
}

impl Definition {
    /// Of an indicator of a plan.
    pub fn of(plan: &Plan, indicator: &Indicator) -> Self {
        let voci = indicator.voci.iter().map(|voce| voce_words(plan, voce));
        Self {
            formula: squeezed(indicator.formula.text()),
            voci: voci.map(|words| voce_of(&words)).collect(),
            nature: nature_cell(indicator.formula.nature()),
        }
    }

    /// What of this definition, of `year`, is not what it is in `now`, the year after: in words; `None` when
    /// nothing is. A name that speaks of the year speaks of the next one then.
    pub fn changed(&self, year: i32, now: &Self, inputs: &[String]) -> Option<String> {
        let same = |then: &str, now: &str| then == now || year_after(then, year) == now;
        if !same(&self.formula, &now.formula) {
            return Some(format!("la formula era «{}», ora è «{}»", self.formula, now.formula));
        }
        if self.nature != now.nature {
            return Some(format!("la natura era «{}», ora è «{}»", self.nature, now.nature));
        }
        inputs.iter().find_map(|name| {
            let then = self.voci.iter().find(|(key, _)| same(key, name)).map(|(_, words)| words.as_str());
            let words = now.voci.get(name).map_or("", String::as_str);
            match then {
                None => Some(format!("la voce «{name}» non c'era")),
                // Given by the plan in one of the two years.
                Some(then) if then.is_empty() || words.is_empty() || same(then, words) => None,
                Some(then) => Some(format!("la voce «{name}» era «{then}», ora è «{words}»")),
            }
        })
    }
}

/// Name and words of a voce: `prodotti: mensile: si sommano i mesi; si sommano gli uffici`.
fn voce_of(words: &str) -> (String, String) {
    let first = words.find([':', '=']).unwrap_or(words.len());
    let (name, rest) = words.split_at(first);
    let rest = rest.strip_prefix(':').unwrap_or_default();
    // Who answers is no part of what is measured.
    let rest = rest.split_once("; ne risponde:").map_or(rest, |(own, _)| own);
    (name.trim().to_owned(), squeezed(rest))
}

/// The definitions that an issued workbook says, by code.
pub fn definitions(book: &RawWorkbook) -> BTreeMap<IndicatorCode, Definition> {
    book.sheet(names::METHOD).map(in_sheet).unwrap_or_default()
}

fn in_sheet(sheet: &RawSheet) -> BTreeMap<IndicatorCode, Definition> {
    let Some(head) = sheet.cells.iter().find(|(_, cell)| text(cell) == FORMULA[1]).map(|(at, _)| at.row)
    else {
        return BTreeMap::new();
    };
    let row = |row: u32| sheet.cells.iter().filter(move |(at, _)| at.row == row);
    let columns: BTreeMap<&str, u16> = row(head).map(|(at, cell)| (text(cell), at.col)).collect();
    let mut rows: BTreeMap<u32, BTreeMap<u16, &str>> = BTreeMap::new();
    for (at, cell) in sheet.cells.iter().filter(|(at, _)| at.row > head) {
        rows.entry(at.row).or_default().insert(at.col, text(cell));
    }
    let definition = |cells: &BTreeMap<u16, &str>| {
        let said =
            |title: &str| columns.get(title).and_then(|col| cells.get(col)).copied().unwrap_or_default();
        let [code, formula, voci, nature] = FORMULA.map(said);
        let own = Definition {
            formula: squeezed(formula),
            voci: voci.lines().map(voce_of).collect(),
            nature: nature.to_owned(),
        };
        (!code.is_empty()).then(|| (IndicatorCode::new(code), own))
    };
    rows.values().map_while(definition).collect()
}

fn text(cell: &RawCell) -> &str {
    match &cell.content {
        RawContent::Text(text) => text.trim(),
        _ => "",
    }
}

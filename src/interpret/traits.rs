//! Facts about an office's file that need no template: how it calculates, who saved it, what it carries.

use std::collections::{BTreeMap, BTreeSet};

use super::writing::Writing;
use crate::model::{CellRef, Place};
use crate::read::{BookTraits, Drawing, Paint, RawCell, RawContent, RawSheet, RawWorkbook};

/// The format of the workbooks that this program writes, as their manifest says it.
pub const FORMAT: &str = "2";

/// The formats that it reads: those sent before have their registers in the sheets of the schede, and one
/// sign-off for the year.
pub const FORMATS: [&str; 2] = ["1", FORMAT];

/// How the notes begin that this program writes beside the cells of a workbook that it returns.
pub const OWN_NOTE: &str = "Da sistemare: ";

/// Rows, or columns, of blank formatted cells past the last full one, from which a sheet is overgrown.
const MANY_ROWS: u32 = 1_000;
const MANY_COLUMNS: u16 = 100;

/// What the file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileTraits {
    /// The names of its sheets, in order.
    pub sheets: Vec<String>,
    /// How it calculates, its links, who saved it and when.
    pub book: BookTraits,
    /// Whether it carries macros.
    pub macros: bool,
    /// Whether its dates count from 1904.
    pub date1904: bool,
    /// The cells whose formula looks into another file.
    pub linked: Vec<Place>,
    /// Comments and notes, with the cell to which they belong.
    pub comments: Vec<(Place, String)>,
    /// Sheets with formatted and blank cells far below, or far to the right: how many, and the last one.
    pub overgrown: Vec<(String, u64, CellRef)>,
    /// What is drawn over the sheets: the sheet, and what.
    pub drawings: Vec<(String, Drawing)>,
    /// Input cells whose value is not simply written.
    pub written: BTreeMap<Place, Writing>,
    /// Cells with a text longer than a cell may hold, and its length.
    pub oversize: Vec<(Place, usize)>,
    /// Numbers of an OpenDocument workbook whose format Excel's words do not tell.
    pub untold: BTreeSet<Place>,
}

impl FileTraits {
    pub(super) fn of(raw: &RawWorkbook) -> Self {
        let place = |sheet: &RawSheet, cell: CellRef| Place { sheet: sheet.name.clone(), cell };
        let mut traits = Self {
            sheets: raw.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            book: BookTraits { formats: Vec::new(), paint: Paint::default(), ..raw.traits.clone() },
            macros: raw.macros,
            date1904: raw.date1904,
            ..Self::default()
        };
        for sheet in &raw.sheets {
            let linked =
                sheet.cells.iter().filter(|(_, raw)| raw.formula.as_deref().is_some_and(looks_elsewhere));
            traits.linked.extend(linked.map(|(cell, _)| place(sheet, *cell)));
            let oversize = sheet.cells.iter().filter_map(|(cell, raw)| match raw.content {
                RawContent::Oversize(length) => Some((place(sheet, *cell), length)),
                _ => None,
            });
            traits.oversize.extend(oversize);
            if raw.traits.open_document {
                let untold = |(cell, found): &(&CellRef, &RawCell)| {
                    matches!(found.content, RawContent::Number(_))
                        && raw.number_format(sheet, **cell).is_none()
                };
                traits.untold.extend(sheet.cells.iter().filter(untold).map(|(cell, _)| place(sheet, *cell)));
            }
            let drawings = sheet.traits.drawings.iter().cloned();
            traits.drawings.extend(drawings.map(|drawing| (sheet.name.clone(), drawing)));
            // What a return itself says beside the cells is not the office's.
            let comments = sheet.traits.comments.iter().filter(|(_, text)| !text.starts_with(OWN_NOTE));
            traits.comments.extend(comments.map(|(cell, text)| (place(sheet, *cell), text.clone())));
            traits
                .overgrown
                .extend(overgrown(sheet).map(|end| (sheet.name.clone(), sheet.traits.blanks, end)));
        }
        traits
    }
}

/// Whether a formula names a cell of another workbook: `[1]Foglio1!A1`, `'[dati.xlsx]Foglio1'!A1`.
fn looks_elsewhere(formula: &str) -> bool {
    if !formula.contains('[') {
        return false;
    }
    // Texts between double quotes may hold anything.
    let outside = formula.split('"').step_by(2);
    outside.into_iter().any(|piece| {
        piece.match_indices('[').any(|(at, _)| {
            let rest = piece.get(at + 1..).unwrap_or_default();
            rest.split_once(']').is_some_and(|(_, after)| after.contains('!'))
        })
    })
}

fn overgrown(sheet: &RawSheet) -> Option<CellRef> {
    let end = sheet.traits.blanks_end?;
    let row = sheet.cells.keys().next_back().map_or(0, |cell| cell.row);
    let col = sheet.cells.keys().map(|cell| cell.col).max().unwrap_or(0);
    (end.row >= row + MANY_ROWS || end.col >= col + MANY_COLUMNS).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::looks_elsewhere;

    #[test]
    fn a_formula_looks_elsewhere_only_by_a_link() {
        assert!(looks_elsewhere("[1]Foglio1!A1"));
        assert!(looks_elsewhere("SUM('[dati 2019.xlsx]Foglio1'!A1:A3)"));
        assert!(!looks_elsewhere("Tabella[Importo]*2"));
        assert!(!looks_elsewhere("IF(A1=\"[x]!\",1,0)"));
    }
}

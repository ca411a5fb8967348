//! What a reader of a workbook sees and its cells do not say: formats, colours, what is hidden, where links
//! lead, charts, what the paper repeats, what the file says of itself.
//!
//! Read from the package on its own, not through the reader of the offices' files. What is most seen has
//! words of its own; of all the rest every leaf is a fact (`leaves`), but what is known to say nothing
//! (`quiet`). Every fact is spelled so that a program that saves a workbook again spells it alike; what such
//! a program cannot keep is known and passed over (`LOST`). The facts explain in what a workbook is another
//! one; that it is the same, only its bytes say (`parts`).

mod book;
mod drawing;
mod facts;
mod leaves;
mod package;
mod quiet;
mod seen;
mod sheet;
mod style;

use std::rc::Rc;

use super::difference::{Difference, Kind, either};
use crate::book::same_result;
use crate::model::{CellRef, Number};
use crate::package::Parts;
use facts::{ALTERNATIVE, COLOURS, Facts, HINT, letters};
use package::Unreadable;
pub(super) use seen::Face;
use seen::SheetFace;
use style::Look;

/// What programs that save again may leave out; said otherwise, it is a difference.
const LOST: [&str; 3] = [ALTERNATIVE, COLOURS, HINT];

/// The least that is left of a row's height or of a column's width, in hundredths, for what it holds to be
/// seen.
const SEEN: i64 = 80;

impl Face {
    /// The face of a package.
    ///
    /// # Errors
    /// When a part that shows something cannot be read.
    pub(super) fn of(parts: &Parts) -> Result<Self, Unreadable> {
        book::face(parts)
    }

    /// What looks otherwise in `self` than in `wanted`, in order of sheet and cell; `holds` tells the cells
    /// that hold something.
    pub(super) fn unlike(&self, wanted: &Self, holds: impl Fn(&str, CellRef) -> bool) -> Vec<Difference> {
        let mut found = Vec::new();
        compare("", &self.book, &wanted.book, &mut found);
        for (name, sheet) in &wanted.sheets {
            if let Some(issued) = self.sheets.get(name) {
                let before = found.len();
                compare(name, &issued.facts, &sheet.facts, &mut found);
                issued.looks(name, sheet, &holds, &mut found);
                issued.sizes(name, sheet, &mut found);
                if let Some(own) = found.get_mut(before..) {
                    own.sort_by_key(|one| one.cell);
                }
            }
        }
        found
    }
}

impl SheetFace {
    fn looks(
        &self,
        name: &str,
        wanted: &Self,
        holds: impl Fn(&str, CellRef) -> bool,
        found: &mut Vec<Difference>,
    ) {
        let plain = Rc::<Look>::default();
        for (cell, look) in &wanted.looks {
            let own = self.looks.get(cell).unwrap_or(&plain);
            if !holds(name, *cell) {
                continue;
            }
            for (about, issued, wanted) in own.unlike(look) {
                found.push(otherwise(name, Some(*cell), about, issued, wanted));
            }
        }
    }

    /// Rows and columns so small that nothing is seen any more.
    fn sizes(&self, name: &str, wanted: &Self, found: &mut Vec<Difference>) {
        let mut small = |about: String, had: &Number, size: &Number| {
            if had.clone() * &Number::from(100_i64) < size.clone() * &Number::from(SEEN) {
                found.push(otherwise(name, None, &about, &had.to_italian(2), &size.to_italian(2)));
            }
        };
        for (row, size) in &wanted.heights {
            if let Some(had) = self.heights.get(row).or(self.height.as_ref()) {
                small(format!("altezza della riga {row}"), had, size);
            }
        }
        for (column, size) in &wanted.widths {
            if let Some(had) = self.widths.get(column).or(self.width.as_ref()) {
                small(format!("larghezza della colonna {}", letters(*column)), had, size);
            }
        }
    }
}

fn compare(sheet: &str, issued: &Facts, wanted: &Facts, found: &mut Vec<Difference>) {
    for spot in either(issued, wanted) {
        let (had, should) = (issued.get(spot), wanted.get(spot));
        let lost = had.is_none_or(String::is_empty) && LOST.iter().any(|lost| spot.about.starts_with(lost));
        if had == should || lost || had.zip(should).is_some_and(|(had, should)| only_rounded(had, should)) {
            continue;
        }
        let words = |fact: Option<&String>| fact.cloned().unwrap_or_default();
        found.push(otherwise(sheet, spot.cell, &spot.about, &words(had), &words(should)));
    }
}

/// A difference in how it looks; `sheet` is empty for the whole file.
fn otherwise(sheet: &str, cell: Option<CellRef>, about: &str, issued: &str, wanted: &str) -> Difference {
    let words = |said: &'_ str| if said.is_empty() { "niente".to_owned() } else { said.to_owned() };
    let whole = Difference::whole(sheet, about, &words(issued), &words(wanted));
    Difference { cell, kind: Kind::Look, ..whole }
}

/// Whether two facts are the same but for numbers that a program that saves again computes by its own: those
/// kept in a chart.
fn only_rounded(issued: &str, wanted: &str) -> bool {
    let words = |fact: &'_ str| {
        fact.split("; ").flat_map(|part| part.split(' ').map(str::to_owned)).collect::<Vec<_>>()
    };
    let (had, should) = (words(issued), words(wanted));
    had.len() == should.len()
        && had.iter().zip(&should).all(|(had, should)| {
            let numbers = had.parse().ok().zip(should.parse().ok());
            had == should || numbers.is_some_and(|(had, should)| same_result(had, should))
        })
}

//! Which row of the workbook made again each row of the issued one is: by what it is about, not by where it
//! stands.
//!
//! A row of a table is told by the columns that name it (`tables::TABLES`); any other row by its first two
//! texts. Rows that are the same thing at the same place come first, then the same thing elsewhere, in order;
//! of those that are left, the ones that stand where the rows before them lead. Two entries of *Dati* are the
//! same thing also under another key, but never from two cells of an office's workbook.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::CellRef;
use crate::read::{RawCell, RawContent, RawSheet};
use crate::report::{labels, tables};

/// The rows of two sheets, each with its counterpart.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Issued row, fresh row: every row of either sheet once, in order of the issued ones, those only fresh
    /// last.
    pub pairs: Vec<(Option<u32>, Option<u32>)>,
    /// Where a row of the issued sheet stands in the fresh one.
    pub to: BTreeMap<u32, u32>,
}

/// A sheet's cells by row.
type ByRow<'a> = BTreeMap<u32, Cells<'a>>;

/// The cells of a row, each with its column.
type Cells<'a> = Vec<(u16, &'a RawCell)>;

impl Rows {
    pub(super) fn of(issued: &RawSheet, fresh: &RawSheet) -> Self {
        let (had, wanted) = (by_row(issued), by_row(fresh));
        let columns = tables::key_columns(&fresh.name, |label| header_column(fresh, label));
        let places = match fresh.name.as_str() {
            labels::DATA => {
                tables::PLACE_COLUMNS.iter().filter_map(|label| header_column(fresh, label)).collect()
            }
            _ => Vec::new(),
        };
        let mut matching = Matching {
            had: named(&had, &columns),
            wanted: named(&wanted, &columns),
            places,
            to: BTreeMap::new(),
            taken: BTreeSet::new(),
        };
        matching.same_place();
        matching.same_thing();
        matching.where_led(&had, &wanted);
        matching.where_nothing_moved(&had, &wanted);
        let to = matching.to;
        let taken: BTreeSet<u32> = to.values().copied().collect();
        let own = had.keys().map(|row| (Some(*row), to.get(row).copied()));
        let only = wanted.keys().filter(|row| !taken.contains(row)).map(|row| (None, Some(*row)));
        Self { pairs: own.chain(only).collect(), to }
    }

    /// Whether every row of either sheet stands in the other, at the same place.
    pub(super) fn is_still(&self) -> bool {
        self.pairs.iter().all(|(own, other)| own == other)
    }

    /// Whether a row of the issued sheet is the same row of the fresh one.
    pub(super) fn stays(&self, row: u32) -> bool {
        self.to.get(&row) == Some(&row)
    }
}

fn by_row(sheet: &RawSheet) -> ByRow<'_> {
    let mut rows = ByRow::new();
    for (at, cell) in &sheet.cells {
        rows.entry(at.row).or_default().push((at.col, cell));
    }
    rows
}

/// The column over which a table's header has this label.
pub(super) fn header_column(sheet: &RawSheet, label: &str) -> Option<u16> {
    let row = sheet
        .cells
        .range(CellRef { row: labels::HEADER, col: 0 }..CellRef { row: labels::HEADER + 1, col: 0 });
    row.into_iter().find(|(_, cell)| super::words::text(cell) == label).map(|(at, _)| at.col)
}

/// What a row is about, and whether its table says so.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    by_key: bool,
    words: Vec<String>,
}

fn named(rows: &ByRow<'_>, columns: &[u16]) -> BTreeMap<u32, Name> {
    rows.iter().map(|(row, cells)| (*row, name(*row, cells, columns))).collect()
}

fn name(row: u32, cells: &[(u16, &RawCell)], columns: &[u16]) -> Name {
    let words: Vec<String> = columns.iter().map(|col| said(cells, *col)).collect();
    if row > labels::HEADER && words.iter().any(|word| !word.is_empty()) {
        return Name { by_key: true, words };
    }
    let texts = cells.iter().filter_map(|(_, cell)| match &cell.content {
        RawContent::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    });
    Name { by_key: false, words: texts.take(2).collect() }
}

/// What the cell of this column says, among those of a row.
fn said(cells: &[(u16, &RawCell)], wanted: u16) -> String {
    let cell = cells.iter().find(|(col, _)| *col == wanted);
    cell.map_or_else(String::new, |(_, cell)| content(cell))
}

fn content(cell: &RawCell) -> String {
    match &cell.content {
        RawContent::Empty => String::new(),
        RawContent::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

struct Matching {
    had: BTreeMap<u32, Name>,
    wanted: BTreeMap<u32, Name>,
    /// The columns with the place of what a row holds; none where a row has no other place than its own.
    places: Vec<u16>,
    to: BTreeMap<u32, u32>,
    taken: BTreeSet<u32>,
}

impl Matching {
    fn pair(&mut self, own: u32, other: u32) {
        self.to.insert(own, other);
        self.taken.insert(other);
    }

    /// Whether two rows hold what stands at one place of an office's workbook.
    fn has_one_origin(&self, had: Option<&Cells<'_>>, wanted: Option<&Cells<'_>>) -> bool {
        let origin = |cells: Option<&Cells<'_>>| {
            let cells = cells.map_or(&[][..], Vec::as_slice);
            self.places.iter().map(|col| said(cells, *col)).collect::<Vec<String>>()
        };
        origin(had) == origin(wanted)
    }

    fn same_place(&mut self) {
        let same: Vec<u32> = self
            .had
            .iter()
            .filter(|(row, name)| self.wanted.get(row) == Some(name))
            .map(|(row, _)| *row)
            .collect();
        for row in same {
            self.pair(row, row);
        }
    }

    fn same_thing(&mut self) {
        let mut waiting: BTreeMap<Name, Vec<u32>> = BTreeMap::new();
        for (row, name) in self.wanted.iter().rev().filter(|(row, _)| !self.taken.contains(row)) {
            waiting.entry(name.clone()).or_default().push(*row);
        }
        let lost: Vec<(u32, Name)> = self
            .had
            .iter()
            .filter(|(row, _)| !self.to.contains_key(row))
            .map(|(row, name)| (*row, name.clone()))
            .collect();
        for (row, name) in lost {
            if let Some(other) = waiting.get_mut(&name).and_then(Vec::pop) {
                self.pair(row, other);
            }
        }
    }

    /// What is left: a title or a label that says something else, or a key that somebody changed. A row of a
    /// table is the same row only when nearly all that it says is the same.
    fn where_led(&mut self, had: &ByRow<'_>, wanted: &ByRow<'_>) {
        let rows: Vec<u32> = self.had.keys().filter(|row| !self.to.contains_key(row)).copied().collect();
        for row in rows {
            let before = self.to.range(..row).next_back();
            let led = before.and_then(|(own, other)| other.checked_add(row - own));
            let candidates = [led, Some(row)].into_iter().flatten();
            let fits = |other: &u32| {
                let by_key = |name: Option<&Name>| name.is_some_and(|name| name.by_key);
                let (own, there) = (had.get(&row), wanted.get(other));
                let alike = || alike(own, there) && self.has_one_origin(own, there);
                wanted.contains_key(other)
                    && !self.taken.contains(other)
                    && ((!by_key(self.had.get(&row)) && !by_key(self.wanted.get(other))) || alike())
            };
            let found = candidates.clone().find(fits);
            if let Some(other) = found {
                self.pair(row, other);
            }
        }
    }

    /// In a sheet where no row moved, what is left is compared in its place, cell by cell: many of its cells
    /// say something else, its key among them.
    fn where_nothing_moved(&mut self, had: &ByRow<'_>, wanted: &ByRow<'_>) {
        let still = self.had.keys().eq(self.wanted.keys()) && self.to.iter().all(|(own, other)| own == other);
        let is_left = |row: &&u32| {
            still && !self.to.contains_key(row) && self.has_one_origin(had.get(row), wanted.get(row))
        };
        let left: Vec<u32> = self.had.keys().filter(is_left).copied().collect();
        for row in left {
            self.pair(row, row);
        }
    }
}

/// How many cells of a row may be others, its key among them, before it is another row.
const CHANGED: usize = 2;

/// Whether two rows say the same but for a few cells, fewer than the others.
fn alike(had: Option<&Cells<'_>>, wanted: Option<&Cells<'_>>) -> bool {
    let (Some(had), Some(wanted)) = (had, wanted) else { return false };
    let same = had.iter().filter(|(col, cell)| {
        wanted.iter().any(|(other, there)| other == col && there.content == cell.content)
    });
    let (same, all) = (same.count(), had.len().max(wanted.len()));
    all <= same + CHANGED && same * 2 + 1 >= all
}

#[cfg(test)]
mod tests {
    use super::Rows;
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet};

    fn sheet(name: &str, rows: &[(u32, &[&str])]) -> RawSheet {
        let mut sheet = RawSheet { name: name.to_owned(), ..RawSheet::default() };
        for (row, texts) in rows {
            for (col, text) in (0_u16..).zip(*texts) {
                let content = match text.parse() {
                    Ok(number) => RawContent::Number(number),
                    Err(_) => RawContent::Text((*text).to_owned()),
                };
                sheet.cells.insert(CellRef { row: *row, col }, RawCell { content, formula: None });
            }
        }
        sheet
    }

    fn pairs(
        name: &str,
        issued: &[(u32, &[&str])],
        fresh: &[(u32, &[&str])],
    ) -> Vec<(Option<u32>, Option<u32>)> {
        Rows::of(&sheet(name, issued), &sheet(name, fresh)).pairs
    }

    const HEAD: (u32, &[&str]) = (3, &["Codice", "Controllo", "Soggetti"]);

    #[test]
    fn a_row_of_a_table_is_found_wherever_it_stands() {
        let issued: [(u32, &[&str]); 4] =
            [HEAD, (4, &["R01", "x", "1"]), (5, &["R02", "y", "2"]), (6, &["R03", "z", "3"])];
        let fresh: [(u32, &[&str]); 4] =
            [HEAD, (4, &["R03", "z", "3"]), (5, &["R01", "x", "9"]), (6, &["R04", "w", "4"])];
        let found = pairs("Controlli", &issued, &fresh);
        assert_eq!(
            found,
            [(Some(3), Some(3)), (Some(4), Some(5)), (Some(5), None), (Some(6), Some(4)), (None, Some(6))]
        );
    }

    #[test]
    fn a_key_that_was_changed_is_still_the_row_at_its_place() {
        let issued: [(u32, &[&str]); 3] = [HEAD, (4, &["R01", "x", "1"]), (5, &["R01", "y", "2"])];
        let fresh: [(u32, &[&str]); 3] = [HEAD, (4, &["R01", "x", "1"]), (5, &["R02", "y", "2"])];
        assert_eq!(pairs("Controlli", &issued, &fresh)[2], (Some(5), Some(5)));
    }

    /// An entry of *Dati*: key, office, month, value, cell.
    const ENTRIES: (u32, &[&str]) = (3, &["Chiave", "Ufficio", "Mese", "Valore", "File", "Foglio", "Cella"]);

    #[test]
    fn an_entry_is_no_other_entry_however_alike_they_are() {
        let entry = |month, cell| ["S01.voce", "Metrico", month, "7", "m.xlsx", "Scheda 1", cell];
        let (march, april) = (entry("3", "G9"), entry("4", "H9"));
        // Typed a month too early, then moved: one entry less, another one more, though each row is where the
        // other was.
        let found = pairs("Dati", &[ENTRIES, (4, &march)], &[ENTRIES, (4, &april)]);
        assert_eq!(found, [(Some(3), Some(3)), (Some(4), None), (None, Some(4))]);
        // The month changed in the issued workbook alone: it is what stands in that cell.
        let forged = entry("3", "H9");
        let found = pairs("Dati", &[ENTRIES, (4, &forged)], &[ENTRIES, (4, &april)]);
        assert_eq!(found, [(Some(3), Some(3)), (Some(4), Some(4))]);
    }

    #[test]
    fn a_page_with_a_row_more_goes_on_after_it() {
        let issued: [(u32, &[&str]); 4] =
            [(0, &["Titolo: 95,8"]), (2, &["Gennaio", "1"]), (3, &["Febbraio", "2"]), (4, &["Marzo", "3"])];
        let fresh: [(u32, &[&str]); 5] = [
            (0, &["Titolo: 95,5"]),
            (2, &["Nuova"]),
            (3, &["Gennaio", "1"]),
            (4, &["Febbraio", "2"]),
            (5, &["Marzo", "3"]),
        ];
        let found = pairs("S03", &issued, &fresh);
        let at = |row| found.iter().find(|(own, _)| *own == Some(row)).unwrap().1;
        assert_eq!([at(0), at(2), at(3), at(4)], [Some(0), Some(3), Some(4), Some(5)]);
        assert_eq!(found.last(), Some(&(None, Some(2))));
    }
}

//! A sheet laid beside the same sheet of its template: which row is which, and which column.
//!
//! Rows with a key answer to it. The rows between two keys follow the one above: by their place when they
//! are as many as in the template, otherwise by what is written in them.

use std::collections::BTreeMap;

use super::template::Seen;
use super::tidy::tidy;
use crate::model::CellRef;
use crate::read::RawContent;

/// A sheet beside its template's.
pub(super) struct Alignment {
    /// The template's row of each row; `None` when all stand where they stood.
    rows: Option<Lines<u32>>,
    /// The template's column of each column.
    columns: Option<Lines<u16>>,
}

/// Template's line by the line found, and the other way round.
struct Lines<T> {
    home: BTreeMap<T, T>,
    now: BTreeMap<T, T>,
}

impl<T: Copy + Ord> Lines<T> {
    fn of(home: BTreeMap<T, T>) -> Self {
        let now = home.iter().map(|(now, home)| (*home, *now)).collect();
        Self { home, now }
    }
}

impl Alignment {
    pub(super) fn of(found: Seen<'_>, template: Seen<'_>) -> Self {
        let (here, there): (Keys<'_>, Keys<'_>) =
            (found.first_column().collect(), template.first_column().collect());
        let rows = (here != there).then(|| Lines::of(rows(found, template, &here, &there)));
        let (headed, model) = (header(found, &here), header(template, &there));
        let last = template.range(..).map(|(cell, _)| cell.col).max().unwrap_or_default();
        let columns = (headed != model).then(|| Lines::of(columns(&headed, &model, last)));
        Self { rows, columns }
    }

    /// The template's row of a row.
    pub(super) fn home_row(&self, row: u32) -> Option<u32> {
        self.rows.as_ref().map_or(Some(row), |rows| rows.home.get(&row).copied())
    }

    /// Where a row of the template is now.
    pub(super) fn row_now(&self, row: u32) -> Option<u32> {
        self.rows.as_ref().map_or(Some(row), |rows| rows.now.get(&row).copied())
    }

    /// The template's cell of a cell, when its row and its column are known.
    pub(super) fn home(&self, cell: CellRef) -> Option<CellRef> {
        let col = self.columns.as_ref().map_or(Some(cell.col), |cols| cols.home.get(&cell.col).copied())?;
        Some(CellRef { row: self.home_row(cell.row)?, col })
    }

    /// Where a cell of the template is now.
    pub(super) fn now(&self, cell: CellRef) -> Option<CellRef> {
        let col = self.columns.as_ref().map_or(Some(cell.col), |cols| cols.now.get(&cell.col).copied())?;
        Some(CellRef { row: self.row_now(cell.row)?, col })
    }
}

/// The rows with a key, in order.
type Keys<'s> = Vec<(u32, &'s str)>;

/// The headings of the first row of months: text by column.
fn header(sheet: Seen<'_>, keys: &[(u32, &str)]) -> Vec<(u16, String)> {
    let Some((row, _)) = keys.iter().find(|(_, key)| *key == super::layout::MONTHS) else {
        return Vec::new();
    };
    let cells = sheet.range(CellRef { row: *row, col: 1 }..=CellRef { row: *row, col: u16::MAX });
    cells
        .filter_map(|(cell, raw)| match raw.content {
            RawContent::Text(text) => Some((cell.col, tidy(text).to_lowercase())),
            _ => None,
        })
        .collect()
}

/// The template's column of each column, up to `last`: by its heading; without one it moves with the nearest
/// that has one before it.
fn columns(found: &[(u16, String)], template: &[(u16, String)], last: u16) -> BTreeMap<u16, u16> {
    let mut home = BTreeMap::from([(0, 0)]);
    for (col, text) in found {
        let twice = found.iter().filter(|(_, other)| other == text).count() > 1;
        let place = template.iter().find(|(_, other)| other == text);
        if let Some((there, _)) = place.filter(|_| !twice) {
            home.insert(*col, *there);
        }
    }
    let headed: BTreeMap<u16, u16> = home.iter().map(|(now, home)| (*home, *now)).collect();
    for there in (0..=last).filter(|there| !headed.contains_key(there)) {
        let before = headed.range(..there).next_back();
        let now = before.and_then(|(home, now)| (there - home).checked_add(*now));
        if let Some(now) = now.filter(|now| !home.contains_key(now)) {
            home.insert(now, there);
        }
    }
    home
}

fn rows(
    found: Seen<'_>,
    template: Seen<'_>,
    here: &[(u32, &str)],
    there: &[(u32, &str)],
) -> BTreeMap<u32, u32> {
    let once = |keys: &[(u32, &str)], key: &str| {
        let mut rows = keys.iter().filter(|(_, other)| *other == key).map(|(row, _)| *row);
        let row = rows.next();
        if rows.next().is_some() { None } else { row }
    };
    let known: BTreeMap<u32, u32> = here
        .iter()
        .filter_map(|(row, key)| Some((once(here, key)?, once(there, key)?)).filter(|p| p.0 == *row))
        .collect();
    let homes: BTreeMap<u32, u32> = known.iter().map(|(now, home)| (*home, *now)).collect();
    let keyed: Vec<u32> = here.iter().map(|(row, _)| *row).collect();
    let below = runs(found, &keyed, known.keys().copied());
    // A row of the template that lost its key is looked for as those that never had one.
    let model = runs(template, &[], homes.keys().copied());
    let mut home = known;
    for (anchor, wanted) in model {
        let now = anchor.map(|row| homes.get(&row).copied().unwrap_or(row));
        let Some(present) = below.get(&now) else { continue };
        home.extend(paired(found, present, template, &wanted));
    }
    home
}

/// The rows that follow each of `anchors`, and those before the first one, but for those of `left_out`.
fn runs(
    sheet: Seen<'_>,
    left_out: &[u32],
    anchors: impl Iterator<Item = u32>,
) -> BTreeMap<Option<u32>, Vec<u32>> {
    let anchors: Vec<u32> = anchors.collect();
    let end = sheet.end();
    let mut runs: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
    let mut anchor = None;
    for row in 0..=end {
        if anchors.binary_search(&row).is_ok() {
            anchor = Some(row);
        } else if left_out.binary_search(&row).is_err() {
            runs.entry(anchor).or_default().push(row);
        }
    }
    runs
}

/// The rows found, each with the template's.
fn paired(found: Seen<'_>, present: &[u32], template: Seen<'_>, wanted: &[u32]) -> Vec<(u32, u32)> {
    if present.len() == wanted.len() {
        return present.iter().copied().zip(wanted.iter().copied()).collect();
    }
    let mut pairs = Vec::new();
    let mut rest = present;
    // Rows of the template, and rows found, since the last that read the same.
    let mut unread: Vec<u32> = Vec::new();
    for row in wanted {
        let text = written(template, *row);
        let at = rest.iter().position(|other| !text.is_empty() && written(found, *other) == text);
        let Some(at) = at else {
            unread.push(*row);
            continue;
        };
        let (before, from) = rest.split_at(at);
        if before.len() == unread.len() {
            pairs.extend(before.iter().copied().zip(unread.drain(..)));
        }
        unread.clear();
        pairs.extend(from.first().map(|same| (*same, *row)));
        rest = from.get(1..).unwrap_or_default();
    }
    pairs.extend(rest.iter().copied().zip(unread));
    pairs
}

/// The texts of a row, one after the other.
fn written(sheet: Seen<'_>, row: u32) -> String {
    sheet.texts(row).into_iter().map(tidy).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Alignment, Seen};
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet};

    fn sheet(rows: &[(&str, &str)]) -> RawSheet {
        let mut sheet = RawSheet::default();
        for (row, (key, text)) in (0..).zip(rows) {
            for (col, text) in [(0, key), (1, text)] {
                if !text.is_empty() {
                    let content = RawContent::Text((*text).to_owned());
                    sheet.cells.insert(CellRef { row, col }, RawCell { content, formula: None });
                }
            }
        }
        sheet
    }

    fn homes(found: &[(&str, &str)]) -> Vec<Option<u32>> {
        let template =
            sheet(&[("", "title"), ("S.a", "a"), ("", "result"), ("", ""), ("", "band"), ("S.b", "b")]);
        let alignment = Alignment::of(Seen::of(&sheet(found)), Seen::of(&template));
        (0..u32::try_from(found.len()).unwrap()).map(|row| alignment.home_row(row)).collect()
    }

    #[test]
    fn rows_without_a_key_follow_the_key_above() {
        let as_it_was = [("", "title"), ("S.a", "a"), ("", "result"), ("", ""), ("", "band"), ("S.b", "b")];
        assert_eq!(homes(&as_it_was), (0..6).map(Some).collect::<Vec<_>>());
        let inserted =
            [("", "title"), ("", ""), ("S.a", "a"), ("", "changed"), ("", ""), ("", "band"), ("S.b", "b")];
        assert_eq!(homes(&inserted), [Some(0), None, Some(1), Some(2), Some(3), Some(4), Some(5)]);
        let between =
            [("", "title"), ("S.a", "a"), ("", "result"), ("", "new"), ("", ""), ("", "band"), ("S.b", "b")];
        assert_eq!(homes(&between), [Some(0), Some(1), Some(2), None, None, Some(4), Some(5)]);
        let gone = [("", "title"), ("", "result"), ("", ""), ("", "band"), ("S.b", "b")];
        assert_eq!(homes(&gone), [Some(0), Some(2), Some(3), Some(4), Some(5)]);
    }
}

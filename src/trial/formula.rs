//! The cell addresses of a formula when rows or columns move.

use crate::model::CellRef;

/// A run of rows or columns that appears or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// This many rows appear above row `at`.
    InsertRows {
        /// The row, from 0.
        at: u32,
        /// How many.
        many: u32,
    },
    /// Row `at` goes.
    DeleteRow(u32),
    /// Column `at` goes.
    DeleteColumn(u16),
}

impl Shift {
    /// Where a cell goes; `None` when it goes away.
    pub(super) fn cell(self, cell: CellRef) -> Option<CellRef> {
        match self {
            Self::InsertRows { at, many } if cell.row >= at => Some(CellRef { row: cell.row + many, ..cell }),
            Self::DeleteRow(at) if cell.row == at => None,
            Self::DeleteRow(at) if cell.row > at => Some(CellRef { row: cell.row - 1, ..cell }),
            Self::DeleteColumn(at) if cell.col == at => None,
            Self::DeleteColumn(at) if cell.col > at => Some(CellRef { col: cell.col - 1, ..cell }),
            _ => Some(cell),
        }
    }

    /// Where a range goes, ends included; `None` when nothing of it is left.
    pub(super) fn range(self, first: CellRef, last: CellRef) -> Option<(CellRef, CellRef)> {
        match (self.cell(first), self.cell(last)) {
            (Some(first), Some(last)) => Some((first, last)),
            // What follows the first one comes in its place.
            (None, Some(last)) => Some((first, last)),
            (Some(first), None) => Some((first, self.before(last)?)),
            (None, None) => None,
        }
    }

    fn before(self, cell: CellRef) -> Option<CellRef> {
        match self {
            Self::DeleteColumn(_) => Some(CellRef { col: cell.col.checked_sub(1)?, ..cell }),
            _ => Some(CellRef { row: cell.row.checked_sub(1)?, ..cell }),
        }
    }

    /// A list of ranges as `sqref` and `ref` write it; empty when nothing is left.
    pub(super) fn ranges(self, list: &str) -> String {
        let moved = list.split_whitespace().filter_map(|range| {
            let (first, last) = range.split_once(':').unwrap_or((range, range));
            let (Some(from), Some(to)) = (CellRef::parse(first), CellRef::parse(last)) else {
                return Some(range.to_owned());
            };
            let (from, to) = self.range(from, to)?;
            Some(if from == to && !range.contains(':') { from.to_string() } else { format!("{from}:{to}") })
        });
        moved.collect::<Vec<_>>().join(" ")
    }

    /// A formula whose cells of its own sheet move; those of other sheets stay.
    pub(super) fn formula(self, formula: &str) -> String {
        let mut out = String::new();
        let mut rest = formula;
        let mut previous = ' ';
        while let Some(next) = rest.chars().next() {
            let taken = match next {
                '"' | '\'' => quoted(rest, next),
                c if is_word(c) && !is_word(previous) => word(rest),
                c => c.len_utf8(),
            };
            let (mut text, mut after) = rest.split_at(taken.clamp(1, rest.len()));
            if let Some(second) = after.strip_prefix(':').filter(|_| address(text).is_some()) {
                let end = word(second);
                if second.get(..end).and_then(address).is_some() {
                    (text, after) = rest.split_at(text.len() + 1 + end);
                }
            }
            if previous != '!' && is_word(next) && !after.starts_with(['(', '!']) {
                out.push_str(&self.moved(text));
            } else {
                out.push_str(text);
            }
            previous = text.chars().last().unwrap_or(' ');
            rest = after;
        }
        out
    }

    /// A word of a formula, moved when it is an address or a range.
    fn moved(self, text: &str) -> String {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (Some(from), Some(to)) = (address(first), address(last)) else { return text.to_owned() };
        match self.range(from, to) {
            None => "#REF!".to_owned(),
            Some((from, _)) if !text.contains(':') => spelled(first, from),
            Some((from, to)) => format!("{}:{}", spelled(first, from), spelled(last, to)),
        }
    }
}

/// The address that a word is.
fn address(word: &str) -> Option<CellRef> {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '$';
    if word.is_empty() || !word.chars().all(bare) { None } else { CellRef::parse(word) }
}

/// An address with the `$` of the old one.
fn spelled(old: &str, cell: CellRef) -> String {
    let column = if old.starts_with('$') { "$" } else { "" };
    let row = if old.get(1..).is_some_and(|rest| rest.contains('$')) { "$" } else { "" };
    format!("{column}{}{row}{}", CellRef::column_name(cell.col), cell.row + 1)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.')
}

/// How long the word at the start is.
fn word(text: &str) -> usize {
    text.find(|c: char| !is_word(c)).unwrap_or(text.len())
}

/// How long the quoted text at the start is; a doubled mark is one of its letters.
fn quoted(text: &str, mark: char) -> usize {
    text.get(1..).and_then(|rest| rest.find(mark)).map_or(text.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::Shift;

    #[test]
    fn addresses_move_with_their_cells() {
        let down = Shift::InsertRows { at: 8, many: 1 };
        assert_eq!(
            down.formula("IF(COUNT(E9:P9)=0,\"E9\",SUM($E$9:P9)+Q8+LOG10(2))"),
            "IF(COUNT(E10:P10)=0,\"E9\",SUM($E$10:P10)+Q8+LOG10(2))"
        );
        assert_eq!(down.formula("'Scheda 1'!E9:E10+Foglio!A9+A9"), "'Scheda 1'!E9:E10+Foglio!A9+A10");
        assert_eq!(down.ranges("E9:P9 D13:Q13 A1"), "E10:P10 D14:Q14 A1");
        assert_eq!(Shift::DeleteRow(8).formula("Q9/D10"), "#REF!/D9");
        assert_eq!(Shift::DeleteRow(8).ranges("E9:P9 A8:A10"), "A8:A9");
        assert_eq!(Shift::DeleteColumn(15).formula("SUM(E9:P9)+Q9"), "SUM(E9:O9)+P9");
        assert_eq!(Shift::DeleteColumn(4).formula("SUM(E9:P9)"), "SUM(E9:O9)");
    }
}

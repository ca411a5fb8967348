//! Whether two formulas of a sheet are the same one, however each program spells it and wherever its rows
//! now stand.

use super::align::Alignment;
use crate::model::CellRef;

/// Whether `found` is the template's formula: spelt the same, or the same once its cells are called by their
/// place in the template.
pub(super) fn same(found: &str, template: &str, alignment: &Alignment) -> bool {
    let (found, template) = (pieces(found), pieces(template));
    let spelt = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text(None)).collect::<String>();
    let wanted = spelt(&template);
    spelt(&found) == wanted
        || found.iter().map(|piece| piece.text(Some(alignment))).collect::<String>() == wanted
}

#[derive(Debug)]
enum Piece {
    /// A cell of this sheet.
    Cell(CellRef),
    /// A text between quotes, or anything else without spaces, in capitals.
    Other(String),
}

impl Piece {
    fn text(&self, alignment: Option<&Alignment>) -> String {
        match self {
            Piece::Cell(cell) => match alignment.map_or(Some(*cell), |alignment| alignment.home(*cell)) {
                Some(cell) => cell.to_string(),
                None => "?".to_owned(),
            },
            Piece::Other(text) => text.clone(),
        }
    }
}

fn pieces(formula: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = formula.trim().trim_start_matches('=');
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => quoted(rest),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        // `TRUE()` is `TRUE`.
        let upper = piece.to_uppercase();
        if (upper == "TRUE" || upper == "FALSE") && rest.starts_with("()") {
            rest = rest.get(2..).unwrap_or_default();
        }
        pieces.push(match piece {
            text if first == '"' => Piece::Other(text.to_owned()),
            text if text.trim().is_empty() => continue,
            _ if is_word(first) && !rest.starts_with(['(', '!']) => {
                CellRef::parse(piece).map_or(Piece::Other(upper), Piece::Cell)
            }
            _ => Piece::Other(upper.trim_start_matches("_XLFN.").to_owned()),
        });
    }
    pieces
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.')
}

/// How long the text between quotes is, which begins `rest`.
fn quoted(rest: &str) -> usize {
    let mut inside = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = inside.next() {
        if c == '"' {
            if inside.peek().is_some_and(|(_, next)| *next == '"') {
                inside.next();
            } else {
                return at + 1;
            }
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::interpret::align::Alignment;
    use crate::interpret::template::Seen;
    use crate::model::CellRef;
    use crate::read::{RawCell, RawContent, RawSheet};

    fn keyed(first: u32) -> RawSheet {
        let mut sheet = RawSheet::default();
        for row in first..first + 3 {
            let content = RawContent::Text(format!("S.{}", row - first));
            sheet.cells.insert(CellRef { row, col: 0 }, RawCell { content, formula: None });
        }
        sheet
    }

    #[test]
    fn a_formula_is_the_same_however_it_is_spelt() {
        let still = Alignment::of(Seen::of(&keyed(0)), Seen::of(&keyed(0)));
        let same = |found: &str, template: &str| same(found, template, &still);
        assert!(same("if(true(), Sum($E$1:P1),\"a  b\")", "=IF(TRUE,SUM(E1:P1),\"a  b\")"));
        assert!(!same("SUM(E1:O1)", "SUM(E1:P1)"));
        assert!(!same("IF(A1=\"Sì\",1,0)", "IF(A1=\"si\",1,0)"));
        assert!(!same("[1]Foglio!A1", "A1"));
    }

    #[test]
    fn a_formula_is_the_same_where_its_rows_now_stand() {
        let moved = Alignment::of(Seen::of(&keyed(4)), Seen::of(&keyed(0)));
        assert!(same("SUM(E5:P7)", "SUM(E1:P3)", &moved));
        assert!(!same("SUM(E5:P6)", "SUM(E1:P3)", &moved));
        // The rows moved and the formula did not follow: another check speaks of the rows.
        assert!(same("SUM(E1:P3)", "SUM(E1:P3)", &moved));
    }
}

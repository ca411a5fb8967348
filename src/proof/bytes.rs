//! O04 and O07: the same bytes twice, and no formula in them that the report did not ask for.

use crate::book::{Content, Report};
use crate::model::{CellRef, quoted};
use crate::read::{RawContent, RawWorkbook};

use super::failure::{Failure, failure};
use super::table::words;

/// Whether both times gave the same bytes (O04).
pub(super) fn same(first: &[u8], second: &[u8]) -> Option<Failure> {
    if first == second {
        return None;
    }
    let at = first.iter().zip(second).take_while(|(one, other)| one == other).count();
    failure("O04", &[format!("i due file sono diversi dal byte {at}")])
}

/// Whether both times gave the same sheets (O04).
pub(super) fn same_content(first: &Report, second: &Report) -> Option<Failure> {
    if first == second {
        return None;
    }
    let other = first.sheets.iter().zip(&second.sheets).find(|(one, other)| one != other);
    let place = other.map_or("i fogli".to_owned(), |(sheet, _)| format!("il foglio {}", quoted(sheet.name)));
    failure("O04", &[format!("la seconda volta cambia {place}")])
}

/// One of the two times came to nothing.
pub(super) fn not_finished() -> Failure {
    Failure { code: "O04", what: "una delle due volte non è finita".to_owned() }
}

/// What was written cannot be read.
pub(super) fn unreadable() -> Failure {
    Failure { code: "O08", what: "il file scritto non si rilegge".to_owned() }
}

/// What begins like a formula in a spreadsheet.
const LIKE_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Looks for formulas in the bytes read back (O07).
pub(super) fn no_formula(report: &Report, read_back: &RawWorkbook) -> Option<Failure> {
    let mut wrong = Vec::new();
    for sheet in &report.sheets {
        let Some(written) = read_back.sheet(sheet.name) else {
            wrong.push(format!("il foglio {} non si rilegge", quoted(sheet.name)));
            continue;
        };
        let content = |at: CellRef| sheet.rows.get(at.row as usize)?.cells.get(usize::from(at.col));
        for (at, cell) in written.cells.iter().filter(|(_, cell)| cell.formula.is_some()) {
            if !content(*at).is_some_and(|asked| asks_for_formula(&asked.content)) {
                let formula = cell.formula.as_deref().unwrap_or_default();
                wrong.push(format!("'{}'!{at} contiene la formula {}", sheet.name, quoted(formula)));
            }
        }
        for (row, cells) in (0_u32..).zip(sheet.rows.iter().map(|row| &row.cells)) {
            for (col, cell) in (0_u16..).zip(cells) {
                let text = words(cell);
                let at = CellRef { row, col };
                if text.starts_with(LIKE_A_FORMULA)
                    && !is_text(written.cell(at).map(|cell| &cell.content), text)
                {
                    wrong.push(format!("'{}'!{at} non è più il testo {}", sheet.name, quoted(text)));
                }
            }
        }
    }
    failure("O07", &wrong)
}

fn is_text(content: Option<&RawContent>, text: &str) -> bool {
    matches!(content, Some(RawContent::Text(written)) if written == text)
}

/// Whether the report wants a formula there; a new kind of content must say.
fn asks_for_formula(content: &Content) -> bool {
    match content {
        Content::Blank
        | Content::Text(_)
        | Content::Code(_)
        | Content::Number(..)
        | Content::Date(_)
        | Content::Status(..)
        | Content::Severity(_)
        | Content::Link(..) => false,
        Content::Live(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{no_formula, same, same_content};
    use crate::proof::issue;
    use crate::read::RawContent;
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn other_bytes_are_found() {
        assert_eq!(same(b"abc", b"abc"), None);
        assert!(same(b"abc", b"abd").unwrap().what.contains("dal byte 2"));
        assert!(same(b"abc", b"ab").is_some());
    }

    #[test]
    fn another_content_is_found() {
        let june = sample(6);
        let (first, mut second) = (report(&june.run()), report(&june.run()));
        assert_eq!(same_content(&first, &second), None);
        second.sheets[2].rows.swap(5, 6);
        assert!(same_content(&first, &second).unwrap().what.contains("«Risultati»"));
    }

    #[test]
    fn a_text_that_became_a_formula_is_found() {
        let june = sample(6);
        let (report, mut book) = (report(&june.run()), issue(&june.run()).unwrap().read_back);
        assert_eq!(no_formula(&report, &book), None);
        let like =
            |content: &RawContent| matches!(content, RawContent::Text(text) if text.starts_with("=SOMMA"));
        let data = book.sheets.iter_mut().find(|sheet| sheet.name == "Dati").unwrap();
        let note = data.cells.values_mut().find(|cell| like(&cell.content)).unwrap();
        note.formula = Some("SOMMA(A1)".into());
        assert!(no_formula(&report, &book).unwrap().what.contains("«SOMMA(A1)»"));
        let data = book.sheets.iter_mut().find(|sheet| sheet.name == "Dati").unwrap();
        let note = data.cells.values_mut().find(|cell| like(&cell.content)).unwrap();
        (note.formula, note.content) = (None, RawContent::Number(0.0));
        assert!(no_formula(&report, &book).unwrap().what.contains("non è più il testo"));
    }
}

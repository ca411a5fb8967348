//! O04 and O07: the same bytes twice, and no formula in them that the report did not ask for.

use std::collections::BTreeMap;

use crate::book::{Content, Report, Sheet};
use crate::model::{CellRef, quoted};
use crate::read::{RawCell, RawContent};

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

/// Looks for formulas in the bytes read again (O07).
pub(super) struct Formulas<'r> {
    report: &'r Report,
    /// The sheets of the report that are still to come.
    to_come: Vec<&'static str>,
    sheet: Option<&'r Sheet>,
    /// The texts of the sheet in hand that begin like a formula, still to come.
    texts: BTreeMap<CellRef, &'r str>,
    wrong: Vec<String>,
}

impl<'r> Formulas<'r> {
    /// Nothing is read yet.
    pub(super) fn of(report: &'r Report) -> Self {
        let to_come = report.sheets.iter().map(|sheet| sheet.name).collect();
        Self { report, to_come, sheet: None, texts: BTreeMap::new(), wrong: Vec::new() }
    }

    /// A sheet begins.
    pub(super) fn sheet(&mut self, name: &str) {
        self.close();
        let own = self.to_come.iter().position(|other| *other == name);
        // Another sheet of one name is none of the report's.
        let own = own.map(|place| self.to_come.remove(place));
        self.sheet = own.and_then(|name| self.report.sheets.iter().find(|sheet| sheet.name == name));
        let rows = (0_u32..).zip(self.sheet.map_or(&[][..], |sheet| &sheet.rows));
        for (row, cells) in rows.map(|(at, row)| (at, &row.cells)) {
            let texts = (0_u16..).zip(cells).map(|(col, cell)| (CellRef { row, col }, words(cell)));
            self.texts.extend(texts.filter(|(_, text)| text.starts_with(LIKE_A_FORMULA)));
        }
    }

    /// A cell of it comes.
    pub(super) fn cell(&mut self, at: CellRef, cell: &RawCell) {
        let Some(sheet) = self.sheet else { return };
        let asked = || sheet.rows.get(at.row as usize)?.cells.get(usize::from(at.col));
        if let Some(formula) = &cell.formula
            && !asked().is_some_and(|asked| asks_for_formula(&asked.content))
        {
            self.wrong.push(format!("'{}'!{at} contiene la formula {}", sheet.name, quoted(formula)));
        }
        if let Some(text) = self.texts.get(&at).copied()
            && is_text(&cell.content, text)
        {
            self.texts.remove(&at);
        }
    }

    fn close(&mut self) {
        let Some(sheet) = self.sheet.take() else { return };
        let lost = std::mem::take(&mut self.texts).into_iter();
        self.wrong.extend(
            lost.map(|(at, text)| format!("'{}'!{at} non è più il testo {}", sheet.name, quoted(text))),
        );
    }

    /// Nothing more comes.
    pub(super) fn finish(mut self) -> Option<Failure> {
        self.close();
        let lost = self.to_come.iter().map(|name| format!("il foglio {} non si rilegge", quoted(name)));
        self.wrong.extend(lost);
        failure("O07", &self.wrong)
    }
}

fn is_text(content: &RawContent, text: &str) -> bool {
    matches!(content, RawContent::Text(written) if written == text)
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
    use super::{Formulas, same, same_content};
    use crate::book::Report;
    use crate::proof::{Failure, issue};
    use crate::read::{RawContent, RawWorkbook};
    use crate::report::report;
    use crate::report::sample::sample;

    fn no_formula(report: &Report, book: &RawWorkbook) -> Option<Failure> {
        let mut formulas = Formulas::of(report);
        for sheet in &book.sheets {
            formulas.sheet(&sheet.name);
            sheet.cells.iter().for_each(|(at, cell)| formulas.cell(*at, cell));
        }
        formulas.finish()
    }

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
        let (report, mut book) = (report(&june.run()), issue(&june.run()).unwrap().read_back().unwrap());
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

//! The written workbook read again, sheet by sheet and cell by cell, nothing kept: what O01, O07 and O08 ask
//! of it.

use super::bytes::{self, Formulas};
use super::data::Rows;
use super::failure::{Failure, failure};
use crate::book::Report;
use crate::model::CellRef;
use crate::read::{Piece, RawCell, RawContent, read_again};
use crate::report::{Sealing, labels, said_in, said_of};

/// What is wrong in the bytes of a report's workbook.
///
/// # Errors
/// When they cannot be read at all.
pub(super) fn proven(report: &Report, bytes: &[u8]) -> Result<Vec<Failure>, Failure> {
    let mut heard = Heard {
        formulas: Formulas::of(report),
        rows: Rows::of(report),
        seal: Seal::default(),
        same: Same::of(report),
        sheet: String::new(),
        sheets: 0,
    };
    let strict = read_again(bytes, &mut |piece| heard.hear(piece));
    let strict = strict.map_err(|_| bytes::unreadable())?;
    let Heard { formulas, rows, seal, same, .. } = heard;
    let found = [formulas.finish(), rows.finish(), failure("O08", &strict), seal.finish(), same.finish()];
    Ok(found.into_iter().flatten().collect())
}

/// What was heard so far.
struct Heard<'r> {
    formulas: Formulas<'r>,
    rows: Rows,
    seal: Seal,
    same: Same<'r>,
    sheet: String,
    /// How many sheets have begun.
    sheets: usize,
}

impl Heard<'_> {
    fn hear(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Sheet(name, _) => {
                name.clone_into(&mut self.sheet);
                self.sheets += 1;
                self.formulas.sheet(name);
                self.same.sheet(name);
            }
            Piece::Cell(at, cell) => {
                self.formulas.cell(at, cell);
                self.rows.cell(&self.sheet, at);
                self.same.cell(&self.sheet, at, cell);
                self.seal.made.hear(&self.sheet, at, cell);
                if self.sheets == 1 {
                    self.seal.hear(at, cell);
                }
            }
        }
    }
}

/// What stands in the sheets that a later month remembers is what the report has there, cell by cell.
struct Same<'r> {
    report: &'r Report,
    sheet: &'static str,
    /// What must still come of the sheet in hand.
    to_come: Box<dyn Iterator<Item = (CellRef, String)> + 'r>,
    wrong: Vec<String>,
}

impl<'r> Same<'r> {
    fn of(report: &'r Report) -> Self {
        Self { report, sheet: "", to_come: Box::new(std::iter::empty()), wrong: Vec::new() }
    }

    fn sheet(&mut self, name: &str) {
        self.close();
        if let Some(sheet) = self.report.sheets.iter().find(|sheet| sheet.name == name) {
            (self.sheet, self.to_come) = (sheet.name, Box::new(said_in(sheet)));
        }
    }

    fn cell(&mut self, sheet: &str, at: CellRef, cell: &RawCell) {
        let Some(said) = said_of(sheet, cell).map(|said| (at, said)) else { return };
        // Once one is lost all the others are out of step: it is told once.
        if self.wrong.is_empty() && self.to_come.next().as_ref() != Some(&said) {
            self.wrong.push(format!("'{sheet}'!{at} non è ciò che il programma ha scritto"));
        }
    }

    fn close(&mut self) {
        let lost = self.to_come.next().filter(|_| self.wrong.is_empty());
        self.wrong.extend(lost.map(|(at, _)| format!("'{}'!{at} non si rilegge", self.sheet)));
    }

    fn finish(mut self) -> Option<Failure> {
        self.close();
        failure("O08", &self.wrong)
    }
}

/// What a later month remembers is what the cover seals, when it does.
#[derive(Default)]
struct Seal {
    /// The seal of what was heard.
    made: Sealing,
    /// The row of the cover that seals.
    row: Option<u32>,
    /// What it says.
    said: Option<RawContent>,
}

impl Seal {
    /// A cell of the cover.
    fn hear(&mut self, at: CellRef, cell: &RawCell) {
        if self.row == Some(at.row) && self.said.is_none() {
            self.said = Some(cell.content.clone());
        } else if self.row.is_none() && cell.content == RawContent::Text(labels::SEAL.to_owned()) {
            self.row = Some(at.row);
        }
    }

    fn finish(self) -> Option<Failure> {
        let same = self.said? == RawContent::Text(self.made.finish());
        let what = "ciò che si rilegge nel file scritto non è ciò che la copertina sigilla".to_owned();
        failure("O08", if same { &[] } else { std::slice::from_ref(&what) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Same, proven};
    use crate::book::Cell;
    use crate::model::CellRef;
    use crate::read::{Piece, RawCell, RawContent, read_again};
    use crate::report::report;
    use crate::report::sample::sample;
    use crate::write::consolidated_workbook;

    #[test]
    fn a_written_cell_that_is_lost_or_another_is_found() {
        let june = report(&sample(6).run());
        let bytes = consolidated_workbook(&june).unwrap();
        assert_eq!(proven(&june, &bytes).unwrap(), []);
        let data = june.sheets.iter().position(|sheet| sheet.name == "Dati").unwrap();
        // The title of the sheet is not a row of data: nobody counts it.
        for (row, text) in [(0, "Altri dati"), (9, "qualcosa")] {
            let mut other = june.clone();
            other.sheets[data].rows[row].cells[0] = Cell::text(text);
            let told = proven(&other, &bytes).unwrap();
            assert!(told.iter().any(|one| one.code == "O08" && one.what.contains("'Dati'!A")), "{told:?}");
        }
        let mut more = june.clone();
        more.sheets[data].rows.push(crate::book::Row::line(crate::book::RowKind::Body, 0, "x", 1));
        assert!(proven(&more, &bytes).unwrap().iter().any(|one| one.what.contains("non si rilegge")));
    }

    #[test]
    fn what_comes_out_of_step_is_told_once() {
        let june = report(&sample(6).run());
        let bytes = consolidated_workbook(&june).unwrap();
        let mut same = Same::of(&june);
        let mut sheet = String::new();
        let extra = RawCell { content: RawContent::Number(1.0), formula: None };
        read_again(&bytes, &mut |piece| match piece {
            Piece::Sheet(name, _) => {
                name.clone_into(&mut sheet);
                same.sheet(name);
            }
            Piece::Cell(at, cell) => {
                if sheet == "Dati" && at == (CellRef { row: 0, col: 0 }) {
                    same.cell(&sheet, at, &extra);
                }
                same.cell(&sheet, at, cell);
            }
        })
        .unwrap();
        assert!(same.finish().unwrap().what.starts_with("'Dati'!A1 non è"));
    }
}

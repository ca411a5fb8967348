//! O01: every cell read is a row of *Dati*, every row is a cell read, and the totals are those of the rows.

use std::collections::BTreeMap;

use crate::book::{Cell, OneTable, Report};
use crate::certify::Run;
use crate::interpret::{EntryState, Submission};
use crate::model::{CellRef, Number, OfficeRule, Place, TimeKind, count, quoted};
use crate::report::{COUNTS, Data};

use super::failure::{Failure, failure};
use super::table::{Table, number};

const CODE: &str = "O01";
const DATA: &str = Data::SHEET;

/// A cell of an office's file and the key under which it is read.
type Key<'k> = (&'k str, &'k str, &'k str);

/// The office and the file of some rows.
type Whose<'k> = (&'k str, &'k str);

/// Compares cells read and rows, office by office.
pub(super) fn read(run: &Run<'_>, report: &Report) -> Option<Failure> {
    let table = Table::<Data>::of(report);
    let mut rows: BTreeMap<Whose<'_>, Vec<&[Cell]>> = BTreeMap::new();
    for row in table.rows() {
        let [office, file] = [Data::Office, Data::File].map(|column| table.text(row, column));
        // Rows without a file are not cells: values fixed by the plan, and what nobody sent.
        if !file.is_empty() {
            rows.entry((office, file)).or_default().push(row);
        }
    }
    let mut sent: BTreeMap<Whose<'_>, Vec<&Submission>> = BTreeMap::new();
    for submission in run.submissions {
        let whose = (run.plan.office_name(&submission.office), submission.file.as_str());
        sent.entry(whose).or_default().push(submission);
    }
    let mut wrong = Vec::new();
    for (whose, submissions) in sent {
        wrong.extend(differences(&table, &rows.remove(&whose).unwrap_or_default(), &submissions));
    }
    for rows in rows.values() {
        wrong.extend(differences(&table, rows, &[]));
    }
    failure(CODE, &wrong)
}

/// The cells of files that are no row, and the rows that are no cell.
fn differences<'r>(table: &Table<'r, Data>, rows: &[&'r [Cell]], submissions: &[&Submission]) -> Vec<String> {
    let mut left: BTreeMap<Key<'_>, (usize, &str)> = BTreeMap::new();
    for row in rows {
        let [sheet, cell, key] = [Data::Sheet, Data::Cell, Data::Key].map(|column| table.text(row, column));
        left.entry((sheet, cell, key)).or_insert((0, table.text(row, Data::File))).0 += 1;
    }
    let mut wrong = Vec::new();
    let cells: Vec<_> = submissions.iter().flat_map(|own| cells(own)).collect();
    let named: Vec<String> = cells.iter().map(|(_, place, ..)| place.cell.to_string()).collect();
    for ((file, place, key, full), cell) in cells.iter().zip(&named) {
        match left.get_mut(&(place.sheet.as_str(), cell.as_str(), key.as_str())) {
            Some((left, _)) if *left > 0 => *left -= 1,
            _ if *full => wrong.push(format!("{}: {place} è letta e non c'è", quoted(file))),
            _ => {}
        }
    }
    let strange = left.iter().filter(|(_, (left, _))| *left > 0);
    wrong.extend(strange.map(|((sheet, cell, _), (_, file))| {
        format!("{}: '{sheet}'!{cell} c'è e non è stata letta", quoted(file))
    }));
    wrong
}

/// Every cell that the interpreter looked at with its file, its key, and whether something is written in it.
fn cells(submission: &Submission) -> Vec<(&str, &Place, String, bool)> {
    let file = submission.file.as_str();
    let full = |state: &EntryState| !matches!(state, EntryState::Blank | EntryState::Lost);
    let mut cells: Vec<(&str, &Place, String, bool)> = submission
        .entries
        .iter()
        .map(|entry| (file, &entry.place, entry.id.voce.as_str().to_owned(), full(&entry.state)))
        .collect();
    let declared = submission.completeness.iter();
    cells.extend(declared.map(|(voce, entry)| (file, &entry.place, format!("{voce}.completo"), true)));
    let texts = submission.keyed_texts().into_iter();
    cells.extend(texts.map(|(key, _, cell)| (file, &cell.place, key, true)));
    // What is written first: two entries may claim one place when a row is lost.
    cells.sort_by_key(|(.., full)| !full);
    cells
}

/// Adds up the rows that count, for every voce that is summed over months and offices.
pub(super) fn totals(run: &Run<'_>, report: &Report) -> Option<Failure> {
    let table = Table::<Data>::of(report);
    let mut sums: BTreeMap<(&str, &str), Number> = BTreeMap::new();
    for row in table.rows().iter().filter(|row| table.text(row, Data::Counts) == COUNTS) {
        if let Some(value) = table.cell(row, Data::Value).and_then(number) {
            let whose = (table.text(row, Data::Key), table.text(row, Data::Office));
            let sum = sums.entry(whose).or_insert_with(Number::zero);
            *sum = sum.clone() + value;
        }
    }
    let mut wrong = Vec::new();
    for result in &run.consolidation.indicators {
        let Some(indicator) = run.plan.indicator(&result.code) else { continue };
        for total in &result.voci {
            let summed = indicator.voce(&total.key).is_some_and(|voce| {
                voce.is_input() && voce.time == TimeKind::Mensile && voce.rule == OfficeRule::Somma
            });
            let Some(claimed) = total.value.as_ref().and_then(|value| value.number()).filter(|_| summed)
            else {
                continue;
            };
            let offices = indicator.offices.iter().map(|office| run.plan.office_name(office));
            let found: Number =
                offices.filter_map(|office| sums.get(&(total.key.as_str(), office))).cloned().sum();
            if found != claimed {
                wrong.push(format!(
                    "{} di {}: gli uffici sommano {}, il risultato usa {}",
                    total.key,
                    result.code,
                    found.to_italian_exact(),
                    claimed.to_italian_exact()
                ));
            }
        }
    }
    failure(CODE, &wrong)
}

/// Counts the rows of *Dati* in the bytes, cell by cell.
pub(super) struct Rows {
    /// How many there must be, and the row of the sheet under which they begin.
    wanted: Option<(usize, u32)>,
    found: usize,
    last: Option<u32>,
}

impl Rows {
    /// Nothing is read yet.
    pub(super) fn of(report: &Report) -> Self {
        let sheet = report.sheets.iter().find(|sheet| sheet.name == DATA);
        let rows = Table::<Data>::of(report).rows().len();
        let header = sheet.and_then(|sheet| u32::try_from(sheet.rows.len().saturating_sub(rows)).ok());
        Self { wanted: header.map(|header| (rows, header)), found: 0, last: None }
    }

    /// A cell of a sheet comes.
    pub(super) fn cell(&mut self, sheet: &str, at: CellRef) {
        let is_row = self.wanted.is_some_and(|(_, header)| at.row >= header) && sheet == DATA;
        if is_row && self.last != Some(at.row) {
            self.found += 1;
            self.last = Some(at.row);
        }
    }

    /// Nothing more comes.
    pub(super) fn finish(self) -> Option<Failure> {
        let (rows, _) = self.wanted?;
        let wrong = (self.found != rows).then(|| {
            format!(
                "nel file scritto ci sono {} su {rows}",
                count(self.found, "riga di dati", "righe di dati")
            )
        });
        failure(CODE, wrong.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::{DATA, Rows, read, totals};
    use crate::book::{Report, RowKind};
    use crate::model::Number;
    use crate::model::Value;
    use crate::proof::{Failure, issue};
    use crate::read::RawWorkbook;
    use crate::report::report;
    use crate::report::sample::sample;

    fn data(report: &mut Report) -> &mut Vec<crate::book::Row> {
        &mut report.sheets.iter_mut().find(|sheet| sheet.name == DATA).unwrap().rows
    }

    fn written(report: &Report, book: &RawWorkbook) -> Option<Failure> {
        let mut rows = Rows::of(report);
        for sheet in &book.sheets {
            sheet.cells.keys().for_each(|at| rows.cell(&sheet.name, *at));
        }
        rows.finish()
    }

    #[test]
    fn a_row_lost_or_in_excess_is_found() {
        let sample = sample(6);
        let sound = report(&sample.run());
        assert_eq!(read(&sample.run(), &sound), None);
        let mut short = sound.clone();
        data(&mut short).pop();
        assert!(read(&sample.run(), &short).unwrap().what.contains("è letta e non c'è"));
        let mut long = sound.clone();
        let last = data(&mut long).last().unwrap().clone();
        assert_eq!(last.kind, RowKind::Body);
        data(&mut long).push(last);
        assert!(read(&sample.run(), &long).unwrap().what.contains("non è stata letta"));
        // The bytes of the sound one have one row more than the short one.
        let issue = issue(&sample.run()).unwrap();
        let book = issue.read_back().unwrap();
        assert_eq!(written(&sound, &book), None);
        assert!(written(&short, &book).is_some());
    }

    #[test]
    fn a_total_that_is_not_the_sum_of_its_rows_is_found() {
        let mut sample = sample(6);
        let sound = report(&sample.run());
        assert_eq!(totals(&sample.run(), &sound), None);
        let voci = sample.consolidation.indicators.iter_mut().flat_map(|result| &mut result.voci);
        let total = voci.into_iter().find(|total| total.key.as_str() == "S06.accertamenti").unwrap();
        total.value = Some(Value::Number(Number::from(25_i64)));
        let told = totals(&sample.run(), &sound).unwrap();
        assert!(told.what.contains("gli uffici sommano 24, il risultato usa 25"), "{told}");
    }
}

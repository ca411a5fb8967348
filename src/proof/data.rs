//! O01: every cell read is a row of *Dati*, every row is a cell read, and the totals are those of the rows.

use std::collections::BTreeMap;

use crate::book::{OneTable, Report};
use crate::certify::Run;
use crate::interpret::{EntryState, Submission};
use crate::model::{Number, OfficeRule, Place, TimeKind, count, quoted};
use crate::read::RawWorkbook;
use crate::report::{COUNTS, Data};

use super::failure::{Failure, failure};
use super::table::{Table, number};

const CODE: &str = "O01";
const DATA: &str = Data::SHEET;

/// A cell of an office's file and the key under which it is read.
type Key = (String, String, String, String, String);

/// Compares cells read and rows, office by office.
pub(super) fn read(run: &Run<'_>, report: &Report) -> Option<Failure> {
    let table = Table::<Data>::of(report);
    let columns = [Data::Office, Data::File, Data::Sheet, Data::Cell, Data::Key];
    let mut rows: BTreeMap<Key, usize> = BTreeMap::new();
    for row in table.rows() {
        let [office, file, sheet, cell, key] = columns.map(|column| table.text(row, column).to_owned());
        // Rows without a file are not cells: values fixed by the plan, and what nobody sent.
        if !file.is_empty() {
            *rows.entry((office, file, sheet, cell, key)).or_default() += 1;
        }
    }
    let mut wrong = Vec::new();
    for submission in run.submissions {
        let office = run.plan.office_name(&submission.office).to_owned();
        for (place, key, full) in cells(submission) {
            let own = (
                office.clone(),
                submission.file.clone(),
                place.sheet.clone(),
                place.cell.to_string(),
                key.clone(),
            );
            match rows.get_mut(&own) {
                Some(left) if *left > 0 => *left -= 1,
                _ if full => wrong.push(format!("{}: {place} è letta e non c'è", quoted(&submission.file))),
                _ => {}
            }
        }
    }
    let strange = rows.iter().filter(|(_, left)| **left > 0);
    wrong.extend(strange.map(|((_, file, sheet, cell, _), _)| {
        format!("{}: '{sheet}'!{cell} c'è e non è stata letta", quoted(file))
    }));
    failure(CODE, &wrong)
}

/// Every cell that the interpreter looked at, its key, and whether something is written in it.
fn cells(submission: &Submission) -> Vec<(&Place, String, bool)> {
    let full = |state: &EntryState| !matches!(state, EntryState::Blank | EntryState::Lost);
    let mut cells: Vec<(&Place, String, bool)> = submission
        .entries
        .iter()
        .map(|entry| (&entry.place, entry.id.voce.as_str().to_owned(), full(&entry.state)))
        .collect();
    let declared = submission.completeness.iter();
    cells.extend(declared.map(|(voce, entry)| (&entry.place, format!("{voce}.completo"), true)));
    let texts = submission.keyed_texts().into_iter();
    cells.extend(texts.map(|(key, _, cell)| (&cell.place, key, true)));
    // What is written first: two entries may claim one place when a row is lost.
    cells.sort_by_key(|(_, _, full)| !full);
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

/// Counts the rows of *Dati* in the bytes.
pub(super) fn written(report: &Report, read_back: &RawWorkbook) -> Option<Failure> {
    let sheet = report.sheets.iter().find(|sheet| sheet.name == DATA)?;
    let rows = Table::<Data>::of(report).rows().len();
    let header = u32::try_from(sheet.rows.len().saturating_sub(rows)).ok()?;
    let mut found: Vec<u32> = read_back
        .sheet(DATA)
        .map(|sheet| sheet.cells.keys().map(|cell| cell.row).filter(|row| *row >= header).collect())
        .unwrap_or_default();
    found.dedup();
    let wrong = (found.len() != rows).then(|| {
        format!("nel file scritto ci sono {} su {rows}", count(found.len(), "riga di dati", "righe di dati"))
    });
    failure(CODE, wrong.as_slice())
}

#[cfg(test)]
mod tests {
    use super::{DATA, read, totals, written};
    use crate::book::{Report, RowKind};
    use crate::model::Number;
    use crate::model::Value;
    use crate::proof::issue;
    use crate::report::report;
    use crate::report::sample::sample;

    fn data(report: &mut Report) -> &mut Vec<crate::book::Row> {
        &mut report.sheets.iter_mut().find(|sheet| sheet.name == DATA).unwrap().rows
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
        assert_eq!(written(&sound, &issue.read_back), None);
        assert!(written(&short, &issue.read_back).is_some());
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

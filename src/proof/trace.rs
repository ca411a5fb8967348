//! O03: every finding points into a file that was read, every link to a cell that is there, every result to
//! its entries.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::{Content, Report};
use crate::certify::Run;
use crate::excel::Target as LinkTarget;
use crate::interpret::{MANIFEST, Submission};
use crate::model::{Finding, OfficeRule, VoceType, quoted};
use crate::report::{COUNTS, Data};

use super::failure::{Failure, failure};
use super::table::Table;

const CODE: &str = "O03";
/// Sheets of every office's workbook beside those of its schede.
const OTHERS: [&str; 2] = ["Istruzioni", MANIFEST];

/// The files and the sheets that findings name.
pub(super) fn findings(run: &Run<'_>) -> Option<Failure> {
    let files: BTreeSet<&str> = run.files.iter().map(|file| file.name.as_str()).collect();
    let mut sheets: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for submission in run.submissions {
        sheets.entry(&submission.file).or_default().extend(own_sheets(submission));
    }
    let mut wrong = Vec::new();
    for finding in &run.checked.findings {
        for (file, sheet) in places(finding) {
            let of_schede =
                |sheet: &str| run.plan.schede.iter().any(|own| format!("Scheda {}", own.number) == sheet);
            let there = |sheet: &str| {
                OTHERS.contains(&sheet)
                    || of_schede(sheet)
                    || sheets.get(file).is_some_and(|known| known.contains(sheet))
            };
            if !files.contains(file) {
                wrong.push(format!(
                    "{} nomina il file {}, che non è tra quelli letti",
                    finding.rule.code,
                    quoted(file)
                ));
            } else if let Some(sheet) = sheet.filter(|sheet| !there(sheet)) {
                wrong.push(format!(
                    "{} nomina il foglio {} di {}, che non c'è",
                    finding.rule.code,
                    quoted(sheet),
                    quoted(file)
                ));
            }
        }
    }
    failure(CODE, &wrong)
}

/// Every file, with its sheet when it has one, that a finding names.
fn places(finding: &Finding) -> Vec<(&str, Option<&str>)> {
    let own = finding.file.as_deref().map(|file| (file, finding.sheet.as_deref()));
    let others = finding.related.iter().map(|other| (other.file.as_str(), Some(other.sheet.as_str())));
    own.into_iter().chain(others.filter(|(file, _)| !file.is_empty())).collect()
}

fn own_sheets(submission: &Submission) -> impl Iterator<Item = &str> {
    let entries = submission.entries.iter().map(|entry| entry.place.sheet.as_str());
    submission.traits.sheets.iter().map(String::as_str).chain(entries)
}

/// Every link of the report.
pub(super) fn links(report: &Report) -> Option<Failure> {
    let mut wrong = Vec::new();
    for sheet in &report.sheets {
        for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
            if let Content::Link(text, target) = &cell.content
                && !is_there(report, *target)
            {
                let place = format!("'{}'!{}", target.sheet, target.cell);
                wrong
                    .push(format!("nel foglio {} «{text}» porta a {place}, che non c'è", quoted(sheet.name)));
            }
        }
    }
    failure(CODE, &wrong)
}

/// Whether a link leads to a row with something in it.
fn is_there(report: &Report, target: LinkTarget) -> bool {
    let sheet = report.sheets.iter().find(|sheet| sheet.name == target.sheet);
    let row = usize::try_from(target.cell.row).ok().and_then(|row| sheet?.rows.get(row));
    row.is_some_and(|row| row.cells.iter().any(|cell| !cell.is_blank()))
}

/// Every result with a value: its voci are fixed by the plan, or stand in *Dati* among what counts.
pub(super) fn results(run: &Run<'_>, report: &Report) -> Option<Failure> {
    let table = Table::<Data>::of(report);
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for row in table.rows().iter().filter(|row| table.text(row, Data::Counts) == COUNTS) {
        let key = table.text(row, Data::Key);
        known.insert(key.strip_suffix(".completo").unwrap_or(key));
    }
    let mut wrong = Vec::new();
    for result in run.consolidation.indicators.iter().filter(|result| result.value.is_some()) {
        let Some(indicator) = run.plan.indicator(&result.code) else {
            wrong.push(format!("il risultato {} non è nel piano", result.code));
            continue;
        };
        for total in result.voci.iter().filter(|total| total.value.is_some()) {
            // Nothing typed means "no" where a yes is asked, and counts 0 where yes or dates are counted.
            let silent = indicator.voce(&total.key).is_some_and(|voce| {
                !voce.is_input() || voce.rule == OfficeRule::Conta || voce.kind == VoceType::SiNo
            });
            if !silent && !known.contains(total.key.as_str()) {
                wrong.push(format!("il risultato {} usa {}, che non ha dati", result.code, total.key));
            }
        }
    }
    failure(CODE, &wrong)
}

#[cfg(test)]
mod tests {
    use super::{findings, links, results};
    use crate::book::Content;
    use crate::model::CellRef;
    use crate::report::report;
    use crate::report::sample::sample;

    #[test]
    fn a_finding_about_a_file_or_a_sheet_never_read_is_found() {
        let mut june = sample(6);
        assert_eq!(findings(&june.run()), None);
        let part = june.checked.findings.iter_mut().find(|one| one.rule.code == "R03").unwrap();
        part.sheet = Some("Foglio 9".into());
        assert!(findings(&june.run()).unwrap().what.contains("«Foglio 9»"));
        june.submissions.iter_mut().for_each(|one| one.traits.sheets.push("Foglio 9".into()));
        assert_eq!(findings(&june.run()), None);
        june.files.retain(|file| file.name != "schede-2019-metrico.xlsx");
        assert!(findings(&june.run()).unwrap().what.contains("non è tra quelli letti"));
    }

    #[test]
    fn a_link_to_nowhere_is_found() {
        let june = sample(6);
        let mut report = report(&june.run());
        assert_eq!(links(&report), None);
        let cells = report.sheets.iter_mut().flat_map(|sheet| &mut sheet.rows).flat_map(|row| &mut row.cells);
        let targets = cells.filter_map(|cell| match &mut cell.content {
            Content::Link(_, target) => Some(target),
            _ => None,
        });
        targets.last().unwrap().cell = CellRef { row: 9_999, col: 0 };
        assert!(links(&report).unwrap().what.contains("!A10000, che non c'è"));
    }

    #[test]
    fn a_result_whose_entries_are_nowhere_is_found() {
        let june = sample(6);
        let mut report = report(&june.run());
        assert_eq!(results(&june.run(), &report), None);
        let data = report.sheets.iter_mut().find(|sheet| sheet.name == "Dati").unwrap();
        data.rows.retain(|row| {
            row.cells.iter().all(|cell| cell.content != Content::Code("S06.accertamenti".into()))
        });
        let told = results(&june.run(), &report).unwrap();
        assert!(told.what.contains("6.2 usa S06.accertamenti"), "{told}");
    }
}

//! The words by which an issued workbook is read again: who writes them and who looks for them have them from here.

use super::checks::Checks;
use super::contributions::Contributions;
use super::data::Data;
use super::files::Files;
use super::findings::Findings;
use super::normalisations::Normalisations;
use super::offices::Offices;
use super::oiv::Oiv;
use super::registers::RegisterColumn;
use super::results::Results;
use crate::book::table::{self, names};
use crate::book::{Head, OneTable, heads};

/// On the cover, beside the reporting month.
pub const MONTH: &str = "Mese di riferimento";
/// On the cover, beside whether it is the final issue.
pub const ISSUE: &str = "Emissione";
/// What the cover says of the final issue.
pub const DEFINITIVE: &str = "Definitiva";
/// On the cover, beside the hash of what of the plan counts.
pub const PLAN: &str = "SHA-256 del piano";
/// On the cover, beside the hash of the plan with its texts.
pub const WHOLE_PLAN: &str = "SHA-256 di tutto il piano";
/// On the cover, beside the hash of the list of the files.
pub const LIST_OF_FILES: &str = "SHA-256 dell'elenco dei file";
/// On the cover, beside the hash of the results.
pub const RESULTS: &str = "SHA-256 dei risultati";
/// On the cover, beside the program and its version.
pub const PROGRAM: &str = "Programma";
/// The sheet of the files.
pub const FILES: &str = names::FILES;
/// On that sheet, over the names of the files.
pub const FILE: &str = Files::Name.name();
/// On that sheet, over their hashes.
pub const HASH: &str = Files::Hash.name();

/// The sheet of what was typed.
pub const DATA: &str = names::DATA;
/// The sheet of the results.
pub const RESULTS_SHEET: &str = names::RESULTS;
/// The sheet of the degrees.
pub const SUMMARY: &str = names::SUMMARY;
/// The sheet that says what the workbook is.
pub const COVER: &str = names::COVER;
/// The sheet of the findings.
pub const FINDINGS: &str = names::FINDINGS;
/// The sheet of the sample.
pub const OIV: &str = names::OIV;

/// The row of the header of a sheet that is one table, from 0.
pub const HEADER: u32 = table::HEADER;

/// A sheet and its columns.
type Declared = (&'static str, fn() -> Vec<Head>);

/// The sheets that are one table whose rows have a key.
const TABLES: [Declared; 10] = [
    (Results::SHEET, heads::<Results>),
    (Oiv::SHEET, heads::<Oiv>),
    (Offices::SHEET, heads::<Offices>),
    (Contributions::SHEET, heads::<Contributions>),
    (Findings::SHEET, heads::<Findings>),
    (Data::SHEET, heads::<Data>),
    (RegisterColumn::SHEET, heads::<RegisterColumn>),
    (Normalisations::SHEET, heads::<Normalisations>),
    (Checks::SHEET, heads::<Checks>),
    (Files::SHEET, heads::<Files>),
];

/// On *Dati*, over what was typed and how it was read.
pub const ENTRY_COLUMNS: [&str; 5] =
    [Data::Typed.name(), Data::Value.name(), Data::Counts.name(), Data::Due.name(), Data::Reading.name()];
/// On *Dati* and on *Normalizzazioni*, over the place in an office's workbook.
pub const PLACE_COLUMNS: [&str; 3] = [Data::File.name(), Data::Sheet.name(), Data::Cell.name()];
/// On *Risultati*, over what an indicator gives.
pub const RESULT_COLUMNS: [&str; 5] = [
    Results::Value.name(),
    Results::Deviation.name(),
    Results::Degree.name(),
    Results::Status.name(),
    Results::Lacking.name(),
];
/// On *Sintesi*, over what the ente, a group or a scheda gives.
pub const GROUP_COLUMNS: [&str; 4] = ["Grado su 100", "Senza ciò che manca", "Semaforo", "Copertura"];
/// On *Sintesi*, over the levels of its tree.
pub const LEVEL: &str = "Livello";
/// On *Sintesi*, over the first column of each table.
pub const SUMMARY_HEADERS: [&str; 2] = [LEVEL, "Codice"];
/// Over what changes with the order of the rows, or with the seed of the draw, and with nothing else.
pub const ORDER_COLUMNS: [&str; 2] = [Findings::Place.name(), Oiv::Draw.name()];

/// The columns that tell a row of this sheet from the others; none when it is not one table. `column` finds one by the text
/// over it.
pub fn key_columns(sheet: &str, column: impl Fn(&str) -> Option<u16>) -> Vec<u16> {
    let columns = TABLES.iter().find(|(name, _)| *name == sheet).map(|(_, columns)| columns());
    let keys = columns.into_iter().flatten().filter(|head| head.key);
    keys.filter_map(|head| column(&head.name)).collect()
}

/// Whether a sheet is one table whose rows have a key.
pub fn has_key(sheet: &str) -> bool {
    TABLES.iter().any(|(name, _)| *name == sheet)
}

#[cfg(test)]
mod tests {
    use super::{
        ENTRY_COLUMNS, GROUP_COLUMNS, HEADER, LEVEL, ORDER_COLUMNS, PLACE_COLUMNS, RESULT_COLUMNS,
        SUMMARY_HEADERS, TABLES, names,
    };
    use crate::book::{Content, Row};
    use crate::report::sample::sample;

    #[test]
    fn every_label_that_is_looked_for_stands_over_its_column() {
        let report = crate::report::report(&sample(12).run());
        let texts = |row: &Row| -> Vec<String> {
            row.cells
                .iter()
                .map(|cell| match &cell.content {
                    Content::Text(text) => text.to_string(),
                    _ => String::new(),
                })
                .collect()
        };
        let rows = |name: &str| -> Vec<Vec<String>> {
            let sheet = report.sheets.iter().find(|sheet| sheet.name == name);
            sheet.map(|sheet| sheet.rows.iter().map(texts).collect()).unwrap_or_default()
        };
        let header = |name: &str| rows(name).get(HEADER as usize).cloned().unwrap_or_default();
        for (name, columns) in TABLES {
            let columns = columns();
            assert!(columns.iter().any(|head| head.key), "{name} has rows without a name");
            let declared = columns.iter().map(|head| head.name.as_ref());
            assert!(
                declared.eq(header(name).iter().take(columns.len()).map(String::as_str)),
                "{name}: {:?}",
                header(name)
            );
        }
        let columns: [(&str, &[&str]); 3] =
            [(names::DATA, &ENTRY_COLUMNS), (names::DATA, &PLACE_COLUMNS), (names::RESULTS, &RESULT_COLUMNS)];
        for (name, labels) in columns {
            assert!(labels.iter().all(|label| header(name).contains(&(*label).to_owned())), "{name}");
        }
        assert!(ORDER_COLUMNS.iter().all(|label| header(names::OIV).contains(&(*label).to_owned())));
        let summary = rows(names::SUMMARY);
        let tables =
            summary.iter().filter(|row| SUMMARY_HEADERS.contains(&row.first().map_or("", String::as_str)));
        assert_eq!(tables.count(), 2);
        let tree = summary.iter().find(|row| row.first().is_some_and(|first| first == LEVEL)).unwrap();
        assert!(GROUP_COLUMNS.iter().all(|label| tree.contains(&(*label).to_owned())));
    }
}

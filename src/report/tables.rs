//! The columns by which an issued workbook is read again: who writes them declares them, who looks for them
//! has them from here.

use super::checks::Checks;
use super::data::Data;
use super::files::Files;
use super::findings::Findings;
use super::offices::Offices;
use super::oiv::Oiv;
use super::previous::Previous;
use super::registers::RegisterColumn;
use super::results::{LACKING_AT_THE_END, Results};
use crate::book::{Head, OneTable, heads};

/// On *File ricevuti*, over the names of the files.
pub const FILE: &str = Files::Name.name();
/// On *File ricevuti*, over their hashes.
pub const HASH: &str = Files::Hash.name();

/// A sheet and its columns.
type Declared = (&'static str, fn() -> Vec<Head>);

/// The sheets that are one table whose rows have a key.
const TABLES: [Declared; 9] = [
    (Previous::SHEET, heads::<Previous>),
    (Results::SHEET, heads::<Results>),
    (Oiv::SHEET, heads::<Oiv>),
    (Offices::SHEET, heads::<Offices>),
    (Findings::SHEET, heads::<Findings>),
    (Data::SHEET, heads::<Data>),
    (RegisterColumn::SHEET, heads::<RegisterColumn>),
    (Checks::SHEET, heads::<Checks>),
    (Files::SHEET, heads::<Files>),
];

/// On *Dati*, over what was typed and how it was read.
pub const ENTRY_COLUMNS: [&str; 5] =
    [Data::Typed.name(), Data::Value.name(), Data::Counts.name(), Data::Due.name(), Data::Reading.name()];
/// On *Dati*, over the place in an office's workbook.
pub const PLACE_COLUMNS: [&str; 3] = [Data::File.name(), Data::Sheet.name(), Data::Cell.name()];
/// On *Risultati*, over what an indicator gives.
pub const RESULT_COLUMNS: [&str; 6] = [
    Results::Value.name(),
    Results::Deviation.name(),
    Results::Degree.name(),
    Results::Status.name(),
    Results::Lacking.name(),
    LACKING_AT_THE_END,
];
/// Over what changes with the order of the rows, or with the seed of the draw, and with nothing else.
pub const ORDER_COLUMNS: [&str; 2] = [Findings::Place.name(), Oiv::Draw.name()];

/// The columns that tell a row of this sheet from the others; none when it is not one table. `column` finds
/// one by the text over it.
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
        ENTRY_COLUMNS, LACKING_AT_THE_END, ORDER_COLUMNS, PLACE_COLUMNS, RESULT_COLUMNS, Results, TABLES,
    };
    use crate::book::table::names;
    use crate::book::{Content, Row};
    use crate::report::labels::{GROUP_COLUMNS, HEADER, LEVEL, SUMMARY_HEADERS};
    use crate::report::sample::sample;

    #[test]
    fn every_label_that_is_looked_for_stands_over_its_column() {
        // In June: the closed year has no degree against the pace.
        let report = crate::report::report(&sample(6).run());
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
        // What a month before said is only told where its issue is given.
        let always = TABLES.into_iter().filter(|(name, _)| *name != names::PREVIOUS);
        for (name, columns) in always {
            let mut columns = columns();
            // What the year before gave is only there where its issue is given.
            columns.retain(|head| !head.name.starts_with("Anno prima"));
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
        // The final issue calls what lacks by another name.
        let mut issued = sample(12);
        issued.definitive = true;
        let issued = crate::report::report(&issued.run());
        let last = |name: &str, label: &str| {
            let sheet = issued.sheets.iter().find(|sheet| sheet.name == name).unwrap();
            texts(&sheet.rows[HEADER as usize]).contains(&label.to_owned())
        };
        for (name, labels) in columns {
            let stands = |label: &&str| header(name).contains(&(**label).to_owned()) || last(name, label);
            assert!(labels.iter().all(stands), "{name}");
        }
        assert!(last(names::RESULTS, LACKING_AT_THE_END) && !last(names::RESULTS, Results::Lacking.name()));
        assert!(ORDER_COLUMNS.iter().all(|label| header(names::OIV).contains(&(*label).to_owned())));
        let summary = rows(names::SUMMARY);
        let tables =
            summary.iter().filter(|row| SUMMARY_HEADERS.contains(&row.first().map_or("", String::as_str)));
        assert_eq!(tables.count(), 2);
        let tree = summary.iter().find(|row| row.first().is_some_and(|first| first == LEVEL)).unwrap();
        // What is missing is told apart only when the year is closed.
        let [_, without, ..] = GROUP_COLUMNS;
        let told = GROUP_COLUMNS.iter().filter(|label| **label != without);
        assert!(told.into_iter().all(|label| tree.contains(&(*label).to_owned())));
    }
}

//! Registers: rows of all the offices, united by their key.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::admit::{Admission, AdmittedEntry};
use crate::formula::{Row, Term};
use crate::model::{OfficeId, YearMonth};
use crate::plan::Register;

/// The rows of an office that count, with their keys.
pub(super) type OfficeRows = (OfficeId, Rc<Vec<(String, Row)>>);

/// The rows that count up to the reporting month, distinct by key; of two with the same key the first one
/// stands, by the offices' names, and the other fills what it leaves blank.
///
/// Declared complete and empty is no row; neither declared nor filled is missing.
pub(super) fn united(offices: &[OfficeRows], declared: bool) -> Term {
    let mut by_name: Vec<&OfficeRows> = offices.iter().collect();
    by_name.sort_by_key(|(office, _)| office);
    let mut united: BTreeMap<&str, Row> = BTreeMap::new();
    for (key, row) in by_name.into_iter().flat_map(|(_, rows)| rows.iter()) {
        let kept = united.entry(key).or_default();
        for (column, value) in row {
            if !kept.contains_key(column) {
                kept.insert(column.clone(), value.clone());
            }
        }
    }
    if united.is_empty() && !declared { Term::Missing } else { Term::Rows(united.into_values().collect()) }
}

/// The rows of an office that count, in their order, with their keys.
pub(super) fn counting_rows(
    month: YearMonth,
    register: &Register,
    entries: &[AdmittedEntry],
) -> Vec<(String, Row)> {
    let mut rows: BTreeMap<Option<u32>, Vec<&AdmittedEntry>> = BTreeMap::new();
    for entry in entries {
        rows.entry(entry.id.row).or_default().push(entry);
    }
    rows.into_values().filter_map(|fields| counting_row(month, register, &fields)).collect()
}

/// The key and the values of a row with these fields, when it counts: from its event date on. A later date in
/// another column has not come yet and is left blank.
pub(super) fn counting_row(
    month: YearMonth,
    register: &Register,
    fields: &[&AdmittedEntry],
) -> Option<(String, Row)> {
    if fields.iter().any(|entry| matches!(entry.admission, Admission::Excluded(_))) {
        return None;
    }
    let as_of = month.last_day();
    let row: Row = fields
        .iter()
        .filter_map(|entry| Some((entry.id.column.clone()?, entry.counted()?.clone())))
        .filter(|(_, value)| value.date().is_none_or(|date| date <= as_of))
        .collect();
    row.get(&register.event)?;
    let key = row.get(&register.identity)?.joining_key();
    Some((key, row))
}

//! Registers: rows of all the offices, united by their key.

use std::collections::BTreeMap;

use super::scope::Scope;
use crate::admit::{Admission, AdmittedEntry};
use crate::formula::{Row, Term};
use crate::model::OfficeId;
use crate::plan::{Register, Voce};

/// The rows that count up to the reporting month, distinct by key.
///
/// A row counts from its event date on; a later date in another column has not come yet and is left
/// blank. Declared complete and empty is no row; neither declared nor filled is missing.
pub(super) fn rows<'a>(scope: &Scope<'a>, voce: &'a Voce) -> Term {
    let Some(register) = &voce.register else { return Term::Missing };
    let mut united: BTreeMap<String, Row> = BTreeMap::new();
    for (_, fields) in by_row(scope, voce) {
        if let Some((key, row)) = counting_row(scope, register, &fields) {
            let kept = united.entry(key).or_default();
            for (column, value) in row {
                kept.entry(column).or_insert(value);
            }
        }
    }
    let declared = scope.offices.iter().any(|office| {
        scope.admitted.completeness.get(&(office.clone(), voce.key.clone())).is_some_and(|month| *month > 0)
    });
    if united.is_empty() && !declared { Term::Missing } else { Term::Rows(united.into_values().collect()) }
}

type Fields<'a> = Vec<&'a AdmittedEntry>;

fn by_row<'a>(scope: &Scope<'a>, voce: &'a Voce) -> BTreeMap<(&'a OfficeId, Option<u32>), Fields<'a>> {
    let mut rows: BTreeMap<_, Fields<'a>> = BTreeMap::new();
    for entry in scope.entries(voce) {
        rows.entry((&entry.office, entry.id.row)).or_default().push(entry);
    }
    rows
}

/// The key and the values of a row with these fields, when it counts.
pub(super) fn counting_row(
    scope: &Scope<'_>,
    register: &Register,
    fields: &[&AdmittedEntry],
) -> Option<(String, Row)> {
    if fields.iter().any(|entry| matches!(entry.admission, Admission::Excluded(_))) {
        return None;
    }
    let as_of = scope.as_of();
    let row: Row = fields
        .iter()
        .filter_map(|entry| Some((entry.id.column.clone()?, entry.counted()?.clone())))
        .filter(|(_, value)| value.date().is_none_or(|date| date <= as_of))
        .collect();
    row.get(&register.event)?;
    let key = row.get(&register.identity)?.joining_key();
    Some((key, row))
}

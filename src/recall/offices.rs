//! Whose each row of an issue is: by the name of the office, and by its identifier in *Uffici* where the name
//! is another one now.

use std::collections::{BTreeMap, BTreeSet};

use super::table::Table;
use crate::memory::Memory;
use crate::model::OfficeId;
use crate::plan::Plan;
use crate::read::RawWorkbook;
use crate::report::Offices;

/// The office of each name.
pub(super) fn offices<'p>(plan: &'p Plan, book: &RawWorkbook) -> BTreeMap<String, &'p OfficeId> {
    let mut all: BTreeMap<String, &OfficeId> =
        plan.offices.iter().map(|office| (office.name.trim().to_owned(), &office.id)).collect();
    let then = listed(book);
    let names: BTreeSet<&str> = then.iter().map(|(name, _)| name.as_str()).collect();
    for (name, id) in &then {
        // Not where somebody else has that name now, or the office has another row.
        let own = plan.office(id).filter(|own| !all.contains_key(name) && !names.contains(own.name.trim()));
        if let Some(own) = own {
            all.insert(name.clone(), &own.id);
        }
    }
    all
}

/// What is told of offices has their names of now; those that the plan has not are listed.
pub(super) fn recognised(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) {
    let offices = offices(plan, book);
    let away = memory.away.values_mut().flat_map(|away| &mut away.explained);
    for told in memory.findings.iter_mut().chain(away) {
        if let Some(office) = offices.get(&told.office) {
            told.office = plan.office_name(office).to_owned();
        }
    }
    let then = listed(book).into_iter().map(|(name, _)| name);
    memory.strangers = then.filter(|name| !offices.contains_key(name)).collect();
}

/// The offices of the issue, each with its identifier.
fn listed(book: &RawWorkbook) -> Vec<(String, OfficeId)> {
    let Ok(Some(table)) = Table::<Offices>::find(book) else { return Vec::new() };
    // Other tables stand under it.
    let rows =
        table.rows().into_iter().map(|row| (table.text(row, Offices::Office), table.text(row, Offices::Id)));
    let own = rows.take_while(|(name, id)| !name.is_empty() && !id.is_empty());
    own.map(|(name, id)| (name, OfficeId::new(id))).collect()
}

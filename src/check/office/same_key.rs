//! Rows of a register with the same key and different dates, in one file or in several.

use std::collections::BTreeMap;

use crate::check::Ledger;
use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::A04;
use crate::check::say::{facts, told, voce_words};
use crate::interpret::Entry;
use crate::model::{Finding, Value, VoceType, join_it, quoted};
use crate::plan::{Column, Indicator, Register, Voce};

/// What is said of one key in a date column: whose file, where, which date.
type Said<'d, 'a> = Vec<(&'d Desk<'a>, &'a Entry, &'a Value)>;

/// Judges each key of the register `voce` over all these files, date column by date column.
pub(super) fn judge<'a>(
    ledger: &mut Ledger,
    desks: &[&Desk<'a>],
    indicator: &Indicator,
    voce: &Voce,
    register: &Register,
) {
    let dates = register.columns.iter().filter(|column| column.kind == VoceType::Data);
    for column in dates.filter(|column| column.key != register.identity) {
        for (key, (said, because)) in by_key(ledger, desks, voce, register, column) {
            let first = said.first().map(|(_, _, value)| *value);
            if said.iter().any(|(_, _, value)| Some(*value) != first) {
                ledger.fail(finding(indicator, voce, column, &key, &said));
            } else if let Some(code) = because {
                ledger.skip(&A04, depends_on(code));
            } else if !said.is_empty() {
                ledger.pass(&A04);
            }
        }
    }
}

fn by_key<'d, 'a>(
    ledger: &Ledger,
    desks: &[&'d Desk<'a>],
    voce: &Voce,
    register: &Register,
    column: &Column,
) -> BTreeMap<String, (Said<'d, 'a>, Option<&'static str>)> {
    let mut keys: BTreeMap<String, (Said<'d, 'a>, Option<&'static str>)> = BTreeMap::new();
    for desk in desks {
        for fields in desk.rows(&voce.key).into_values() {
            let identity = fields.get(register.identity.as_str()).map(|entry| desk.read(ledger, entry));
            let (Some(Reading::Value(key)), Some(entry)) = (identity, fields.get(column.key.as_str())) else {
                continue;
            };
            let known = keys.entry(key.joining_key()).or_default();
            match desk.read(ledger, entry) {
                Reading::Value(value) => known.0.push((desk, entry, value)),
                Reading::Unusable(code) => known.1 = Some(code),
                Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
            }
        }
    }
    keys
}

fn finding(indicator: &Indicator, voce: &Voce, column: &Column, key: &str, said: &Said<'_, '_>) -> Finding {
    let mut finding = Finding::of(&A04);
    for (index, (desk, entry, _)) in said.iter().enumerate() {
        if index == 0 {
            finding = desk.finding(&A04, indicator, Some(voce), &[entry]);
        } else {
            desk.name_cells(&mut finding, &[entry]);
        }
    }
    let mut dates: Vec<String> = said.iter().map(|(_, _, value)| value.to_people()).collect();
    dates.dedup();
    let dates = join_it(&dates);
    let label = quoted(&column.label);
    let finding = facts(finding, dates.clone(), "la stessa data in tutte le righe");
    let what = format!("per {} la colonna {label} dice {dates}", quoted(key));
    told(finding, &voce_words(indicator, voce), &what)
}

//! Rows of a register that hold something, but not their key or the date that makes them count.

use std::collections::BTreeMap;

use crate::check::Ledger;
use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::R04;
use crate::check::say::{facts, told, voce_words};
use crate::interpret::{Entry, EntryState};
use crate::model::{Finding, join_it, quoted};
use crate::plan::{Indicator, Register, Voce};

/// What else is typed in the row of which `entry` is the key or the date: it cannot count without it.
pub(in crate::check) fn others_in_row<'a>(desk: &Desk<'a>, voce: &Voce, entry: &Entry) -> Vec<&'a Entry> {
    let (Some(register), Some(row), Some(column)) = (&voce.register, entry.id.row, &entry.id.column) else {
        return Vec::new();
    };
    if !register.needed().contains(&column.as_str()) {
        return Vec::new();
    }
    let typed = |entry: &&Entry| matches!(entry.state, EntryState::Value(_));
    desk.row(&voce.key, row).into_iter().filter(typed).collect()
}

/// Judges each filled row of the registers of `indicator`.
pub(super) fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator) {
    for voce in &indicator.voci {
        let Some(register) = &voce.register else { continue };
        for (row, fields) in desk.rows(&voce.key) {
            judge_row(ledger, desk, indicator, voce, register, row, &fields);
        }
    }
}

fn judge_row<'a>(
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &Indicator,
    voce: &Voce,
    register: &Register,
    row: u32,
    fields: &BTreeMap<&str, &'a Entry>,
) {
    let filled: Vec<&Entry> = fields
        .values()
        .copied()
        .filter(|entry| matches!(desk.read(ledger, entry), Reading::Value(_) | Reading::Unusable(_)))
        .filter(|entry| !entry.raw.is_empty() || matches!(desk.read(ledger, entry), Reading::Value(_)))
        .collect();
    let value = filled.iter().any(|entry| matches!(desk.read(ledger, entry), Reading::Value(_)));
    match filled.iter().find_map(|entry| desk.read(ledger, entry).unusable()) {
        // Nothing in the row but what is already said to be wrong: whether it is a row is not known.
        Some(code) if !value => return ledger.skip(&R04, depends_on(code)),
        None if !value => return,
        _ => {}
    }
    let wanted = register.needed();
    let read = |key: &str| fields.get(key).map(|entry| desk.read(ledger, entry));
    let lacking: Vec<&str> = wanted
        .into_iter()
        .filter(|key| {
            matches!(read(key), Some(Reading::Blank | Reading::Placeholder | Reading::NotApplicable))
        })
        .collect();
    let because = wanted.into_iter().find_map(|key| read(key).and_then(Reading::unusable));
    match (lacking.is_empty(), because) {
        (true, None) => ledger.pass(&R04),
        (true, Some(code)) => ledger.skip(&R04, depends_on(code)),
        (false, _) => {
            // The blank field too: it is there that something is to be typed.
            let blank = lacking.iter().filter_map(|key| fields.get(key).copied());
            let named: Vec<&Entry> = filled.iter().copied().chain(blank).collect();
            ledger.fail(finding(desk, indicator, voce, register, row, &named, &lacking));
        }
    }
}

fn finding(
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    register: &Register,
    row: u32,
    filled: &[&Entry],
    lacking: &[&str],
) -> Finding {
    let mut labels: Vec<String> = lacking
        .iter()
        .map(|key| quoted(register.column(key).map_or(key, |column| column.label.as_str())))
        .collect();
    labels.dedup();
    let finding = desk.finding(&R04, indicator, Some(voce), filled);
    let labels = join_it(&labels);
    let finding = facts(finding, format!("riga {row} senza {labels}"), format!("la riga con {labels}"));
    let place = format!("{}, riga {row}", voce_words(indicator, voce));
    told(finding, &place, &format!("la riga è compilata in parte: manca {labels}"))
}

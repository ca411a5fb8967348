//! V08: the same row twice in a register.

use std::collections::BTreeMap;

use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::V08;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::model::{VoceType, join_it, quoted};
use crate::plan::{Indicator, Register, Voce};

/// A row: its number and its fields by column.
type Row<'a> = (u32, BTreeMap<&'a str, &'a Entry>);

/// Judges each key of each register of each office; the same key with different dates is A04's.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci() {
            let Some(register) = &voce.register else { continue };
            let mut by_key: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
            for (row, fields) in desk.rows(&voce.key) {
                match fields.get(register.identity.as_str()).map(|entry| desk.read(ledger, entry)) {
                    Some(Reading::Value(key)) => {
                        by_key.entry(key.joining_key()).or_default().push((row, fields))
                    }
                    Some(Reading::Unusable(code)) => ledger.skip(&V08, depends_on(code)),
                    _ => {}
                }
            }
            for rows in by_key.into_values() {
                judge(ledger, desk, indicator, voce, register, rows);
            }
        }
    }
}

fn judge<'a>(
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &Indicator,
    voce: &Voce,
    register: &Register,
    mut rows: Vec<Row<'a>>,
) {
    let all = rows.iter().flat_map(|(_, fields)| fields.values());
    if let Some(code) = all.filter_map(|entry| desk.read(ledger, entry).unusable()).next() {
        return ledger.skip(&V08, depends_on(code));
    }
    if dates_differ(register, &rows) {
        return ledger.skip(&V08, depends_on("A04"));
    }
    let mut repeated = false;
    while let Some(first) = rows.first().cloned() {
        let (twins, others): (Vec<Row<'a>>, Vec<Row<'a>>) =
            rows.into_iter().partition(|row| agree(&first, row));
        rows = others;
        if twins.len() > 1 {
            repeated = true;
            fail(ledger, desk, indicator, voce, register, &twins);
        }
    }
    if !repeated {
        ledger.pass(&V08);
    }
}

/// Whether a date column of these rows has two different dates.
fn dates_differ(register: &Register, rows: &[Row<'_>]) -> bool {
    let dates = register.columns.iter().filter(|column| column.kind == VoceType::Data);
    dates.into_iter().any(|column| {
        let mut seen = rows.iter().filter_map(|(_, fields)| text(fields.get(column.key.as_str())?));
        seen.next().is_some_and(|first| seen.any(|other| other != first))
    })
}

/// Whether two rows say the same in every column that both fill.
fn agree((_, one): &Row<'_>, (_, other): &Row<'_>) -> bool {
    one.iter().all(|(column, entry)| match (text(entry), other.get(column).and_then(|entry| text(entry))) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    })
}

/// What a field says, as rows are united.
fn text(entry: &Entry) -> Option<String> {
    match &entry.state {
        EntryState::Value(value) => Some(value.joining_key()),
        _ => None,
    }
}

fn fail(
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    register: &Register,
    twins: &[Row<'_>],
) {
    let filled = |entry: &&Entry| entry.state != EntryState::Blank;
    let cells: Vec<&Entry> =
        twins.iter().flat_map(|(_, fields)| fields.values().copied().filter(filled)).collect();
    let numbers: Vec<String> = twins.iter().map(|(row, _)| row.to_string()).collect();
    let key = twins.first().and_then(|(_, fields)| fields.get(register.identity.as_str()));
    let key = key.map_or("", |entry| entry.raw.trim());
    let finding = desk.finding(&V08, indicator, Some(voce), &cells);
    let finding = facts(finding, format!("righe {}", join_it(&numbers)), "ogni fatto in una riga sola");
    let what = format!("le righe {} dicono la stessa cosa: {}", join_it(&numbers), quoted(key));
    ledger.fail(told(finding, &voce_words(indicator, voce), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn calls(second: (&str, &str)) -> World {
        World::at(6)
            .filled("promozione")
            .field("promozione", "S01.bandi", 1, "titolo", "Bando A")
            .field("promozione", "S01.bandi", 1, "scadenza", "2019-03-01")
            .field("promozione", "S01.bandi", 1, "approvazione", "2019-04-01")
            .field("promozione", "S01.bandi", 2, "titolo", second.0)
            .field("promozione", "S01.bandi", 2, "scadenza", second.1)
    }

    #[test]
    fn the_same_call_twice_names_both_rows() {
        let finding = calls(("bando  a", "2019-03-01")).finding("V08");
        assert_eq!(finding.cells.len(), 5);
        assert!(finding.message.contains("le righe 1 e 2 dicono la stessa cosa"), "{}", finding.message);
    }

    #[test]
    fn another_date_is_a_contradiction_and_another_title_is_nothing() {
        let world = calls(("Bando A", "2019-03-02"));
        assert_eq!((world.findings("V08").len(), world.findings("A04").len()), (0, 1));
        assert!(calls(("Bando B", "2019-03-01")).findings("V08").is_empty());
    }

    #[test]
    fn two_counters_may_close_on_the_same_day() {
        let closed = |seat: &str| {
            [(1, "Venezia"), (2, seat)].into_iter().fold(World::at(6).filled("ri"), |world, (row, seat)| {
                world.field("ri", "S11.chiusure_protesti", row, "giorno", "2019-03-04").field(
                    "ri",
                    "S11.chiusure_protesti",
                    row,
                    "sede",
                    seat,
                )
            })
        };
        assert!(closed("Rovigo").findings("V08").is_empty());
        assert_eq!(closed("venezia").finding("V08").found, "righe 1 e 2");
    }
}

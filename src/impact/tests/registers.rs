//! Long registers: what is worth the same is computed once, and rows too many to take one at a time are told.

use super::{Desk, finding};
use crate::admit::Admission;
use crate::aggregate::consolidate;
use crate::impact::bench::Bench;
use crate::impact::{Effect, Ground, of_finding};
use crate::model::{CellRef, EntryId, Finding, Month, OfficeId, Value, VoceKey};

/// Office, register and the columns of its rows.
const CALLS: (&str, &str, [&str; 3]) = ("promozione", "S01.bandi", ["titolo", "scadenza", "approvazione"]);
const CAMPAIGNS: (&str, &str, [&str; 2]) = ("urp", "S07.campagne", ["titolo", "invio"]);

fn day(number: u32) -> Value {
    let first = chrono::NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
    Value::Date(first.checked_add_days(chrono::Days::new(u64::from(number))).unwrap())
}

/// A row; its cells.
fn row<const N: usize>(
    desk: &mut Desk,
    (office, key, columns): (&str, &str, [&str; N]),
    number: u32,
    values: [Value; N],
    admission: &Admission,
) -> Vec<CellRef> {
    let fields = columns.into_iter().zip(values);
    fields
        .map(|(column, value)| {
            let id = EntryId::field(VoceKey::from_text(key), number, column);
            desk.put(office, id, Some(value), admission.clone())
        })
        .collect()
}

/// Calls of every third row kept out, with a finding for each of these and one, that keeps nothing out, for
/// each of the others. Every seventh has the title of the one before it.
fn calls(rows: u32) -> (Desk, Vec<Finding>) {
    let mut desk = Desk::at(6);
    desk.admitted.completeness.insert((OfficeId::new(CALLS.0), VoceKey::from_text(CALLS.1)), 6);
    let mut findings = Vec::new();
    for number in 1..=rows {
        let named = if number % 7 == 0 { number - 1 } else { number };
        let closing = number % 5;
        let values =
            [Value::Text(format!("Bando {named}")), day(closing), day(closing + 60 + number % 4 * 20)];
        let out = number % 3 == 0;
        let admission = if out { Admission::Excluded("D01") } else { Admission::Admitted };
        let cells = row(&mut desk, CALLS, number, values, &admission);
        findings.push(finding(if out { "D01" } else { "D08" }, CALLS.0, &cells[1..]));
    }
    (desk, findings)
}

/// The effect of each finding, and how many times an indicator was computed for all of them, or for each one
/// alone.
fn computed(desk: &Desk, findings: &[Finding], together: bool) -> (Vec<Effect>, usize) {
    let month = desk.plan.month(Month::new(desk.month).unwrap());
    let consolidation = consolidate(&desk.plan, &desk.admitted, month);
    let ground = Ground { plan: &desk.plan, admitted: &desk.admitted, month, consolidation: &consolidation };
    let mut bench = Bench::of(ground);
    let (mut effects, mut times) = (Vec::new(), 0);
    for finding in findings {
        effects.push(of_finding(&mut bench, &desk.told(finding)));
        if !together {
            times += bench.computations();
            bench = Bench::of(ground);
        }
    }
    (effects, times + bench.computations())
}

#[test]
fn what_findings_share_is_what_each_gives_alone() {
    let (desk, findings) = calls(63);
    let (alone, apart) = computed(&desk, &findings, false);
    let (shared, together) = computed(&desk, &findings, true);
    assert_eq!(shared, alone);
    assert!(together < apart, "{together} {apart}");
}

#[test]
fn a_register_three_times_as_long_is_not_computed_nine_times_as_often() {
    let times = |rows: u32| {
        let (desk, findings) = calls(rows);
        computed(&desk, &findings, true).1
    };
    // Twenty kinds of rows: 5 closings by 4 durations, kept out or not. Only the rows of one title are each
    // their own.
    let (short, long) = (times(42), times(126));
    assert!(long <= 3 * short, "{short} {long}");
    let named_once = |rows: u32| {
        let (desk, findings) = calls(rows);
        let pairs = |number: u32| number.is_multiple_of(7) || number % 7 == 6;
        let alone: Vec<Finding> =
            (1..).zip(findings).filter(|(number, _)| !pairs(*number)).map(|(_, finding)| finding).collect();
        computed(&desk, &alone, true).1
    };
    assert_eq!(named_once(240), named_once(120));
}

#[test]
fn more_than_twenty_rows_in_doubt_together_are_told_and_not_tried_one_by_one() {
    let told = |rows: u32| {
        let mut desk = Desk::at(12);
        let mut cells = Vec::new();
        for number in 1..=rows {
            let values = [Value::Text(format!("c{number}")), day(number)];
            cells.extend(row(&mut desk, CAMPAIGNS, number, values, &Admission::Excluded("V11")));
        }
        for office in ["urp", "comunicazione"] {
            let declared = (OfficeId::new(office), VoceKey::from_text(CAMPAIGNS.1));
            desk.admitted.entries.send(&OfficeId::new(office));
            desk.admitted.completeness.insert(declared, 12);
        }
        desk.effect(finding("C01", "urp", &cells)).sentence
    };
    let untried = "7.4: le righe in dubbio sono 21; se sono più di 20 non si prova quale riga vale, presa una alla volta.";
    assert_eq!(told(21).lines().last(), Some(untried));
    assert!(!told(20).contains("le righe in dubbio"), "{}", told(20));
}

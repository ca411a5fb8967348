//! M15: each month holds the total from the start of the year.
//!
//! A flow whose months are in any order falls now and then: of n different values only one order in n! never does.
//! A row is told when so few orders cannot be chance, and its growth is that of a sum: the first month is no larger
//! than a few of the increments that follow, and the second half adds no more than a few times the first.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::desk::{Desk, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{SMALL, TOO_FEW};
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, Rule, Severity, TimeKind, count, quoted};
use crate::plan::{Indicator, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "M15",
    name: "Totali da inizio anno",
    severity: Severity::DaMotivare,
    why: "I mesi si sommano: se ciascuno contiene già quelli prima, ogni dato è contato più volte.",
    remedy: "Scrivi in ogni mese solo ciò che è accaduto in quel mese, oppure spiega all'unità performance perché il dato cresce sempre.",
    missing: false,
};

/// Months without which a row says nothing.
const LEAST: usize = 3;

/// In how many orders, at the least, the months could have come, that the one without a fall is no chance.
const ORDERS: u64 = 500;

/// How many mean increments the first month may be, and how many times the first half the whole may be.
const FIRST: u32 = 2;
const HALF: u32 = 4;

/// Judges each flow of each office; one finding for the file when all its rows agree.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(ctx) {
        let rows = rows(ctx, ledger, &desk);
        let told: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_told(&rows)).collect();
        for _ in rows.iter().filter(|row| !row.is_told(&rows)) {
            ledger.pass(&RULE);
        }
        let judged = rows.iter().filter(|row| row.shape != Shape::Silent).count();
        if told.len() > 1 && told.len() >= judged {
            ledger.fail(of_the_file(ctx, &desk, &told));
        } else {
            told.into_iter().for_each(|row| ledger.fail(of_the_row(&desk, row)));
        }
    }
}

/// What the months of a row look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Totals from the start of the year, out of so many orders of the months.
    Total(u64),
    /// Too small, or always the same: neither.
    Silent,
    /// Months of their own.
    Flow,
}

/// A flow of an office.
struct Row<'a> {
    indicator: &'a Indicator,
    voce: &'a Voce,
    points: Vec<Point<'a>>,
    shape: Shape,
}

fn rows<'a>(ctx: &Context<'a>, ledger: &mut Ledger, desk: &Desk<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (indicator, voce) in desk.voci(ctx) {
        if voce.time != TimeKind::Mensile || !voce.kind.is_number() {
            continue;
        }
        match desk.series(ctx, ledger, voce) {
            (_, Some(code)) => ledger.skip(&RULE, depends_on(code)),
            (points, None) if points.len() < LEAST => ledger.skip(&RULE, TOO_FEW),
            (points, None) => {
                let mut row = Row { indicator, voce, points, shape: Shape::Silent };
                row.shape = shape(&row.values());
                rows.push(row);
            }
        }
    }
    rows
}

impl<'a> Row<'a> {
    fn values(&self) -> Vec<&'a Number> {
        self.points.iter().map(|point| point.value).collect()
    }

    /// Whether it is clear alone, or with all the other rows of its sheet, or of its file.
    fn is_told(&self, rows: &[Row<'_>]) -> bool {
        let Shape::Total(orders) = self.shape else { return false };
        let sheet = rows.iter().filter(|row| row.indicator.scheda == self.indicator.scheda);
        orders >= ORDERS || agree(sheet) || agree(rows.iter())
    }

    fn entries(&self) -> Vec<&Entry> {
        self.points.iter().map(|point| point.entry).collect()
    }
}

/// Whether all these rows that say something, two at least, are totals, and together no chance. A row that is a part
/// of another, or has the values of another, goes with it: it is no evidence of its own.
fn agree<'r, 'a: 'r>(rows: impl Iterator<Item = &'r Row<'a>>) -> bool {
    let (mut seen, mut orders) = (BTreeSet::new(), 1_u64);
    for row in rows {
        match row.shape {
            Shape::Flow => return false,
            Shape::Total(own) if row.voce.part_of.is_none() && seen.insert(row.values()) => {
                orders = orders.saturating_mul(own);
            }
            Shape::Total(_) | Shape::Silent => {}
        }
    }
    seen.len() > 1 && orders >= ORDERS
}

fn shape(values: &[&Number]) -> Shape {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Shape::Silent };
    let falls = values.iter().zip(values.iter().skip(1)).any(|(one, next)| one > next);
    let most = values.iter().max().map_or_else(Number::zero, |most| (*most).clone());
    if most < Number::from(SMALL) || (!falls && first == last) {
        return Shape::Silent;
    }
    if falls || !grows_as_a_sum(values, first, last) { Shape::Flow } else { Shape::Total(orders(values)) }
}

/// Whether what each month adds is of the size of the first one, and about the same all along.
fn grows_as_a_sum(values: &[&Number], first: &Number, last: &Number) -> bool {
    let steps = Number::from(values.len().saturating_sub(1));
    let added = last.clone() - first;
    let half = values.get((values.len() - 1) / 2).map_or_else(Number::zero, |half| (*half).clone());
    first.clone() * &steps <= added * &Number::from(FIRST) && *last <= half * &Number::from(HALF)
}

/// In how many different orders the values could have come, as far as it matters.
fn orders(values: &[&Number]) -> u64 {
    let mut same: BTreeMap<&Number, u64> = BTreeMap::new();
    let mut orders = 1_u64;
    for (place, value) in (1_u64..).zip(values) {
        let equal = same.entry(value).or_default();
        *equal += 1;
        // The multinomial coefficient grows by whole steps: place over equal.
        orders = orders.saturating_mul(place) / *equal;
    }
    orders
}

/// The values month by month, and what they make in the two readings.
fn words(row: &Row<'_>) -> (String, String, String) {
    let typed: Vec<String> = row.points.iter().map(|point| point.value.to_italian(4)).collect();
    let sum: Number = row.points.iter().map(|point| point.value.clone()).sum();
    let last = row.points.last().map_or_else(Number::zero, |point| point.value.clone());
    (typed.join(", "), sum.to_italian(4), last.to_italian(4))
}

fn of_the_row(desk: &Desk<'_>, row: &Row<'_>) -> Finding {
    let (typed, sum, last) = words(row);
    let finding = desk.finding(&RULE, row.indicator, Some(row.voce), &row.entries());
    let finding = facts(finding, typed.clone(), "in ogni mese solo il dato del mese");
    let what = format!(
        "{typed}: un dato che non cala mai e cresce come una somma; i mesi sommati danno {sum}, ma se sono totali da inizio anno il dato è {last}"
    );
    told(finding, &place(row.indicator, row.voce, None), &what)
}

fn of_the_file(ctx: &Context<'_>, desk: &Desk<'_>, rows: &[&Row<'_>]) -> Finding {
    let entries: Vec<&Entry> = rows.iter().flat_map(|row| row.entries()).collect();
    let mut finding = Finding { office: None, ..Finding::of(&RULE) };
    finding.office = Some(desk.submission.office.clone());
    finding.file = Some(desk.submission.file.clone());
    desk.name_cells(&mut finding, &entries);
    let each: Vec<String> = rows
        .iter()
        .map(|row| {
            let (_, sum, last) = words(row);
            format!("{} {sum} oppure {last}", quoted(&row.voce.label))
        })
        .collect();
    let voci = count(rows.len(), "voce", "voci");
    let what = format!(
        "in tutte le voci mensili ({voci}) i valori non calano mai e crescono come una somma; i mesi sommati oppure, se sono totali da inizio anno, l'ultimo: {}",
        each.join("; ")
    );
    let finding = facts(finding, format!("{voci} che non calano mai"), "in ogni mese solo il dato del mese");
    told(finding, ctx.plan.office_name(&desk.submission.office), &what)
}

#[cfg(test)]
mod tests {
    use super::{Shape, orders, shape};
    use crate::check::fixture::{World, cells};
    use crate::model::Number;

    fn of(values: &[i64]) -> Shape {
        let numbers: Vec<Number> = values.iter().map(|value| Number::from(*value)).collect();
        shape(&numbers.iter().collect::<Vec<_>>())
    }

    /// What a flow becomes when each month holds those before.
    fn totals(flow: &[i64]) -> Vec<i64> {
        flow.iter()
            .scan(0, |sum, value| {
                *sum += value;
                Some(*sum)
            })
            .collect()
    }

    #[test]
    fn the_orders_of_the_months_are_counted() {
        let count = |values: &[i64]| {
            let numbers: Vec<Number> = values.iter().map(|value| Number::from(*value)).collect();
            orders(&numbers.iter().collect::<Vec<_>>())
        };
        assert_eq!(count(&[1, 2, 3, 4, 5, 6]), 720);
        assert_eq!(count(&[1, 2, 2, 3, 4, 5]), 360);
        assert_eq!(count(&[0, 0, 0, 7]), 4);
    }

    #[test]
    fn a_sum_grows_as_a_sum() {
        for flow in [
            [30, 28, 35, 22, 31, 29],
            [12, 0, 15, 9, 0, 21],
            [95, 110, 100, 90, 120, 105],
            [0, 18, 9, 14, 7, 16],
        ] {
            assert!(matches!(of(&totals(&flow)), Shape::Total(_)), "{flow:?}");
            assert_eq!(of(&flow), Shape::Flow, "{flow:?}");
        }
        // A level with a trend, a service that doubles every month, one month that falls.
        assert_eq!(of(&[100, 104, 109, 115, 121, 130]), Shape::Flow);
        assert_eq!(of(&[2, 4, 8, 16, 32, 64]), Shape::Flow);
        assert_eq!(of(&[10, 20, 30, 40, 39, 60]), Shape::Flow);
        assert_eq!(of(&[1, 2, 3, 4, 5, 6]), Shape::Silent, "too small to tell");
        assert_eq!(of(&[40, 40, 40, 40, 40, 40]), Shape::Silent);
    }

    fn put(world: World, office: &str, key: &str, values: &[i64]) -> World {
        (1..)
            .zip(values)
            .fold(world, |world, (month, value)| world.set(office, key, month, &value.to_string()))
    }

    #[test]
    fn one_row_alone_is_told_when_it_is_clear() {
        let flow = [95, 110, 100, 90, 120, 105];
        let world = put(World::at(6).filled("ri"), "ri", "S06.procedimenti_avviati", &totals(&flow));
        let world = put(world, "ri", "S01.ore_sportello", &[40, 44, 38, 41, 45, 39]);
        let finding = world.finding("M15");
        assert_eq!(finding.voce.as_ref().unwrap().as_str(), "S06.procedimenti_avviati");
        assert_eq!((finding.found.as_str(), cells(&finding).len()), ("95, 205, 305, 395, 515, 620", 6));
        assert!(finding.message.contains("danno 2.135, ma se sono totali da inizio anno il dato è 620"));
        assert!(!finding.keeps_out());
    }

    #[test]
    fn a_short_row_is_told_only_with_the_others() {
        let short = |world| put(world, "ri", "S06.procedimenti_avviati", &totals(&[95, 110, 100, 90]));
        assert!(short(World::at(4).filled("ri")).findings("M15").is_empty(), "one order in 24");
        let world = put(short(World::at(4).filled("ri")), "ri", "S01.ore_sportello", &[40, 84, 122, 163]);
        let finding = world.finding("M15");
        assert_eq!(
            (finding.voce.as_ref(), cells(&finding).len() + finding.related[0].cells.len()),
            (None, 8)
        );
        // A part of a row, or one with the same values, is no evidence of its own.
        let mut bound = World::at(4).filled("unico_ambiente");
        for key in
            ["S04.prove", "S04.prove_stesso_giorno", "S04.comunicazioni_dovute", "S04.comunicazioni_24h"]
        {
            bound = put(bound, "unico_ambiente", key, &totals(&[95, 110, 100, 90]));
        }
        assert!(bound.findings("M15").is_empty(), "one order in 24, however many rows");
        let other = put(world, "ri", "S01.aziende_informate", &[30, 12, 25, 18]);
        assert!(other.findings("M15").is_empty(), "a row of the file has months of its own");
    }
}

//! M15: each month holds the total from the start of the year.
//!
//! A flow whose months are in any order falls now and then: of n different values only one order in n! never
//! does. A row is told when so few orders cannot be chance, and its growth is that of a sum: the first month
//! is no larger than a few of the increments that follow, and the second half adds no more than a few times
//! the first. The same of the months from one on, when each is at least the sum of all before that one; and
//! of a row with one small fall, a correction, out of all the orders with at most one.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::desk::{Desk, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::TOO_FEW;
use crate::check::rules::M15;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, TimeKind, count, quoted};
use crate::plan::{Indicator, RunningTotal, Voce};

/// Months without which a row says nothing.
const LEAST: usize = 3;

/// See [`RunningTotal`].
const ORDERS: u64 = RunningTotal::ORDERS;
const FIRST: u32 = RunningTotal::FIRST;
const HALF: u32 = RunningTotal::HALF;
const SMALL: u32 = RunningTotal::SMALL;

/// How many times as many orders a row of few units needs.
const MANY: u64 = 100;

/// How many mean increments a fall may be, to be a correction.
const CORRECTION: u32 = 2;

/// How many times as many orders it makes that a month is no less than the sum of all before it.
const COINCIDENCE: u64 = 5;

/// Judges each flow of each office; one finding for the file when all its rows agree.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let rows = rows(ledger, desk);
        let told: Vec<&Row<'_>> = rows.iter().filter(|row| row.is_told(&rows)).collect();
        for _ in rows.iter().filter(|row| !row.is_told(&rows)) {
            ledger.pass(&M15);
        }
        let judged = rows.iter().filter(|row| row.shape != Shape::Silent).count();
        if told.len() > 1 && told.len() >= judged {
            ledger.fail(of_the_file(ctx, desk, &told));
        } else {
            told.into_iter().for_each(|row| ledger.fail(of_the_row(desk, row)));
        }
    }
}

/// What the months of a row look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Totals from the start of the year, out of so many orders of the months, from this one of them on.
    Total { orders: u64, from: usize },
    /// Too small, or always the same: neither.
    Silent,
    /// Months of their own.
    Flow,
}

impl Shape {
    fn whole(orders: u64) -> Self {
        Self::Total { orders, from: 0 }
    }
}

/// A flow of an office.
struct Row<'a> {
    indicator: &'a Indicator,
    voce: &'a Voce,
    points: Vec<Point<'a>>,
    shape: Shape,
}

fn rows<'a>(ledger: &mut Ledger, desk: &Desk<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (indicator, voce) in desk.voci() {
        if voce.time != TimeKind::Mensile || !voce.kind.is_number() {
            continue;
        }
        match desk.series(ledger, voce) {
            (_, Some(code)) => ledger.skip(&M15, depends_on(code)),
            (points, None) if points.len() < LEAST => ledger.skip(&M15, TOO_FEW),
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
        let Shape::Total { orders, .. } = self.shape else { return false };
        let sheet = rows.iter().filter(|row| row.indicator.scheda == self.indicator.scheda);
        orders >= ORDERS || agree(sheet) || agree(rows.iter())
    }

    /// The months that hold totals.
    fn entries(&self) -> Vec<&Entry> {
        self.points.iter().skip(self.from()).map(|point| point.entry).collect()
    }

    fn from(&self) -> usize {
        match self.shape {
            Shape::Total { from, .. } => from,
            Shape::Silent | Shape::Flow => 0,
        }
    }

    /// How the months grow, in words.
    fn growth(&self) -> String {
        match self.points.get(self.from()) {
            Some(first) if self.from() > 0 => format!(
                "un dato che da {} in poi non cala mai e contiene la somma dei mesi prima",
                first.month
            ),
            _ if falls(&self.values()).is_empty() => {
                "un dato che non cala mai e cresce come una somma".to_owned()
            }
            _ => "un dato che cala una volta sola, di poco, e cresce come una somma".to_owned(),
        }
    }
}

/// Whether all these rows that say something, two at least, are totals, and together no chance. A row that is
/// a part of another, or has the values of another, goes with it: it is no evidence of its own.
fn agree<'r, 'a: 'r>(rows: impl Iterator<Item = &'r Row<'a>>) -> bool {
    let (mut seen, mut orders) = (BTreeSet::new(), 1_u64);
    for row in rows {
        match row.shape {
            Shape::Flow => return false,
            Shape::Total { orders: own, .. } if row.voce.part_of.is_none() && seen.insert(row.values()) => {
                orders = orders.saturating_mul(own);
            }
            Shape::Total { .. } | Shape::Silent => {}
        }
    }
    seen.len() > 1 && orders >= ORDERS
}

fn shape(values: &[&Number]) -> Shape {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Shape::Silent };
    let falls = falls(values);
    let most = values.iter().max().map_or_else(Number::zero, |most| (*most).clone());
    if falls.is_empty() && first == last {
        return Shape::Silent;
    }
    let whole = whole(values, &falls);
    if most < Number::from(SMALL) {
        // Of few units, only many orders say anything.
        return whole
            .filter(|orders| *orders >= ORDERS.saturating_mul(MANY))
            .map_or(Shape::Silent, Shape::whole);
    }
    whole.map(Shape::whole).or_else(|| from_a_month(values)).unwrap_or(Shape::Flow)
}

/// By how much each month falls, of those that do.
fn falls(values: &[&Number]) -> Vec<Number> {
    let pairs = values.iter().zip(values.iter().skip(1));
    pairs.filter(|(one, next)| one > next).map(|(one, next)| (*one).clone() - *next).collect()
}

/// Out of how many orders the whole row is one of totals; `None` when it is not.
fn whole(values: &[&Number], falls: &[Number]) -> Option<u64> {
    if !grows_as_a_sum(values, &Number::zero()) {
        return None;
    }
    match falls {
        [] => Some(orders(values)),
        [fall] => with_one_fall(values, fall).filter(|orders| *orders >= ORDERS),
        _ => None,
    }
}

/// The orders over those with at most one fall, when the only one is small.
fn with_one_fall(values: &[&Number], fall: &Number) -> Option<u64> {
    let months = u32::try_from(values.len()).ok()?;
    let steps = Number::from(values.len().checked_sub(1)?);
    let added = (*values.last()?).clone() - *values.first()?;
    let small = fall.clone() * &steps <= added * &Number::from(CORRECTION);
    // Of n different values as many orders have at most one descent (the Eulerian numbers).
    let alike = 2_u64.checked_pow(months)?.checked_sub(u64::from(months))?;
    small.then(|| orders(values).checked_div(alike))?
}

/// The months that hold totals from one on, each of them with all the months before that one.
fn from_a_month(values: &[&Number]) -> Option<Shape> {
    let mut before = Number::zero();
    for (from, first) in values.iter().enumerate() {
        let rest = values.get(from..)?;
        if **first >= before && is_a_sum_after(values.get(..from)?, rest, &before) {
            return Some(Shape::Total { orders: orders(rest).saturating_mul(COINCIDENCE), from });
        }
        before = before + *first;
    }
    None
}

/// Whether `rest` goes on from the sum of the `months` before, and adds about what they did. A sum that is
/// mostly one month says nothing: that month may be where the row began to grow.
fn is_a_sum_after(months: &[&Number], rest: &[&Number], before: &Number) -> bool {
    let (Some(last), Some(most)) = (rest.last(), months.iter().max()) else { return false };
    if (*most).clone() * &Number::from(2_u32) > *before {
        return false;
    }
    let each = (*last).clone() - before;
    let alike = each * &Number::from(months.len())
        <= before.clone() * &Number::from(rest.len()) * &Number::from(HALF);
    *before > Number::zero()
        && falls(rest).is_empty()
        && alike
        && grows_as_a_sum(rest, before)
        && orders(rest).saturating_mul(COINCIDENCE) >= ORDERS
}

/// Whether what each month adds is of the size of the first one, on what was there before, and about the same
/// all along.
fn grows_as_a_sum(values: &[&Number], before: &Number) -> bool {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return false };
    let steps = Number::from(values.len().saturating_sub(1));
    let added = (*last).clone() - *first;
    let half = values.get((values.len() - 1) / 2).map_or_else(Number::zero, |half| (*half).clone());
    let own = (*first).clone() - before;
    own * &steps <= added * &Number::from(FIRST) && **last <= half * &Number::from(HALF)
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
    let finding = desk.finding(&M15, row.indicator, Some(row.voce), &row.entries());
    let finding = facts(finding, typed.clone(), "in ogni mese solo il dato del mese");
    let what = format!(
        "{typed}: {}; i mesi sommati danno {sum}, ma se sono totali da inizio anno il dato è {last}",
        row.growth()
    );
    told(finding, &place(row.indicator, row.voce, None), &what)
}

fn of_the_file(ctx: &Context<'_>, desk: &Desk<'_>, rows: &[&Row<'_>]) -> Finding {
    let entries: Vec<&Entry> = rows.iter().flat_map(|row| row.entries()).collect();
    let mut finding = Finding { office: None, ..Finding::of(&M15) };
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
            assert!(matches!(of(&totals(&flow)), Shape::Total { from: 0, .. }), "{flow:?}");
            assert_eq!(of(&flow), Shape::Flow, "{flow:?}");
        }
        // A level with a trend, a service that doubles every month, one month that falls.
        assert_eq!(of(&[100, 104, 109, 115, 121, 130]), Shape::Flow);
        assert_eq!(of(&[2, 4, 8, 16, 32, 64]), Shape::Flow);
        assert_eq!(of(&[10, 20, 30, 40, 39, 60]), Shape::Flow);
        assert_eq!(of(&[1, 2, 3, 4, 5, 6]), Shape::Silent, "too small to tell");
        assert_eq!(of(&[40, 40, 40, 40, 40, 40]), Shape::Silent);
    }

    #[test]
    fn totals_begun_late_small_or_once_corrected_are_totals_too() {
        let from = |values: &[i64]| match of(values) {
            Shape::Total { orders, from } if orders >= super::ORDERS => Some(from),
            _ => None,
        };
        // Few units, out of 12!/(2·3!·3!·3!) orders; from July, and from May, what all the months before
        // make; a correction of one.
        assert_eq!(from(&[0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]), Some(0));
        assert_eq!(from(&[0, 0, 2, 1, 1, 0, 5, 6, 8, 9, 11, 14]), Some(6));
        assert_eq!(from(&[3, 1, 2, 1, 8, 10, 12, 15, 17, 20, 23, 25]), Some(4));
        assert_eq!(from(&[1, 0, 1, 3, 4, 5, 5, 6, 8, 9, 11, 14]), Some(0));
        assert_eq!(from(&[0, 1, 2, 3, 5, 4, 6, 7, 9, 10, 11, 13]), Some(0));
        // Few units and many equal months; a service that starts late; a fall of many months' worth; two
        // falls; a second half that adds far more than the first did.
        assert_eq!(of(&[1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3]), Shape::Silent);
        assert_eq!(of(&[0, 0, 0, 1, 0, 0, 2, 3, 5, 8, 10, 12]), Shape::Flow);
        assert_eq!(of(&[0, 5, 9, 14, 30, 18, 22, 26, 31, 36, 40, 44]), Shape::Flow);
        assert_eq!(of(&[0, 2, 1, 3, 5, 4, 6, 7, 9, 10, 11, 13]), Shape::Flow);
        assert_eq!(of(&[1, 0, 1, 0, 1, 0, 30, 36, 40, 47, 55, 61]), Shape::Flow);
    }

    /// Uniform numbers, the same at every run.
    fn dice(seed: &mut u64, sides: u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % sides
    }

    #[test]
    fn flows_of_every_size_are_left_alone() {
        // Hundredths of the level, month by month: level; a fifth more in a year; a low summer; a low start.
        let seasons: [[u64; 12]; 4] = [
            [100; 12],
            [92, 93, 95, 96, 98, 99, 101, 102, 104, 105, 107, 110],
            [120, 115, 110, 100, 95, 80, 50, 20, 90, 110, 120, 125],
            [85, 90, 95, 100, 105, 110, 115, 112, 105, 100, 95, 88],
        ];
        let mut seed = 2019;
        for season in seasons {
            for months in [6, 9, 12] {
                let mut told = 0;
                for _ in 0..4_000 {
                    let level = 2 + dice(&mut seed, 60);
                    // The sum of three dice: a hump around the level, from nothing to twice as much.
                    let flow: Vec<i64> = season[..months]
                        .iter()
                        .map(|share| {
                            let three: u64 = (0..3).map(|_| dice(&mut seed, 2 * level + 1)).sum();
                            i64::try_from((three * share + 150) / 300).unwrap()
                        })
                        .collect();
                    let clear = matches!(of(&flow), Shape::Total { orders, .. } if orders >= super::ORDERS);
                    told += u32::from(clear);
                }
                assert!(told <= 2, "{told} rows of 4000, {months} months, {season:?}");
            }
        }
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

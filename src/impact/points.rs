//! At which points an indicator in doubt is computed again, and what changes among them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::bench::{Bench, Seen};
use super::change::Change;
use super::doubt::{About, Doubt, Gap, How, Slot, all_open};
use super::effect::EffectKind;
use super::ledger::{Granted, Own};
use super::shift::Given;
use super::shift::RIVALS;
use super::shift::Shift;
use super::shift::When;
use crate::admit::Admitted;
use crate::model::{EntryId, Month, Number, OfficeId, Status, Value, VoceKey, VoceType};
use crate::plan::Indicator;

/// More voci than these move together, to the least and to the greatest.
const APART: usize = 4;

/// Rows made up for a register begin here: no sheet has as many.
const MADE_UP: u32 = 2 * crate::model::CellRef::ROWS;

type Point = (When, Vec<Change>);

/// What the doubt moves in its indicator; `None` when there is nothing to compute.
///
/// Other entries kept out stay out; then those that can be are taken as typed; then, where a result lacks
/// still other voci, these come too. The stronger effect stands.
pub(super) fn shift<'a>(bench: &mut Bench<'a>, doubt: &Doubt<'a>) -> Option<Shift> {
    let points = points(bench, doubt);
    let now = bench.now(doubt.indicator)?;
    let mut strongest = moved(bench, doubt, &now, &points, (Given::Nothing, &Granted::default()))?;
    let ours: BTreeSet<Own> = doubt.slots.iter().map(|slot| (slot.office.clone(), slot.id.clone())).collect();
    let has_others = bench.ledger(doubt.indicator).has_others(&ours);
    let mut granted = Granted { but: Some(ours), ..Granted::default() };
    if strongest.kind < EffectKind::CambiaEsito && has_others {
        let shift = moved(bench, doubt, &now, &points, (Given::Typed, &granted))?;
        strongest = if shift.kind > strongest.kind { shift } else { strongest };
    }
    let lacking = strongest.seen.iter().all(|(_, seen)| seen.status == Status::DatoMancante);
    if strongest.kind == EffectKind::NessunEffetto && lacking {
        granted.there = others_there(bench, doubt);
        let shift = moved(bench, doubt, &now, &points, (Given::There, &granted))?;
        strongest = if shift.kind > strongest.kind { shift } else { strongest };
    }
    // What keeps an entry out keeps the indicator from being judged: without the doubt it is, whatever it
    // gives.
    let kept_out = doubt.slots.iter().any(|slot| slot.kept_out);
    let judged = strongest.seen.iter().any(|(_, seen)| seen.status != Status::NonVerificabile);
    if kept_out && judged && now.status == Status::NonVerificabile {
        strongest.kind = EffectKind::CambiaEsito;
    }
    Some(strongest)
}

/// The other voci of the indicator that nobody has reported, at their greatest: without them no doubt can be
/// told from another.
fn others_there<'a>(bench: &mut Bench<'a>, doubt: &Doubt<'a>) -> Vec<Change> {
    let indicator = doubt.indicator;
    let facts = bench.facts(indicator);
    let mut changes = Vec::new();
    for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
        let ours = doubt.slots.iter().any(|slot| slot.id.voce == voce.key);
        if ours || facts.is_reported(&voce.key) {
            continue;
        }
        for office in &indicator.offices {
            changes.extend(all_open(bench, indicator, voce, office).into_iter().filter_map(|slot| {
                let How::Open(interval) = slot.how else { return None };
                Some(Change::Entry(slot.office.clone(), slot.id, Some(interval.high)))
            }));
        }
    }
    changes
}

fn moved<'a>(
    bench: &mut Bench<'a>,
    doubt: &Doubt<'a>,
    now: &Seen,
    points: &[Point],
    (given, granted): (Given, &Granted),
) -> Option<Shift> {
    let mut seen: Vec<(When, Seen)> = Vec::new();
    for (when, changes) in points {
        let one = (*when, bench.seen(doubt.indicator, granted, changes));
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    let statuses: BTreeSet<Status> = seen.iter().map(|(_, seen)| seen.status).collect();
    let degrees: BTreeSet<_> = seen.iter().map(|(_, seen)| &seen.degree).collect();
    let kind = match (statuses.len(), degrees.len()) {
        (0, _) => return None,
        (1, 1) => EffectKind::NessunEffetto,
        (1, _) => EffectKind::CambiaGrado,
        _ => EffectKind::CambiaEsito,
    };
    let rows = rows_of(&doubt.slots).len();
    let untried = rows > RIVALS && points.iter().any(|(when, _)| *when == When::Typed);
    Some(Shift {
        code: doubt.indicator.code.clone(),
        kind,
        about: doubt.about,
        now: now.clone(),
        many: doubt.slots.len() > 1,
        between: between(doubt),
        missing: doubt.slots.iter().all(|slot| !slot.kept_out && matches!(slot.how, How::Open(_))),
        given,
        untried: untried.then_some(rows),
        seen: seen.into_iter().filter(|(when, _)| *when != When::Now).collect(),
    })
}

/// The interval to tell: of the only voce open, when all its entries have the same.
fn between(doubt: &Doubt<'_>) -> Option<super::plausible::Interval> {
    let mut open = doubt.slots.iter().filter_map(|slot| match &slot.how {
        How::Open(interval) => Some((&slot.id.voce, interval)),
        How::Counts(_) | How::Typed(_) => None,
    });
    let first = open.next()?;
    (doubt.gaps.is_empty() && open.all(|other| other == first)).then(|| first.1.clone())
}

fn points<'a>(bench: &mut Bench<'a>, doubt: &Doubt<'a>) -> Vec<Point> {
    let slots = &doubt.slots;
    let mut points: Vec<Point> = Vec::new();
    if !slots.iter().any(|slot| slot.kept_out) {
        points.push((When::Now, Vec::new()));
    }
    let there = |slot: &&Slot<'_>| slot.kept_out || matches!(slot.how, How::Counts(_));
    match doubt.about {
        About::Result => {
            points.extend(largest(slots).into_iter().map(|slot| (When::Largest, without([slot]))));
        }
        About::Edge => points.extend(slots.iter().flat_map(by_one_unit)),
        About::Shared => points.extend(shared(slots)),
        About::Exchanged => points.push((When::Exchanged, slots.iter().filter_map(exchanged).collect())),
        About::Totals => {
            let own = bench.own(doubt.indicator);
            points.push((When::Differences, differences(own, slots)));
        }
        About::Headers => points.push((When::InOrder, in_order(slots))),
        About::Entries if slots.iter().any(|slot| there(&slot)) => {
            points.push((When::Out, without(slots.iter().filter(there))));
        }
        About::Entries => {}
    }
    let open = slots.iter().any(|slot| matches!(slot.how, How::Open(_)));
    let typed: Vec<Change> = slots.iter().filter_map(as_typed).collect();
    if matches!(doubt.about, About::Shared | About::Headers) {
        return points;
    }
    if !typed.is_empty() && !open {
        points.push((When::Typed, typed));
        points.extend(one_row(slots));
    }
    if open || !doubt.gaps.is_empty() {
        points.extend(ends(bench, doubt).into_iter().map(|changes| (When::Ends, changes)));
    }
    points
}

/// One thing in the registers of several offices: with a name of its own in each of them but the first, if it
/// has a name. What is known by its day alone is one on that day, whatever it is: then without one of the
/// rows.
fn shared(slots: &[Slot<'_>]) -> Vec<Point> {
    let named: Option<Vec<(&Slot<'_>, &String)>> =
        slots.iter().map(|slot| Some((slot, name(slot)?))).collect();
    let Some(named) = named else {
        return slots.iter().map(|slot| (When::OneLess, without([slot]))).collect();
    };
    let first = slots.first().map(|slot| slot.office);
    let others = named.into_iter().filter(|(slot, _)| Some(slot.office) != first);
    let apart: Vec<Change> = others
        .map(|(slot, name)| {
            let own = Value::Text(format!("{name} ({})", slot.office));
            Change::Entry(slot.office.clone(), slot.id.clone(), Some(own))
        })
        .collect();
    if apart.is_empty() { Vec::new() } else { vec![(When::Apart, apart)] }
}

/// A date with day and month exchanged.
fn exchanged(slot: &Slot<'_>) -> Option<Change> {
    let (How::Counts(Value::Date(date)) | How::Typed(Value::Date(date))) = &slot.how else { return None };
    let other = NaiveDate::from_ymd_opt(date.year(), date.day(), date.month())?;
    Some(Change::Entry(slot.office.clone(), slot.id.clone(), Some(Value::Date(other))))
}

/// Each month less the one before it, of the same voce and office; the first one less the months before that
/// are in no doubt.
fn differences(own: &Admitted, slots: &[Slot<'_>]) -> Vec<Change> {
    let mut months: Vec<(&Slot<'_>, &Number)> = Vec::new();
    for slot in slots.iter().filter(|slot| slot.id.month.is_some()) {
        if let How::Counts(Value::Number(number)) | How::Typed(Value::Number(number)) = &slot.how {
            months.push((slot, number));
        }
    }
    months.sort_by_key(|(slot, _)| (slot.office, &slot.id));
    let before = std::iter::once(None).chain(months.iter().map(Some));
    let changes = months.iter().zip(before).map(|((slot, number), before)| {
        let same = before.filter(|(other, _)| (other.office, &other.id.voce) == (slot.office, &slot.id.voce));
        let less = same.map_or_else(|| earlier(own, slot), |(_, other)| (*other).clone());
        let own = (*number).clone() - &less;
        Change::Entry(slot.office.clone(), slot.id.clone(), Some(Value::Number(own)))
    });
    changes.collect()
}

/// What the months before an entry add up to, of the same voce and office.
fn earlier(own: &Admitted, slot: &Slot<'_>) -> Number {
    let of_office = own.entries.of(&slot.id.voce, slot.office).iter();
    let before = of_office.filter(|entry| entry.id.month < slot.id.month);
    before.filter_map(|entry| entry.counted()?.number()).sum()
}

/// The values of each voce and office where they stand, under the months in the order of the calendar.
fn in_order(slots: &[Slot<'_>]) -> Vec<Change> {
    let mut rows: BTreeMap<(&OfficeId, &VoceKey), Vec<&Slot<'_>>> = BTreeMap::new();
    for slot in slots.iter().filter(|slot| slot.id.month.is_some()) {
        rows.entry((slot.office, &slot.id.voce)).or_default().push(slot);
    }
    let mut changes = Vec::new();
    for mut row in rows.into_values() {
        row.sort_by_key(|slot| slot.col);
        let mut months: Vec<&EntryId> = row.iter().map(|slot| &slot.id).collect();
        months.sort_by_key(|id| id.month);
        changes.extend(row.iter().zip(months).map(|(slot, id)| {
            let value = match &slot.how {
                How::Counts(value) | How::Typed(value) => Some(value.clone()),
                How::Open(_) => None,
            };
            Change::Entry(slot.office.clone(), id.clone(), value)
        }));
    }
    changes
}

/// The name that makes the row of an entry what it is, when the entry is that name.
fn name<'b>(slot: &'b Slot<'_>) -> Option<&'b String> {
    let identity = &slot.voce.register.as_ref()?.identity;
    match &slot.how {
        How::Counts(Value::Text(name)) if slot.id.column.as_ref() == Some(identity) => Some(name),
        _ => None,
    }
}

/// An entry that counts with its last unit more, and less: one for a count, half of the last decimal typed
/// else.
fn by_one_unit(slot: &Slot<'_>) -> Vec<Point> {
    let How::Counts(Value::Number(typed)) = &slot.how else { return Vec::new() };
    let unit = if slot.voce.kind == VoceType::Conteggio { Some(Number::one()) } else { half_unit(typed) };
    let Some(unit) = unit else { return Vec::new() };
    [typed.clone() + &unit, typed.clone() - &unit]
        .into_iter()
        .filter(|value| slot.voce.free_sign || !value.is_negative())
        .map(|value| {
            let id = slot.id.clone();
            (When::Unit, vec![Change::Entry(slot.office.clone(), id, Some(Value::Number(value)))])
        })
        .collect()
}

/// Half of the last decimal of a number, to six decimals.
fn half_unit(typed: &Number) -> Option<Number> {
    let ten = Number::from(10_i64);
    let mut scale = Number::one();
    for _ in 0..6 {
        if (typed.clone() * &scale).is_integer() {
            break;
        }
        scale = scale * &ten;
    }
    Number::one().divided_by(&(scale * &Number::from(2_i64)))
}

fn as_typed(slot: &Slot<'_>) -> Option<Change> {
    let How::Typed(value) = &slot.how else { return None };
    Some(Change::Entry(slot.office.clone(), slot.id.clone(), Some(value.clone())))
}

/// These entries not reported; of a register, the whole row.
fn without<'b, 'a: 'b>(slots: impl IntoIterator<Item = &'b Slot<'a>>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for slot in slots {
        let columns = slot.voce.register.iter().flat_map(|register| &register.columns);
        let row = slot.id.row.map(|row| {
            columns.map(move |column| EntryId::field(slot.id.voce.clone(), row, column.key.clone()))
        });
        let ids: Vec<EntryId> = row.map_or_else(|| vec![slot.id.clone()], Iterator::collect);
        changes.extend(ids.into_iter().map(|id| Change::Entry(slot.office.clone(), id, None)));
    }
    changes.sort();
    changes.dedup();
    changes
}

/// The largest number of each voce, among the entries that count.
fn largest<'b, 'a>(slots: &'b [Slot<'a>]) -> Vec<&'b Slot<'a>> {
    let voci: BTreeSet<&VoceKey> = slots.iter().map(|slot| &slot.id.voce).collect();
    let number = |slot: &Slot<'_>| match &slot.how {
        How::Counts(value) => value.number(),
        How::Typed(_) | How::Open(_) => None,
    };
    let of = |voce: &VoceKey| {
        let own = slots.iter().filter(|slot| &slot.id.voce == voce && number(slot).is_some());
        own.max_by_key(|slot| number(slot))
    };
    voci.into_iter().filter_map(of).collect()
}

/// The rows of registers that hold these entries.
fn rows_of<'b>(slots: &'b [Slot<'_>]) -> BTreeSet<(&'b OfficeId, &'b VoceKey, Option<u32>)> {
    let in_rows = slots.iter().filter(|slot| slot.id.row.is_some());
    in_rows.map(|slot| (slot.office, &slot.id.voce, slot.id.row)).collect()
}

/// Each of the rows of registers alone, when several are in doubt together.
fn one_row(slots: &[Slot<'_>]) -> Vec<Point> {
    let rows = rows_of(slots);
    if !(2..=RIVALS).contains(&rows.len()) {
        return Vec::new();
    }
    let of = |row: &(&OfficeId, &VoceKey, Option<u32>)| {
        let mine = |slot: &&Slot<'_>| (slot.office, &slot.id.voce, slot.id.row) == *row;
        let mut changes = without(slots.iter().filter(|slot| !mine(slot)));
        changes.extend(slots.iter().filter(mine).filter_map(as_typed));
        (When::OneRow, changes)
    };
    rows.iter().map(of).collect()
}

/// Every voce that is open at its least or at its greatest, in all the ways; registers without another row,
/// or with as many as they plausibly lack.
fn ends<'a>(bench: &mut Bench<'a>, doubt: &Doubt<'a>) -> Vec<Vec<Change>> {
    let open: BTreeSet<&VoceKey> = doubt
        .slots
        .iter()
        .filter(|slot| matches!(slot.how, How::Open(_)))
        .map(|slot| &slot.id.voce)
        .collect();
    let mut switches: Vec<BTreeSet<&VoceKey>> = if open.len() > APART {
        vec![open]
    } else {
        open.into_iter().map(|voce| BTreeSet::from([voce])).collect()
    };
    // However many offices have not declared a register, it is one switch.
    for gap in &doubt.gaps {
        let register = BTreeSet::from([&gap.voce.key]);
        if !switches.contains(&register) {
            switches.push(register);
        }
    }
    let rows: Vec<Change> = doubt.gaps.iter().flat_map(|gap| rows(bench, doubt.indicator, gap)).collect();
    let always: Vec<Change> = doubt
        .absent
        .iter()
        .map(|office| Change::Sent((*office).clone()))
        .chain(doubt.gaps.iter().filter_map(declared))
        .chain(doubt.slots.iter().filter_map(as_typed))
        .collect();
    let mut up: Vec<BTreeSet<&VoceKey>> = vec![BTreeSet::new()];
    for switch in &switches {
        let with: Vec<_> = up.iter().map(|set| set.union(switch).copied().collect()).collect();
        up.extend(with);
    }
    let mut known: BTreeMap<_, &Slot<'_>> = BTreeMap::new();
    for slot in &doubt.slots {
        known.entry((slot.office, &slot.id.voce, slot.id.month)).or_insert(slot);
    }
    let at = |up: &BTreeSet<&VoceKey>| {
        let mut changes = always.clone();
        changes.extend(doubt.slots.iter().filter_map(|slot| {
            let whole = slot.voce.part_of.as_ref();
            let whole = whole.and_then(|whole| known.get(&(slot.office, whole, slot.id.month)).copied());
            at_end(slot, whole, up)
        }));
        changes.extend(rows.iter().filter(|change| is_up(change, up)).cloned());
        changes
    };
    up.iter().map(at).collect()
}

fn is_up(change: &Change, up: &BTreeSet<&VoceKey>) -> bool {
    matches!(change, Change::Entry(_, id, _) if up.contains(&id.voce))
}

fn declared(gap: &Gap<'_>) -> Option<Change> {
    let last = gap.months.iter().max()?;
    Some(Change::Complete(gap.office.clone(), gap.voce.key.clone(), last.number()))
}

/// An open entry at one of its ends; a part never beyond its whole.
fn at_end(slot: &Slot<'_>, whole: Option<&Slot<'_>>, up: &BTreeSet<&VoceKey>) -> Option<Change> {
    let end = |slot: &Slot<'_>| match &slot.how {
        How::Open(interval) if up.contains(&slot.id.voce) => Some(interval.high.clone()),
        How::Open(interval) => Some(interval.low.clone()),
        How::Typed(value) => Some(value.clone()),
        How::Counts(_) => None,
    };
    let How::Open(_) = &slot.how else { return None };
    let own = end(slot)?;
    let whole = whole.and_then(end);
    let value = match (own, whole) {
        (Value::Number(part), Some(Value::Number(whole))) => Value::Number(part.min(whole)),
        (own, _) => own,
    };
    Some(Change::Entry(slot.office.clone(), slot.id.clone(), Some(value)))
}

/// The rows that a register may lack: in each month not declared, as many as in its fullest month, one at
/// least.
fn rows<'a>(bench: &mut Bench<'a>, indicator: &'a Indicator, gap: &Gap<'a>) -> Vec<Change> {
    let Some(register) = &gap.voce.register else { return Vec::new() };
    let year = bench.ground.month.year;
    let facts = bench.facts(indicator);
    let none = BTreeMap::new();
    let days = facts.days(&gap.voce.key).unwrap_or(&none);
    let in_month = |month: Month| {
        let own = days.iter().filter(move |(day, _)| Month::of(**day, year) == Some(month));
        own.map(|(_, rows)| rows).sum::<usize>()
    };
    let most = Month::all().map(in_month).max().unwrap_or(0).max(1);
    let mut changes = Vec::new();
    for month in &gap.months {
        let last = month.last_day(year);
        let free = (0..28_u64).rev().filter_map(|back| last.checked_sub_days(chrono::Days::new(back)));
        let free = free.filter(|day| !days.contains_key(day)).take(most);
        for (number, day) in (1_u32..).zip(free) {
            let row = MADE_UP + month.number() * 100 + number;
            let mut put = |column: &str, value: Value| {
                let id = EntryId::field(gap.voce.key.clone(), row, column);
                changes.push(Change::Entry(gap.office.clone(), id, Some(value)));
            };
            put(&register.event, Value::Date(day));
            if register.identity != register.event {
                put(&register.identity, Value::Text(format!("riga plausibile {row}")));
            }
        }
    }
    changes
}

//! R12: more is dealt with than was received and pending.

use super::pair::{Side, labels, place_of, sides};
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::R12;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Nature, Number};
use crate::plan::{Indicator, Pair};

/// Judges the year so far of each indicator whose denominator is a stock and what came after: each office
/// when all its terms are there, then all of them together, the stock counted once.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for indicator in ctx.plan.indicators().filter(|one| one.formula.nature() == Nature::Misto) {
        let Some(pair) = indicator.pair() else { continue };
        let own: Vec<&Desk<'_>> =
            desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office)).collect();
        let mut broken = false;
        for desk in &own {
            broken |= judge(ctx, ledger, indicator, &pair, desk);
        }
        if !broken && own.len() > 1 && ctx.whole {
            judge_sum(ledger, indicator, &pair, &own);
        }
    }
}

/// Judges an office; says whether it breaks the identity.
fn judge<'a>(
    _ctx: &Context<'a>,
    ledger: &mut Ledger,
    indicator: &Indicator,
    pair: &Pair<'a>,
    desk: &Desk<'a>,
) -> bool {
    let (over, under) = sides(pair, ledger, desk, None);
    if let Some(code) = over.unusable.or(under.unusable) {
        ledger.skip(&R12, depends_on(code));
        return false;
    }
    let (Some(handled), Some(there)) = (&over.total, &under.total) else {
        return false;
    };
    // What is not reported yet may make room for what was dealt with.
    if !under.absent.is_empty() {
        ledger.skip(&R12, depends_on("V01"));
        return false;
    }
    if handled <= there {
        ledger.pass(&R12);
        return false;
    }
    ledger.fail(finding(indicator, pair, &[(desk, &over, &under)], handled, there));
    true
}

type Sides<'d, 'a> = (&'d Desk<'a>, &'d Side<'a>, &'d Side<'a>);

/// All the offices together: what they share is counted once.
fn judge_sum<'a>(ledger: &mut Ledger, indicator: &Indicator, pair: &Pair<'a>, desks: &[&Desk<'a>]) {
    let shared: Vec<_> = pair.under.iter().copied().filter(|voce| !super::pair::adds_up(voce)).collect();
    let flows: Vec<_> = pair.under.iter().copied().filter(|voce| super::pair::adds_up(voce)).collect();
    let side = |desk: &Desk<'a>, voci: &[_]| super::pair::side(ledger, desk, voci, None);
    let over: Vec<Side<'_>> = desks.iter().map(|desk| side(desk, &pair.over)).collect();
    let arrived: Vec<Side<'_>> = desks.iter().map(|desk| side(desk, &flows)).collect();
    let stock: Vec<Side<'_>> = desks.iter().map(|desk| side(desk, &shared)).collect();
    let all = || over.iter().chain(&arrived).chain(&stock);
    if let Some(code) = all().find_map(|side| side.unusable) {
        return ledger.skip(&R12, depends_on(code));
    }
    let Some(known) = stock.iter().find_map(|side| side.total.clone()) else { return };
    if arrived.iter().any(|side| !side.absent.is_empty()) || desks.len() < indicator.offices.len() {
        return ledger.skip(&R12, depends_on("V01"));
    }
    let sum = |sides: &[Side<'_>]| sides.iter().filter_map(|side| side.total.clone()).sum::<Number>();
    let (handled, there) = (sum(&over), sum(&arrived) + &known);
    if handled <= there {
        return ledger.pass(&R12);
    }
    let under: Vec<Side<'_>> = desks.iter().map(|desk| side(desk, &pair.under)).collect();
    let sides: Vec<Sides<'_, 'a>> =
        desks.iter().zip(over.iter().zip(&under)).map(|(desk, (over, under))| (*desk, over, under)).collect();
    ledger.fail(finding(indicator, pair, &sides, &handled, &there));
}

fn finding(
    indicator: &Indicator,
    pair: &Pair<'_>,
    sides: &[Sides<'_, '_>],
    handled: &Number,
    there: &Number,
) -> Finding {
    let mut finding: Option<Finding> = None;
    for (desk, over, under) in sides {
        let cells: Vec<&Entry> = over.typed.iter().chain(&under.typed).copied().collect();
        match &mut finding {
            None => finding = Some(desk.finding(&R12, indicator, pair.over.first().copied(), &cells)),
            Some(known) => desk.name_cells(known, &cells),
        }
    }
    let base = Finding { month: None, ..finding.unwrap_or_else(|| Finding::of(&R12)) };
    let (handled, there) = (handled.to_italian(4), there.to_italian(4));
    let whose = if sides.len() > 1 { "in tutti gli uffici" } else { "in tutto" };
    let what = format!("{whose} sono {handled}, ma {} fanno {there}", labels(&pair.under));
    let base = facts(base, format!("{handled} su {there}"), format!("al massimo {there}"));
    told(base, &place_of(pair, indicator, None), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn world(handled: &str) -> World {
        World::at(2)
            .filled("sanzioni_protesti")
            .filled("protesti")
            .set("sanzioni_protesti", "S11.verbali_pendenti", 0, "318")
            .set("protesti", "S11.verbali_pendenti", 0, "318")
            .set("protesti", "S11.verbali_istruiti", 2, handled)
    }

    #[test]
    fn no_more_is_handled_than_there_was() {
        let finding = world("320").finding("R12");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("321 su 320", 5));
        assert!(world("319").findings("R12").is_empty(), "all of the stock and what came");
    }

    #[test]
    fn together_the_offices_may_break_it_too() {
        let finding = world("200").set("sanzioni_protesti", "S11.verbali_istruiti", 1, "122").finding("R12");
        assert_eq!((finding.found.as_str(), finding.related.len()), ("324 su 322", 1));
    }

    #[test]
    fn what_is_not_reported_yet_leaves_it_open() {
        let blank = world("320").set("protesti", "S11.verbali_ricevuti", 1, "");
        assert!(blank.findings("R12").is_empty());
    }
}

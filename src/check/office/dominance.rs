//! A09: one office makes almost all of a total.

use super::co_owners::{of, summed};
use crate::check::desk::{Desk, NEEDS_ALL, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::TOO_FEW;
use crate::check::rules::A09;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, ratio_it};
use crate::plan::{Indicator, Voce};

/// Offices that must report, that one may prevail over the others.
const OFFICES: usize = 3;
/// The smallest total of which shares are worth a word.
const TOTAL: u32 = 20;
/// The checks that have already found the office's value unusual.
const TOLD: [&str; 3] = ["A07", "M11", "V05"];

/// Judges each voce that several offices add up.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let shared: Vec<(&Indicator, &Voce)> = summed(ctx.plan).collect();
    if !ctx.whole {
        return shared.iter().for_each(|_| ledger.skip(&A09, NEEDS_ALL));
    }
    let desks = ctx.desks;
    for (indicator, voce) in shared {
        let (mut reported, mut because) = (Vec::new(), None);
        for desk in of(desks, indicator) {
            let (points, unusable) = desk.series(ledger, voce);
            because = because.or(unusable);
            if !points.is_empty() {
                reported.push((desk, points));
            }
        }
        match because {
            Some(code) => ledger.skip(&A09, depends_on(code)),
            None => judge(ctx, ledger, indicator, voce, &reported),
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    indicator: &Indicator,
    voce: &Voce,
    reported: &[(&Desk<'a>, Vec<Point<'a>>)],
) {
    let sum = |points: &[Point<'_>]| points.iter().map(|point| point.value.clone()).sum::<Number>();
    let total: Number = reported.iter().map(|(_, points)| sum(points)).sum();
    let first = reported.iter().map(|(desk, points)| (sum(points), *desk, points));
    let first = first.max_by(|one, other| one.0.cmp(&other.0));
    let (true, true, Some((most, desk, points))) =
        (reported.len() >= OFFICES, total >= Number::from(TOTAL), first)
    else {
        return ledger.skip(&A09, TOO_FEW);
    };
    let share = most.divided_by(&total).unwrap_or_else(Number::zero);
    let percent = share.clone() * &Number::from(100_u32);
    let told = ledger
        .already(&TOLD, Some(&desk.submission.office), |finding| finding.voce.as_ref() == Some(&voce.key));
    if percent <= ctx.plan.controls.thresholds.dominance || desk.explains(indicator) {
        ledger.pass(&A09);
    } else if let Some(code) = told {
        ledger.skip(&A09, depends_on(code));
    } else {
        ledger.fail(finding(ctx, indicator, voce, desk, points, [&most, &total, &share]));
    }
}

fn finding(
    ctx: &Context<'_>,
    indicator: &Indicator,
    voce: &Voce,
    desk: &Desk<'_>,
    points: &[Point<'_>],
    [most, total, share]: [&Number; 3],
) -> Finding {
    let typed = points.iter().filter(|point| !point.value.is_zero());
    let entries: Vec<&Entry> = typed.map(|point| point.entry).collect();
    let found = format!("{} su {} ({})", most.to_italian(4), total.to_italian(4), ratio_it(share));
    let finding = Finding { month: None, ..desk.finding(&A09, indicator, Some(voce), &entries) };
    let limit = ctx.plan.controls.thresholds.dominance.to_italian(2);
    let finding = facts(finding, found.clone(), format!("al massimo {limit} % da un ufficio solo"));
    let office = ctx.plan.office_name(&desk.submission.office);
    told(finding, &place(indicator, voce, None), &format!("{office} fa {found}"))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn world(value: &str) -> World {
        ["promozione", "ri", "pid"].into_iter().fold(World::at(3), |world, office| world.filled(office)).set(
            "ri",
            "S01.aziende_coinvolte",
            2,
            value,
        )
    }

    #[test]
    fn the_share_of_one_office_is_told() {
        let finding = world("60").about("A09", "S01.aziende_coinvolte").remove(0);
        assert_eq!(finding.found, "62 su 68 (91,18 %)");
        assert!(world("52").about("A09", "S01.aziende_coinvolte").is_empty(), "90 % exactly");
        assert!(world("10").about("A09", "S01.aziende_coinvolte").is_empty(), "a small total");
    }
}

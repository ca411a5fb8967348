//! A07: an office far from its peers.

use super::co_owners::{odd_month, of, summed};
use crate::check::desk::{Desk, NEEDS_ALL, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{Peers, TOO_FEW};
use crate::check::rules::A07;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number};
use crate::plan::{Indicator, Thresholds, Voce};

/// Offices that must report, that one may be compared with the others.
const OFFICES: usize = 5;

/// Judges each office on each voce that several offices add up: the year so far of all of them.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let shared: Vec<(&Indicator, &Voce)> = summed(ctx.plan).collect();
    if !ctx.whole {
        return shared.iter().for_each(|_| ledger.skip(&A07, NEEDS_ALL));
    }
    let desks = ctx.desks;
    for (indicator, voce) in shared {
        let mut reported = Vec::new();
        for desk in of(desks, indicator) {
            let (points, because) = desk.series(ledger, voce);
            if let Some(code) = because {
                ledger.skip(&A07, depends_on(code));
            } else if !points.is_empty() {
                let total: Number = points.iter().map(|point| point.value.clone()).sum();
                reported.push(Reported { desk, points, total });
            }
        }
        judge(&ctx.plan.controls.thresholds, ledger, indicator, voce, &reported);
    }
}

/// What an office has reported in the year so far.
struct Reported<'d, 'a> {
    desk: &'d Desk<'a>,
    points: Vec<Point<'a>>,
    total: Number,
}

fn judge(
    thresholds: &Thresholds,
    ledger: &mut Ledger,
    indicator: &Indicator,
    voce: &Voce,
    reported: &[Reported<'_, '_>],
) {
    let totals: Vec<&Number> = reported.iter().map(|own| &own.total).collect();
    for (own, peers) in reported.iter().zip(Peers::of_each(&totals)) {
        let Some(peers) = peers.filter(|_| reported.len() >= OFFICES) else {
            ledger.skip(&A07, TOO_FEW);
            continue;
        };
        // An office with nothing at all had nothing to count.
        let far = !own.total.is_zero() && peers.are_far_from(&own.total, thresholds);
        if !far || own.desk.explains(indicator) {
            ledger.pass(&A07);
        } else if let Some(code) = odd_month(ledger, own.desk, &voce.key) {
            ledger.skip(&A07, depends_on(code));
        } else {
            ledger.fail(finding(indicator, voce, own, &peers));
        }
    }
}

fn finding(indicator: &Indicator, voce: &Voce, own: &Reported<'_, '_>, peers: &Peers) -> Finding {
    let typed = own.points.iter().filter(|point| !point.value.is_zero());
    let entries: Vec<&Entry> = typed.map(|point| point.entry).collect();
    let (total, usual) = (own.total.to_italian(4), peers.median.to_italian(2));
    let finding = own.desk.finding(&A07, indicator, Some(voce), &entries);
    let finding =
        facts(Finding { month: None, ..finding }, total.clone(), format!("di solito circa {usual}"));
    let what = format!("il tuo ufficio ha scritto in tutto {total}; la metà degli altri non supera {usual}");
    told(finding, &place(indicator, voce, None), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    const OFFICES: [&str; 7] = [
        "programmazione",
        "ri",
        "trasparenza",
        "patrimonio",
        "contabilita",
        "comunicazione",
        "sanzioni_protesti",
    ];

    fn stages(offices: &[&str]) -> World {
        offices.iter().fold(World::at(6), |world, office| world.filled(office))
    }

    #[test]
    fn an_office_far_from_its_peers_wants_a_word() {
        let world = (1..=6).fold(stages(&OFFICES), |world, month| world.set("ri", "S02.stage", month, "15"));
        let finding = world.about("A07", "S02.stage").remove(0);
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("90", 6));
        assert!(world.about("A07", "S07.schede_crm").is_empty());
        assert!(world.note("ri", "2.1").findings("A07").is_empty());
    }

    #[test]
    fn few_offices_and_small_counts_are_not_compared() {
        assert!(stages(&OFFICES[..4]).set("ri", "S02.stage", 3, "60").about("A07", "S02.stage").is_empty());
        assert!(stages(&OFFICES).set("ri", "S02.stage", 3, "9").findings("A07").is_empty());
    }

    #[test]
    fn an_odd_month_is_told_once() {
        let world = stages(&OFFICES).set("ri", "S02.stage", 3, "60");
        assert_eq!(world.about("M11", "S02.stage").len(), 1);
        assert!(world.about("A07", "S02.stage").is_empty());
    }
}

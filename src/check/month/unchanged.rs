//! M10: the same value month after month.

use crate::check::desk::{Desk, Point, months_words, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{SMALL, TOO_FEW};
use crate::check::rules::M10;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, TimeKind, count};
use crate::plan::{Indicator, Role, Voce};

/// Below this a count may well come equal by chance.
const FEW: u32 = 30;

/// Judges each flow that an office counts: not a denominator, nor a part bounded by its whole, which may well
/// stand still.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let wanted = usize::try_from(ctx.plan.controls.thresholds.equal_months).unwrap_or(usize::MAX);
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci().filter(|(indicator, voce)| is_judged(indicator, voce)) {
            let (points, because) = desk.series(ledger, voce);
            let equal = longest_run(&points);
            let wanted = wanted_for(&equal, wanted);
            if equal.len() >= wanted && !desk.explains(indicator) {
                ledger.fail(finding(desk, indicator, voce, &equal));
            } else if let Some(code) = because {
                ledger.skip(&M10, depends_on(code));
            } else if points.len() < wanted {
                ledger.skip(&M10, TOO_FEW);
            } else {
                ledger.pass(&M10);
            }
        }
    }
}

fn is_judged(indicator: &Indicator, voce: &Voce) -> bool {
    let under = indicator.formula.ratio().map_or_else(Vec::new, |(_, under)| under);
    voce.time == TimeKind::Mensile
        && voce.kind.is_number()
        && voce.role != Role::Informative
        && voce.part_of.is_none()
        && !under.contains(&voce.key)
}

/// Small counts come equal by chance more often: they want two months more.
fn wanted_for(equal: &[Point<'_>], wanted: usize) -> usize {
    let few = equal.first().is_none_or(|point| *point.value < Number::from(FEW));
    if few { wanted.saturating_add(2) } else { wanted }
}

/// The longest run of consecutive months with the same value, small counts aside.
fn longest_run<'a>(points: &[Point<'a>]) -> Vec<Point<'a>> {
    let (mut longest, mut run): (Vec<Point<'_>>, Vec<Point<'_>>) = (Vec::new(), Vec::new());
    for point in points {
        let follows = run
            .last()
            .is_some_and(|last| last.value == point.value && last.month.number() + 1 == point.month.number());
        if !follows {
            run.clear();
        }
        if *point.value >= Number::from(SMALL) {
            run.push(*point);
        }
        if run.len() > longest.len() {
            longest.clone_from(&run);
        }
    }
    longest
}

fn finding(desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, equal: &[Point<'_>]) -> Finding {
    let entries: Vec<&Entry> = equal.iter().map(|point| point.entry).collect();
    let value = equal.first().map_or_else(String::new, |point| point.value.to_italian(4));
    let months = count(equal.len(), "mese", "mesi");
    let finding = desk.finding(&M10, indicator, Some(voce), &entries);
    let finding = facts(finding, format!("{value} per {months}"), "valori che cambiano da un mese all'altro");
    let what = format!("hai scritto {value} per {months} di seguito ({})", months_words(&entries));
    told(finding, &place(indicator, voce, None), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn equal(value: &str, months: u32, key: &str, office: &str) -> World {
        let world = World::at(6).filled(office);
        (1..=months).fold(world, |world, month| world.set(office, key, month, value))
    }

    #[test]
    fn four_equal_months_want_a_word() {
        let world = equal("95", 4, "S06.procedimenti_avviati", "ri");
        let finding = world.finding("M10");
        assert_eq!((finding.cells.len(), finding.found.as_str()), (4, "95 per 4 mesi"));
        assert!(world.note("ri", "6.1").findings("M10").is_empty());
        assert!(equal("95", 3, "S06.procedimenti_avviati", "ri").findings("M10").is_empty());
    }

    #[test]
    fn small_counts_and_denominators_may_stand_still() {
        assert!(equal("9", 6, "S06.procedimenti_avviati", "ri").findings("M10").is_empty());
        assert!(equal("60", 6, "S13.rilevazioni_totali", "programmazione").findings("M10").is_empty());
        assert!(equal("60", 6, "S13.rilevazioni_in_tempo", "programmazione").findings("M10").is_empty());
    }
}

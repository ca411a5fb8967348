//! A03: two offices type the same series for a voce that is added up.

use super::co_owners::{finding, of, summed};
use crate::check::desk::{Desk, NEEDS_ALL, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{SMALL, TOO_FEW};
use crate::check::rules::A03;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Number, count, join_it};
use crate::plan::{Indicator, Voce};

/// Judges each voce that several offices add up: every office against those before it.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let shared: Vec<(&Indicator, &Voce)> = summed(ctx.plan).collect();
    if !ctx.whole {
        return shared.iter().for_each(|_| ledger.skip(&A03, NEEDS_ALL));
    }
    let desks = ctx.desks;
    for (indicator, voce) in shared {
        judge(ctx, ledger, &of(desks, indicator), indicator, voce);
    }
}

/// Offices with the same series, and the months in common.
struct Twins<'d, 'a> {
    desks: Vec<&'d Desk<'a>>,
    points: Vec<Point<'a>>,
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desks: &[&Desk<'a>],
    indicator: &Indicator,
    voce: &Voce,
) {
    let wanted = usize::try_from(ctx.plan.controls.thresholds.points).unwrap_or(usize::MAX);
    let mut groups: Vec<Twins<'_, 'a>> = Vec::new();
    let (mut because, mut long) = (None, false);
    for desk in desks {
        let (points, unusable) = desk.series(ledger, voce);
        because = because.or(unusable);
        if points.len() < wanted {
            continue;
        }
        long = true;
        match groups.iter_mut().find(|group| same(&group.points, &points)) {
            Some(group) => group.desks.push(desk),
            None => groups.push(Twins { desks: vec![desk], points }),
        }
    }
    let explained = desks.iter().any(|desk| desk.explains(indicator));
    let twins: Vec<&Twins<'_, 'a>> = groups.iter().filter(|group| group.is_telling() && !explained).collect();
    for group in &twins {
        fail(ctx, ledger, indicator, voce, group);
    }
    match because {
        _ if !twins.is_empty() => {}
        Some(code) => ledger.skip(&A03, depends_on(code)),
        None if long => ledger.pass(&A03),
        None => ledger.skip(&A03, TOO_FEW),
    }
}

fn same(one: &[Point<'_>], other: &[Point<'_>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.month == b.month && a.value == b.value)
}

impl Twins<'_, '_> {
    /// Whether chance is out of the question: several offices, no small count, not one value all along.
    fn is_telling(&self) -> bool {
        let first = self.points.first().map(|point| point.value);
        self.desks.len() > 1
            && self.points.iter().all(|point| *point.value >= Number::from(SMALL))
            && self.points.iter().any(|point| Some(point.value) != first)
    }
}

fn fail(ctx: &Context<'_>, ledger: &mut Ledger, indicator: &Indicator, voce: &Voce, group: &Twins<'_, '_>) {
    let months: Vec<_> = group.points.iter().map(|point| point.month).collect();
    let said: Vec<(&Desk<'_>, Vec<&Entry>)> = group
        .desks
        .iter()
        .map(|desk| (*desk, months.iter().filter_map(|month| desk.entry(&voce.key, Some(*month))).collect()))
        .collect();
    let names: Vec<&str> =
        group.desks.iter().map(|desk| ctx.plan.office_name(&desk.submission.office)).collect();
    let months = count(months.len(), "mese", "mesi");
    let finding = facts(
        finding(&A03, indicator, voce, &said),
        format!("{months} con gli stessi valori"),
        "valori propri di ogni ufficio",
    );
    let what = format!("{} hanno scritto gli stessi valori per {months}", join_it(&names));
    ledger.fail(told(finding, &place(indicator, voce, None), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn twins(values: [&str; 6]) -> World {
        let world = World::at(6).filled("urp").filled("comunicazione");
        (1..).zip(values).fold(world, |world, (month, value)| {
            world.set("urp", "S07.nuove_aziende", month, value).set(
                "comunicazione",
                "S07.nuove_aziende",
                month,
                value,
            )
        })
    }

    #[test]
    fn the_same_long_series_is_a_word_to_the_unit() {
        let finding = twins(["20", "31", "25", "18", "40", "22"]).finding("A03");
        assert_eq!((finding.cells.len(), finding.related.len()), (6, 1));
        assert_eq!(finding.found, "6 mesi con gli stessi valori");
    }

    #[test]
    fn small_or_still_series_are_chance() {
        assert!(twins(["20", "31", "9", "18", "40", "22"]).findings("A03").is_empty());
        assert!(twins(["20"; 6]).findings("A03").is_empty());
        let other = twins(["20", "31", "25", "18", "40", "22"]).set("urp", "S07.nuove_aziende", 6, "23");
        assert!(other.findings("A03").is_empty());
    }
}

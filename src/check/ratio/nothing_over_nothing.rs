//! R02: zero over zero: nothing to measure.

use super::pair::{labels, place_of, sides};
use crate::check::desk::{Desk, months_words};
use crate::check::ledger::depends_on;
use crate::check::rules::R02;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::plan::{Indicator, Pair};

/// Judges each ratio of each office: all the months with zero over zero make one note.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            if let Some(pair) = indicator.pair() {
                judge(ctx, ledger, desk, indicator, &pair);
            }
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &Indicator,
    pair: &Pair<'a>,
) {
    let (mut empty, mut because, mut reported): (Vec<&Entry>, _, _) = (Vec::new(), None, false);
    for period in pair.periods(ctx.month.month) {
        let (over, under) = sides(pair, ledger, desk, period);
        reported |= over.total.is_some() && under.total.is_some();
        because = because.or(over.unusable).or(under.unusable);
        if over.is_zero() && under.is_zero() && under.absent.is_empty() {
            empty.extend(over.typed.iter().chain(&under.typed));
        }
    }
    match (empty.is_empty(), because) {
        (true, Some(code)) => ledger.skip(&R02, depends_on(code)),
        (true, None) if reported => ledger.pass(&R02),
        (true, None) => {}
        (false, _) => {
            let finding = desk.finding(&R02, indicator, pair.over.first().copied(), &empty);
            let finding = facts(finding, "0 su 0", "un denominatore maggiore di 0, se c'è stato qualcosa");
            let when = months_words(&empty);
            let when = if when.is_empty() { String::new() } else { format!(" in {when}") };
            let what = format!("0 su 0{when}: anche {} vale zero", labels(&pair.under));
            ledger.fail(told(finding, &place_of(pair, indicator, None), &what));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn months_without_anything_make_one_note() {
        let mut world = World::at(3).filled("unico_ambiente");
        for month in [1, 3] {
            world = world.set("unico_ambiente", "S04.prove_stesso_giorno", month, "0").set(
                "unico_ambiente",
                "S04.prove",
                month,
                "0",
            );
        }
        let finding = world.finding("R02");
        assert!(finding.message.contains("0 su 0 in gennaio e marzo"), "{}", finding.message);
        assert!(world.findings("R01").is_empty());
    }
}

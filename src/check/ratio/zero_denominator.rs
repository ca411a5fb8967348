//! R01: something above, zero below.

use super::pair::{Side, labels, place_of, sides};
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::R01;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::model::{Finding, Month, Number};
use crate::plan::{Indicator, Pair};

/// Judges each office and month in which both sides of a ratio are reported; the year so far when a side is
/// given once.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            let Some(pair) = indicator.pair() else { continue };
            for period in pair.periods(ctx.month.month) {
                let (over, under) = sides(&pair, ledger, desk, period);
                judge(ledger, desk, indicator, &pair, period, &over, &under);
            }
        }
    }
}

/// Whether numerator and denominator of this month (or of the year so far) contradict each other.
pub(in crate::check) fn is_broken(over: &Side<'_>, under: &Side<'_>) -> bool {
    over.is_positive() && under.is_zero() && under.absent.is_empty()
}

fn judge(
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    pair: &Pair<'_>,
    period: Option<Month>,
    over: &Side<'_>,
    under: &Side<'_>,
) {
    if is_broken(over, under) {
        return ledger.fail(finding(desk, indicator, pair, period, over, under));
    }
    match (over.unusable.or(under.unusable), &over.total, &under.total) {
        (Some(code), _, _) => ledger.skip(&R01, depends_on(code)),
        (None, Some(_), Some(_)) => ledger.pass(&R01),
        _ => {}
    }
}

fn finding(
    desk: &Desk<'_>,
    indicator: &Indicator,
    pair: &Pair<'_>,
    period: Option<Month>,
    over: &Side<'_>,
    under: &Side<'_>,
) -> Finding {
    let above: Vec<&Entry> = over.typed.iter().copied().filter(|entry| !is_zero(entry)).collect();
    let cells: Vec<&Entry> = above.iter().chain(&under.typed).copied().collect();
    let mut finding = desk.finding(&R01, indicator, pair.over.first().copied(), &cells);
    finding.month = period;
    let total = over.total.clone().unwrap_or_else(Number::zero).to_italian(4);
    let finding = facts(finding, format!("{total} su 0"), "un denominatore maggiore di 0");
    let what = format!("hai scritto {total} su 0: {} vale zero", labels(&pair.under));
    told(finding, &place_of(pair, indicator, period), &what)
}

fn is_zero(entry: &Entry) -> bool {
    match &entry.state {
        EntryState::Value(value) => value.number().is_some_and(|number| number.is_zero()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    #[test]
    fn something_over_zero_in_a_month_takes_both_out() {
        let world = World::at(3)
            .filled("unico_ambiente")
            .set("unico_ambiente", "S04.prove_stesso_giorno", 2, "3")
            .set("unico_ambiente", "S04.prove", 2, "0");
        let finding = world.finding("R01");
        assert_eq!(finding.found, "3 su 0");
        assert_eq!(cells(&finding).len(), 2);
        assert_eq!(finding.month.unwrap().number(), 2);
        assert!(world.findings("R03").is_empty());
        assert_eq!(world.skipped("R03", "dipende da R01"), 1);
    }

    #[test]
    fn a_whole_given_once_is_judged_on_the_year_so_far() {
        let world = World::at(3).filled("metrico").set("metrico", "S03.orafi_iscritti", 0, "0");
        let finding = world.finding("R01");
        assert_eq!(finding.found, "3 su 0");
        assert_eq!(finding.month, None);
        assert_eq!(finding.cells.len(), 4);
    }
}

//! R08: a denominator that offices declare every month changes too much from one to the next.

use super::pair::labels;
use crate::check::desk::{Desk, Point, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{SMALL, TOO_FEW};
use crate::check::rules::R08;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, TimeKind, join_it, ratio_it};
use crate::plan::{Indicator, Pair, Voce};

/// Judges each level that stands under a fraction, office by office.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            let Some(pair) = indicator.pair() else { continue };
            let levels = pair.under.iter().copied();
            for voce in levels.filter(|voce| voce.time == TimeKind::Consistenza && voce.is_input()) {
                judge(ctx, ledger, desk, indicator, &pair, voce);
            }
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &Indicator,
    pair: &Pair<'_>,
    voce: &Voce,
) {
    let (points, because) = desk.series(ledger, voce);
    let steps: Vec<(&Point<'_>, &Point<'_>)> = points.iter().zip(points.iter().skip(1)).collect();
    let limit = &ctx.plan.controls.thresholds.denominator;
    let large: Vec<_> = steps.iter().copied().filter(|(from, to)| is_large(from, to, limit)).collect();
    if !large.is_empty() && !desk.explains(indicator) {
        ledger.fail(finding(desk, indicator, pair, voce, &large, limit));
    } else if let Some(code) = because {
        ledger.skip(&R08, depends_on(code));
    } else if steps.is_empty() {
        ledger.skip(&R08, TOO_FEW);
    } else {
        ledger.pass(&R08);
    }
}

/// The change as a fraction of the earlier value; `None` from zero.
fn change(from: &Point<'_>, to: &Point<'_>) -> Option<Number> {
    (to.value.clone() - from.value).divided_by(from.value)
}

fn is_large(from: &Point<'_>, to: &Point<'_>, limit: &Number) -> bool {
    let gap = (to.value.clone() - from.value).abs();
    let percent = change(from, to).map(|change| change.abs() * &Number::from(100_u32));
    gap >= Number::from(SMALL) && percent.is_some_and(|percent| percent > *limit)
}

fn finding(
    desk: &Desk<'_>,
    indicator: &Indicator,
    pair: &Pair<'_>,
    voce: &Voce,
    large: &[(&Point<'_>, &Point<'_>)],
    limit: &Number,
) -> Finding {
    let entries: Vec<&Entry> = large.iter().flat_map(|(from, to)| [from.entry, to.entry]).collect();
    let words: Vec<String> = large.iter().map(|(from, to)| step_words(from, to)).collect();
    let words = join_it(&words);
    let finding = Finding { month: None, ..desk.finding(&R08, indicator, Some(voce), &entries) };
    let finding = facts(
        finding,
        words.clone(),
        format!("al massimo il {} % da un mese all'altro", limit.to_italian(2)),
    );
    let what = format!("il totale su cui si misura {} passa {words}", labels(&pair.over));
    told(finding, &place(indicator, voce, None), &what)
}

fn step_words(from: &Point<'_>, to: &Point<'_>) -> String {
    let change = change(from, to).unwrap_or_else(Number::zero);
    let sign = if change.is_negative() { "" } else { "+" };
    format!(
        "da {} ({}) a {} ({}), {sign}{}",
        from.value.to_italian(4),
        from.month,
        to.value.to_italian(4),
        to.month,
        ratio_it(&change)
    )
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn totals(values: &[&str]) -> World {
        let world = World::at(3).filled("informatico");
        (1..).zip(values).fold(world, |world, (month, value)| {
            world.set("informatico", "S12.modelli_da_rieditare", month, value)
        })
    }

    #[test]
    fn a_denominator_that_jumps_wants_a_word() {
        let finding = totals(&["164", "164", "120"]).finding("R08");
        assert_eq!(
            (finding.found.as_str(), finding.cells.len()),
            ("da 164 (febbraio) a 120 (marzo), -26,83 %", 2)
        );
        assert!(totals(&["164", "164", "132"]).findings("R08").is_empty());
        assert!(totals(&["164", "", "165"]).findings("R08").is_empty());
        assert!(totals(&["8", "12", "16"]).findings("R08").is_empty(), "small counts");
        assert!(totals(&["164", "164", "120"]).note("informatico", "12.1").findings("R08").is_empty());
    }
}

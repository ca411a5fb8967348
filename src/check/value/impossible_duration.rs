//! V10: cases that would have lasted, on average, longer than they can have.

use chrono::NaiveDate;

use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::ratio::pair::{labels, place_of, sides};
use crate::check::rules::V10;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Month, Number, VoceType, date_it};
use crate::plan::{Indicator, Pair};

/// Judges each month of the indicators that are a sum of days over a number of cases.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            let Some(pair) = indicator.pair().filter(is_mean_days) else { continue };
            for month in pair.months(ctx.month.month) {
                judge(ctx, ledger, desk, indicator, &pair, month);
            }
        }
    }
}

fn is_mean_days(pair: &Pair<'_>) -> bool {
    let days = |kind| matches!(kind, VoceType::Giorni | VoceType::GiorniLavorativi);
    pair.is_of_flows()
        && pair.over.iter().all(|voce| days(voce.kind))
        && pair.under.iter().all(|voce| voce.kind == VoceType::Conteggio)
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &'a Indicator,
    pair: &Pair<'a>,
    month: Month,
) {
    let (over, under) = sides(pair, ledger, desk, Some(month));
    if let Some(code) = over.unusable.or(under.unusable) {
        return ledger.skip(&V10, depends_on(code));
    }
    let (Some(days), Some(cases)) = (&over.total, &under.total) else { return };
    // Days over no case are R01's.
    let Some(mean) = days.divided_by(cases) else { return };
    let end = ctx.plan.month(month).last_day();
    let Some(start) = NaiveDate::from_ymd_opt(ctx.plan.year - 1, 1, 1) else { return };
    let longest = Number::from((end - start).num_days());
    if mean <= longest {
        return ledger.pass(&V10);
    }
    let cells: Vec<&Entry> = over.typed.iter().chain(&under.typed).copied().collect();
    let finding = desk.finding(&V10, indicator, pair.over.first().copied(), &cells);
    let expected = format!("una media fino a {} giorni", longest.to_italian(0));
    let finding = facts(finding, format!("{} giorni in media", mean.to_italian(2)), expected);
    let what = format!(
        "{} giorni divisi per {} di {} fanno {} giorni in media; fra {} e {} ne sono passati {}",
        days.to_italian(4),
        cases.to_italian(4),
        labels(&pair.under),
        mean.to_italian(2),
        date_it(start),
        date_it(end),
        longest.to_italian(0)
    );
    ledger.fail(told(finding, &place_of(pair, indicator, Some(month)), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    fn invoices(days: &str, paid: &str) -> World {
        World::at(3)
            .filled("risorse_finanziarie")
            .set("risorse_finanziarie", "S09.giorni_pagamento", 2, days)
            .set("risorse_finanziarie", "S09.fatture_pagate", 2, paid)
    }

    #[test]
    fn a_case_of_february_is_not_older_than_fourteen_months() {
        // From 1/1/2018 to 28/2/2019 there are 423 days.
        assert!(invoices("4230", "10").findings("V10").is_empty());
        let finding = invoices("4231", "10").finding("V10");
        assert_eq!(cells(&finding).len(), 2);
        assert_eq!(finding.found, "423,1 giorni in media");
    }

    #[test]
    fn days_over_nothing_are_said_once() {
        let world = invoices("4231", "0");
        assert_eq!((world.findings("V10").len(), world.findings("R01").len()), (0, 1));
    }
}

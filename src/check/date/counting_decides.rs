//! D07: the days are exactly the limit: counting the first day too, the target would be missed.

use chrono::NaiveDate;

use super::dates::{in_period, read};
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::D07;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::formula::{Expr, Fold, RowExpr};
use crate::interpret::Entry;
use crate::model::{Number, VoceKey, date_it};
use crate::plan::{Indicator, Operator, Threshold, Voce};

/// An indicator that wants the longest span of a register's rows within a number of days.
struct Limit<'a> {
    indicator: &'a Indicator,
    voce: &'a Voce,
    from: &'a str,
    to: &'a str,
    working: bool,
    days: Number,
}

/// A row with both its dates.
struct Span<'a> {
    row: u32,
    cells: [&'a Entry; 2],
    dates: (NaiveDate, NaiveDate),
    days: Number,
}

/// Judges each finished row, unless another one misses the target anyhow.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for limit in desk.indicators().filter_map(Limit::of) {
            let spans = spans(ctx, ledger, desk, &limit);
            let missed = spans.iter().any(|span| span.days > limit.days);
            for span in &spans {
                if !missed && span.days == limit.days && first_day_counts(ctx, &limit, span) {
                    fail(ledger, desk, &limit, span);
                } else {
                    ledger.pass(&D07);
                }
            }
        }
    }
}

impl<'a> Limit<'a> {
    fn of(indicator: &'a Indicator) -> Option<Self> {
        let Expr::Over(Fold::Max, key, RowExpr::Days { from, to, working }) = indicator.formula.expr() else {
            return None;
        };
        let (Operator::AtMost, Threshold::Number(days)) =
            (indicator.target.operator, &indicator.target.threshold)
        else {
            return None;
        };
        let voce = indicator.voce(key)?;
        Some(Self { indicator, voce, from, to, working: *working, days: days.clone() })
    }

    fn key(&self) -> &VoceKey {
        &self.voce.key
    }
}

/// The rows finished by the reporting month; what other checks refuse is *non valutato*.
fn spans<'a>(ctx: &Context<'a>, ledger: &mut Ledger, desk: &Desk<'a>, limit: &Limit<'a>) -> Vec<Span<'a>> {
    let reported = ctx.plan.month(desk.submission.last_month.unwrap_or(ctx.month.month)).last_day();
    let mut spans = Vec::new();
    for (row, fields) in desk.rows(limit.key()) {
        let (Some(start), Some(end)) = (fields.get(limit.from), fields.get(limit.to)) else { continue };
        let (from, to) = match (read(ledger, desk, start), read(ledger, desk, end)) {
            (Err(code), _) | (_, Err(code)) => {
                ledger.skip(&D07, depends_on(code));
                continue;
            }
            (Ok(Some(from)), Ok(Some(to))) => (from, to),
            _ => continue,
        };
        let wrong = if !in_period(limit.voce, from) || !in_period(limit.voce, to) {
            Some("D03")
        } else if to < from {
            Some("D01")
        } else if to > reported {
            Some("D02")
        } else if to > ctx.month.last_day() {
            Some("R10")
        } else {
            None
        };
        match wrong {
            Some(code) => ledger.skip(&D07, depends_on(code)),
            None => {
                let days = elapsed(ctx, limit, from, to);
                spans.push(Span { row, cells: [*start, *end], dates: (from, to), days });
            }
        }
    }
    spans
}

/// The days after `from` up to `to`, as the formula counts them.
fn elapsed(ctx: &Context<'_>, limit: &Limit<'_>, from: NaiveDate, to: NaiveDate) -> Number {
    let days = from.iter_days().skip(1).take_while(|day| *day <= to);
    Number::from(days.filter(|day| !limit.working || ctx.plan.calendar.is_working_day(*day)).count())
}

fn first_day_counts(ctx: &Context<'_>, limit: &Limit<'_>, span: &Span<'_>) -> bool {
    !limit.working || ctx.plan.calendar.is_working_day(span.dates.0)
}

fn fail(ledger: &mut Ledger, desk: &Desk<'_>, limit: &Limit<'_>, span: &Span<'_>) {
    let Span { row, cells, dates: (from, to), days } = span;
    let finding = desk.finding(&D07, limit.indicator, Some(limit.voce), cells);
    let unit = if limit.working { "giorni lavorativi" } else { "giorni" };
    let more = days.clone() + &Number::one();
    let what = format!(
        "fra {} e {} passano {} {unit}, esattamente il limite; contando anche il primo giorno sarebbero {}",
        date_it(*from),
        date_it(*to),
        days.to_italian(0),
        more.to_italian(0)
    );
    let found = format!("{} {unit}, {} con il primo", days.to_italian(0), more.to_italian(0));
    let finding = facts(finding, found, format!("meno di {} {unit}", limit.days.to_italian(0)));
    let place = format!("{}, riga {row}", voce_words(limit.indicator, limit.voce));
    ledger.fail(told(finding, &place, &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn approved(day: &str) -> World {
        World::at(6)
            .filled("promozione")
            .field("promozione", "S01.bandi", 1, "titolo", "Bando A")
            .field("promozione", "S01.bandi", 1, "scadenza", "2019-02-28")
            .field("promozione", "S01.bandi", 1, "approvazione", day)
    }

    #[test]
    fn only_the_exact_limit_hangs_on_the_counting() {
        let finding = approved("2019-05-29").finding("D07");
        assert_eq!(finding.found, "90 giorni, 91 con il primo");
        assert_eq!(finding.cells.len(), 2);
        assert!(approved("2019-05-28").findings("D07").is_empty());
        assert!(approved("2019-05-30").findings("D07").is_empty());
    }

    #[test]
    fn a_slower_call_decides_by_itself() {
        let world = approved("2019-05-29")
            .field("promozione", "S01.bandi", 2, "titolo", "Bando B")
            .field("promozione", "S01.bandi", 2, "scadenza", "2019-01-31")
            .field("promozione", "S01.bandi", 2, "approvazione", "2019-06-10");
        assert!(world.findings("D07").is_empty());
    }
}

//! D01: an event ends before it starts.

use std::collections::BTreeMap;

use super::dates::sound;
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::D01;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::date_it;
use crate::plan::{Column, Indicator, Order};

/// Judges each row of the registers between whose dates a formula counts the days.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            for order in indicator.orders() {
                for (row, fields) in desk.rows(&order.voce.key) {
                    judge(ctx, ledger, desk, (indicator, order), row, &fields);
                }
            }
        }
    }
}

fn judge<'a>(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    (indicator, order): (&Indicator, Order<'_>),
    row: u32,
    fields: &BTreeMap<&str, &'a Entry>,
) {
    let field = |column: &Column| fields.get(column.key.as_str()).copied();
    let (Some(start), Some(end)) = (field(order.from), field(order.to)) else { return };
    let (from, to) =
        match (sound(ctx, ledger, desk, order.voce, start), sound(ctx, ledger, desk, order.voce, end)) {
            (Err(code), _) | (_, Err(code)) => return ledger.skip(&D01, depends_on(code)),
            (Ok(Some(from)), Ok(Some(to))) => (from, to),
            _ => return,
        };
    if order.admits(from, to) {
        return ledger.pass(&D01);
    }
    let finding = desk.finding(&D01, indicator, Some(order.voce), &[start, end]);
    let finding = facts(
        finding,
        format!("{}, poi {}", date_it(from), date_it(to)),
        format!("una data da {} in poi", date_it(from)),
    );
    let place = format!("{}, riga {row}", voce_words(indicator, order.voce));
    let what = format!(
        "«{}» ({}) viene prima di «{}» ({})",
        order.to.label,
        date_it(to),
        order.from.label,
        date_it(from)
    );
    ledger.fail(told(finding, &place, &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn call(deadline: &str, approval: &str) -> World {
        World::at(6)
            .filled("promozione")
            .field("promozione", "S01.bandi", 1, "titolo", "Bando")
            .field("promozione", "S01.bandi", 1, "scadenza", deadline)
            .field("promozione", "S01.bandi", 1, "approvazione", approval)
    }

    #[test]
    fn an_approval_before_its_deadline_names_both_dates() {
        let finding = call("2019-03-10", "2019-03-09").finding("D01");
        assert_eq!(finding.cells.len(), 2);
        assert!(finding.message.contains("(9/3/2019) viene prima di"), "{}", finding.message);
        assert!(call("2019-03-10", "2019-03-10").findings("D01").is_empty());
    }

    #[test]
    fn a_wrong_year_is_only_said_once() {
        let world = call("2019-03-10", "2018-03-20");
        assert!(world.findings("D01").is_empty());
        assert_eq!(world.skipped("D01", "dipende da D03"), 1);
        assert_eq!(world.findings("D03").len(), 1);
    }
}

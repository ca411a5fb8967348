//! D03: a date outside the period in which the plan admits it.

use super::dates::{cells, read};
use crate::check::ledger::depends_on;
use crate::check::rules::D03;
use crate::check::say::{facts, place_words, told};
use crate::check::{Context, Ledger};
use crate::model::{Value, date_it};
use crate::plan::{Domain, Limit};

/// Judges every date of every office.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for cell in cells(desk) {
            let date = match read(ledger, desk, cell.entry) {
                Err(code) => {
                    ledger.skip(&D03, depends_on(code));
                    continue;
                }
                Ok(None) => continue,
                Ok(Some(date)) => date,
            };
            let domain = cell.voce.domain(cell.entry.id.column.as_deref());
            let Domain::Day(days) = &domain else { continue };
            if !domain.breaks(Limit::Period, &Value::Date(date)) {
                ledger.pass(&D03);
                continue;
            }
            let period = format!("fra {} e {}", date_it(days.first), date_it(days.last));
            let finding = desk.finding(&D03, cell.indicator, Some(cell.voce), &[cell.entry]);
            let what = format!("hai scritto {}, ma qui serve una data {period}", date_it(date));
            let finding = facts(finding, date_it(date), period);
            ledger.fail(told(finding, &place_words(ctx.plan, &cell.entry.id), &what));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_date_of_another_year_is_refused() {
        let world = World::at(5).filled("ambiente").set("ambiente", "S04.adozione_delibera", 0, "2017-05-12");
        assert_eq!(world.finding("D03").expected, "fra 1/1/2019 e 31/12/2019");
    }
}

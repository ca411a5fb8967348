//! D02: a date later than the last month that its own file reports.

use super::dates::{cells, in_period, last_reported, read};
use crate::check::ledger::depends_on;
use crate::check::rules::D02;
use crate::check::say::{facts, place_words, told};
use crate::check::{Context, Ledger};
use crate::model::date_it;

/// Judges every date of every office, except those on which D03 speaks. A file without a filled month is
/// judged at the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let month = last_reported(ctx, desk);
        for cell in cells(desk) {
            let date = match read(ledger, desk, cell.entry) {
                Err(code) => {
                    ledger.skip(&D02, depends_on(code));
                    continue;
                }
                Ok(None) => continue,
                Ok(Some(date)) => date,
            };
            if !in_period(cell.voce, date) {
                ledger.skip(&D02, depends_on("D03"));
            } else if date <= month.last_day() {
                ledger.pass(&D02);
            } else {
                let finding = desk.finding(&D02, cell.indicator, Some(cell.voce), &[cell.entry]);
                let what =
                    format!("hai scritto {}, ma il file arriva fino a {}", date_it(date), month.in_words());
                let expected = format!("una data entro il {}", date_it(month.last_day()));
                let finding = facts(finding, date_it(date), expected);
                ledger.fail(told(finding, &place_words(ctx.plan, &cell.entry.id), &what));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_file_does_not_tell_the_future() {
        let world = World::at(5).filled("ambiente").set("ambiente", "S04.adozione_delibera", 0, "2019-06-12");
        let finding = world.finding("D02");
        assert_eq!(finding.found, "12/6/2019");
        assert!(finding.message.contains("il file arriva fino a maggio 2019"), "{}", finding.message);
        let world = world.set("ambiente", "S04.adozione_delibera", 0, "2019-05-31");
        assert!(world.findings("D02").is_empty());
        let world = world.set("ambiente", "S04.adozione_delibera", 0, "2020-01-02");
        assert_eq!((world.findings("D02").len(), world.findings("D03").len()), (0, 1));
    }

    #[test]
    fn one_date_too_late_makes_one_finding() {
        for (date, code) in [("2019-07-12", "D02"), ("2020-01-02", "D03")] {
            let world = World::at(6)
                .filled("ambiente")
                .filled("albo_gestori")
                .set("albo_gestori", "S04.adozione_delibera", 0, "2019-05-20")
                .set("ambiente", "S04.adozione_delibera", 0, date);
            assert_eq!(world.findings(code).len(), 1, "{date}");
            assert!(world.about("D04", "S04.adozione_delibera").is_empty(), "{date}");
            assert!(world.findings("R10").is_empty(), "{date}");
            for dependant in ["D04", "R10"] {
                assert_eq!(world.skipped(dependant, &format!("dipende da {code}")), 1, "{dependant} {date}");
            }
        }
    }

    #[test]
    fn the_row_of_a_date_too_late_is_not_said_again() {
        let row =
            |world: World, column: &str, text: &str| world.field("promozione", "S01.bandi", 1, column, text);
        let world = row(World::at(6).filled("promozione"), "titolo", "Bando");
        let world = row(row(world, "scadenza", "2019-08-10"), "approvazione", "2019-08-12");
        assert_eq!((world.findings("D02").len(), world.findings("R10").len()), (2, 0));
        assert_eq!(world.skipped("R10", "dipende da D02"), 1);
        assert!(world.findings("D01").is_empty());
    }
}

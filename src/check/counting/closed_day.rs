//! D08: something happened on a day on which offices are closed.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::check::date::dates::{cells, in_period, read};
use crate::check::ledger::depends_on;
use crate::check::rules::D08;
use crate::check::say::{facts, place_words, told};
use crate::check::{Context, Ledger};
use crate::model::date_it;

/// Judges every date, except those on which others have spoken: what they keep out, and R10.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let reported = ctx.plan.month(desk.submission.last_month.unwrap_or(ctx.month.month)).last_day();
        for cell in cells(desk) {
            let date = match read(ledger, desk, cell.entry) {
                Err(code) => {
                    ledger.skip(&D08, depends_on(code));
                    continue;
                }
                Ok(None) => continue,
                Ok(Some(date)) => date,
            };
            if !in_period(cell.voce, date) {
                ledger.skip(&D08, depends_on("D03"));
            } else if date > reported {
                ledger.skip(&D08, depends_on("D02"));
            } else if date > ctx.month.last_day() {
                ledger.skip(&D08, depends_on("R10"));
            } else if let Some(day) = closed(ctx, date) {
                let finding = desk.finding(&D08, cell.indicator, Some(cell.voce), &[cell.entry]);
                let what = format!("la data {} è {day}", date_it(date));
                let finding = facts(finding, format!("{}, {day}", date_it(date)), "un giorno lavorativo");
                ledger.fail(told(finding, &place_words(ctx.plan, &cell.entry.id), &what));
            } else {
                ledger.pass(&D08);
            }
        }
    }
}

/// Why offices are closed on a day, in words.
fn closed(ctx: &Context<'_>, date: NaiveDate) -> Option<String> {
    let holiday = ctx.plan.calendar.holiday(date).map(|name| format!("un giorno festivo ({name})"));
    holiday.or_else(|| match date.weekday() {
        Weekday::Sat => Some("un sabato".to_owned()),
        Weekday::Sun => Some("una domenica".to_owned()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn adopted(day: &str) -> World {
        World::at(6).filled("ambiente").set("ambiente", "S04.adozione_delibera", 0, day)
    }

    #[test]
    fn a_date_already_refused_is_not_judged() {
        // A Sunday, but the approval comes before the deadline.
        let world = World::at(6)
            .filled("promozione")
            .field("promozione", "S01.bandi", 1, "titolo", "Bando")
            .field("promozione", "S01.bandi", 1, "scadenza", "2019-03-15")
            .field("promozione", "S01.bandi", 1, "approvazione", "2019-02-10");
        assert_eq!((world.findings("D01").len(), world.findings("D08").len()), (1, 0));
    }

    #[test]
    fn weekends_and_holidays_are_worth_a_word() {
        for (day, found) in [
            ("2019-06-01", "1/6/2019, un sabato"),
            ("2019-05-05", "5/5/2019, una domenica"),
            ("2019-04-25", "25/4/2019, un giorno festivo (Festa della Liberazione)"),
        ] {
            assert_eq!(adopted(day).finding("D08").found, found);
        }
        assert!(adopted("2019-05-31").findings("D08").is_empty());
        assert!(adopted("2019-07-06").findings("D08").is_empty());
    }
}

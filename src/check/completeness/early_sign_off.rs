//! K13: signed off before the month that it reports was over.

use chrono::{Datelike, NaiveDate};

use super::words::signed_on;
use crate::check::ledger::depends_on;
use crate::check::rules::K13;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Submission, TextCell};
use crate::model::{Finding, Month, date_it};

/// A date of the sign-off, with its cell.
type Signed<'a> = (&'a TextCell, NaiveDate);

/// Judges the date of each sign-off against the last month that its own file reports, up to the reporting
/// one.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for submission in ctx.submissions {
        match judged(ctx, submission) {
            Err(because) => ledger.skip(&K13, because),
            Ok((dates, month)) => {
                let end = ctx.plan.month(month).last_day();
                match dates.into_iter().find(|(_, date)| *date < end) {
                    Some((cell, date)) => ledger.fail(finding(ctx, submission, cell, date, month)),
                    None => ledger.pass(&K13),
                }
            }
        }
    }
}

/// The dates of the sign-off, and the month that they sign; else why it is not judged.
fn judged<'a>(ctx: &Context<'_>, submission: &'a Submission) -> Result<(Vec<Signed<'a>>, Month), String> {
    if submission.traits.date1904 {
        // The date moves with the file's calendar, of which C11 asks.
        return Err(depends_on("C11"));
    }
    let month = submission.last_month.ok_or("il file non ha nessun mese compilato")?;
    let cell = submission.sign_off_of(ctx.signs(submission)).date.ok_or_else(|| depends_on("K06"))?;
    // A date that cannot be read, or of another year, is K06's.
    let date = |cell: &TextCell| signed_on(&cell.text).filter(|date| date.year() >= ctx.plan.year);
    let own = date(cell).ok_or_else(|| depends_on("K06"))?;
    // A date written for every month holds for this one too, whatever its own row says.
    let every = submission.sign_off.date.as_ref().filter(|every| every.place != cell.place);
    let every = every.and_then(|every| Some((every, date(every)?)));
    let dates = std::iter::once((cell, own)).chain(every).collect();
    // What stands in a later month by mistake is not what is signed.
    Ok((dates, month.min(ctx.month.month)))
}

fn finding(
    ctx: &Context<'_>,
    submission: &Submission,
    cell: &TextCell,
    date: NaiveDate,
    month: Month,
) -> Finding {
    let end = ctx.plan.month(month).last_day();
    let finding = Finding { month: Some(month), ..at(about_submission(&K13, submission), &cell.place) };
    let finding = facts(finding, date_it(date), format!("dal {} in poi", date_it(end)));
    let what = format!(
        "la firma è del {}, ma il file contiene i dati fino {month:#}, che finisce il {}",
        date_it(date),
        date_it(end)
    );
    told(finding, ctx.plan.office_name(&submission.office), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn signed(date: &str) -> World {
        World::at(6).filled("metrico").signed("metrico", date)
    }

    #[test]
    fn a_month_is_signed_when_it_is_over() {
        let early = signed("4/2/2019").finding("K13");
        assert_eq!((early.found.as_str(), early.expected.as_str()), ("4/2/2019", "dal 30/6/2019 in poi"));
        assert_eq!(early.cells.len(), 1);
        assert_eq!(signed("29/6/2019").findings("K13").len(), 1);
        for date in ["30/6/2019", "2/7/2019", "10/12/2019"] {
            assert!(signed(date).findings("K13").is_empty(), "{date}");
        }
    }

    #[test]
    fn only_what_the_file_reports_is_signed() {
        // Reported up to May only, in June: V01 asks for June, the signature is of May.
        let world = (1..=5).fold(World::at(6).blank("metrico"), |world, month| {
            world.set("metrico", "S03.prodotti", month, "3")
        });
        let world = world.signed("metrico", "3/6/2019");
        assert!(world.findings("K13").is_empty());
        // One value by mistake in December does not put the signature off to December.
        let stray = world.set("metrico", "S03.prodotti", 12, "3").signed("metrico", "1/7/2019");
        assert!(stray.findings("K13").is_empty());
    }

    #[test]
    fn a_date_that_another_check_asks_for_is_not_judged_again() {
        for date in ["presto", "28/6/2018"] {
            let world = signed(date);
            assert_eq!((world.findings("K13").len(), world.findings("K06").len()), (0, 1), "{date}");
            assert_eq!(world.skipped("K13", "dipende da K06"), 1, "{date}");
        }
        assert_eq!(World::at(6).blank("metrico").signed("metrico", "4/2/2019").tally("K13"), (0, 0, 1));
    }
}

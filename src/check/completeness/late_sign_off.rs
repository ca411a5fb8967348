//! K02: signed off long after the month it reports.

use chrono::Days;

use super::words::signed_on;
use crate::check::ledger::depends_on;
use crate::check::rules::K02;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::{Context, Ledger};
use crate::model::{count, date_it};

/// Why a file is not judged.
const NO_DATE: &str = "nessuna data della firma che si possa leggere";
const NOTHING: &str = "il file non ha nessun mese compilato";

/// Judges the sign-off of each file against the last month that the file itself reports: no clock.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let days = ctx.plan.controls.thresholds.days_to_sign;
    for submission in ctx.submissions {
        if submission.traits.date1904 {
            // The date moves with the file's calendar, of which C11 asks.
            ledger.skip(&K02, depends_on("C11"));
            continue;
        }
        let Some(month) = submission.last_month else {
            ledger.skip(&K02, NOTHING);
            continue;
        };
        let signed = submission.sign_off_of(ctx.signs(submission)).date;
        let Some((cell, date)) = signed.and_then(|cell| Some((cell, signed_on(&cell.text)?))) else {
            ledger.skip(&K02, NO_DATE);
            continue;
        };
        // A month still blank is told by others: the file is of the reporting month all the same.
        let month = month.max(ctx.signs(submission));
        let end = ctx.plan.month(month).last_day();
        let last = end.checked_add_days(Days::new(days.into())).unwrap_or(end);
        if date <= last {
            ledger.pass(&K02);
            continue;
        }
        let late = usize::try_from((date - end).num_days()).unwrap_or(0);
        let finding = at(about_submission(&K02, submission), &cell.place);
        let finding = facts(finding, date_it(date), format!("entro il {}", date_it(last)));
        let what = format!(
            "la firma è del {}, {} dopo la fine di {month}; il termine è di {}",
            date_it(date),
            count(late, "giorno", "giorni"),
            count(usize::try_from(days).unwrap_or(0), "giorno", "giorni")
        );
        ledger.fail(told(finding, ctx.plan.office_name(&submission.office), &what));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn ten_days_are_in_time_eleven_are_not() {
        let world = |date: &str| World::at(6).filled("metrico").signed("metrico", date);
        assert!(world("10/7/2019").findings("K02").is_empty());
        let late = world("11/7/2019").finding("K02");
        assert_eq!((late.found.as_str(), late.expected.as_str()), ("11/7/2019", "entro il 10/7/2019"));
        assert!(world("2/1/2019").findings("K02").is_empty());
        assert_eq!(world("presto").tally("K02"), (0, 0, 1));
        assert_eq!(World::at(6).blank("metrico").signed("metrico", "1/12/2019").tally("K02"), (0, 0, 1));
    }
}

//! K10: the evidence is dated after the months that the file reports.

use super::words::dates_in;
use crate::check::rules::K10;
use crate::check::say::{about_submission, at, facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Finding, date_it, join_it};

/// Why a file is not judged.
const NOTHING: &str = "il file non ha nessun mese compilato";

/// Judges the evidence reference of each indicator of each file.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            let Some(cell) = desk.submission.evidence.get(&indicator.code) else { continue };
            let Some(month) = desk.submission.last_month else {
                ledger.skip(&K10, NOTHING);
                continue;
            };
            let month = month.max(ctx.month.month);
            let end = ctx.plan.month(month).last_day();
            let later: Vec<String> =
                dates_in(&cell.text).into_iter().filter(|date| *date > end).map(date_it).collect();
            if later.is_empty() || desk.explains(indicator) {
                ledger.pass(&K10);
                continue;
            }
            let finding = Finding {
                scheda: Some(indicator.scheda),
                indicator: Some(indicator.code.clone()),
                ..at(about_submission(&K10, desk.submission), &cell.place)
            };
            let dates = join_it(&later);
            let finding = facts(finding, dates.clone(), format!("entro il {}", date_it(end)));
            let place = format!("Scheda {}, indicatore {}, fonte", indicator.scheda, indicator.code);
            let what = format!("la fonte cita il {dates}, dopo la fine di {month}");
            ledger.fail(told(finding, &place, &what));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn an_act_of_the_month_after_proves_nothing_yet() {
        let world = |words: &str| World::at(6).filled("metrico").evidence("metrico", "3.1", words);
        assert_eq!(world("verbale del 1/7/2019").finding("K10").found, "1/7/2019");
        assert!(world("verbale del 30/6/2019").findings("K10").is_empty());
        assert!(world("piano dei controlli, termine 31/12/2019").findings("K10").is_empty());
        assert!(world("verbale del 1/7/2019").note("metrico", "3.1").findings("K10").is_empty());
    }
}

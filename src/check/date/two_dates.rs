//! D15: offices date one act on the two sides of its deadline, or far from each other.

use chrono::NaiveDate;

use super::dates::sound;
use crate::check::desk::{Desk, NEEDS_ALL};
use crate::check::ledger::depends_on;
use crate::check::rules::D15;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, OfficeRule, date_it, join_it};
use crate::plan::{Indicator, Operator, Threshold, Voce};

/// Days between two dates of one act beyond which they are hardly one: steps of an act follow each other in
/// days or weeks, not in months.
const FAR: i64 = 31;

/// A date, who wrote it and where.
type Dated<'d, 'a> = (&'d Desk<'a>, &'a Entry, NaiveDate);

/// Judges each act that several offices date and that has a deadline.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for indicator in ctx.plan.indicators().filter(|indicator| indicator.is_shared()) {
        let (Operator::By, Threshold::Date(deadline)) =
            (indicator.target.operator, &indicator.target.threshold)
        else {
            continue;
        };
        let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
        for voce in inputs.filter(|voce| voce.rule == OfficeRule::Ultima && voce.is_input()) {
            if ctx.whole {
                judge(ctx, ledger, desks, indicator, voce, *deadline);
            } else {
                ledger.skip(&D15, NEEDS_ALL);
            }
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desks: &[Desk<'a>],
    indicator: &'a Indicator,
    voce: &'a Voce,
    deadline: NaiveDate,
) {
    let mut dates: Vec<Dated<'_, 'a>> = Vec::new();
    let mut because = None;
    for desk in desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office)) {
        let Some(entry) = desk.entry(&voce.key, None) else { continue };
        match sound(ctx, ledger, desk, voce, entry) {
            Ok(Some(date)) if date <= ctx.month.last_day() => dates.push((desk, entry, date)),
            Ok(_) => {}
            Err(code) => because = Some(code),
        }
    }
    let late = || dates.iter().filter(|(_, _, date)| *date > deadline);
    let both = late().next().is_some() && late().count() < dates.len();
    let apart = if both { Some(Apart::Sides(deadline)) } else { far(&dates).map(Apart::Days) };
    let last = dates.iter().map(|(_, _, date)| *date).max();
    let explained = || dates.iter().any(|(desk, _, date)| Some(*date) == last && desk.explains(indicator));
    match (because, apart) {
        (_, Some(apart)) if !explained() => {
            if let Some(finding) = finding(ctx, indicator, voce, apart, &dates) {
                ledger.fail(finding);
            }
        }
        (Some(code), _) => ledger.skip(&D15, depends_on(code)),
        (None, _) => ledger.pass(&D15),
    }
}

/// How the dates of one act are apart.
#[derive(Clone, Copy)]
enum Apart {
    /// Before and after this deadline.
    Sides(NaiveDate),
    /// On one side of it, this many days from each other.
    Days(i64),
}

/// How many days lie between the first date and the last, when they are too many for one act.
fn far(dates: &[Dated<'_, '_>]) -> Option<i64> {
    let days = || dates.iter().map(|(_, _, date)| *date);
    let apart = days().max()?.signed_duration_since(days().min()?).num_days();
    (apart > FAR).then_some(apart)
}

fn finding(
    ctx: &Context<'_>,
    indicator: &Indicator,
    voce: &Voce,
    apart: Apart,
    dates: &[Dated<'_, '_>],
) -> Option<Finding> {
    let ((first, entry, _), others) = dates.split_first()?;
    let mut finding = first.finding(&D15, indicator, Some(voce), &[entry]);
    for (desk, entry, _) in others {
        desk.name_cells(&mut finding, &[entry]);
    }
    let said = dates.iter().map(|(desk, _, date)| {
        format!("{} {}", ctx.plan.office_name(&desk.submission.office), date_it(*date))
    });
    let said: Vec<String> = said.collect();
    let mut days: Vec<NaiveDate> = dates.iter().map(|(_, _, date)| *date).collect();
    days.sort_unstable();
    days.dedup();
    let days: Vec<String> = days.into_iter().map(date_it).collect();
    let said = join_it(&said);
    let (expected, what) = match apart {
        Apart::Sides(deadline) => {
            let day = date_it(deadline);
            let what = format!("la scadenza è il {day}, e le date stanno prima e dopo: {said}");
            (format!("date tutte entro il {day}, o tutte dopo"), what)
        }
        Apart::Days(days) => {
            let what = format!("fra le date passano {days} giorni: {said}");
            (format!("date a non più di {FAR} giorni l'una dall'altra"), what)
        }
    };
    let finding = facts(finding, join_it(&days), expected);
    Some(told(finding, &voce_words(indicator, voce), &what))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    const VOCE: &str = "S04.adozione_delibera";

    fn dated(first: &str, second: &str) -> World {
        World::at(6).filled("ambiente").filled("albo_gestori").set("ambiente", VOCE, 0, first).set(
            "albo_gestori",
            VOCE,
            0,
            second,
        )
    }

    #[test]
    fn the_two_sides_of_the_deadline_ask_for_a_reason() {
        // The deadline is 1 June, that day included.
        let finding = dated("2019-06-01", "2019-06-03").finding("D15");
        assert_eq!(finding.found, "1/6/2019 e 3/6/2019");
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
        assert!(!finding.keeps_out());
        assert_eq!(dated("2019-06-05", "2019-05-02").findings("D15").len(), 1);
    }

    #[test]
    fn one_side_asks_for_nothing() {
        for (first, second) in
            [("2019-05-02", "2019-06-01"), ("2019-05-01", "2019-06-01"), ("2019-06-02", "2019-06-20")]
        {
            assert!(dated(first, second).findings("D15").is_empty(), "{first} {second}");
        }
    }

    #[test]
    fn dates_of_one_act_are_not_months_apart() {
        // 32 days on the same side; 31 are none too many.
        let finding = dated("2019-04-30", "2019-06-01").finding("D15");
        assert_eq!(finding.found, "30/4/2019 e 1/6/2019");
        assert!(finding.message.contains("fra le date passano 32 giorni"), "{}", finding.message);
        assert!(dated("2019-04-30", "2019-06-01").note("albo_gestori", "4.1").findings("D15").is_empty());
    }

    #[test]
    fn the_note_of_whoever_is_late_is_the_reason() {
        assert!(dated("2019-05-28", "2019-06-03").note("albo_gestori", "4.1").findings("D15").is_empty());
        assert_eq!(dated("2019-05-28", "2019-06-03").note("ambiente", "4.1").findings("D15").len(), 1);
    }

    #[test]
    fn a_single_file_or_a_wrong_date_is_not_judged() {
        let mut world = dated("2019-05-28", "2019-06-03");
        world.whole = false;
        assert!(world.findings("D15").is_empty());
        // Out of the plan's year, which D03 tells.
        let world = dated("2019-05-28", "2018-06-03");
        assert!(world.findings("D15").is_empty());
        assert_eq!(world.skipped("D15", "dipende da D03"), 1);
    }
}

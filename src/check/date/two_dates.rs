//! D15: offices date one act on the two sides of its deadline.

use chrono::NaiveDate;

use super::dates::sound;
use crate::check::desk::{Desk, NEEDS_ALL};
use crate::check::ledger::depends_on;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, OfficeRule, Rule, Severity, date_it, join_it};
use crate::plan::{Indicator, Operator, Threshold, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "D15",
    name: "Due date per lo stesso atto, prima e dopo la scadenza",
    severity: Severity::DaMotivare,
    why: "Fa fede la data più lontana, e l'indicatore risulta in ritardo: con l'altra il target sarebbe raggiunto.",
    remedy: "Accordatevi sulla data dell'atto e scrivetela uguale in tutti i file; se le date sono davvero diverse, spiegate la più lontana nella nota dell'indicatore.",
    missing: false,
};

/// A date, who wrote it and where.
type Dated<'d, 'a> = (&'d Desk<'a>, &'a Entry, NaiveDate);

/// Judges each act that several offices date and that has a deadline.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = Desk::all(ctx);
    for indicator in ctx.plan.indicators().filter(|indicator| indicator.is_shared()) {
        let (Operator::By, Threshold::Date(deadline)) =
            (indicator.target.operator, &indicator.target.threshold)
        else {
            continue;
        };
        let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
        for voce in inputs.filter(|voce| voce.rule == OfficeRule::Ultima && voce.is_input()) {
            if ctx.whole {
                judge(ctx, ledger, &desks, indicator, voce, *deadline);
            } else {
                ledger.skip(&RULE, NEEDS_ALL);
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
    let explained = || late().any(|(desk, ..)| desk.explains(indicator));
    match because {
        _ if both && !explained() => {
            if let Some(finding) = finding(ctx, indicator, voce, deadline, &dates) {
                ledger.fail(finding);
            }
        }
        Some(code) => ledger.skip(&RULE, depends_on(code)),
        None => ledger.pass(&RULE),
    }
}

fn finding(
    ctx: &Context<'_>,
    indicator: &Indicator,
    voce: &Voce,
    deadline: NaiveDate,
    dates: &[Dated<'_, '_>],
) -> Option<Finding> {
    let ((first, entry, _), others) = dates.split_first()?;
    let mut finding = first.finding(&RULE, indicator, Some(voce), &[entry]);
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
    let day = date_it(deadline);
    let finding = facts(finding, join_it(&days), format!("date tutte entro il {day}, o tutte dopo"));
    let what = format!("la scadenza è il {day}, e le date stanno prima e dopo: {}", join_it(&said));
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
            [("2019-05-02", "2019-06-01"), ("2019-06-02", "2019-06-20"), ("2019-05-28", "2019-05-28")]
        {
            assert!(dated(first, second).findings("D15").is_empty(), "{first} {second}");
        }
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

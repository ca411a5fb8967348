//! D04: a deadline has gone by, and not all the dates are there.

use chrono::NaiveDate;

use super::dates::sound;
use crate::check::desk::{Desk, NEEDS_ALL};
use crate::check::ledger::depends_on;
use crate::check::rules::D04;
use crate::check::say::{facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::model::{Finding, OfficeId, VoceType, date_it, join_it};
use crate::plan::{Indicator, Operator, Standing, Threshold, Voce};

/// Judges each indicator whose deadline is over at the end of the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for indicator in ctx.plan.indicators() {
        let (Operator::By, Threshold::Date(deadline)) =
            (indicator.target.operator, &indicator.target.threshold)
        else {
            continue;
        };
        let own: Vec<&Desk<'_>> =
            desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office)).collect();
        let dates = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
        for voce in dates.filter(|voce| voce.kind == VoceType::Data && voce.is_input()) {
            if !ctx.month.is_over(*deadline) {
                ledger.pass(&D04);
            } else if own.is_empty() {
                ledger.skip(&D04, if ctx.whole { depends_on("K01") } else { NEEDS_ALL.to_owned() });
            } else {
                judge(ctx, ledger, &own, indicator, voce, *deadline);
            }
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desks: &[&Desk<'a>],
    indicator: &'a Indicator,
    voce: &'a Voce,
    deadline: NaiveDate,
) {
    let mut because = (ctx.whole && desks.len() < indicator.offices.len()).then_some("K01");
    let mut lacking: Vec<(&Desk<'a>, &'a Entry)> = Vec::new();
    // Who takes over need not say again the day that was said already.
    let month = ctx.month.month;
    let standing = |desk: &Desk<'_>| voce.standing(&desk.submission.office, month);
    let said = desks.iter().filter(|desk| standing(desk) == Standing::Past).any(|desk| {
        let entry = desk.entry(&voce.key, None);
        entry.is_some_and(|entry| matches!(sound(ctx, ledger, desk, voce, entry), Ok(Some(_))))
    });
    for desk in desks {
        match standing(desk) {
            Standing::Founder => {}
            Standing::Joined if !said => {}
            Standing::Joined | Standing::Past | Standing::Outside => continue,
        }
        let Some(entry) = desk.entry(&voce.key, None) else { continue };
        match sound(ctx, ledger, desk, voce, entry) {
            Err(code) => because = Some(code),
            Ok(Some(date)) if date <= ctx.month.last_day() => {}
            Ok(None) if entry.state == EntryState::NotApplicable => {}
            Ok(_) => lacking.push((desk, entry)),
        }
    }
    match (lacking.as_slice(), because) {
        ([], None) => ledger.pass(&D04),
        ([], Some(code)) => ledger.skip(&D04, depends_on(code)),
        (lacking, _) => {
            if let Some(finding) = finding(ctx, indicator, voce, deadline, lacking) {
                ledger.fail(finding);
            }
        }
    }
}

fn finding<'a>(
    ctx: &Context<'a>,
    indicator: &Indicator,
    voce: &Voce,
    deadline: NaiveDate,
    lacking: &[(&Desk<'a>, &'a Entry)],
) -> Option<Finding> {
    let ((first, entry), others) = lacking.split_first()?;
    let mut finding = first.finding(&D04, indicator, Some(voce), &[entry]);
    for (desk, entry) in others {
        desk.name_cells(&mut finding, &[entry]);
    }
    let offices: Vec<&OfficeId> = lacking.iter().map(|(desk, _)| &desk.submission.office).collect();
    let names: Vec<&str> = offices.iter().map(|office| ctx.plan.office_name(office)).collect();
    let finding = facts(
        finding,
        format!("nessuna data entro {}", ctx.month.in_words()),
        format!("una data entro {}", date_it(deadline)),
    );
    let day = date_it(deadline);
    let gone = if deadline <= ctx.month.last_day() {
        format!("la scadenza ({day}) è passata")
    } else {
        format!("l'anno è chiuso prima della scadenza ({day})")
    };
    let what = format!(
        "{gone} e a fine {} non c'è una data fino a quel giorno per {}",
        ctx.month.in_words(),
        join_it(&names)
    );
    Some(told(finding, &voce_words(indicator, voce), &what))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::plan::Threshold;

    #[test]
    fn a_deadline_gone_names_who_has_no_date() {
        let world = World::at(6).filled("ambiente").filled("albo_gestori");
        let finding = world.about("D04", "S04.adozione_delibera").remove(0);
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
        assert!(finding.message.contains("la scadenza (1/6/2019) è passata"), "{}", finding.message);
        let world = world.set("ambiente", "S04.adozione_delibera", 0, "2019-05-20").set(
            "albo_gestori",
            "S04.adozione_delibera",
            0,
            "2019-06-20",
        );
        assert!(world.about("D04", "S04.adozione_delibera").is_empty());
    }

    /// The world with another deadline for 4.1.
    fn due(month: u32, deadline: &str) -> World {
        let mut world = World::at(month);
        let indicators = world.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        let mut indicators = indicators.flat_map(|action| &mut action.indicators);
        let own = indicators.find(|own| own.code.as_str() == "4.1").unwrap();
        own.target.threshold = Threshold::Date(deadline.parse().unwrap());
        world.filled("ambiente").filled("albo_gestori")
    }

    #[test]
    fn a_deadline_of_the_last_day_of_the_year_is_gone_by_when_the_year_is_closed() {
        let about = |world: &World| world.about("D04", "S04.adozione_delibera");
        let december = due(12, "2019-12-31");
        let finding = about(&december).remove(0);
        assert!(finding.message.contains("la scadenza (31/12/2019) è passata"), "{}", finding.message);
        assert_eq!((finding.cells.len(), finding.related.len()), (1, 1));
        assert!(about(&due(11, "2019-12-31")).is_empty());
        let met = december.set("ambiente", "S04.adozione_delibera", 0, "2019-12-31").set(
            "albo_gestori",
            "S04.adozione_delibera",
            0,
            "2019-12-30",
        );
        assert!(about(&met).is_empty());
        // The last day of a month of the running year is still a good one.
        assert!(about(&due(6, "2019-06-30")).is_empty());
        let beyond = about(&due(12, "2020-01-31")).remove(0);
        assert!(beyond.message.contains("l'anno è chiuso prima della scadenza"), "{}", beyond.message);
    }

    #[test]
    fn a_deadline_to_come_is_in_order() {
        assert!(World::at(5).filled("ambiente").filled("albo_gestori").findings("D04").is_empty());
    }

    #[test]
    fn an_office_without_a_file_is_left_to_k01() {
        let world = World::at(6).filled("ambiente").set("ambiente", "S04.adozione_delibera", 0, "2019-05-20");
        assert!(world.about("D04", "S04.adozione_delibera").is_empty());
        assert_eq!(world.skipped("D04", "dipende da K01"), 1);
    }
}

//! The plan itself. Its mistakes stop the program before any file is opened, so that here what was examined
//! is in order; its ambiguities become findings, told once, with the month's job.

mod notice;

pub(in crate::check) use notice::notices;

use notice::{in_order, indicators, indicators_that, voci_that};

use super::ledger::depends_on;
use super::{Context, Ledger};
use crate::model::{Rule, TimeKind, VoceType};
use crate::plan::{Indicator, Plan, Role, Threshold, Voce};

// What each looks at, so that the account says how many; for an ambiguity, also what would leave none.
checks! {
    Formale:
    P00: in_order(|_| 1),
    P01: in_order(|plan| plan.offices.len() + plan.schede.len() + indicators(plan) + plan.voci().count()),
    P02: notices(|plan| plan.offices.len() + plan.voci().count(), "nomi che si distinguono a colpo d'occhio"),
    P03: in_order(names),
    P04: in_order(indicators),
    P05: in_order(|plan| voci_that(plan, |_, voce| voce.part_of.is_some())),
    P06: in_order(indicators),
    P07: notices(indicators, "un operatore: >=, <=, >, <, ="),
    P08: second_conditions(),
    P09: notices(|plan| indicators(plan) + voci_that(plan, is_baseline_of_its_formula), "il valore e la sua fonte"),
    P10: in_order(|plan| 1 + voci_that(plan, |_, voce| voce.min.is_some() && voce.max.is_some())),
    P11: in_order(|plan| plan.scoring.bands.len()),
    P12: in_order(|plan| plan.schede.len() + indicators(plan)),
    P13: in_order(|plan| plan.indicators().map(|indicator| indicator.offices.len()).sum()),
    P14: in_order(|plan| voci_that(plan, |indicator, _| indicator.is_shared())),
    P15: notices(|plan| indicators(plan) + voci_that(plan, is_percentage), "il rapporto delle somme"),
    P16: notices(|plan| voci_that(plan, |_, voce| voce.fixed.is_some()), "un documento e una data"),
    P17: notices(|plan| milestones(plan) + voci_that(plan, takes_dates), "date dell'anno del piano"),
    P18: notices(deadlines, "un giorno lavorativo"),
    P20: notices(|plan| indicators_that(plan, has_number_for_target), "un valore maggiore di zero"),
    P22: in_order(|plan| plan.schede.len() + plan.offices.len()),
    P25: notices(indicators, "la stessa formula e lo stesso target"),
    P26: notices(
        |plan| indicators_that(plan, |indicator| indicator.target.second.is_some()),
        "punti percentuali, o una soglia",
    ),
    P27: notices(indicators, "un dato in ore"),
    P29: in_order(|plan| plan.controls.levels.len()),
    P30: in_order(|plan| plan.controls.levels.len() + plan.controls.waivers.len()),
    P31: in_order(indicators),
    P32: in_order(|_| 1),
}

/// The names used by formulas, parts, registers and decisions.
fn names(plan: &Plan) -> usize {
    let named = |(indicator, voce): (&Indicator, &Voce)| {
        usize::from(indicator.formula.inputs().contains(&voce.key))
            + usize::from(voce.part_of.is_some())
            + 2 * usize::from(voce.register.is_some())
    };
    plan.voci().map(named).sum::<usize>() + plan.decisions.len()
}

/// Every target; a percentage in the second condition is told by P26.
fn second_conditions(ctx: &Context<'_>, ledger: &mut Ledger, rule: &'static Rule) {
    let in_percent = |indicator: &Indicator| indicator.target.second.as_ref().is_some_and(|one| one.percent);
    let others = if ctx.whole { indicators_that(ctx.plan, in_percent) } else { 0 };
    (0..others).for_each(|_| ledger.skip(rule, depends_on("P26")));
    notices(ctx, ledger, rule, |plan| indicators(plan) - others, "una sola condizione");
}

fn is_baseline_of_its_formula(indicator: &Indicator, voce: &Voce) -> bool {
    voce.role == Role::Baseline && indicator.formula.inputs().contains(&voce.key)
}

fn is_percentage(_: &Indicator, voce: &Voce) -> bool {
    voce.kind == VoceType::Percentuale
}

fn takes_dates(_: &Indicator, voce: &Voce) -> bool {
    voce.kind == VoceType::Data || voce.time == TimeKind::Registro
}

/// A deadline outside the year is a mistake of the plan.
fn milestones(plan: &Plan) -> usize {
    plan.schede.iter().map(|scheda| scheda.milestones.len()).sum()
}

/// Every deadline, and the milestones of each scheda.
fn deadlines(plan: &Plan) -> usize {
    let is_deadline = |indicator: &Indicator| matches!(indicator.target.threshold, Threshold::Date(_));
    let milestones = plan.schede.iter().filter(|scheda| !scheda.milestones.is_empty()).count();
    indicators_that(plan, is_deadline) + milestones
}

fn has_number_for_target(indicator: &Indicator) -> bool {
    matches!(indicator.target.threshold, Threshold::Number(_))
}

#[cfg(test)]
mod tests {
    use super::CHECKS;
    use super::notice::WITH_ALL;
    use crate::check::fixture::World;
    use crate::model::Severity;

    #[test]
    fn the_plan_is_told_once_and_never_to_an_office() {
        let world = World::at(6).filled("ri").filled("metrico");
        let notices = world.plan.notices.len();
        let told: Vec<_> = CHECKS.iter().flat_map(|check| world.findings(check.rule.code)).collect();
        assert_eq!(told.len(), notices);
        assert!(told.iter().all(|one| one.severity == Severity::Nota && one.office.is_none()));
        assert!(told.iter().all(|one| one.file.is_none() && one.cells.is_empty() && !one.keeps_out()));
    }

    #[test]
    fn single_files_say_nothing_of_the_plan() {
        let mut world = World::at(6).filled("ri");
        let (passed, failed, skipped) = world.tally("P07");
        assert_eq!((passed, failed, skipped), (35, 5, 0));
        world.whole = false;
        assert!(world.findings("P07").is_empty());
        assert_eq!(world.skipped("P07", WITH_ALL), 40);
        assert_eq!(world.tally("P03").1, 0);
    }

    #[test]
    fn every_check_of_the_plan_has_something_to_look_at() {
        let world = World::at(6).blank("ri");
        let idle: Vec<&str> = CHECKS
            .iter()
            .map(|check| check.rule.code)
            .filter(|code| world.tally(code) == (0, 0, 0))
            .collect();
        // The 2019 plan has no payout bands, changes no severity and accepts nothing.
        assert_eq!(idle, ["P11", "P29", "P30"]);
    }

    #[test]
    fn two_conditions_in_percent_are_told_by_p26() {
        let world = World::at(6).blank("ri");
        assert_eq!(world.finding("P08").indicator.unwrap().as_str(), "5.1");
        assert_eq!(world.finding("P26").indicator.unwrap().as_str(), "12.1");
        assert_eq!(world.skipped("P08", "dipende da P26"), 1);
    }
}

//! The plan itself. Its mistakes stop the program before any file is opened, so that here what was examined
//! is in order; its ambiguities become findings, told once, with the month's job.

mod ambiguous_figure;
mod baseline_absent;
mod circular_part;
mod day_off;
mod doubled_code;
mod formula_syntax;
mod hours;
mod look_alike_names;
mod no_office_rule;
mod no_operator;
mod not_a_plan;
mod notice;
mod outside_year;
mod owner_office;
mod payout_bands;
mod points_or_relative;
mod same_text;
mod second_condition;
mod shares_added;
mod target_scale;
mod threshold_order;
mod unanswered_severity;
mod undated_source;
mod units;
mod unknown_check;
mod unknown_name;
mod unusable_name;
mod weights;
mod zero_target;

pub(in crate::check) use notice::notices;

checks! {
    Formale:
    P00: not_a_plan::run,
    P01: doubled_code::run,
    P02: look_alike_names::run,
    P03: unknown_name::run,
    P04: formula_syntax::run,
    P05: circular_part::run,
    P06: units::run,
    P07: no_operator::run,
    P08: second_condition::run,
    P09: baseline_absent::run,
    P10: threshold_order::run,
    P11: payout_bands::run,
    P12: weights::run,
    P13: owner_office::run,
    P14: no_office_rule::run,
    P15: shares_added::run,
    P16: undated_source::run,
    P17: outside_year::run,
    P18: day_off::run,
    P20: zero_target::run,
    P22: unusable_name::run,
    P25: same_text::run,
    P26: points_or_relative::run,
    P27: hours::run,
    P29: unanswered_severity::run,
    P30: unknown_check::run,
    P31: target_scale::run,
    P32: ambiguous_figure::run,
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

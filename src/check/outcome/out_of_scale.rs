//! R14: a percentage far above the possible.

use super::case::cases;
use crate::check::ledger::depends_on;
use crate::check::rules::R14;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Nature, Number, ratio_it};
use crate::plan::{Indicator, TargetUnit};

/// From this ratio on.
const TIMES: u32 = 10;
/// The checks that have already told the entry that makes it.
const TOLD: [&str; 3] = ["M11", "V05", "V10"];

/// Judges each percentage whose numerator is not declared a part of its denominator (R03), nor bound to it
/// (R12).
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for case in cases(ctx, ledger, &R14) {
        if !is_judged(case.indicator) {
            continue;
        }
        let Some((value, limit)) = case.numbers() else {
            ledger.skip(&R14, case.without_value());
            continue;
        };
        if value <= Number::from(TIMES) || case.explained() {
            ledger.pass(&R14);
        } else if let Some(code) = case.already(ledger, &TOLD) {
            ledger.skip(&R14, depends_on(code));
        } else {
            let most = ratio_it(&Number::from(TIMES));
            let finding = facts(case.finding(&R14), ratio_it(&value), format!("al massimo {most}"));
            let what = format!("il risultato è {}, il target è {}", ratio_it(&value), ratio_it(&limit));
            ledger.fail(told(finding, &case.place(), &what));
        }
    }
}

fn is_judged(indicator: &Indicator) -> bool {
    let formula = &indicator.formula;
    let Some((over, under)) = formula.ratio() else { return false };
    let bound = |key| indicator.voce(key).is_some_and(|voce| voce.part_of.is_some());
    indicator.target.unit == TargetUnit::Percent
        && formula.nature() != Nature::Misto
        && !under.is_empty()
        && !over.iter().any(bound)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn more_than_ten_times_is_out_of_scale() {
        let world =
            |value: &str| World::at(3).filled("sanzioni_ri").set("sanzioni_ri", "S06.accertamenti", 3, value);
        assert_eq!(world("4800").finding("R14").found, "1.026,07 %");
        assert!(world("4678").findings("R14").is_empty(), "ten times exactly");
        assert!(world("4800").findings("S02").is_empty());
        assert_eq!(world("4678").findings("S02").len(), 1);
    }
}

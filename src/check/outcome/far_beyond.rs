//! S02: the result is far beyond the target.

use super::case::cases;
use crate::check::ledger::depends_on;
use crate::check::rules::S02;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Finding, Number, Severity, ratio_it};

/// The checks that have already told what makes it.
const TOLD: [&str; 5] = ["A07", "M11", "R14", "V05", "V10"];

/// Judges each result that is to be at least a number above zero; a note while the year runs.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let most = &ctx.plan.controls.thresholds.over_target;
    for case in cases(ctx, ledger, &S02) {
        if !case.indicator.target.operator.higher_is_better() {
            continue;
        }
        let Some((value, limit)) = case.numbers() else {
            ledger.skip(&S02, case.without_value());
            continue;
        };
        let Some(share) = value.divided_by(&limit).filter(|_| limit > Number::zero()) else { continue };
        if share.clone() * &Number::from(100_u32) <= *most || case.explained() {
            ledger.pass(&S02);
        } else if let Some(code) = case.already(ledger, &TOLD) {
            ledger.skip(&S02, depends_on(code));
        } else {
            let closed = ctx.month.closes_year();
            let severity = if closed && !case.documented() { S02.severity } else { Severity::Nota };
            let operator = case.indicator.target.operator.symbol();
            let target = format!("{operator} {}", case.words(&limit));
            let finding = Finding { severity, ..case.finding(&S02) };
            let finding =
                facts(finding, case.words(&value), format!("{target}, fino al {} %", most.to_italian(2)));
            let already = if closed { "" } else { " già" };
            let what = format!(
                "il risultato è{already} {}, il {} del target ({target})",
                case.words(&value),
                ratio_it(&share)
            );
            ledger.fail(told(finding, &case.place(), &what));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::Severity;

    fn world(month: u32, value: &str) -> World {
        World::at(month).filled("metrico").set("metrico", "S03.supermercati", 1, value)
    }

    #[test]
    fn far_beyond_wants_a_word_when_the_year_is_closed() {
        assert!(world(12, "4").findings("S02").is_empty(), "15 of 10");
        let finding = world(12, "5").finding("S02");
        assert_eq!((finding.severity, finding.found.as_str()), (Severity::DaMotivare, "16"));
        assert_eq!(world(3, "14").finding("S02").severity, Severity::Nota);
        assert!(world(12, "5").note("metrico", "3.2").findings("S02").is_empty());
    }
}

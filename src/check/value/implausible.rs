//! V05: a value outside the range that the plan finds plausible.

use super::out_of_range::is_outside;
use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::V05;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Number, Value, VoceType, ratio_it};
use crate::plan::{Indicator, Voce};

/// Judges every number of the voci for which the plan gives a plausible range; those outside the hard range
/// are V04's.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.plausible != (None, None)) {
            for entry in desk.counting(voce) {
                match desk.read(ledger, entry) {
                    Reading::Value(value @ Value::Number(_)) if is_outside(voce, entry, value) => {
                        ledger.skip(&V05, depends_on("V04"));
                    }
                    Reading::Value(Value::Number(number)) if is_date(ledger, desk, entry, voce, number) => {
                        ledger.skip(&V05, depends_on("C26"));
                    }
                    Reading::Value(Value::Number(number)) => {
                        judge(ledger, desk, indicator, voce, entry, number);
                    }
                    Reading::Unusable(code) => ledger.skip(&V05, depends_on(code)),
                    _ => {}
                }
            }
        }
    }
}

/// Whether the plan finds this number of the voce unusual: whoever compares it with others need not say it
/// again.
pub(in crate::check) fn is_unusual(voce: &Voce, number: &Number) -> bool {
    let (from, to) = &voce.plausible;
    from.as_ref().is_some_and(|from| number < from) || to.as_ref().is_some_and(|to| number > to)
}

/// Whether an unusual number has already been told to be a date.
fn is_date(ledger: &Ledger, desk: &Desk<'_>, entry: &Entry, voce: &Voce, number: &Number) -> bool {
    let told = |finding: &Finding| finding.entries.contains(&entry.at);
    is_unusual(voce, number) && ledger.already(&["C26"], Some(&desk.submission.office), told).is_some()
}

fn judge(
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    entry: &Entry,
    number: &Number,
) {
    if !is_unusual(voce, number) {
        return ledger.pass(&V05);
    }
    let show = |number: &Number| match voce.kind {
        VoceType::Percentuale => ratio_it(number),
        _ => number.to_italian(4),
    };
    let usual = match &voce.plausible {
        (Some(from), Some(to)) => format!("un valore fra {} e {}", show(from), show(to)),
        (Some(from), None) => format!("un valore da {} in su", show(from)),
        (_, to) => format!("un valore fino a {}", to.as_ref().map(show).unwrap_or_default()),
    };
    let finding = desk.finding(&V05, indicator, Some(voce), &[entry]);
    let what = format!("hai scritto {}; qui ci si aspetta {usual}", show(number));
    ledger.fail(told(facts(finding, show(number), usual), &place(indicator, voce, entry.id.month), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_month_has_only_so_many_hours_at_the_counter() {
        let world = World::at(3).filled("ri").set("ri", "S01.ore_sportello", 2, "250");
        assert!(world.findings("V05").is_empty());
        let world = world.set("ri", "S01.ore_sportello", 2, "250.5");
        let finding = world.finding("V05");
        assert!(finding.message.contains("hai scritto 250,5; qui ci si aspetta"), "{}", finding.message);
        assert!(!finding.keeps_out());
    }
}

//! V06: zero in every month, or for the year, where a zero is rare.

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::ratio::{pair::sides, zero_denominator};
use crate::check::rules::V06;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Value, VoceKey};
use crate::plan::{Indicator, Role, Voce};

/// Judges the voci of which the plan says that a zero is rare; the values of earlier years are Y03's.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let rare = desk.voci().filter(|(_, voce)| voce.rare_zero && voce.role != Role::Baseline);
        for (indicator, voce) in rare {
            judge(ctx, ledger, desk, indicator, voce);
        }
    }
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &'a Indicator,
    voce: &'a Voce,
) {
    let (mut zeros, mut others, mut because): (Vec<&Entry>, usize, _) = (Vec::new(), 0, None);
    for entry in desk.counting(voce) {
        match desk.read(ledger, entry) {
            Reading::Value(Value::Number(number)) if number.is_zero() => zeros.push(entry),
            Reading::Value(_) => others += 1,
            Reading::Unusable(code) => because = Some(code),
            Reading::Blank | Reading::Placeholder | Reading::NotApplicable => {}
        }
    }
    let few = usize::try_from(ctx.plan.controls.thresholds.points).unwrap_or(usize::MAX);
    match (others, because) {
        (1.., _) => ledger.pass(&V06),
        (0, Some(code)) => ledger.skip(&V06, depends_on(code)),
        _ if zeros.is_empty() => {}
        _ if voce.time.by_month() && zeros.len() < few => {
            ledger.skip(&V06, format!("meno di {few} mesi compilati"));
        }
        _ if is_contradicted(ctx, ledger, desk, indicator, &voce.key) => {
            ledger.skip(&V06, depends_on("R01"));
        }
        _ => ledger.fail(finding(desk, indicator, voce, &zeros)),
    }
}

/// Whether R01 says that there is something over this zero.
fn is_contradicted<'a>(
    ctx: &Context<'a>,
    ledger: &Ledger,
    desk: &Desk<'a>,
    indicator: &'a Indicator,
    key: &VoceKey,
) -> bool {
    let pair = indicator.pair().filter(|pair| pair.under.iter().any(|voce| voce.key == *key));
    pair.is_some_and(|pair| {
        pair.periods(ctx.month.month).into_iter().any(|period| {
            let (over, under) = sides(&pair, ledger, desk, period);
            zero_denominator::is_broken(&over, &under)
        })
    })
}

fn finding(desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, zeros: &[&Entry]) -> Finding {
    let what = match zeros {
        [entry] if entry.id.month.is_none() => "hai scritto 0".to_owned(),
        _ => format!("hai scritto 0 in tutti i {} mesi compilati", zeros.len()),
    };
    let finding = desk.finding(&V06, indicator, Some(voce), zeros);
    told(facts(finding, "0", "un valore maggiore di 0"), &place(indicator, voce, None), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn counter(month: u32, hours: &str) -> World {
        let months = 1..=month;
        months.fold(World::at(month).filled("ri"), |world, month| {
            world.set("ri", "S01.ore_sportello", month, hours)
        })
    }

    #[test]
    fn a_zero_in_every_month_is_not_believed() {
        let finding = counter(6, "0").finding("V06");
        assert_eq!(finding.cells.len(), 6);
        assert!(finding.message.contains("hai scritto 0 in tutti i 6 mesi compilati"), "{}", finding.message);
        assert!(counter(6, "0").set("ri", "S01.ore_sportello", 4, "2").findings("V06").is_empty());
    }

    #[test]
    fn in_the_first_months_it_may_be_so() {
        assert!(counter(5, "0").findings("V06").is_empty());
        assert_eq!(counter(5, "0").skipped("V06", "meno di 6 mesi compilati"), 1);
    }

    #[test]
    fn something_over_zero_is_said_once() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.orafi_iscritti", 0, "0");
        assert_eq!((world.findings("V06").len(), world.findings("R01").len()), (0, 1));
        let none =
            (1..=6).fold(world, |world, month| world.set("metrico", "S03.orafi_ispezionati", month, "0"));
        assert_eq!(none.finding("V06").cells.len(), 1);
    }
}

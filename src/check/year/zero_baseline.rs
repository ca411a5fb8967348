//! Y03: the value of an earlier year is zero.

use crate::check::desk::{Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::Y03;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::plan::{Indicator, Role, Voce};

/// Judges each baseline that an office has typed; under a fraction a zero is told by R01 and R02.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.role == Role::Baseline) {
            for entry in desk.counting(voce) {
                let number = match desk.read(ledger, entry) {
                    Reading::Value(value) => value.number(),
                    Reading::Unusable(code) => {
                        ledger.skip(&Y03, depends_on(code));
                        continue;
                    }
                    Reading::Blank | Reading::Placeholder | Reading::NotApplicable => continue,
                };
                if number.is_none_or(|number| !number.is_zero()) {
                    ledger.pass(&Y03);
                } else if is_denominator(indicator, voce) {
                    ledger.skip(&Y03, depends_on("R02"));
                } else {
                    let finding = desk.finding(&Y03, indicator, Some(voce), &[entry]);
                    let finding = facts(finding, "0", "un dato maggiore di 0");
                    let place = place(indicator, voce, None);
                    ledger.fail(told(finding, &place, "il dato dell'anno di confronto è 0"));
                }
            }
        }
    }
}

fn is_denominator(indicator: &Indicator, voce: &Voce) -> bool {
    indicator.formula.ratio().is_some_and(|(_, under)| under.contains(&voce.key))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_zero_to_start_from_is_told() {
        let world = World::at(3).filled("certificazioni_estero");
        let key = "S05.aziende_aderenti_2018";
        assert_eq!(world.tally("Y03"), (1, 0, 0));
        assert_eq!(world.set("certificazioni_estero", key, 0, "0").finding("Y03").cells.len(), 1);
        let under = World::at(3).filled("ri").set("ri", "S01.ore_sportello_2018", 0, "0");
        assert!(under.findings("Y03").is_empty());
    }
}

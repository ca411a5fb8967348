//! Y01: the value of an earlier year is blank.

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::Y01;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::plan::{Indicator, Role, Voce};

/// Judges each baseline of each office, from January on.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.role == Role::Baseline) {
            let entries: Vec<&Entry> = desk.counting(voce).collect();
            judge(ledger, desk, indicator, voce, &entries);
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, entries: &[&Entry]) {
    let mut blank: Vec<&Entry> = Vec::new();
    let mut because = None;
    for entry in entries {
        match desk.read(ledger, entry) {
            Reading::Value(_) | Reading::NotApplicable => {}
            Reading::Blank => blank.push(entry),
            Reading::Placeholder => because = Some("C15"),
            Reading::Unusable(code) => because = Some(code),
        }
    }
    match (blank.as_slice(), because) {
        ([], None) => ledger.pass(&Y01),
        ([], Some(code)) => ledger.skip(&Y01, depends_on(code)),
        (blank, _) => {
            let finding = desk.finding(&Y01, indicator, Some(voce), blank);
            let finding = facts(finding, "niente", "il dato dell'anno di confronto");
            ledger.fail(told(
                finding,
                &place(indicator, voce, None),
                "il dato è vuoto; serve fin da gennaio",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_baseline_is_wanted_from_january() {
        let world = World::at(1).filled("ri").set("ri", "S01.ore_sportello_2018", 0, "");
        let finding = world.finding("Y01");
        assert_eq!(finding.voce.as_ref().unwrap().as_str(), "S01.ore_sportello_2018");
        assert!(world.about("V01", "S01.ore_sportello_2018").is_empty());
        assert!(world.set("ri", "S01.ore_sportello_2018", 0, "300").findings("Y01").is_empty());
    }
}

//! K05: a target is missed in the closed year, and nobody says why.

use super::case::{ASKED_WHY, cases};
use crate::check::ledger::depends_on;
use crate::check::rules::K05;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Status, quoted};

/// Judges each indicator of the closed year: one office's note is enough.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if !ctx.month.closes_year() {
        return;
    }
    for case in cases(ctx, ledger, &K05) {
        match case.result.status {
            Status::NonRaggiunto | Status::ParzialmenteRaggiunto if !case.explained() => {
                if case.desks.len() < case.indicator.offices.len() {
                    ledger.skip(&K05, depends_on("K01"));
                    continue;
                }
                if let Some(code) = case.already(ledger, &ASKED_WHY) {
                    ledger.skip(&K05, depends_on(code));
                    continue;
                }
                let status = case.result.status.label();
                let finding = facts(case.finding_on_texts(&K05, "nota"), status, "una nota");
                let target = quoted(&case.indicator.target.printed);
                let empty = if case.desks.len() > 1 {
                    "nessun ufficio ha scritto la nota"
                } else {
                    "la nota è vuota"
                };
                let what = format!("il target {target} è {status}, e {empty}");
                ledger.fail(told(finding, &case.place(), &what));
            }
            Status::NonVerificabile | Status::DatoMancante | Status::TargetMancante => {
                ledger.skip(&K05, case.without_value());
            }
            _ => ledger.pass(&K05),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    fn world() -> World {
        World::at(12).filled("metrico")
    }

    fn about(world: &World, code: &str) -> usize {
        let about = world.findings("K05").into_iter();
        about.filter(|finding| finding.indicator.as_ref().is_some_and(|own| own.as_str() == code)).count()
    }

    #[test]
    fn a_missed_target_wants_a_note() {
        let missed =
            world().set("metrico", "S03.supermercati", 1, "0").set("metrico", "S03.supermercati", 2, "0");
        assert_eq!(about(&missed, "3.2"), 0, "10 of 10");
        let missed = missed.set("metrico", "S03.supermercati", 3, "0");
        let finding =
            missed.findings("K05").into_iter().find(|f| f.found == "parzialmente raggiunto").unwrap();
        assert_eq!(cells(&finding).len(), 1);
        assert_eq!(about(&missed.note("metrico", "3.2"), "3.2"), 0);
    }

    #[test]
    fn nothing_is_asked_while_the_year_runs() {
        assert_eq!(World::at(11).filled("metrico").tally("K05"), (0, 0, 0));
    }
}

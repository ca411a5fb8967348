//! K15: a target is missed for good, and nobody chose the cause and wrote why. One that is only late may
//! still be met: its form asks for the same, and no finding is made of it.

use super::case::{ASKED_WHY, Case, cases};
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::K15;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Severity, quoted};
use crate::plan::CAUSES;

/// A result that lacks entries may miss its target for that alone.
const PROVISIONAL: &str = "il risultato è provvisorio";

/// What an office owes of a deviation, with the key of its cell.
const PARTS: [(&str, &str); 2] = [("causa", "la causa"), ("nota", "una nota che lo spieghi")];

/// Judges each indicator that deviates: one office that gives cause and note is enough. A workbook of the
/// first format has no place for the cause, and owes the note alone.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for case in cases(ctx, ledger, &K15) {
        if !case.result.status.is_missed() {
            ledger.pass(&K15);
            continue;
        }
        if case.result.provisional {
            ledger.skip(&K15, PROVISIONAL);
        } else if let Some(code) = case.already(ledger, &ASKED_WHY).or_else(|| doubted(&case, ledger)) {
            ledger.skip(&K15, depends_on(code));
        } else {
            judge(&case, ledger);
        }
    }
}

/// The check that found an error in what the result comes from: with it the target may be missed by mistake.
fn doubted(case: &Case<'_>, ledger: &Ledger) -> Option<&'static str> {
    let own = |finding: &&crate::model::Finding| {
        finding.indicator.as_ref() == Some(&case.indicator.code)
            && finding.is_open()
            && finding.own_severity() >= Severity::Errore
    };
    ledger.findings().iter().find(own).map(|finding| finding.rule.code)
}

fn judge(case: &Case<'_>, ledger: &mut Ledger) {
    let lacking = case.desks.iter().map(|desk| lacking(case, desk)).min_by_key(Vec::len).unwrap_or_default();
    if lacking.is_empty() {
        return ledger.pass(&K15);
    }
    let words: Vec<&str> = lacking.iter().map(|(_, words)| *words).collect();
    let words = words.join(" e ");
    let status = case.result.status.label();
    let key = lacking.first().map_or("nota", |(key, _)| *key);
    let finding = facts(case.finding_on_texts(&K15, key), status, words.clone());
    let target = quoted(&case.indicator.target.printed);
    let verb = if lacking.len() > 1 { "mancano" } else { "manca" };
    ledger.fail(told(finding, &case.place(), &format!("il target {target} è {status}, e {verb} {words}")));
}

/// Whether it is one of the causes of the list, in letters of any size.
fn is_a_cause(text: &str) -> bool {
    CAUSES.contains(&text.trim().to_lowercase().as_str())
}

/// What an office does not say of the deviation.
fn lacking(case: &Case<'_>, desk: &Desk<'_>) -> Vec<(&'static str, &'static str)> {
    let code = &case.indicator.code;
    let said = |key: &str| match key {
        "nota" => desk.submission.notes.contains_key(code),
        _ => {
            desk.submission.causes.get(code).is_some_and(|cause| is_a_cause(&cause.text))
                || !desk.submission.text_places.contains_key(&code.manifest_key(key))
        }
    };
    PARTS.into_iter().filter(|(key, _)| !said(key)).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    /// 9 of 10 supermarkets over the year, with a note of the office.
    fn missed() -> World {
        let world = World::at(12).filled("metrico").set("metrico", "S03.supermercati", 1, "0");
        let world =
            world.set("metrico", "S03.supermercati", 2, "0").set("metrico", "S03.supermercati", 3, "0");
        world.note("metrico", "3.2")
    }

    fn about(world: &World) -> usize {
        let all = world.findings("K15").into_iter();
        all.filter(|finding| finding.indicator.as_ref().is_some_and(|own| own.as_str() == "3.2")).count()
    }

    #[test]
    fn a_missed_target_wants_its_cause() {
        assert_eq!(about(&World::at(12).filled("metrico")), 0, "12 of 10");
        assert_eq!(about(&missed()), 1);
        let own = |f: &crate::model::Finding| f.indicator.as_ref().is_some_and(|code| code.as_str() == "3.2");
        let finding = missed().findings("K15").into_iter().find(own).unwrap();
        assert_eq!((finding.expected.as_str(), cells(&finding).len()), ("la causa", 1));
        assert_eq!(about(&missed().cause("metrico", "3.2", "Esogena")), 0);
        assert_eq!(about(&missed().cause("metrico", "3.2", "colpa loro")), 1, "not of the list");
    }

    #[test]
    fn a_workbook_without_a_place_for_it_owes_the_note_alone() {
        let mut world = missed();
        world.submission("metrico").text_places.remove("S03.2.causa");
        assert_eq!(about(&world), 0);
    }

    #[test]
    fn with_an_error_in_it_the_target_may_be_missed_by_mistake() {
        let wrong = missed().set("metrico", "S03.supermercati", 4, "-1");
        assert_eq!(about(&wrong), 0);
    }

    #[test]
    fn a_target_that_is_late_may_still_be_met() {
        let late = World::at(6).filled("metrico").set("metrico", "S03.supermercati", 1, "0");
        let late = late.set("metrico", "S03.supermercati", 2, "0").set("metrico", "S03.supermercati", 3, "0");
        assert_eq!(about(&late), 0);
    }
}

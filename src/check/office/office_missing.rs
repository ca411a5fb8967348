//! A01: a shared indicator is computed without some of its offices.

use crate::check::completeness::not_sent::Absences;
use crate::check::desk::NEEDS_ALL;
use crate::check::ledger::depends_on;
use crate::check::rules::A01;
use crate::check::say::{self, facts};
use crate::check::{Context, Ledger};
use crate::model::{Finding, OfficeId, count, join_it};
use crate::plan::Indicator;

/// Judges each indicator shared by several offices of which at least one has sent its file. When the absence
/// is already told (K01, or why the file does not count) it is *non valutato*: it speaks of the offices that
/// the unit accepts to do without.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    if !ctx.whole {
        return ledger.skip(&A01, NEEDS_ALL);
    }
    let absences = Absences::of(ctx);
    for indicator in ctx.plan.indicators().filter(|indicator| indicator.is_shared()) {
        let (present, absent): (Vec<&OfficeId>, Vec<&OfficeId>) = indicator
            .offices
            .iter()
            .partition(|office| absences.has_sent(office) || !indicator.has_begun(office, ctx.month.month));
        if present.is_empty() {
            ledger.skip(&A01, depends_on("K01"));
        } else if absent.is_empty() {
            ledger.pass(&A01);
        } else if let Some(code) = absent.iter().find_map(|office| told(ctx, ledger, &absences, office)) {
            ledger.skip(&A01, depends_on(code));
        } else {
            ledger.fail(finding(ctx, indicator, present.len(), &absent));
        }
    }
}

fn told(
    ctx: &Context<'_>,
    ledger: &Ledger,
    absences: &Absences<'_>,
    office: &OfficeId,
) -> Option<&'static str> {
    absences.told_by(ledger, ctx.plan.office(office)?)
}

fn finding(ctx: &Context<'_>, indicator: &Indicator, present: usize, absent: &[&OfficeId]) -> Finding {
    let all = indicator.offices.len();
    let names: Vec<&str> = absent.iter().map(|office| ctx.plan.office_name(office)).collect();
    let base = Finding {
        scheda: Some(indicator.scheda),
        indicator: Some(indicator.code.clone()),
        ..Finding::of(&A01)
    };
    let finding = facts(
        base,
        format!("{} su {all}", count(present, "ufficio", "uffici")),
        format!("{all} uffici su {all}"),
    );
    let verb = if absent.len() == 1 { "manca" } else { "mancano" };
    let there = if present == 1 { "c'è" } else { "ci sono" };
    let there = format!("{there} {} su {all}", count(present, "ufficio", "uffici"));
    let what = format!("{there}: {verb} {}", join_it(&names));
    say::told(finding, &format!("Scheda {}, indicatore {}", indicator.scheda, indicator.code), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_shared_indicator_says_who_is_missing() {
        let world = World::at(6).filled("ri").without("promozione").without("pid");
        let of = |code: &str| {
            world
                .findings("A01")
                .into_iter()
                .find(|f| f.indicator.as_ref().is_some_and(|i| i.as_str() == code))
        };
        assert_eq!(of("1.4").unwrap().found, "1 ufficio su 3");
        assert!(of("1.4").unwrap().message.contains(": c'è 1 ufficio su 3: mancano "));
        assert!(of("3.1").is_none(), "not shared");
        assert!(of("9.2").is_none(), "nobody has sent it: K01 says so");
        assert!(of("1.3").is_some() && of("2.1").is_none(), "K01 speaks of whoever is not accepted");
    }

    #[test]
    fn a_single_file_says_nothing_of_the_others() {
        let mut world = World::at(6).filled("ri");
        world.whole = false;
        assert!(world.findings("A01").is_empty());
        assert_eq!(world.skipped("A01", "serve la cartella di tutti gli uffici"), 1);
    }
}

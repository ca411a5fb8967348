//! V01: something due is blank.

use crate::check::desk::{Desk, Reading, months_words, place};
use crate::check::ledger::depends_on;
use crate::check::rules::V01;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger, month, ratio};
use crate::interpret::Entry;
use crate::model::{Finding, Month, count, date_it};
use crate::plan::{Indicator, Role, Voce, declared_month};

const REGISTER_REMEDY: &str = "Aggiorna il registro e scrivi fino a quale mese è completo, anche se non c'è \
                               nessuna riga da aggiungere.";

/// Judges each voce of each office: all that is due and blank makes one finding.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let gaps = month::month_gap::gaps(ctx, ledger, desk);
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.role != Role::Baseline) {
            if voce.register.is_some() {
                register(ctx, ledger, desk, indicator, voce);
            } else {
                entries(ctx, ledger, desk, &gaps, indicator, voce);
            }
        }
    }
}

fn entries(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    gaps: &[Month],
    indicator: &Indicator,
    voce: &Voce,
) {
    let (mut blank, mut because, mut any) = (Vec::new(), None, false);
    let office = &desk.submission.office;
    for entry in desk.counting(voce).filter(|entry| voce.is_due(office, ctx.month.month, entry.id.month)) {
        any = true;
        match desk.read(ledger, entry) {
            Reading::Value(_) | Reading::NotApplicable => {}
            Reading::Placeholder => because = Some("C15"),
            Reading::Unusable(code) => because = Some(code),
            Reading::Blank if entry.id.month.is_some_and(|month| gaps.contains(&month)) => {
                because = Some("M05")
            }
            Reading::Blank if ratio::incomplete_pair::is_alone(ctx, ledger, desk, indicator, entry) => {
                because = Some("R04")
            }
            Reading::Blank if ctx.is_gone(entry.at) => because = Some("M08"),
            Reading::Blank if is_merged_away(ledger, desk, entry) => because = Some("T18"),
            Reading::Blank => blank.push(entry),
        }
    }
    match (blank.as_slice(), because) {
        ([], None) if any => ledger.pass(&V01),
        ([], None) => {}
        ([], Some(code)) => ledger.skip(&V01, depends_on(code)),
        (blank, _) => ledger.fail(finding(desk, indicator, voce, blank)),
    }
}

/// Whether the cell lies under a merge: what was typed there is lost, and T18 says so.
fn is_merged_away(ledger: &Ledger, desk: &Desk<'_>, entry: &Entry) -> bool {
    let names = |finding: &Finding| finding.entries.contains(&entry.at);
    ledger.already(&["T18"], Some(&desk.submission.office), names).is_some()
}

fn finding(desk: &Desk<'_>, indicator: &Indicator, voce: &Voce, blank: &[&Entry]) -> Finding {
    let when = months_words(blank);
    let when = if when.is_empty() { String::new() } else { format!(" di {when}") };
    let expected = count(blank.len(), "valore", "valori");
    let finding = facts(desk.finding(&V01, indicator, Some(voce), blank), "niente", expected);
    told(finding, &place(indicator, voce, None), &format!("manca il dato{when}"))
}

fn register(ctx: &Context<'_>, ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    let Some(entry) = desk.submission.completeness.get(&voce.key) else {
        return ledger.skip(&V01, depends_on("T06"));
    };
    let declared = match desk.read(ledger, entry) {
        Reading::Unusable(code) => return ledger.skip(&V01, depends_on(code)),
        Reading::Placeholder => return ledger.skip(&V01, depends_on("C15")),
        Reading::Value(value) => match declared_month(value) {
            Some(month) => Some(month),
            None => return ledger.skip(&V01, depends_on("V04")),
        },
        Reading::Blank | Reading::NotApplicable => None,
    };
    let Some(wanted) = voce.register_due(&desk.submission.office, ctx.month.month).map(|due| due.last) else {
        return;
    };
    if declared.is_some_and(|month| month >= wanted) {
        return ledger.pass(&V01);
    }
    let found =
        declared.map_or_else(|| "nessuna dichiarazione".to_owned(), |month| format!("fino {month:#}"));
    let said = declared.map_or_else(
        || "non è dichiarato completo per nessun mese".to_owned(),
        |month| format!("è dichiarato completo solo fino {month:#}"),
    );
    let what = format!(
        "il registro {said}; serve fino {wanted:#}, cioè con tutto ciò che è accaduto entro il {}",
        date_it(ctx.plan.month(wanted).last_day()),
    );
    let finding = desk.finding(&V01, indicator, Some(voce), &[entry]);
    let finding = facts(finding, found, format!("completo fino {wanted:#}"));
    let mut finding = told(finding, &place(indicator, voce, None), &what);
    finding.remedy = REGISTER_REMEDY.to_owned();
    ledger.fail(finding);
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};
    use crate::model::Month;

    #[test]
    fn what_is_due_and_blank_makes_one_finding_for_each_voce() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.supermercati", 2, "").set(
            "metrico",
            "S03.supermercati",
            5,
            "",
        );
        let finding = world.finding("V01");
        assert_eq!(finding.voce.as_ref().unwrap().as_str(), "S03.supermercati");
        assert_eq!(cells(&finding).len(), 2);
        assert_eq!(finding.month, None);
        assert!(finding.message.contains("manca il dato di febbraio e maggio"), "{}", finding.message);
    }

    #[test]
    fn months_to_come_dates_and_yes_no_are_not_due_in_june() {
        let world = World::at(6).filled("metrico").filled("ambiente");
        assert!(world.findings("V01").is_empty());
        let december = World::at(12).filled("metrico");
        assert_eq!(december.finding("V01").voce.unwrap().as_str(), "S07.coinvolto");
    }

    #[test]
    fn annual_numbers_are_due_from_january() {
        let world = World::at(1).filled("metrico").set("metrico", "S03.orafi_iscritti", 0, "");
        assert_eq!(world.finding("V01").voce.unwrap().as_str(), "S03.orafi_iscritti");
    }

    #[test]
    fn zero_is_a_value_and_na_is_an_answer() {
        let world = World::at(1)
            .filled("metrico")
            .note("metrico", "3.3")
            .set("metrico", "S03.supermercati", 1, "0")
            .set("metrico", "S03.prodotti", 1, "n.a.");
        assert!(world.findings("V01").is_empty());
    }

    #[test]
    fn what_others_say_is_not_said_again() {
        let world = World::at(6).filled("metrico").set("metrico", "S03.supermercati", 6, "n.d.");
        assert!(world.findings("V01").is_empty());
        assert_eq!(world.skipped("V01", "dipende da C15"), 1);
        let world = World::at(6).filled("risorse_finanziarie").set(
            "risorse_finanziarie",
            "S09.fatture_pagate",
            3,
            "",
        );
        assert!(world.about("V01", "S09.fatture_pagate").is_empty());
        assert_eq!(world.skipped("V01", "dipende da R04"), 1);
    }

    #[test]
    fn after_the_cutoff_nothing_is_due() {
        let world = World::at(12).filled("qualita").set("qualita", "S08.audit_interni", 10, "");
        assert!(world.about("V01", "S08.audit_interni").is_empty());
    }

    #[test]
    fn a_register_is_to_be_declared_complete() {
        let world = World::at(6).filled("promozione");
        assert_eq!(world.about("V01", "S01.bandi").len(), 1);
        let world = world.complete("promozione", "S01.bandi", "4");
        let finding = world.about("V01", "S01.bandi").remove(0);
        assert_eq!(finding.found, format!("fino {:#}", Month::new(4).unwrap()));
        assert!(finding.message.contains("entro il 30/6/2019"), "{}", finding.message);
        assert!(world.complete("promozione", "S01.bandi", "6").about("V01", "S01.bandi").is_empty());
    }
}

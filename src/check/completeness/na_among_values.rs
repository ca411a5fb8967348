//! V13: «n.a.» in a voce that applies in other months, or in most of the months due.

use crate::check::desk::{Desk, Reading, months_words, place};
use crate::check::ledger::depends_on;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState};
use crate::model::{Finding, Rule, Severity, count};
use crate::plan::{Indicator, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "V13",
    name: "«n.a.» in una voce che si applica",
    severity: Severity::DaMotivare,
    why: "Un «n.a.» toglie il mese dal risultato, e i mesi tolti possono essere i peggiori: una voce che si applica in un mese di regola si applica anche negli altri. La nota dell'indicatore non basta.",
    remedy: "Inserisci il valore (0 se non c'è stato nulla), oppure fai confermare il motivo all'unità performance, che lo registra come deroga.",
    missing: false,
};

/// Judges each monthly voce of each office that holds an «n.a.» up to the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(ctx) {
        for (indicator, voce) in desk.voci(ctx).filter(|(_, voce)| voce.time.by_month()) {
            judge(ctx, ledger, &desk, indicator, voce);
        }
    }
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    let due: Vec<&Entry> = desk.counting(ctx, voce).collect();
    let typed: Vec<&Entry> =
        due.iter().copied().filter(|entry| entry.state == EntryState::NotApplicable).collect();
    let Some(first) = typed.first() else { return };
    let told = |entry: &Entry| told_elsewhere(ledger, desk, indicator, entry);
    let open: Vec<&Entry> = typed.iter().copied().filter(|entry| told(entry).is_none()).collect();
    if let Some(code) = told(first).filter(|_| open.is_empty()) {
        return ledger.skip(&RULE, depends_on(code));
    }
    let valued = due.iter().filter(|entry| matches!(desk.read(ledger, entry), Reading::Value(_))).count();
    // In every month, with a note: it does not apply to the office at all.
    let answered = typed.len() == due.len() || typed.len() * 2 <= due.len();
    if valued == 0 && answered {
        return ledger.pass(&RULE);
    }
    ledger.fail(finding(desk, indicator, voce, &open, (valued, due.len())));
}

/// The check that has already spoken of an «n.a.»: one that keeps it out, the one that asks for a note where there is
/// none, or the one that tells of a file with hardly anything else.
fn told_elsewhere(
    ledger: &Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    entry: &Entry,
) -> Option<&'static str> {
    let cell = (desk.submission.file.as_str(), entry.place.sheet.as_str(), entry.place.cell);
    let poor = || {
        let office = Some(&desk.submission.office);
        ledger.already(&["K03"], office, |finding| finding.named().any(|named| named == cell))
    };
    let silent = (!desk.explains(indicator)).then_some("V09");
    ledger.blocked(&desk.submission.file, &entry.place).or(silent).or_else(poor)
}

fn finding(
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    typed: &[&Entry],
    (valued, due): (usize, usize),
) -> Finding {
    let months = months_words(typed);
    let rest = match valued {
        0 => format!("sono {} su {due}", count(typed.len(), "mese", "mesi")),
        valued => format!("ma in {} la voce ha un valore", count(valued, "altro mese", "altri mesi")),
    };
    let finding = desk.finding(&RULE, indicator, Some(voce), typed);
    let month = finding.month;
    let finding =
        facts(finding, format!("n.a. per {months}"), "un valore, o il motivo confermato dall'unità");
    told(finding, &place(indicator, voce, month), &format!("hai scritto «n.a.» per {months}, {rest}"))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    const VOCE: &str = "S03.prodotti";

    fn world(month: u32, na: &[u32]) -> World {
        let world = World::at(month).filled("metrico").note("metrico", "3.3");
        na.iter().fold(world, |world, month| world.set("metrico", VOCE, *month, "n.a."))
    }

    #[test]
    fn what_applies_in_february_applies_in_march_whatever_the_note_says() {
        let finding = world(6, &[3, 5, 6]).about("V13", VOCE).remove(0);
        assert_eq!((finding.found.as_str(), cells(&finding).len()), ("n.a. per marzo, maggio e giugno", 3));
        assert!(finding.message.contains("ma in 3 altri mesi la voce ha un valore"), "{}", finding.message);
        assert!(!finding.keeps_out());
        assert_eq!(world(6, &[2]).about("V13", VOCE).len(), 1);
    }

    #[test]
    fn most_of_the_months_without_any_value_too() {
        assert!(world(3, &[1, 2, 3]).about("V13", VOCE).is_empty(), "it does not apply at all");
        let blank = |na: &[u32]| {
            let world = (1..=6).fold(world(6, &[]), |world, month| world.set("metrico", VOCE, month, ""));
            na.iter().fold(world, |world, month| world.set("metrico", VOCE, *month, "n.a."))
        };
        assert!(blank(&[1, 2, 3]).about("V13", VOCE).is_empty(), "half of the months, and no value");
        assert!(blank(&[1, 2, 3, 4]).about("V13", VOCE)[0].message.contains("sono 4 mesi su 6"));
    }

    #[test]
    fn without_a_note_v09_asks_first() {
        let world = World::at(6).filled("metrico").set("metrico", VOCE, 2, "n.a.");
        assert_eq!((world.findings("V09").len(), world.findings("V13").len()), (1, 0));
        assert_eq!(world.skipped("V13", "dipende da V09"), 1);
    }

    #[test]
    fn later_months_and_other_voci_are_not_judged() {
        let world = World::at(3).filled("metrico").note("metrico", "3.3").set("metrico", VOCE, 5, "n.a.");
        assert_eq!(world.tally("V13"), (0, 0, 0));
    }
}

//! T14: a live cell shows something else than follows from the entries.

use super::beside::{at_sheet, beside, live_words, some_of};
use crate::check::ledger::depends_on;
use crate::check::{Context, Ledger};
use crate::interpret::{LiveCell, LiveState, Submission};
use crate::model::{Finding, Number, Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T14",
    name: "Totale che non segue dai dati",
    severity: Severity::DaMotivare,
    why: "L'ufficio ha visto un numero diverso da quello che danno i suoi dati: il consuntivo usa i dati, ma uno dei due è sbagliato.",
    remedy: "Riapri il file in Excel, lascia ricalcolare, ricontrolla i dati e salva di nuovo, oppure spiega la differenza.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &RULE, submission) else { continue };
        for sheet in &beside.sheets {
            let own: Vec<&LiveCell> = beside.live.iter().filter(|live| &live.place.sheet == sheet).collect();
            judge(context, ledger, submission, sheet, &own);
        }
    }
}

/// One cause for a whole sheet, which nobody has calculated; each of the other cells is in the account.
fn judge(
    context: &Context<'_>,
    ledger: &mut Ledger,
    submission: &Submission,
    sheet: &str,
    live: &[&LiveCell],
) {
    let touched = live.iter().find_map(|live| match live.state {
        LiveState::Constant(_) | LiveState::Cleared => Some("T11"),
        LiveState::Different(..) => Some("T12"),
        _ => None,
    });
    let mut stale = Vec::new();
    for cell in live {
        match (&cell.state, touched) {
            (LiveState::Stale(..), Some(code)) if cell.result => ledger.skip(&RULE, depends_on(code)),
            (LiveState::Stale(found, wanted), _) => stale.push((*cell, found.as_str(), wanted.as_str())),
            (LiveState::Intact, _) => ledger.pass(&RULE),
            (LiveState::Constant(_) | LiveState::Cleared, _) => ledger.skip(&RULE, depends_on("T11")),
            (LiveState::Different(..), _) => ledger.skip(&RULE, depends_on("T12")),
            (LiveState::Uncalculated, _) => ledger.skip(&RULE, depends_on("T15")),
            (LiveState::Pending, _) => ledger.skip(&RULE, "il file sarà ricalcolato alla prossima apertura"),
            (LiveState::Unjudged(code), _) => ledger.skip(&RULE, depends_on(code)),
        }
    }
    if !stale.is_empty() {
        ledger.fail(finding(context, submission, sheet, &stale));
    }
}

fn finding(
    context: &Context<'_>,
    submission: &Submission,
    sheet: &str,
    stale: &[(&LiveCell, &str, &str)],
) -> Finding {
    let words: Vec<String> = stale
        .iter()
        .map(|(live, found, wanted)| {
            format!("{} mostra {}, dai dati risulta {}", live_words(context, live), said(found), said(wanted))
        })
        .collect();
    let list =
        |of: fn(&(&LiveCell, &str, &str)) -> String| stale.iter().map(of).collect::<Vec<_>>().join("; ");
    let (found, wanted) =
        (list(|(_, found, _)| (*found).to_owned()), list(|(_, _, wanted)| (*wanted).to_owned()));
    let cells = stale.iter().map(|(live, ..)| live.place.cell);
    at_sheet(&RULE, submission, sheet, cells, (&found, &wanted, &some_of(&words)))
}

fn said(text: &str) -> String {
    match Number::parse(text) {
        Some(number) => number.to_italian(4),
        None if text.is_empty() => "niente".to_owned(),
        None => quoted(text),
    }
}

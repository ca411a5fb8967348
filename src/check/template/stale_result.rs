//! T14: a live cell shows something else than follows from the entries.

use super::beside::{at_sheet, beside, live_words, some_of};
use crate::check::ledger::depends_on;
use crate::check::rules::T14;
use crate::check::{Context, Ledger};
use crate::interpret::{LiveCell, LiveState, Submission};
use crate::model::{Finding, Number, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T14, submission) else { continue };
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
            (LiveState::Stale(..), Some(code)) if cell.result => ledger.skip(&T14, depends_on(code)),
            (LiveState::Stale(found, wanted), _) => stale.push((*cell, found.as_str(), wanted.as_str())),
            (LiveState::Intact, _) => ledger.pass(&T14),
            (LiveState::Constant(_) | LiveState::Cleared, _) => ledger.skip(&T14, depends_on("T11")),
            (LiveState::Different(..), _) => ledger.skip(&T14, depends_on("T12")),
            (LiveState::Uncalculated, _) => ledger.skip(&T14, depends_on("T15")),
            (LiveState::Pending, _) => ledger.skip(&T14, "il file sarà ricalcolato alla prossima apertura"),
            (LiveState::Unjudged(code), _) => ledger.skip(&T14, depends_on(code)),
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
    at_sheet(&T14, submission, sheet, cells, (&found, &wanted, &some_of(&words)))
}

fn said(text: &str) -> String {
    match Number::parse(text) {
        Some(number) => number.to_italian(4),
        None if text.is_empty() => "niente".to_owned(),
        None => quoted(text),
    }
}

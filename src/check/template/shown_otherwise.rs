//! T22: the format of an entry shows something else than it holds.

use super::beside::beside;
use crate::check::ledger::depends_on;
use crate::check::rules::T22;
use crate::check::{Context, Ledger, say, walk};
use crate::interpret::{FormatClash, Submission};
use crate::model::{Finding, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T22, submission) else { continue };
        ledger.passes(&T22, beside.formats_seen.saturating_sub(beside.formats.len()));
        for _ in walk::untold(submission) {
            ledger.skip(&T22, walk::UNTOLD);
        }
        for clash in &beside.formats {
            if let Some(code) = read_as_time(submission, clash) {
                ledger.skip(&T22, depends_on(code));
                continue;
            }
            ledger.fail(finding(context, submission, clash));
        }
    }
}

/// The check that speaks of an hour or a duration typed there: its format came with it.
fn read_as_time(submission: &Submission, clash: &FormatClash) -> Option<&'static str> {
    let entry = submission.entries.iter().find(|entry| entry.id == clash.id)?;
    let code = entry.normalised.as_ref()?.code;
    ["C12", "C13"].contains(&code).then_some(code)
}

fn finding(context: &Context<'_>, submission: &Submission, clash: &FormatClash) -> Finding {
    let seen = match clash.seen.as_str() {
        "" => "non si vede niente".to_owned(),
        seen => format!("si vede {seen}"),
    };
    let what = format!(
        "nella casella c'è {} ma {seen}: il formato è {}, nel modello è {}",
        clash.stored,
        quoted(&clash.found),
        quoted(&clash.expected)
    );
    let base = match context.plan.voce(&clash.id.voce) {
        Some((indicator, voce)) => say::about_voce(&T22, submission, indicator, &voce.key),
        None => say::about_submission(&T22, submission),
    };
    let base = Finding { month: clash.id.month, ..say::at(base, &clash.place) };
    // A derogation is bound to what is found: where nothing is seen, to what is not.
    let found = match clash.seen.as_str() {
        "" => format!("niente, al posto di {}", clash.stored),
        seen => seen.to_owned(),
    };
    let base = say::facts(base, found, clash.stored.as_str());
    say::told(base, &say::place_words(context.plan, &clash.id), &what)
}

//! T22: the format of an entry shows something else than it holds.

use std::collections::BTreeMap;

use super::beside::beside;
use crate::check::ledger::depends_on;
use crate::check::rules::T22;
use crate::check::{Context, Ledger, say, walk};
use crate::interpret::{FormatClash, Submission};
use crate::model::{CellRef, EntryId, Finding, VoceKey, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let Some(beside) = beside(ledger, &T22, submission) else { continue };
        ledger.passes(&T22, beside.formats_seen.saturating_sub(beside.formats.len()));
        for _ in walk::untold(submission) {
            ledger.skip(&T22, walk::UNTOLD);
        }
        let mut pasted: BTreeMap<(&VoceKey, &str), Vec<&FormatClash>> = BTreeMap::new();
        for clash in &beside.formats {
            if let Some(code) = read_as_time(submission, clash) {
                ledger.skip(&T22, depends_on(code));
                continue;
            }
            pasted.entry((&clash.id.voce, &clash.found)).or_default().push(clash);
        }
        for clashes in pasted.into_values() {
            if let [first, rest @ ..] = clashes.as_slice() {
                ledger.fail(finding(context, submission, (first, rest)));
            }
        }
    }
}

/// The check that speaks of an hour or a duration typed there: its format came with it.
fn read_as_time(submission: &Submission, clash: &FormatClash) -> Option<&'static str> {
    let entry = submission.entries.iter().find(|entry| entry.id == clash.id)?;
    let code = entry.normalised.as_ref()?.code;
    ["C12", "C13"].contains(&code).then_some(code)
}

/// What is seen in the place of what is stored.
fn seen(clash: &FormatClash) -> String {
    match clash.seen.as_str() {
        "" => "non si vede niente".to_owned(),
        seen => format!("si vede {seen}"),
    }
}

/// One format pasted over the cells of a voce: one finding.
fn finding(
    context: &Context<'_>,
    submission: &Submission,
    (clash, rest): (&FormatClash, &[&FormatClash]),
) -> Finding {
    let clashes = || std::iter::once(clash).chain(rest.iter().copied());
    let (found, expected) = (quoted(&clash.found), quoted(&clash.expected));
    let base = match context.plan.voce(&clash.id.voce) {
        Some((indicator, voce)) => say::about_voce(&T22, submission, indicator, &voce.key),
        None => say::about_submission(&T22, submission),
    };
    let cells = clashes().filter(|own| own.place.sheet == clash.place.sheet).map(|own| own.place.cell);
    let base = say::at_cells(base, &clash.place.sheet, cells.collect::<Vec<CellRef>>());
    // A derogation is bound to what is found: where nothing is seen, to what is not.
    let told = |clash: &FormatClash| match clash.seen.as_str() {
        "" => format!("niente, al posto di {}", clash.stored),
        seen => seen.to_owned(),
    };
    let all = |of: &dyn Fn(&FormatClash) -> String| clashes().map(of).collect::<Vec<_>>().join("; ");
    let base = say::facts(base, all(&told), all(&|clash| clash.stored.clone()));
    if rest.is_empty() {
        let what = format!(
            "nella casella c'è {} ma {}: il formato è {found}, nel modello è {expected}",
            clash.stored,
            seen(clash)
        );
        let base = Finding { month: clash.id.month, ..base };
        return say::told(base, &say::place_words(context.plan, &clash.id), &what);
    }
    let what = format!(
        "in {} caselle si vede un altro valore (c'è {} e {}, e così via): il formato è {found}, nel modello è {expected}",
        rest.len() + 1,
        clash.stored,
        seen(clash)
    );
    let id = EntryId { month: None, ..clash.id.clone() };
    say::told(base, &say::place_words(context.plan, &id), &what)
}

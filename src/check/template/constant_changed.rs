//! T10: a value fixed by the plan, or a target, has been changed in the workbook.

use super::beside::{at_sheet, is_another_target};
use super::other_label;
use crate::check::ledger::depends_on;
use crate::check::ratio::other_denominator;
use crate::check::rules::T10;
use crate::check::{Context, Ledger, say};
use crate::interpret::{LockedText, Shown, Submission};
use crate::model::{Finding, quoted};
use crate::plan::{Fixed, Indicator, Voce};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for shown in &submission.shown {
            let Some((indicator, voce)) = context.plan.voce(&shown.voce) else { continue };
            let Some(fixed) = &voce.fixed else { continue };
            if shown.value.as_ref() == Some(&fixed.value) {
                ledger.pass(&T10);
            } else if voce.origin.is_some() && context.plan.archive.is_some() {
                ledger.skip(&T10, depends_on("Y02"));
            } else if other_label::tells(submission, &shown.place) {
                ledger.skip(&T10, depends_on("T24"));
            } else if !submission.is_of_this_wording() {
                // Made from another wording: the office has changed nothing.
                let code = other_denominator::denominator(context, shown).map_or("P23", |_| "R07");
                ledger.skip(&T10, depends_on(code));
            } else {
                ledger.fail(changed(submission, shown, fixed, indicator, voce));
            }
        }
        let Some(beside) = &submission.tampering else { continue };
        let others: Vec<&LockedText> =
            beside.texts.iter().filter(|text| is_another_target(context, text)).collect();
        let mine = |indicator: &&Indicator| indicator.offices.contains(&submission.office);
        let targets = context.plan.indicators().filter(mine).count();
        ledger.passes(&T10, targets.saturating_sub(others.len()));
        for text in others {
            ledger.fail(other_target(submission, text));
        }
    }
}

/// A target as the office sees it, not as the plan prints it.
fn other_target(submission: &Submission, text: &LockedText) -> Finding {
    let what = format!("al posto di {} c'è {}", quoted(&text.expected), quoted(&text.found));
    let cells = [text.place.cell];
    at_sheet(&T10, submission, &text.place.sheet, cells, (&text.found, &text.expected, &what))
}

fn changed(
    submission: &Submission,
    shown: &Shown,
    fixed: &Fixed,
    indicator: &Indicator,
    voce: &Voce,
) -> Finding {
    let right = voce.fixed_words().unwrap_or_default();
    let seen = match &shown.value {
        Some(value) => format!("nella cella c'è {}", value.to_people()),
        None if shown.raw.trim().is_empty() => "la cella è vuota".to_owned(),
        None => format!("nella cella c'è {}", quoted(&shown.raw)),
    };
    let source = if fixed.source.is_empty() { String::new() } else { format!(" ({})", fixed.source) };
    let what = format!("{seen}, il valore del piano è {right}{source}");
    let finding = say::at(say::about_voce(&T10, submission, indicator, &voce.key), &shown.place);
    let finding = say::facts(finding, shown.raw.as_str(), fixed.value.to_machine());
    say::told(finding, &say::voce_words(indicator, voce), &what)
}

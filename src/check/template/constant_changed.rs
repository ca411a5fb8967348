//! T10: a value fixed by the plan, or a target, has been changed in the workbook.

use super::beside::{at_sheet, is_another_target};
use super::other_label;
use crate::check::ledger::depends_on;
use crate::check::ratio::other_denominator;
use crate::check::{Context, Ledger, say};
use crate::interpret::{LockedText, Shown, Submission};
use crate::model::{Finding, Rule, Severity, quoted};
use crate::plan::{Fixed, Indicator, Voce};

pub(super) const RULE: Rule = Rule {
    code: "T10",
    name: "Valore del piano modificato",
    severity: Severity::Errore,
    why: "Questo valore è fissato dal piano e non si cambia nel file: i risultati usano comunque quello del piano.",
    remedy: "Rimetti il valore del piano, oppure, se è sbagliato, segnalalo alla struttura performance perché corregga il piano.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        for shown in &submission.shown {
            let Some((indicator, voce)) = context.plan.voce(&shown.voce) else { continue };
            let Some(fixed) = &voce.fixed else { continue };
            if shown.value.as_ref() == Some(&fixed.value) {
                ledger.pass(&RULE);
            } else if other_label::tells(submission, &shown.place) {
                ledger.skip(&RULE, depends_on("T24"));
            } else if !submission.is_of_this_wording() {
                // Made from another wording: the office has changed nothing.
                let code = other_denominator::denominator(context, shown).map_or("P23", |_| "R07");
                ledger.skip(&RULE, depends_on(code));
            } else {
                ledger.fail(changed(submission, shown, fixed, indicator, voce));
            }
        }
        let Some(beside) = &submission.tampering else { continue };
        let others: Vec<&LockedText> =
            beside.texts.iter().filter(|text| is_another_target(context, text)).collect();
        let mine = |indicator: &&Indicator| indicator.offices.contains(&submission.office);
        let targets = context.plan.indicators().filter(mine).count();
        ledger.passes(&RULE, targets.saturating_sub(others.len()));
        for text in others {
            ledger.fail(other_target(submission, text));
        }
    }
}

/// A target as the office sees it, not as the plan prints it.
fn other_target(submission: &Submission, text: &LockedText) -> Finding {
    let what = format!("al posto di {} c'è {}", quoted(&text.expected), quoted(&text.found));
    let cells = [text.place.cell];
    at_sheet(&RULE, submission, &text.place.sheet, cells, (&text.found, &text.expected, &what))
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
    let finding = say::at(say::about_voce(&RULE, submission, indicator, &voce.key), &shown.place);
    let finding = say::facts(finding, shown.raw.as_str(), fixed.value.to_machine());
    say::told(finding, &say::voce_words(indicator, voce), &what)
}

//! R07: a workbook made from another wording of the plan shows another denominator.

use super::pair::labels;
use crate::check::ledger::depends_on;
use crate::check::rules::R07;
use crate::check::say::{about_voce, at, facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::{Shown, Submission};
use crate::model::{Finding, quoted};
use crate::plan::{Fixed, Indicator, Voce};

/// Judges each denominator fixed by the plan that a workbook shows; one changed by hand in a workbook of this
/// very wording is told by T10.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for submission in ctx.submissions {
        for shown in &submission.shown {
            let Some((indicator, voce, fixed)) = denominator(ctx, shown) else { continue };
            if shown.value.as_ref() == Some(&fixed.value) {
                ledger.pass(&R07);
            } else if submission.is_of_this_wording() {
                ledger.skip(&R07, depends_on("T10"));
            } else {
                ledger.fail(finding(submission, shown, indicator, voce, fixed));
            }
        }
    }
}

/// The voce of a shown value, when the plan fixes it and it stands under a fraction.
pub(in crate::check) fn denominator<'a>(
    ctx: &Context<'a>,
    shown: &Shown,
) -> Option<(&'a Indicator, &'a Voce, &'a Fixed)> {
    let (indicator, voce) = ctx.plan.voce(&shown.voce)?;
    let (_, under) = indicator.formula.ratio()?;
    // Of one that comes from the year before Y02 speaks.
    let archived = ctx.plan.archive.as_ref().zip(voce.origin.as_ref());
    let is_archived = archived.is_some_and(|(archive, origin)| archive.value_of(voce.kind, origin).is_ok());
    (under.contains(&voce.key) && !is_archived).then_some((indicator, voce, voce.fixed.as_ref()?))
}

/// Whether a workbook of another wording shows another denominator: then that is what is told of it.
pub(in crate::check) fn tells(ctx: &Context<'_>, submission: &Submission) -> bool {
    let other = |shown: &Shown| {
        denominator(ctx, shown).is_some_and(|(_, _, fixed)| shown.value.as_ref() != Some(&fixed.value))
    };
    !submission.is_of_this_wording() && submission.shown.iter().any(other)
}

fn finding(
    submission: &Submission,
    shown: &Shown,
    indicator: &Indicator,
    voce: &Voce,
    fixed: &Fixed,
) -> Finding {
    let right = fixed.value.to_people();
    let seen = match &shown.value {
        Some(value) => format!("il file mostra {}", value.to_people()),
        None if shown.raw.trim().is_empty() => "nel file la cella è vuota".to_owned(),
        None => format!("il file mostra {}", quoted(&shown.raw)),
    };
    let over = indicator.formula.ratio().map_or_else(Vec::new, |(over, _)| over);
    let over: Vec<&Voce> = over.iter().filter_map(|key| indicator.voce(key)).collect();
    let what = format!("{seen}, ma {} si divide per {right}, come dice il piano", labels(&over));
    let base = at(about_voce(&R07, submission, indicator, &voce.key), &shown.place);
    told(facts(base, shown.raw.as_str(), right), &voce_words(indicator, voce), &what)
}

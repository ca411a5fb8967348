//! P23: the workbook shows its office an earlier wording of the plan.

use crate::check::ledger::depends_on;
use crate::check::ratio::other_denominator;
use crate::check::rules::P23;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Difference, DifferenceKind, Submission, Wording};
use crate::model::{Finding, VoceKey, join_it, quoted};

/// Why the file of an office that is no more is not judged.
const OVER: &str = "l'ufficio non c'è più";

/// Differences named one by one; the others are counted.
const NAMED: usize = 3;

/// The longest text of the plan that is quoted whole.
const QUOTED: usize = 60;

/// Judges each workbook by what its office sees; one finding for each at most.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        match &submission.wording {
            Wording::This => ledger.pass(&P23),
            Wording::Other(_) if context.is_over(&submission.office) => ledger.skip(&P23, OVER),
            Wording::Other(_) if other_denominator::tells(context, submission) => {
                ledger.skip(&P23, depends_on("R07"));
            }
            Wording::Other(differences) => ledger.fail(finding(context, submission, differences)),
        }
    }
}

fn finding(context: &Context<'_>, submission: &Submission, differences: &[Difference]) -> Finding {
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let (found, wanted) = (short(&submission.manifest.sha256_plan), short(&context.plan.sha256));
    let mut what = format!(
        "il file viene da un'altra stesura del piano (versione «{}», impronta {found}…)",
        submission.manifest.version
    );
    if !differences.is_empty() {
        what.push_str(&format!("; non vi si trova, com'è ora nel piano: {}", told(context, differences)));
    }
    let mut indicators = differences.iter().map(|one| one.indicator.as_ref());
    let first = indicators.next().flatten();
    let only = first.filter(|first| indicators.all(|other| other == Some(*first)));
    let base = Finding {
        scheda: only.and_then(|code| context.plan.indicator(code)).map(|indicator| indicator.scheda),
        indicator: only.cloned(),
        ..say::about_submission(&P23, submission)
    };
    say::told(say::facts(base, found, wanted), context.plan.office_name(&submission.office), &what)
}

/// The first differences, and how many are left.
fn told(context: &Context<'_>, differences: &[Difference]) -> String {
    let mut said: Vec<String> = differences.iter().take(NAMED).map(|one| words(context, one)).collect();
    match differences.len().saturating_sub(NAMED) {
        0 => {}
        1 => said.push("un'altra cosa".to_owned()),
        more => said.push(format!("altre {more} cose")),
    }
    join_it(&said)
}

fn words(context: &Context<'_>, difference: &Difference) -> String {
    let of = difference.indicator.as_ref().map_or_else(String::new, |code| format!(" di {code}"));
    let text: String = difference.text.chars().take(QUOTED).collect();
    let text = quoted(&if text == difference.text { text } else { format!("{}…", text.trim_end()) });
    match difference.kind {
        DifferenceKind::Target => format!("il target{of}, {text}"),
        DifferenceKind::Indicator => format!("il testo{of}, {text}"),
        DifferenceKind::Label | DifferenceKind::Added => format!("la voce{of} {text}"),
        DifferenceKind::Guide => format!("la guida{of} {text}"),
        DifferenceKind::Fixed => format!("il dato del piano{of}, {text}"),
        DifferenceKind::Formula => format!("il calcolo{of}, {text}"),
        DifferenceKind::Scheda => format!("il testo della scheda {text}"),
        DifferenceKind::Removed => {
            let known = context.plan.voce(&VoceKey::from_text(&difference.text));
            let label = known.map_or(text, |(_, voce)| quoted(&voce.label));
            format!("la voce {label}, che il file chiede e il piano no")
        }
    }
}

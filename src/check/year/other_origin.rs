//! Y02: a baseline is not the one that the final issue of the year before holds.

use crate::check::ledger::depends_on;
use crate::check::rules::Y02;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Shown, Submission};
use crate::model::{Finding, Number, Severity, Value, VoceType, quoted, ratio_it};
use crate::plan::{Archive, Fixed, Indicator, Origin, Voce};

/// Judges each baseline that says where it comes from: what the plan gives, then what each office shows.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(archive) = &ctx.plan.archive else { return };
    let own = Own { archive, whole: ctx.whole };
    for (indicator, voce, origin) in ctx.plan.origins() {
        if let (Some(typed), true) = (&origin.typed, own.whole) {
            own.of_the_plan(ledger, (indicator, voce, origin), typed);
        }
    }
    for submission in ctx.submissions {
        for shown in &submission.shown {
            let Some((indicator, voce)) = ctx.plan.voce(&shown.voce) else { continue };
            if let Some(origin) = &voce.origin {
                own.of_an_office(ledger, submission, shown, (indicator, voce, origin));
            }
        }
    }
}

/// A baseline with its indicator.
type Subject<'a> = (&'a Indicator, &'a Voce, &'a Origin);

struct Own<'a> {
    archive: &'a Archive,
    whole: bool,
}

impl Own<'_> {
    fn archived<'v>(&self, (_, voce, origin): Subject<'v>) -> Option<&'v Fixed> {
        // Where it could not be taken, P24 has said it.
        self.archive.value_of(voce.kind, origin).ok().and(voce.fixed.as_ref())
    }

    fn of_the_plan(&self, ledger: &mut Ledger, subject: Subject<'_>, typed: &Value) {
        let Some(fixed) = self.archived(subject) else { return ledger.skip(&Y02, depends_on("P24")) };
        if typed == &fixed.value {
            return ledger.pass(&Y02);
        }
        let (indicator, voce, _) = subject;
        let finding = Finding {
            scheda: Some(indicator.scheda),
            indicator: Some(indicator.code.clone()),
            voce: Some(voce.key.clone()),
            ..Finding::of(&Y02)
        };
        let what = format!("il piano dà {}; {}", words(voce.kind, typed), differs(voce, fixed, Some(typed)));
        let finding = say::facts(finding, typed.to_machine(), fixed.value.to_machine());
        ledger.fail(say::told(finding, &say::voce_words(indicator, voce), &what));
    }

    fn of_an_office(&self, ledger: &mut Ledger, sent: &Submission, shown: &Shown, subject: Subject<'_>) {
        let Some(fixed) = self.archived(subject) else { return ledger.skip(&Y02, depends_on("P24")) };
        // A cell left blank in a workbook of before says nothing: the archived value stands.
        let blank = shown.value.is_none() && shown.raw.trim().is_empty();
        if shown.value.as_ref() == Some(&fixed.value) || (blank && !sent.is_of_this_wording()) {
            return ledger.pass(&Y02);
        }
        let (indicator, voce, _) = subject;
        let seen = match &shown.value {
            Some(value) => format!("nella cella c'è {}", words(voce.kind, value)),
            None if blank => "la cella è vuota".to_owned(),
            None => format!("nella cella c'è {}", quoted(&shown.raw)),
        };
        let what = format!("{seen}; {}", differs(voce, fixed, shown.value.as_ref()));
        let finding = say::at(say::about_voce(&Y02, sent, indicator, &voce.key), &shown.place);
        let finding = say::facts(finding, shown.raw.as_str(), fixed.value.to_machine());
        let subject = say::voce_words(indicator, voce);
        if sent.is_of_this_wording() {
            return ledger.fail(say::told(finding, &subject, &what));
        }
        // A workbook made before, or with another issue, shows what was known then: no office can mend it.
        let finding = Finding { severity: Severity::Nota, remedy: OF_BEFORE.to_owned(), ..finding };
        let what = format!("{what}: il modello è di prima, e vale l'archivio");
        ledger.fail(say::told(finding, &subject, &what));
    }
}

/// What to do about a cell that a workbook of before shows.
const OF_BEFORE: &str = "Non serve fare niente: il calcolo usa l'archivio. Un modello nuovo lo mostra.";

/// What the archive holds, where, and whether what was typed is only its display.
fn differs(voce: &Voce, fixed: &Fixed, typed: Option<&Value>) -> String {
    let right = voce.fixed_words().unwrap_or_default();
    let rounded = typed.and_then(Value::number).zip(fixed.value.number());
    let rounded = rounded.is_some_and(|(typed, exact)| is_display(voce.kind, &typed, &exact));
    let why = if rounded { ", di cui quello scritto è l'arrotondamento" } else { "" };
    format!("nell'archivio è {right}{why} ({})", fixed.source)
}

/// Whether `typed` is what a reader sees of `exact`.
fn is_display(kind: VoceType, typed: &Number, exact: &Number) -> bool {
    let seen = |number: &Number| match kind {
        VoceType::Percentuale => ratio_it(number),
        _ => number.to_italian(2),
    };
    typed != exact && seen(typed) == seen(exact)
}

fn words(kind: VoceType, value: &Value) -> String {
    match (kind, value) {
        (VoceType::Percentuale, Value::Number(number)) => ratio_it(number),
        (_, value) => value.to_people(),
    }
}

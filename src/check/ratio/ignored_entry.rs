//! R10: something is typed that does not count: a later month, a month past the cut-off, a later date.

use std::collections::{BTreeMap, BTreeSet};

use crate::admit::{Ignored, ignored};
use crate::check::desk::Desk;
use crate::check::say::{about_submission, facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{Finding, Rule, Severity, Value, VoceKey, count};

pub(in crate::check) const RULE: Rule = Rule {
    code: "R10",
    name: "Dato compilato che non conta",
    severity: Severity::Nota,
    why: "Il consuntivo arriva al mese di riferimento: quello che viene dopo è letto, elencato e lasciato fuori.",
    remedy: "Se il dato è giusto non devi fare nulla, oppure, se è finito nella casella sbagliata, spostalo.",
    missing: false,
};

/// Judges each office's workbook: one finding for each reason, with all its cells.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for submission in ctx.submissions {
        let found = by_reason(ctx, ledger, submission);
        if found.is_empty() {
            ledger.pass(&RULE);
        }
        for (why, entries) in found {
            ledger.fail(finding(ctx, submission, why, &entries));
        }
    }
}

fn by_reason<'a>(
    ctx: &Context<'a>,
    ledger: &Ledger,
    submission: &'a Submission,
) -> BTreeMap<Ignored, Vec<&'a Entry>> {
    let mut found: BTreeMap<Ignored, Vec<&Entry>> = BTreeMap::new();
    let foretold = foretold(ctx, submission);
    for (entry, why) in submission.entries.iter().zip(ignored(ctx.plan, ctx.month, submission)) {
        let EntryState::Value(value) = &entry.state else { continue };
        let Some(why) = why else { continue };
        let idle_zero =
            why == Ignored::BeyondCutoff && matches!(value, Value::Number(number) if number.is_zero());
        let told = foretold.contains(&(&entry.id.voce, entry.id.row)) && entry.id.month.is_none();
        if !idle_zero && !told && ledger.blocked(&submission.file, &entry.place).is_none() {
            found.entry(why).or_default().push(entry);
        }
    }
    found
}

/// The voci, or the rows of a register, with a date later than the months that the file reports: D02 or D03
/// already says so.
fn foretold<'a>(ctx: &Context<'_>, submission: &'a Submission) -> BTreeSet<(&'a VoceKey, Option<u32>)> {
    let last = ctx.plan.month(submission.last_month.unwrap_or(ctx.month.month)).last_day();
    let later = |entry: &&Entry| matches!(&entry.state, EntryState::Value(Value::Date(date)) if *date > last);
    submission.entries.iter().filter(later).map(|entry| (&entry.id.voce, entry.id.row)).collect()
}

fn finding(ctx: &Context<'_>, submission: &Submission, why: Ignored, entries: &[&Entry]) -> Finding {
    let mut finding = about_submission(&RULE, submission);
    Desk::of(submission).name_cells(&mut finding, entries);
    let mut voci: Vec<&VoceKey> = entries.iter().map(|entry| &entry.id.voce).collect();
    voci.dedup();
    let mut place = ctx.plan.office_name(&submission.office).to_owned();
    if let ([key], [first, rest @ ..]) = (voci.as_slice(), entries) {
        if let Some((indicator, voce)) = ctx.plan.voce(key) {
            finding.scheda = Some(indicator.scheda);
            finding.indicator = Some(indicator.code.clone());
            finding.voce = Some(voce.key.clone());
            place = crate::check::say::voce_words(indicator, voce);
        }
        finding.month = first.id.month.filter(|_| rest.is_empty());
    }
    let number = count(entries.len(), "valore", "valori");
    let verb = if entries.len() == 1 { "non conta" } else { "non contano" };
    let what = format!("{number} {verb}: {}", why.label());
    let finding =
        facts(finding, format!("{number} ({})", why.label()), format!("fino a {}", ctx.month.in_words()));
    told(finding, &place, &what)
}

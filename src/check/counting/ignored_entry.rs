//! R10: something is typed that does not count: a later month, a month past the cut-off, a later date.
//! A11: of a month in which another office answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::admit::Ignored;
use crate::check::desk::Desk;
use crate::check::ledger::depends_on;
use crate::check::rules::{A11, R10};
use crate::check::say::{about_submission, facts, told, voce_words};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{Finding, Month, Rule, Span, Value, VoceKey, count, date_it};

/// What an entry is out of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Limit {
    /// The reporting month.
    Month,
    /// The months up to the last one that counts.
    Cutoff(Option<Month>),
    /// The months for which its office answers, if it ever does.
    Months(Option<Span>),
}

/// Why entries do not count, and what would.
type Why = (Ignored, Limit);

/// R10, of each office's workbook: one finding for each reason, with all its cells.
pub(super) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    judge(ctx, ledger, &R10);
}

/// A11, the same for what stands outside the months of the office.
pub(super) fn not_theirs(ctx: &Context<'_>, ledger: &mut Ledger) {
    judge(ctx, ledger, &A11);
}

/// The check that speaks of what does not count for this reason.
fn speaks(why: Ignored) -> &'static Rule {
    if why == Ignored::NotTheirs { &A11 } else { &R10 }
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, rule: &'static Rule) {
    for desk in ctx.desks {
        let (found, because) = by_reason(ctx, ledger, desk, rule);
        if found.is_empty() && because.is_empty() {
            ledger.pass(rule);
        }
        for code in because {
            ledger.skip(rule, depends_on(code));
        }
        for (why, entries) in found {
            ledger.fail(finding(ctx, desk, why, &entries));
        }
    }
}

/// The entries of which `rule` speaks, by reason, and the checks that have already spoken of others: of the
/// entry itself or, in a register, of the date that keeps its row out.
fn by_reason<'a>(
    ctx: &Context<'a>,
    ledger: &Ledger,
    desk: &Desk<'a>,
    rule: &'static Rule,
) -> (BTreeMap<Why, Vec<&'a Entry>>, BTreeSet<&'static str>) {
    let (mut found, mut because) = (BTreeMap::<Why, Vec<&Entry>>::new(), BTreeSet::new());
    let events = events_kept_out(ctx, ledger, desk.submission);
    for (entry, why) in desk.ignored().filter(|(_, why)| speaks(*why).code == rule.code) {
        if !says_something(entry, why) {
            continue;
        }
        let row = (&entry.id.voce, entry.id.row);
        let said = ledger.blocked(entry.at).or_else(|| events.get(&row).copied());
        let voce = ctx.plan.voce(&entry.id.voce).map(|(_, voce)| voce);
        let limit = match why {
            Ignored::BeyondCutoff => Limit::Cutoff(voce.and_then(|voce| voce.cutoff)),
            Ignored::NotTheirs => Limit::Months(voce.and_then(|voce| voce.span_of(&desk.submission.office))),
            Ignored::LaterMonth | Ignored::LaterDate => Limit::Month,
        };
        match said {
            Some(code) => _ = because.insert(code),
            None => found.entry((why, limit)).or_default().push(entry),
        }
    }
    (found, because)
}

/// Whether an entry that does not count has something in it: a zero that nobody asks for has not, and what is
/// no value is for other checks, but in a month of another office.
fn says_something(entry: &Entry, why: Ignored) -> bool {
    let idle = matches!(why, Ignored::BeyondCutoff | Ignored::NotTheirs);
    match &entry.state {
        EntryState::Value(Value::Number(number)) => !(idle && number.is_zero()),
        EntryState::Value(_) => true,
        EntryState::Wrong(_) => why == Ignored::NotTheirs,
        _ => false,
    }
}

/// The rows of registers whose deciding date is kept out, with the check that does it.
fn events_kept_out<'a>(
    ctx: &Context<'_>,
    ledger: &Ledger,
    submission: &'a Submission,
) -> BTreeMap<(&'a VoceKey, Option<u32>), &'static str> {
    let event = |entry: &Entry| {
        let register = ctx.plan.voce(&entry.id.voce).and_then(|(_, voce)| voce.register.as_ref());
        register.is_some_and(|register| entry.id.column.as_ref() == Some(&register.event))
    };
    let kept_out = |entry: &'a Entry| Some(((&entry.id.voce, entry.id.row), ledger.blocked(entry.at)?));
    submission.entries.iter().filter(|entry| event(entry)).filter_map(kept_out).collect()
}

/// Why, in words, and up to where entries count.
fn words(ctx: &Context<'_>, (why, limit): Why, number: usize) -> (&'static str, String, String) {
    let month = ctx.month.in_words();
    let one = number == 1;
    match (why, limit) {
        (Ignored::BeyondCutoff, Limit::Cutoff(Some(last))) => {
            let last = ctx.plan.month(last);
            let what = format!(
                "il piano, per questa voce, conta solo fino al {} (ultimo mese: {})",
                date_it(last.last_day()),
                last.month.name()
            );
            ("oltre il termine della voce", what, format!("fino a {}", last.in_words()))
        }
        (Ignored::NotTheirs, Limit::Months(months)) => {
            let when = months.map_or_else(|| "in nessun mese".to_owned(), Span::words);
            let what = format!("per il piano l'ufficio ne risponde {when}");
            (Ignored::NotTheirs.label(), what, when)
        }
        (Ignored::LaterDate, _) => {
            let what = if one { "la data viene" } else { "la loro data viene" };
            (
                "data dopo il mese di riferimento",
                format!("{what} dopo il mese di riferimento ({month})"),
                format!("fino a {month}"),
            )
        }
        _ => {
            let verb = if one { "viene" } else { "vengono" };
            let what = format!("{verb} dopo il mese di riferimento ({month})");
            ("dopo il mese di riferimento", what, format!("fino a {month}"))
        }
    }
}

fn finding(ctx: &Context<'_>, desk: &Desk<'_>, why: Why, entries: &[&Entry]) -> Finding {
    let submission = desk.submission;
    let mut finding = about_submission(speaks(why.0), submission);
    desk.name_cells(&mut finding, entries);
    let voci: BTreeSet<&VoceKey> = entries.iter().map(|entry| &entry.id.voce).collect();
    let mut place = ctx.plan.office_name(&submission.office).to_owned();
    if let ([first, rest @ ..], 1) = (entries, voci.len()) {
        if let Some((indicator, voce)) = ctx.plan.voce(&first.id.voce) {
            finding.scheda = Some(indicator.scheda);
            finding.indicator = Some(indicator.code.clone());
            finding.voce = Some(voce.key.clone());
            place = voce_words(indicator, voce);
        }
        finding.month = first.id.month.filter(|_| rest.is_empty());
    }
    let number = count(entries.len(), "valore", "valori");
    let verb = if entries.len() == 1 { "non conta" } else { "non contano" };
    let (label, what, wanted) = words(ctx, why, entries.len());
    let finding = facts(finding, format!("{number} ({label})"), wanted);
    told(finding, &place, &format!("{number} {verb}: {what}"))
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_cut_off_is_called_by_its_name_whatever_the_reporting_month() {
        for month in [10, 12] {
            let world = World::at(month).filled("qualita").set("qualita", "S08.audit_interni", 10, "2");
            let finding = world.about("R10", "S08.audit_interni").remove(0);
            assert_eq!(finding.expected, "fino a settembre 2019");
            assert!(finding.message.contains("conta solo fino al 30/9/2019"), "{}", finding.message);
            assert!(!finding.message.contains("mese di riferimento"), "{}", finding.message);
        }
    }
}

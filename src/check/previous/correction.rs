//! M03, M08, M09, D10: a value of a month already consolidated is another one, and nobody says why; M04: it
//! is, and somebody does.

use std::collections::BTreeSet;

use crate::check::answers::says_why;
use crate::check::gate::Gate;
use crate::check::ledger::depends_on;
use crate::check::rules::{D10, M03, M04, M07, M08, M09};
use crate::check::say::{at, facts, place_words, told};
use crate::check::{Context, Ledger, Past};
use crate::memory::{Change, Correction, Judgement, Kind, Memory, Reason, Said, Seen, Shift, Slot};
use crate::model::{Finding, OfficeId, Rule, Severity, Value, VoceType, capital, count, join_it, quoted};
use crate::plan::{Plan, Voce};

/// What kind of change it is: each has its check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Another value.
    Value,
    /// Another day.
    Date,
    /// No more there.
    Gone,
    /// Done, and now not; complete, and now less.
    Backwards,
}

impl Nature {
    fn of(change: &Change, voce: &Voce) -> Self {
        let said_yes = || matches!(change.before, Said::Value(Value::Flag(true)));
        if change.slot.declared || (change.kind == Kind::Changed && said_yes()) {
            Self::Backwards
        } else if change.kind == Kind::Removed {
            Self::Gone
        } else if change.value_type(voce) == VoceType::Data {
            Self::Date
        } else {
            Self::Value
        }
    }

    /// Whether a value that is what it was could have been told by the check.
    fn concerns(self, plan: &Plan, slot: &Slot) -> bool {
        let Some((_, voce)) = plan.voce(&slot.voce) else { return false };
        let kind = voce.kind_of(slot.column.as_deref());
        let backwards = slot.declared || kind == VoceType::SiNo;
        match self {
            Self::Gone => !slot.declared,
            Self::Backwards => backwards,
            Self::Date => !backwards && kind == VoceType::Data,
            Self::Value => !backwards && kind != VoceType::Data,
        }
    }
}

/// Whether a finding is an *errore* only as long as nobody says why: a change of the past that turns an
/// outcome.
pub fn wants_a_reason(finding: &Finding) -> bool {
    [&M03, &M08, &M09, &D10].contains(&finding.rule)
}

/// Judges every value that was there then, and those that came.
pub(super) fn judge(ctx: &Context<'_>, ledger: &mut Ledger, rule: &'static Rule, nature: Nature) {
    let Some(past) = ctx.past else { return };
    let own = past.corrections.iter().filter(|one| {
        let voce = ctx.plan.voce(&one.change.slot.voce).map(|(_, voce)| voce);
        voce.is_some_and(|voce| Nature::of(&one.change, voce) == nature)
    });
    for correction in own {
        if correction.change.closed.is_some() {
            ledger.skip(rule, depends_on("M07"));
        } else if correction.judgement() == Judgement::Explained {
            ledger.skip(rule, depends_on(explained_by(correction)));
        } else if let Some(code) = told_already(ledger, rule, &correction.change) {
            ledger.skip(rule, depends_on(code));
        } else {
            let finding = finding(ctx, past.memory, rule, correction);
            ledger.fail(answered(ctx, ledger, finding));
        }
    }
    ledger.passes(rule, unchanged(ctx, past, nature));
}

/// M04: the changes that somebody explains.
pub(super) fn explained(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(past) = ctx.past else { return };
    for correction in past.corrections {
        if correction.change.closed.is_some() {
            ledger.skip(&M04, depends_on("M07"));
            continue;
        }
        match (&correction.reason, explained_by(correction)) {
            (None, _) => ledger.pass(&M04),
            (Some(_), "M04") => ledger.fail(finding(ctx, past.memory, &M04, correction)),
            (Some(_), code) => ledger.skip(&M04, depends_on(code)),
        }
    }
}

/// M07: the changes of closed months, whatever is said of them; the others are in order.
pub(super) fn closed(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(past) = ctx.past else { return };
    for correction in past.corrections {
        if correction.change.closed.is_some() {
            ledger.fail(finding(ctx, past.memory, &M07, correction));
        } else {
            ledger.pass(&M07);
        }
    }
}

/// Whether a change of a closed month stays out: no derogation lets it in.
pub(in crate::check) fn holds(plan: &Plan, gate: &Gate, change: &Change) -> bool {
    let owner = plan.voce(&change.slot.voce).map(|(indicator, _)| indicator);
    let told = Finding {
        office: Some(change.slot.office.clone()),
        scheda: owner.map(|indicator| indicator.scheda),
        indicator: owner.map(|indicator| indicator.code.clone()),
        voce: Some(change.slot.voce.clone()),
        month: change.slot.month,
        found: change.in_words(),
        ..Finding::of(&M07)
    };
    change.closed.is_some() && !gate.accepts(&told)
}

/// The check that tells a change that needs no more words.
fn explained_by(correction: &Correction) -> &'static str {
    if correction.reason == Some(Reason::Asked) { "K07" } else { "M04" }
}

/// What is missing is one thing, whoever says it first.
fn told_already(ledger: &Ledger, rule: &'static Rule, change: &Change) -> Option<&'static str> {
    let at = change.at.filter(|_| *rule == M08)?;
    ledger.already(&["M05", "R04"], Some(&change.slot.office), |finding| finding.entries.contains(&at))
}

/// How many values of the offices that are here are what they were.
fn unchanged(ctx: &Context<'_>, past: Past<'_>, nature: Nature) -> usize {
    let offices: BTreeSet<&OfficeId> = ctx.submissions.iter().map(|own| &own.office).collect();
    let moved: BTreeSet<&Slot> = past.corrections.iter().map(|one| &one.change.slot).collect();
    let away = past.memory.away.values().flat_map(|away| &away.entries);
    let there = past.memory.entries.iter().chain(away).filter(|(_, kept)| kept.said != Said::Nothing);
    let slots = there.map(|(slot, _)| slot);
    let slots: BTreeSet<&Slot> = slots.collect();
    let same = slots.into_iter().filter(|slot| offices.contains(&slot.office) && !moved.contains(slot));
    same.filter(|slot| nature.concerns(ctx.plan, slot)).count()
}

/// The finding, to be explained and no more an *errore* where its office has answered why.
fn answered(ctx: &Context<'_>, ledger: &Ledger, finding: Finding) -> Finding {
    let own = ctx.submissions.iter().find(|own| Some(&own.office) == finding.office.as_ref());
    let whole = Finding { entries: ledger.entries_of(&finding), ..finding };
    let explained = own.is_some_and(|own| says_why(ctx.plan, own, &whole));
    let severity = if explained { Severity::DaMotivare.min(whole.severity) } else { whole.severity };
    Finding { severity, ..whole }
}

fn finding(ctx: &Context<'_>, memory: &Memory, rule: &'static Rule, correction: &Correction) -> Finding {
    let change = &correction.change;
    let owner = ctx.plan.voce(&change.slot.voce).map(|(indicator, _)| indicator);
    let file = ctx.submissions.iter().find(|own| own.office == change.slot.office);
    let base = Finding {
        office: Some(change.slot.office.clone()),
        file: file.map(|own| own.file.clone()),
        scheda: owner.map(|indicator| indicator.scheda),
        indicator: owner.map(|indicator| indicator.code.clone()),
        voce: Some(change.slot.voce.clone()),
        month: change.slot.month,
        ..Finding::of(rule)
    };
    let base = match &change.is {
        Some((_, place)) => at(base, place),
        None => base,
    };
    let severity = match correction.judgement() {
        _ if change.closed.is_some() => rule.severity,
        Judgement::Error => Severity::Errore,
        Judgement::ToExplain => Severity::DaMotivare,
        Judgement::Explained => rule.severity,
    };
    // The month was closed with the value of now in it: to put the old one back would be another change.
    let is_held = change.closed.is_none() && change.slot.month.is_some_and(|own| ctx.plan.closing.holds(own));
    let remedy = if is_held { SAY_WHY.to_owned() } else { base.remedy.clone() };
    let base = facts(Finding { severity, remedy, ..base }, change.in_words(), change.before.words());
    told(base, &where_it_is(ctx.plan, change), &what(memory, correction))
}

/// What to do about a change that nobody had explained when its month was closed.
const SAY_WHY: &str = "Lascia il valore com'è, perché il mese ora è chiuso, e scrivi nella nota dell'indicatore perché era cambiato, oppure \
                       confermalo con il perché.";

fn where_it_is(plan: &Plan, change: &Change) -> String {
    let words = place_words(plan, &change.id);
    if change.slot.declared { format!("{words}, completo fino al mese") } else { words }
}

/// `era 12 nel consolidato di gennaio 2019, ora è 15: …`
fn what(memory: &Memory, correction: &Correction) -> String {
    let change = &correction.change;
    let issue = change.since.in_words();
    let moved = match (&change.was, &change.is) {
        (Some(was), Some(is)) if was != is => format!(" (file {}, {})", quoted(&was.0), was.1),
        (Some(was), None) => format!(" (file {}, {})", quoted(&was.0), was.1),
        _ => String::new(),
    };
    let asked_again = correction.reason.is_none() && change.since != memory.last_of(&change.slot.office).0;
    let still = if asked_again { ", e non è ancora motivato" } else { "" };
    let before = change.before.words();
    let changed = match change.kind {
        Kind::Changed => {
            format!("era {before} nel consolidato di {issue}{moved}, ora è {}", change.now.words())
        }
        Kind::Removed => format!("era {before} nel consolidato di {issue}{moved}, ora non c'è più"),
        Kind::Added => format!("nel consolidato di {issue} non c'era, ora è {}", change.now.words()),
    };
    let mut sentences = vec![format!("{changed}{still}.")];
    sentences.extend(correction.reason.as_ref().map(reason_words));
    match change.closed {
        Some(month) => {
            sentences.push(format!("{} è chiuso: vale il valore consolidato.", capital(month.name())));
        }
        None => {
            sentences.push(shifts_words(&correction.shifts));
            sentences.extend(together_words(correction));
        }
    }
    sentences.join(" ")
}

fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::Given(text) => format!("L'ufficio scrive: {}.", quoted(text)),
        Reason::Reopened(text) => format!("Il mese è stato riaperto: {}.", quoted(text)),
        Reason::Asked => "Mancava, ed era dovuto.".to_owned(),
        Reason::Mended(code) => format!("Toglie il rilievo {code}."),
        Reason::Planned => "La voce è nuova nel piano.".to_owned(),
    }
}

/// What all the changes of its indicators that nobody explains do, where it is not what it does alone.
fn together_words(correction: &Correction) -> Option<String> {
    let outcomes = |shifts: &[Shift]| shifts.iter().any(Shift::changes_outcome);
    if correction.others == 0 || outcomes(&correction.together) == outcomes(&correction.shifts) {
        return None;
    }
    let others = count(correction.others, "altra correzione", "altre correzioni");
    let moved = shifts_words(&correction.together);
    Some(format!(
        "Insieme a {others} senza motivo: {}{}",
        moved.chars().next()?.to_lowercase(),
        moved.get(1..)?
    ))
}

/// What it changes, with the old value and with the new one.
fn shifts_words(shifts: &[Shift]) -> String {
    let moved: Vec<String> =
        shifts.iter().filter(|shift| shift.before != shift.now).map(shift_words).collect();
    if moved.is_empty() { "Non cambia nessun risultato.".to_owned() } else { format!("{}.", join_it(&moved)) }
}

fn shift_words(shift: &Shift) -> String {
    let (before, now) = (&shift.before, &shift.now);
    if (before.status, &before.degree) == (now.status, &now.degree) {
        return format!("Cambia il valore di {}, non l'esito né il grado", shift.code);
    }
    format!(
        "Con il valore di prima {} dà {}, con quello di ora {}",
        shift.code,
        seen(&shift.before),
        seen(&shift.now)
    )
}

fn seen(seen: &Seen) -> String {
    let degree = seen.degree.as_ref().map_or_else(String::new, |d| format!(" (grado {})", d.to_italian(2)));
    format!("«{}»{degree}", seen.status.label())
}

//! What was changed of the months already consolidated: before, after, why, and what it changes.

use super::line::{Kind, Line, State};
use crate::book::{Cell, Format};
use crate::certify::{Past, Run};
use crate::check::{Stage, check};
use crate::memory::{Correction, Judgement, Reason, Said, Seen, Shift, Slot};
use crate::model::{EntryId, Finding, VoceType, count, quoted};
use crate::report::results::label;
use crate::report::words::value_words;

/// Where a correction stands: what its finding has become.
pub(crate) fn state(run: &Run<'_>, correction: &Correction) -> State {
    let finding = finding_of(run, correction);
    let change = &correction.change;
    match (correction.judgement(), finding) {
        _ if change.closed.is_some() => match finding {
            Some(finding) if !finding.is_open() => State::Waived,
            _ => State::Closed,
        },
        (Judgement::Explained, _) if correction.reason == Some(Reason::Asked) => State::Asked,
        (Judgement::Explained, _) => State::Explained,
        (_, Some(finding)) if !finding.is_open() => State::Waived,
        (_, Some(finding)) if finding.is_explained() => State::Explained,
        (Judgement::ToExplain, _) => State::ToExplain,
        (Judgement::Error, _) => State::Error,
    }
}

/// The finding that tells a correction.
fn finding_of<'a>(run: &Run<'a>, correction: &Correction) -> Option<&'a Finding> {
    let change = &correction.change;
    let remembers = |finding: &Finding| {
        check(finding.rule.code).is_some_and(|check| check.stage == Stage::Memoria)
            && finding.rule.code != "K07"
    };
    run.checked.findings.iter().find(|finding| {
        finding.office.as_ref() == Some(&change.slot.office)
            && finding.voce.as_ref() == Some(&change.slot.voce)
            && finding.month == change.slot.month
            && change.at.is_none_or(|at| finding.entries.contains(&at))
            && remembers(finding)
            && (change.at.is_some() || (finding.cells.is_empty() && finding.found == change.in_words()))
    })
}

pub(super) fn correction_line(run: &Run<'_>, correction: &Correction) -> Line {
    let change = &correction.change;
    let slot = &change.slot;
    let kind = run.plan.voce(&slot.voce).map(|(_, voce)| change.value_type(voce));
    let state = state(run, correction);
    Line {
        kind: Kind::Correction.label(),
        subject: subject(run, slot, &change.id),
        office: run.plan.office_name(&slot.office).to_owned(),
        before: said_cell(&change.before, kind),
        now: said_cell(&change.now, kind),
        why: reason(run, correction).unwrap_or_else(|| "Nessuno dice perché.".to_owned()),
        state: Cell::status(state.light(), state.label()),
        effect: effect(run, correction),
        was: change.was.clone(),
        is: change.is.clone(),
        from: change.since.in_words(),
        month: slot.month,
        row: slot.row.clone().unwrap_or_default(),
        column: slot.column.clone().unwrap_or_default(),
        key: if slot.declared { format!("{}.completo", slot.voce) } else { slot.voce.to_string() },
    }
}

/// The values that nobody is asked for any more, because the plan lost their voce: one by one.
pub(super) fn lost_lines(run: &Run<'_>, past: Past<'_>) -> impl Iterator<Item = Line> {
    past.memory.lost.iter().map(move |own| {
        let month = own.id.month.map(|month| format!(", {}", month.name()));
        let row = own.id.row.map(|row| format!(", riga {row}")).unwrap_or_default();
        Line {
            kind: Kind::Lost.label(),
            subject: format!("Voce «{}»{}{row}", own.id.voce, month.unwrap_or_default()),
            office: run.plan.office_name(&own.office).to_owned(),
            before: said_cell(&own.said, None),
            why: "La voce non è nel piano: il dato non conta più.".to_owned(),
            was: own.was.clone(),
            from: past.memory.month.in_words(),
            month: own.id.month,
            row: own.id.row.map_or_else(String::new, |row| row.to_string()),
            column: own.id.column.clone().unwrap_or_default(),
            key: own.id.voce.to_string(),
            ..Line::default()
        }
    })
}

/// What was corrected: the voce, the month, the row and the column of a register.
pub(super) fn subject(run: &Run<'_>, slot: &Slot, id: &EntryId) -> String {
    let mut words = vec![label(run.plan, &slot.voce)];
    words.extend(slot.declared.then(|| "completo fino al mese".to_owned()));
    words.extend(slot.month.map(|month| month.name().to_owned()));
    words.extend(id.row.map(|row| format!("riga {row}")));
    if let Some(key) = &slot.column {
        let register = run.plan.voce(&slot.voce).and_then(|(_, voce)| voce.register.as_ref());
        let column = register.and_then(|register| register.column(key));
        words.push(quoted(column.map_or(key.as_str(), |column| column.label.as_str())));
    }
    words.join(", ")
}

pub(super) fn said_cell(said: &Said, kind: Option<VoceType>) -> Cell {
    match said {
        Said::Value(value) => Cell::value(Some(value), kind.map_or(Format::Decimal, Format::of_entry)),
        Said::Nothing => Cell::blank(),
        other => Cell::text(other.words()),
    }
}

/// Why a value was changed, when anybody says it.
pub(crate) fn reason(run: &Run<'_>, correction: &Correction) -> Option<String> {
    let answer = || {
        let finding = finding_of(run, correction)?;
        let waived = finding.waived.as_ref().map(|waived| format!("{} ({})", waived.reason, waived.who));
        waived.or_else(|| {
            let answered = finding.answered.iter().find(|answer| answer.explains());
            answered.filter(|_| finding.is_explained()).map(|answer| answer.reason.clone())
        })
    };
    match &correction.reason {
        Some(Reason::Given(text)) => Some(text.clone()),
        Some(Reason::Reopened(text)) => Some(format!("Mese riaperto: {text}.")),
        Some(Reason::Asked) => Some("Mancava, ed era dovuto.".to_owned()),
        Some(Reason::Mended(code)) => Some(format!("Toglie il rilievo {code}.")),
        Some(Reason::Planned) => Some("La voce è nuova nel piano.".to_owned()),
        None => answer(),
    }
}

/// What a correction changes.
fn effect(run: &Run<'_>, correction: &Correction) -> String {
    let moved = correction.shifts.iter().filter(|shift| shift.before != shift.now);
    let mut moved: Vec<String> = moved.map(|shift| shift_words(run, shift)).collect();
    // What several do together, where they do another thing than each alone.
    let alone = correction.shifts.iter().any(Shift::changes_outcome);
    if correction.others > 0 && correction.together.iter().any(Shift::changes_outcome) != alone {
        let others = count(correction.others, "altra", "altre");
        let joint = correction.together.iter().map(|shift| shift_words(run, shift));
        moved.extend(joint.map(|words| format!("Insieme a {others} senza motivo: {words}")));
    }
    if moved.is_empty() { "Nessun risultato.".to_owned() } else { moved.join("\n") }
}

fn shift_words(run: &Run<'_>, shift: &Shift) -> String {
    let (before, now) = (&shift.before, &shift.now);
    if (before.status, &before.degree) == (now.status, &now.degree) {
        let indicator = run.plan.indicator(&shift.code);
        let value = |seen: &Seen| match (indicator, &seen.value) {
            (Some(indicator), Some(value)) => value_words(indicator, value),
            _ => "nessuno".to_owned(),
        };
        return format!(
            "{}: valore {} → {}; esito e grado sono gli stessi",
            shift.code,
            value(before),
            value(now)
        );
    }
    format!("{}: {} → {}", shift.code, seen_words(&shift.before), seen_words(&shift.now))
}

fn seen_words(seen: &Seen) -> String {
    let degree = seen.degree.as_ref().map_or_else(String::new, |d| format!(" ({})", d.to_italian_fixed(2)));
    format!("«{}»{degree}", seen.status.label())
}

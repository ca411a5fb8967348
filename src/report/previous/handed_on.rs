//! What the next month must know of the offices that are missing now.

use super::corrections::{said_cell, state, subject};
use super::findings::told_line;
use super::line::{Kind, Line, State};
use super::offices::senders;
use crate::book::Cell;
use crate::certify::{Past, Run};
use crate::memory::{Kept, Pending, Said, Slot};
use crate::model::{EntryId, YearMonth};

/// What the next month must know of the offices that are missing now: what was consolidated of them, what
/// they had explained, and what they had not.
pub(super) fn handed_on_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (office, away) in past.memory.handed_on(run.plan, run.submissions) {
        let name = run.plan.office_name(&office);
        let from = away.month.in_words();
        let open = past.memory.pending.iter().filter(|(slot, _)| slot.office == office);
        lines.extend(open.map(|(slot, pending)| open_line(run, slot, pending, away.entries.get(slot))));
        lines.extend(away.entries.iter().map(|(slot, kept)| Line {
            kind: Kind::HandedOn.label(),
            state: Cell::text(kept.kept_out.as_ref().map_or_else(String::new, |code| format!("{OUT}{code}"))),
            from: from.clone(),
            ..slot_line(run, slot, &kept.id, kept)
        }));
        lines.extend(away.texts.iter().map(|((key, month), text)| Line {
            kind: Kind::HandedOn.label(),
            subject: BESIDE.to_owned(),
            office: name.to_owned(),
            before: Cell::text(text),
            from: from.clone(),
            month: *month,
            key: key.clone(),
            ..Line::default()
        }));
        for told in &away.explained {
            let line = told_line(Kind::Explained, told, away.month);
            let why = told.answers.iter().map(|(_, reason)| reason.as_str()).next().unwrap_or_default();
            lines.push(Line { office: name.to_owned(), why: why.to_owned(), ..line });
        }
    }
    lines
}

/// The fields of each row that was taken away without a reason: the next issue lacks them, and the next month
/// weighs the row again.
pub(super) fn gone_lines<'a>(run: &'a Run<'_>, past: Past<'a>) -> impl Iterator<Item = Line> + 'a {
    let open = past.corrections.iter().filter(|one| one.takes_a_row_away(run.plan));
    let open = open.filter(|one| one.change.closed.is_none() && State::is_open(state(run, one).label()));
    let of_now = open.flat_map(move |one| {
        let fields = past.memory.fields_of_row(&one.change.slot);
        fields.map(move |(slot, kept)| gone_line(run, slot, kept, one.change.since))
    });
    // Of an office that is missing now the next month must know them all the same.
    let here = senders(run);
    let before = past.memory.gone.iter().filter(move |(slot, _)| !here.contains(&slot.office));
    let before = before.map(move |(slot, kept)| {
        let row = |own: &&Slot| (&own.office, &own.voce, &own.row) == (&slot.office, &slot.voce, &slot.row);
        let pending = past.memory.pending.iter().find(|(own, _)| row(own));
        gone_line(run, slot, kept, pending.map_or(past.memory.month, |(_, pending)| pending.since))
    });
    of_now.chain(before)
}

fn gone_line(run: &Run<'_>, slot: &Slot, kept: &Kept, since: YearMonth) -> Line {
    Line { kind: Kind::Gone.label(), from: since.in_words(), ..slot_line(run, slot, &kept.id, kept) }
}

/// What a text beside the values is called.
pub(crate) const BESIDE: &str = "Testo accanto ai dati";

/// How the state of a value begins that a finding kept out.
pub(crate) const OUT: &str = "tenuto fuori da ";

/// A change that nobody explained, of an office that is missing now.
fn open_line(run: &Run<'_>, slot: &Slot, pending: &Pending, kept: Option<&Kept>) -> Line {
    let kind = run.plan.voce(&slot.voce).map(|(_, voce)| voce.kind_of(slot.column.as_deref()));
    let id = kept.map_or_else(
        || EntryId { month: slot.month, ..EntryId::annual(slot.voce.clone()) },
        |kept| kept.id.clone(),
    );
    let nothing = Kept {
        said: Said::Nothing,
        id: id.clone(),
        kept_out: None,
        due: false,
        file: String::new(),
        place: None,
    };
    let line = slot_line(run, slot, &id, kept.unwrap_or(&nothing));
    let state = State::ToExplain;
    Line {
        kind: Kind::Correction.label(),
        now: line.before.clone(),
        before: said_cell(&pending.before, kind),
        why: "Nessuno dice perché, e l'ufficio ora manca.".to_owned(),
        state: Cell::status(state.light(), state.label()),
        from: pending.since.in_words(),
        ..line
    }
}

/// A value as it was consolidated.
fn slot_line(run: &Run<'_>, slot: &Slot, id: &EntryId, kept: &Kept) -> Line {
    let kind = run.plan.voce(&slot.voce).map(|(_, voce)| voce.kind_of(slot.column.as_deref()));
    Line {
        subject: subject(run, slot, id),
        office: run.plan.office_name(&slot.office).to_owned(),
        before: said_cell(&kept.said, kind),
        was: kept.place.clone().map(|place| (kept.file.clone(), place)),
        month: slot.month,
        row: slot.row.clone().unwrap_or_default(),
        column: slot.column.clone().unwrap_or_default(),
        key: if slot.declared { format!("{}.completo", slot.voce) } else { slot.voce.to_string() },
        ..Line::default()
    }
}

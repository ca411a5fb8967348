//! Who was missing and came, and who was there and is missing.

use std::collections::BTreeSet;

use super::line::{Kind, Line};
use crate::book::Cell;
use crate::certify::{Past, Run};
use crate::model::OfficeId;

/// The offices that were missing and came, in the plan's order.
pub(super) fn came<'a>(run: &Run<'a>, past: Past<'_>) -> Vec<&'a OfficeId> {
    let sent = senders(run);
    let offices = run.plan.offices.iter().map(|office| &office.id);
    offices.filter(|office| sent.contains(office) && past.memory.lacked(office)).collect()
}

/// The offices that were there and are missing, in the plan's order.
pub(super) fn went<'a>(run: &Run<'a>, past: Past<'_>) -> Vec<&'a OfficeId> {
    let sent = senders(run);
    let offices = run.plan.offices.iter().map(|office| &office.id);
    offices.filter(|office| !sent.contains(office) && !past.memory.lacked(office)).collect()
}

pub(super) fn senders<'a>(run: &Run<'a>) -> BTreeSet<&'a OfficeId> {
    run.submissions.iter().map(|own| &own.office).collect()
}

pub(super) fn office_lines(run: &Run<'_>, past: Past<'_>) -> Vec<Line> {
    let line = |kind: Kind, office: &OfficeId, (before, now): (&str, &str)| Line {
        kind: kind.label(),
        subject: run.plan.office_name(office).to_owned(),
        office: run.plan.office_name(office).to_owned(),
        before: Cell::text(before),
        now: Cell::text(now),
        ..Line::default()
    };
    let came = came(run, past).into_iter().map(|office| line(Kind::Came, office, ("mancava", "ha inviato")));
    let went = went(run, past).into_iter().map(|office| line(Kind::Went, office, ("aveva inviato", "manca")));
    let strangers = past.memory.strangers.iter().map(|name| Line {
        subject: name.clone(),
        why: "Con questo nome e questo id il piano di adesso non ha nessun ufficio: i suoi dati di allora non sono confrontati con niente.".to_owned(),
        before: Cell::text("era nel piano"),
        now: Cell::text("non c'è"),
        kind: Kind::Went.label(),
        office: name.clone(),
        ..Line::default()
    });
    came.chain(went).chain(strangers).collect()
}

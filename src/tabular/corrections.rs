//! What was changed of the months already consolidated.

use std::io;

use super::table::{Heading, Resource, columns, written};
use crate::certify::Run;
use crate::memory::{Correction, Shift};
use crate::model::{OfficeId, Place, VoceKey};
use crate::report::{State, becomes, correction_reason, correction_state, machine};

/// A correction, with its place among the others, from 1.
struct Row<'a> {
    number: usize,
    own: &'a Correction,
}

fn rows<'a>(run: &Run<'a>) -> impl Iterator<Item = Row<'a>> + use<'a> {
    let all = run.past.map_or(&[][..], |past| past.corrections);
    (1..).zip(all).map(|(number, own)| Row { number, own })
}

/// `correzioni`: every value of a month already consolidated that is not what it was.
pub(super) fn corrections(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "correzioni",
        title: "Le correzioni dei mesi già consolidati",
        description: "Una riga per ogni dato dei mesi già consolidati cambiato, tolto o aggiunto rispetto al consolidato precedente; senza, nessuna riga.",
        key: &["progressivo"],
        links: &[("ufficio", "uffici", "ufficio"), ("voce", "piano_voci", "voce")],
    };
    let mut columns = columns::<Row<'_>>(run);
    columns
        .whole("progressivo", "Il posto della correzione, da 1", |row| Some(row.number as u64))
        .required()
        .text("tipo", "Che cosa ne è stato", |row| becomes(row.own.change.kind))
        .required()
        .among(["cambiata", "tolta", "aggiunta"])
        .text("ufficio", "L'ufficio", |row| OfficeId::as_str(&row.own.change.slot.office))
        .required()
        .text("voce", "La voce", |row| VoceKey::as_str(&row.own.change.slot.voce))
        .required()
        .flag("dichiarazione", "Se è il mese fino a cui un registro è completo", |row| {
            Some(row.own.change.slot.declared)
        })
        .required()
        .whole("mese_dato", "Il mese del dato", |row| {
            row.own.change.slot.month.map(|month| u64::from(month.number()))
        })
        .between(1, 12)
        .text("riga", "Di un registro, la chiave della riga", |row| {
            row.own.change.slot.row.as_deref().unwrap_or_default()
        })
        .text("colonna", "Di un registro, la colonna", |row| {
            row.own.change.slot.column.as_deref().unwrap_or_default()
        })
        .made("prima", "Il dato di prima", |row| machine(&row.own.change.before).unwrap_or_default())
        .made("ora", "Il dato di ora", |row| machine(&row.own.change.now).unwrap_or_default())
        .made("motivo", "Perché, se qualcuno lo dice", |row| {
            correction_reason(run, row.own).unwrap_or_default()
        })
        .text("stato", "Che cosa resta da fare", |row| correction_state(run, row.own).label())
        .required()
        .among(State::ALL.map(State::label))
        .made("cambia_esito", "Gli indicatori di cui cambia l'esito, separati da uno spazio", |row| {
            codes(row.own, Shift::changes_outcome)
        })
        .made("cambia", "Gli indicatori di cui cambia qualcosa, separati da uno spazio", |row| {
            codes(row.own, |shift| shift.before != shift.now)
        })
        .made("dal", "Il mese del consolidato che aveva il dato di prima (AAAA-MM)", |row| {
            row.own.change.since.to_string()
        })
        .required();
    for (tail, of) in [("prima", was as fn(&Correction) -> Somewhere<'_>), ("ora", is)] {
        columns
            .made(&format!("file_{tail}"), "Il file", move |row| {
                of(row.own).map(|(file, _)| file.clone()).unwrap_or_default()
            })
            .made(&format!("casella_{tail}"), "Foglio e casella", move |row| {
                of(row.own).map(|(_, place)| place.to_string()).unwrap_or_default()
            });
    }
    written(heading, columns, rows(run))
}

/// A file and a place in it.
type Somewhere<'a> = Option<&'a (String, Place)>;

fn was(own: &Correction) -> Somewhere<'_> {
    own.change.was.as_ref()
}

fn is(own: &Correction) -> Somewhere<'_> {
    own.change.is.as_ref()
}

fn codes(own: &Correction, concerns: impl Fn(&Shift) -> bool) -> String {
    let own = own.shifts.iter().filter(|shift| concerns(shift)).map(|shift| shift.code.to_string());
    own.collect::<Vec<_>>().join(" ")
}

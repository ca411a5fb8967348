//! *Normalizzazioni*: what was read as a value although typed otherwise. Nothing is corrected in silence.

use crate::interpret::{Entry, Submission};
use crate::model::count;

use super::Run;
use super::index::Index;
use super::results::label;
use super::sheet::{Cell, Paper, Sheet, TabKind};
use super::table::{Table, names};
use super::words::entry_words;

const COLUMNS: [(&str, u16); 11] = [
    ("Codice", 9),
    ("Ufficio", 20),
    ("Voce", 30),
    ("Periodo o riga", 15),
    ("Come digitato", 20),
    ("Letto come", 16),
    ("Che cosa è stato fatto", 28),
    ("File", 34),
    ("Foglio", 11),
    ("Cella", 8),
    ("Dati", 9),
];

/// The sheet of the normalisations.
pub(super) fn sheet(run: &Run<'_>, index: &Index<'_>) -> Sheet {
    let mut rows = Vec::new();
    for submission in run.submissions {
        let declared = submission.completeness.values();
        rows.extend(
            submission.entries.iter().chain(declared).filter_map(|entry| row(run, index, submission, entry)),
        );
    }
    Table {
        name: names::NORMALISATIONS,
        tab: TabKind::Evidence,
        title: "Normalizzazioni",
        subtitle: format!(
            "{}: il testo digitato era inequivocabile ed è stato letto così. Nessun altro dato è stato toccato.",
            count(rows.len(), "dato letto come valore", "dati letti come valori")
        ),
        columns: &COLUMNS,
        frozen: 1,
        paper: Paper::Wide,
        empty: "Nessun dato è stato normalizzato.",
    }
    .sheet(rows)
}

fn row(run: &Run<'_>, index: &Index<'_>, submission: &Submission, entry: &Entry) -> Option<Vec<Cell>> {
    let normalised = entry.normalised.as_ref()?;
    let data = index.data_row(&submission.file, &entry.place.sheet, entry.place.cell);
    Some(vec![
        Cell::code(normalised.code).strong(),
        Cell::text(run.plan.office_name(&submission.office)),
        Cell::text(label(run.plan, &entry.id.voce)),
        Cell::text(entry_words(&entry.id)),
        Cell::text(&entry.raw),
        Cell::text(&normalised.taken),
        Cell::text(normalised.rule),
        Cell::text(&submission.file),
        Cell::text(&entry.place.sheet),
        Cell::code(entry.place.cell.to_string()),
        if data.is_some() { Cell::link("dato →", data) } else { Cell::blank() },
    ])
}

//! *Normalizzazioni*, on *Uffici*: what was read as a value although typed otherwise, and every «n.a.»:
//! nothing is corrected, or left out, in silence.

use crate::interpret::{Entry, EntryState, Submission};
use crate::model::count;

use super::index::Index;
use super::results::label;
use super::words::entry_words;
use crate::book::table::cells;
use crate::book::{Cell, columns};
use crate::certify::Run;

columns! {
    /// The columns of the table, on the grid of *Uffici*.
    pub(super) Normalisations {
        Office: "Ufficio", 0, First;
        Code: "Codice", 0, First;
        Typed: "Come digitato", 0, First;
        Read: "Letto come", 0, First;
        Sheet: "Foglio", 0, First;
        Cell: "Cella", 0, First;
        Data: "Dati", 0, First;
        Voce: "Voce", 0, First;
        File: "File", 0, First;
        Period: "Periodo o riga", 0, First;
        Done: "Che cosa è stato fatto", 0, First;
    }
}

/// Its title.
pub(super) const TITLE: &str = "Normalizzazioni";

/// Whether an entry has a row in this table.
fn is_listed(entry: &Entry) -> bool {
    entry.normalised.is_some() || entry.state == EntryState::NotApplicable
}

/// What it says, and a row for each.
pub(super) fn rows(run: &Run<'_>, index: &Index<'_>) -> (String, Vec<Vec<Cell>>) {
    let (mut rows, mut not_applicable) = (Vec::new(), 0);
    for submission in run.submissions {
        let entries = submission.entries.iter().chain(submission.completeness.values());
        for entry in entries.filter(|entry| is_listed(entry)) {
            not_applicable += usize::from(entry.state == EntryState::NotApplicable);
            rows.push(row(run, index, submission, entry));
        }
    }
    (subtitle(rows.len() - not_applicable, not_applicable), rows)
}

fn subtitle(read: usize, not_applicable: usize) -> String {
    let read = format!(
        "{}: il testo digitato era inequivocabile ed è stato letto così. Nessun altro dato è stato toccato.",
        count(read, "dato letto come valore", "dati letti come valori")
    );
    match not_applicable {
        0 => read,
        1 => format!("{read} Un dato «n.a.»: resta fuori dalle somme e dai dati attesi."),
        many => format!("{read} {many} dati «n.a.»: restano fuori dalle somme e dai dati attesi."),
    }
}

/// The check that lists an entry, what it is taken for, what was done.
fn reading(entry: &Entry) -> (&'static str, &str, &'static str) {
    match &entry.normalised {
        Some(normalised) => (normalised.code, &normalised.taken, normalised.rule),
        None => ("V13", "non si applica", "n.a.: fuori dalle somme e dai dati attesi"),
    }
}

fn row(run: &Run<'_>, index: &Index<'_>, submission: &Submission, entry: &Entry) -> Vec<Cell> {
    let (code, taken, rule) = reading(entry);
    let data = index.data_row(entry.at);
    cells(|column| match column {
        Normalisations::Code => Cell::code(code).strong(),
        Normalisations::Office => Cell::text(run.plan.office_name(&submission.office)),
        Normalisations::Voce => Cell::text(label(run.plan, &entry.id.voce)),
        Normalisations::Period => Cell::text(entry_words(&entry.id)),
        Normalisations::Typed => Cell::text(&entry.raw),
        Normalisations::Read => Cell::text(taken),
        Normalisations::Done => Cell::text(rule),
        Normalisations::File => Cell::text(&submission.file),
        Normalisations::Sheet => Cell::text(&entry.place.sheet),
        Normalisations::Cell => Cell::code(entry.place.cell.to_string()),
        Normalisations::Data => {
            if data.is_some() {
                Cell::link("dato →", data)
            } else {
                Cell::blank()
            }
        }
    })
}

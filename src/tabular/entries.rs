//! What came in: every entry with its place and whether it counts, and the files.

use std::collections::BTreeMap;
use std::io;

use super::table::{Heading, Resource, columns, written};
use crate::admit::AdmittedEntry;
use crate::certify::Run;
use crate::check::{Fate, Received};
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{EntryRef, Month, OfficeId, Place, TimeKind, Value, VoceKey};
use crate::report::{COUNTS, DataRow, counts_words, data_rows, fate_code, fate_words, is_row_due};

/// What a row of `dati` tells.
struct Row<'a> {
    /// Its place among the rows of *Dati*, from 1.
    number: usize,
    data: DataRow<'a>,
    state: &'static str,
    counts: String,
    due: bool,
    /// The place of its file in `file`, from 1.
    file: Option<usize>,
}

impl Row<'_> {
    fn kind(&self) -> &'static str {
        match self.data {
            DataRow::Fixed(..) => "piano",
            DataRow::Entry(_) => "dato",
            DataRow::Absent(voce, ..) if voce.time == TimeKind::Registro => "dichiarazione",
            DataRow::Absent(..) => "dato",
            DataRow::Complete(..) => "dichiarazione",
            DataRow::Remark(..) => "testo",
        }
    }

    fn office(&self) -> Option<&OfficeId> {
        match &self.data {
            DataRow::Fixed(..) => None,
            DataRow::Entry(entry) => Some(&entry.office),
            DataRow::Absent(_, office, _) => Some(office),
            DataRow::Complete(submission, ..) => Some(&submission.office),
            DataRow::Remark(remark) => Some(&remark.submission.office),
        }
    }

    fn voce(&self) -> Option<&VoceKey> {
        match &self.data {
            DataRow::Fixed(voce, _) | DataRow::Absent(voce, ..) => Some(&voce.key),
            DataRow::Entry(entry) => Some(&entry.id.voce),
            DataRow::Complete(_, voce, _) => Some(voce),
            DataRow::Remark(..) => None,
        }
    }

    /// Its key in the manifest of a workbook.
    fn key(&self) -> String {
        match &self.data {
            DataRow::Remark(remark) => remark.key.clone(),
            _ => {
                let end = if self.kind() == "dichiarazione" { ".completo" } else { "" };
                self.voce().map(|voce| format!("{voce}{end}")).unwrap_or_default()
            }
        }
    }

    fn entry(&self) -> Option<&AdmittedEntry> {
        match self.data {
            DataRow::Entry(entry) => Some(entry),
            _ => None,
        }
    }

    fn month(&self) -> Option<Month> {
        match &self.data {
            DataRow::Absent(_, _, month) => *month,
            DataRow::Remark(remark) => remark.month,
            _ => self.entry()?.id.month,
        }
    }

    fn typed(&self) -> &str {
        match &self.data {
            DataRow::Entry(entry) => &entry.raw,
            DataRow::Complete(_, _, entry) => &entry.raw,
            DataRow::Remark(remark) => &remark.cell.text,
            DataRow::Fixed(..) | DataRow::Absent(..) => "",
        }
    }

    fn value(&self) -> Option<Value> {
        match &self.data {
            DataRow::Fixed(_, fixed) => Some(fixed.value.clone()),
            DataRow::Entry(entry) => entry.value.clone(),
            DataRow::Complete(_, _, Entry { state: EntryState::Value(value), .. }) => Some(value.clone()),
            DataRow::Complete(..) | DataRow::Absent(..) | DataRow::Remark(..) => None,
        }
    }

    /// Where the value comes from, or what was done to read it.
    fn reading(&self) -> &str {
        match &self.data {
            DataRow::Fixed(_, fixed) => &fixed.source,
            DataRow::Entry(entry) => entry.normalised.unwrap_or_default(),
            DataRow::Complete(_, _, entry) => {
                entry.normalised.as_ref().map_or("", |normalised| normalised.rule)
            }
            DataRow::Absent(..) | DataRow::Remark(..) => "",
        }
    }

    fn place(&self) -> Option<(&str, &Place)> {
        match &self.data {
            DataRow::Entry(entry) => (!entry.file.is_empty()).then_some((&entry.file, &entry.place)),
            DataRow::Complete(submission, _, entry) => Some((&submission.file, &entry.place)),
            DataRow::Remark(remark) => Some((&remark.submission.file, &remark.cell.place)),
            DataRow::Fixed(..) | DataRow::Absent(..) => None,
        }
    }
}

/// What stands in the cell of an entry.
const STATES: [&str; 10] = [
    "valore",
    "vuoto",
    "non si applica",
    "segnaposto",
    "non valido",
    "cella non trovata",
    "manca il file",
    "manca la cella",
    "fissato",
    "testo",
];

fn state(run: &Run<'_>, states: &BTreeMap<EntryRef, &Entry>, data: &DataRow<'_>) -> &'static str {
    let of = |entry: &Entry| match entry.state {
        EntryState::Value(_) => "valore",
        EntryState::Blank => "vuoto",
        EntryState::NotApplicable => "non si applica",
        EntryState::Placeholder => "segnaposto",
        EntryState::Wrong(_) => "non valido",
        EntryState::Lost => "cella non trovata",
    };
    match data {
        DataRow::Fixed(..) => "fissato",
        DataRow::Entry(entry) => {
            let standing = entry.at.and_then(|at| states.get(&at));
            standing.map_or("cella non trovata", |entry| of(entry))
        }
        DataRow::Absent(_, office, _) if run.admitted.entries.has_sent(office) => "manca la cella",
        DataRow::Absent(..) => "manca il file",
        DataRow::Complete(_, _, entry) => of(entry),
        DataRow::Remark(..) => "testo",
    }
}

/// The places in `file` of the files that count, by office.
fn sent_files<'a>(run: &Run<'a>) -> BTreeMap<&'a OfficeId, usize> {
    let own = |submission: &Submission| {
        run.files.iter().position(|file| {
            file.fate == Fate::Accepted && file.name == submission.file && file.sha256 == submission.sha256
        })
    };
    run.submissions.iter().filter_map(|one| Some((&one.office, own(one)? + 1))).collect()
}

fn rows<'a>(run: &Run<'a>) -> Vec<Row<'a>> {
    let entries = run.submissions.iter().flat_map(|one| &one.entries);
    let states = entries.map(|entry| (entry.at, entry)).collect();
    let files = sent_files(run);
    let row = |(place, data): (usize, DataRow<'a>)| {
        let mut row = Row {
            number: place + 1,
            state: state(run, &states, &data),
            counts: counts_words(run, &data),
            due: is_row_due(run, &data),
            file: None,
            data,
        };
        let sent = row.place().and(row.office()).and_then(|office| files.get(office).copied());
        row.file = sent;
        row
    };
    data_rows(run).into_iter().enumerate().map(row).collect()
}

/// `dati`: the rows of the sheet *Dati*.
pub(super) fn entries(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "dati",
        title: "I dati degli uffici",
        description: "Una riga per ogni riga del foglio «Dati» del consolidato, nello stesso ordine: ciò che gli uffici \
                      hanno scritto, le caselle vuote in cui un dato era dovuto, i valori fissati dal piano, i testi accanto (note, fonti, motivi, firme).",
        key: &["progressivo"],
        links: &[
            ("ufficio", "uffici", "ufficio"),
            ("voce", "piano_voci", "voce"),
            ("file_progressivo", "file", "progressivo"),
        ],
    };
    let mut columns = columns::<Row<'_>>(run);
    columns
        .whole("progressivo", "Il posto della riga nel foglio «Dati», da 1", |row| Some(row.number as u64))
        .required()
        .text(
            "tipo",
            "Un dato di un ufficio, la dichiarazione di un registro, un testo accanto, un valore del piano",
            |row| row.kind(),
        )
        .required()
        .among(["dato", "dichiarazione", "testo", "piano"])
        .text("ufficio", "L'ufficio; niente per i valori del piano", |row| {
            row.office().map_or("", OfficeId::as_str)
        })
        .text("voce", "La voce; niente per un testo accanto", |row| row.voce().map_or("", VoceKey::as_str))
        .made("chiave", "La chiave della casella nella cartella dell'ufficio", Row::key)
        .required()
        .whole("mese_dato", "Il mese a cui il dato si riferisce, per ciò che ha un mese", |row| {
            row.month().map(|month| u64::from(month.number()))
        })
        .between(1, 12)
        .whole("riga", "La riga di un registro, da 1", |row| row.entry()?.id.row.map(u64::from))
        .text("colonna", "La colonna di un registro", |row| {
            row.entry().and_then(|entry| entry.id.column.as_deref()).unwrap_or_default()
        })
        .text("stato", "Che cosa c'è nella casella", |row| row.state)
        .required()
        .among(STATES)
        .text("come_digitato", "Il contenuto della casella, senza cambiare nulla", Row::typed)
        .value("valore", ("", "Il valore letto (unità: il tipo della voce o della colonna)"), Row::value)
        .flag("conta", "Se entra nei totali", |row| Some(row.counts == COUNTS))
        .required()
        .text("perche_no", "Perché non conta", |row| match row.counts.as_str() {
            COUNTS => "",
            words => words.strip_prefix("no: ").unwrap_or(words),
        })
        .flag("dovuto", "Se era dovuto entro il mese di riferimento", |row| Some(row.due))
        .required()
        .text(
            "lettura",
            "Come è stato letto se era scritto altrimenti; per un valore del piano, da dove viene",
            Row::reading,
        )
        .text("file", "Il file", |row| row.place().map_or("", |(file, _)| file))
        .whole("file_progressivo", "La riga del file nella tabella «file»", |row| {
            row.file.map(|place| place as u64)
        })
        .text("foglio", "Il foglio", |row| row.place().map_or("", |(_, place)| &place.sheet))
        .made("cella", "La casella, come H14", |row| {
            row.place().map(|(_, place)| place.cell.to_string()).unwrap_or_default()
        });
    written(heading, columns, rows(run))
}

/// `file`: what came in.
pub(super) fn files(run: &Run<'_>) -> io::Result<Resource> {
    let heading = Heading {
        name: "file",
        title: "I file ricevuti",
        description: "Una riga per ogni file arrivato, con la sua impronta e che cosa ne è stato.",
        key: &["progressivo"],
        links: &[("ufficio", "uffici", "ufficio")],
    };
    let mut columns = columns::<(usize, &Received)>(run);
    columns
        .whole("progressivo", "Il posto del file nell'ordine dei nomi, da 1", |(place, _)| {
            Some(*place as u64 + 1)
        })
        .required()
        .text("nome", "Il nome del file", |(_, file)| &file.name)
        .required()
        .text("sha256", "L'impronta SHA-256 dei suoi byte", |(_, file)| &file.sha256)
        .required()
        .whole("byte", "Quanto è lungo", |(_, file)| Some(file.bytes))
        .required()
        .unit("byte")
        .text("ufficio", "L'ufficio che il file dice, se è riconosciuto", |(_, file)| {
            file.office.as_ref().map_or("", OfficeId::as_str)
        })
        .text("esito", "Che cosa ne è stato", |(_, file)| fate_code(&file.fate))
        .required()
        .among(["accettato", "rifiutato", "ignorato", "duplicato"])
        .made("perche", "Perché non conta", |(_, file)| fate_words(run.plan, file));
    written(heading, columns, run.files.iter().enumerate())
}

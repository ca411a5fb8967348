//! *File ricevuti*: what came in, to the byte.

use crate::check::{Fate, Received};
use crate::model::{Number, count};

use super::labels;
use super::words::{fate_code, fate_words};
use crate::book::table::{Table, names};
use crate::book::{Cell, Format, Paper, Sheet, TabKind};
use crate::certify::Run;

const COLUMNS: [(&str, u16); 6] =
    [(labels::FILE, 40), ("Byte", 12), (labels::HASH, 68), ("Ufficio", 32), ("Esito", 12), ("Perché", 46)];

/// The sheet of the files.
pub(super) fn sheet(run: &Run<'_>) -> Sheet {
    let accepted = run.files.iter().filter(|file| file.fate == Fate::Accepted).count();
    Table {
        name: names::FILES,
        tab: TabKind::Evidence,
        title: names::FILES,
        subtitle: format!(
            "{}, {}. L'impronta SHA-256 si può ricalcolare con qualsiasi programma (sha256sum, Get-FileHash).",
            count(run.files.len(), "file", "file"),
            count(accepted, "accettato", "accettati")
        ),
        columns: &COLUMNS,
        frozen: 1,
        paper: Paper::Wide,
        empty: "Nessun file.",
    }
    .sheet(run.files.iter().map(|file| row(run, file)).collect())
}

fn row(run: &Run<'_>, file: &Received) -> Vec<Cell> {
    let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
    vec![
        Cell::text(&file.name),
        Cell::number(Number::from(bytes), Format::Integer),
        Cell::code(&file.sha256),
        Cell::text(file.office.as_ref().map_or("", |office| run.plan.office_name(office))),
        Cell::text(fate_code(&file.fate)),
        Cell::text(fate_words(run.plan, file)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{Fate, Received};
    use crate::certify::inputs_sha256;

    fn file(name: &str, sha256: &str) -> Received {
        Received { name: name.into(), sha256: sha256.into(), bytes: 0, office: None, fate: Fate::Accepted }
    }

    #[test]
    fn the_hash_of_nothing_is_the_hash_of_the_empty_text() {
        assert_eq!(inputs_sha256(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn the_order_in_which_files_come_does_not_matter() {
        let (a, b) = (file("a.xlsx", "00"), file("b.xlsx", "11"));
        assert_eq!(inputs_sha256(&[a.clone(), b.clone()]), inputs_sha256(&[b, a]));
    }
}

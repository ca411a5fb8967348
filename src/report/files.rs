//! *File ricevuti*: what came in, to the byte.

use crate::check::{Fate, Received};
use crate::model::{Number, count};

use super::words::{fate_code, fate_words};
use crate::book::table::{Table, cells, names};
use crate::book::{Cell, Format, Sheet, TabKind, columns, heads};
use crate::certify::Run;

columns! {
    /// The columns of *File ricevuti*.
    pub(crate) Files in names::FILES {
        Name: "File", 40, Always, key = true, json = Some("nome");
        Bytes: "Byte", 12, First, json = Some("byte");
        Hash: "SHA-256", 68, First, json = Some("sha256");
        Office: "Ufficio", 32, First;
        Fate: "Esito", 12, First, json = Some("esito");
        Why: "Perché", 46, First;
    }
}

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
        columns: heads::<Files>(),
        empty: "Nessun file.",
    }
    .sheet(run.files.iter().map(|file| row(run, file)).collect())
}

fn row(run: &Run<'_>, file: &Received) -> Vec<Cell> {
    let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
    cells(|column| match column {
        Files::Name => Cell::text(&file.name),
        Files::Bytes => Cell::number(Number::from(bytes), Format::Integer),
        Files::Hash => Cell::code(&file.sha256),
        Files::Office => Cell::text(file.office.as_ref().map_or("", |office| run.plan.office_name(office))),
        Files::Fate => Cell::text(fate_code(&file.fate)),
        Files::Why => Cell::text(fate_words(run.plan, file)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Fate, Received};
    use crate::certify::inputs_sha256;

    fn file(name: &str, sha256: &str) -> Received {
        Received {
            name: name.into(),
            sha256: sha256.into(),
            bytes: 0,
            office: None,
            fate: Fate::Accepted,
            by_label: None,
        }
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

//! A cell of an office's workbook, by the words of its manifest.

use crate::interpret::Standing;
use crate::model::{EntryId, Month};

/// Which cell: wherever it stood in the file that came, it has a place in the workbook that goes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The key: `S01.ore_sportello`, `S01.1.nota`, `S01.bandi.completo`, `firma.nome`.
    pub key: String,
    /// The month, for monthly and stock voci.
    pub month: Option<Month>,
    /// The ordinal of the row in a register, from 1.
    pub row: Option<u32>,
    /// The column's key in a register.
    pub column: Option<String>,
}

impl Target {
    /// The only cell of a key.
    pub(super) fn single(key: impl Into<String>) -> Self {
        Self { key: key.into(), ..Self::default() }
    }

    /// The cell of an entry.
    pub(super) fn of_entry(id: &EntryId) -> Self {
        Self { key: id.voce.to_string(), month: id.month, row: id.row, column: id.column.clone() }
    }

    /// The cell of what a reference leads to.
    pub(super) fn of(standing: &Standing<'_>) -> Self {
        match standing {
            Standing::Entry(entry, true) => Self::single(format!("{}.completo", entry.id.voce)),
            Standing::Entry(entry, false) => Self::of_entry(&entry.id),
            Standing::Text(key, month, _) => Self { month: *month, ..Self::single(key) },
        }
    }

    /// The key of the manifest in one line: `S01.bandi;;3;titolo`.
    pub(super) fn line(&self) -> String {
        let month = self.month.map(|month| month.number().to_string()).unwrap_or_default();
        let row = self.row.map(|row| row.to_string()).unwrap_or_default();
        format!("{};{month};{row};{}", self.key, self.column.as_deref().unwrap_or_default())
    }
}

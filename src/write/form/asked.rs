//! The cells in which an office types.

use crate::model::{CellRef, Month, VoceType};

/// Hidden: the column of the key of the row.
pub(super) const KEY: u16 = 0;

/// An input cell.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub key: String,
    pub month: Option<Month>,
    pub row: Option<u32>,
    pub column: Option<String>,
    pub kind: VoceType,
    pub cell: CellRef,
}

impl Input {
    /// The only cell of a key.
    pub(super) fn single(key: impl Into<String>, kind: VoceType, cell: CellRef) -> Self {
        Self { key: key.into(), month: None, row: None, column: None, kind, cell }
    }

    /// The cell of a month.
    pub(super) fn monthly(key: impl Into<String>, month: Month, kind: VoceType, cell: CellRef) -> Self {
        Self { month: Some(month), ..Self::single(key, kind, cell) }
    }
}

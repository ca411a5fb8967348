//! The workbook that the program would write for an office with the same entries, to lay the office's own
//! beside.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CellRef, Month, OfficeId};
use crate::read::{RawContent, RawWorkbook};

/// An entry as an office typed it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypedIn {
    /// The key of the manifest.
    pub key: String,
    /// The month.
    pub month: Option<Month>,
    /// The row of a register.
    pub row: Option<u32>,
    /// The column of a register.
    pub column: Option<String>,
    /// What is in the cell.
    pub content: RawContent,
}

/// An office's template with its entries typed in.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The workbook.
    pub book: RawWorkbook,
    /// The cells that only help who types, by sheet: verdicts and counts. They are not laid beside.
    pub aids: BTreeMap<String, BTreeSet<CellRef>>,
}

/// Gives the template of an office, with registers of as many rows as its manifest lists (the usual ones,
/// when it lists none), and with these entries typed in; asked from several threads at once.
pub type Templates<'a> = &'a (dyn Fn(&OfficeId, Option<u32>, &[TypedIn]) -> Option<Template> + Sync);

/// No template to lay beside a workbook.
pub fn no_template(_: &OfficeId, _: Option<u32>, _: &[TypedIn]) -> Option<Template> {
    None
}

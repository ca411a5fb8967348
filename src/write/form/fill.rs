//! Values to type in an office's workbook: none in the blank one, some in the samples.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use super::asked::Input;
use crate::model::Month;

/// Which input cell, in the manifest's words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FillKey {
    /// The key: `S01.ore_sportello`, `S01.1.nota`, `S01.bandi.completo`, `firma.nome`.
    pub key: String,
    /// The month, for monthly and stock voci.
    pub month: Option<Month>,
    /// The ordinal of the row in a register, from 1.
    pub row: Option<u32>,
    /// The column's key in a register.
    pub column: Option<String>,
}

/// What is typed in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum FillValue {
    /// A number.
    Number(f64),
    /// A date.
    Date(NaiveDate),
    /// A text, as it is.
    Text(String),
    /// Nothing.
    Blank,
}

/// The values to type; a cell not named stays blank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fill {
    typed: BTreeMap<FillKey, FillValue>,
    closed: BTreeSet<Month>,
    locked: BTreeSet<FillKey>,
}

impl FillKey {
    /// The only cell of a key.
    pub fn single(key: impl Into<String>) -> Self {
        Self { key: key.into(), month: None, row: None, column: None }
    }

    /// That of an input cell.
    pub(super) fn of(input: &Input) -> Self {
        Self { key: input.key.clone(), month: input.month, row: input.row, column: input.column.clone() }
    }

    /// The cell of a month.
    pub fn monthly(key: impl Into<String>, month: Month) -> Self {
        Self { month: Some(month), ..Self::single(key) }
    }

    /// A field of a register's row.
    pub fn field(key: impl Into<String>, row: u32, column: impl Into<String>) -> Self {
        Self { row: Some(row), column: Some(column.into()), ..Self::single(key) }
    }
}

impl fmt::Display for FillKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        if let Some(month) = self.month {
            write!(f, " di {month}")?;
        }
        if let (Some(row), Some(column)) = (self.row, &self.column) {
            write!(f, ", riga {row}, colonna {column}")?;
        }
        Ok(())
    }
}

impl Fill {
    /// Types `value` in a cell; the last one stays.
    pub fn set(&mut self, key: FillKey, value: FillValue) {
        self.typed.insert(key, value);
    }

    /// Nobody may type any more in the cells of `month`.
    pub fn close(&mut self, month: Month) {
        self.closed.insert(month);
    }

    /// Whether nobody may type in the cells of `month`.
    pub fn is_closed(&self, month: Month) -> bool {
        self.closed.contains(&month)
    }

    /// Nobody may type any more in a cell.
    pub fn lock(&mut self, key: FillKey) {
        self.locked.insert(key);
    }

    /// Whether nobody may type in a cell that is of no month.
    pub fn is_locked(&self, key: &FillKey) -> bool {
        self.locked.contains(key)
    }

    /// What is typed in a cell.
    pub fn get(&self, key: &FillKey) -> &FillValue {
        self.typed.get(key).unwrap_or(&FillValue::Blank)
    }

    /// The cells named, in order.
    pub fn keys(&self) -> impl Iterator<Item = &FillKey> {
        self.typed.keys()
    }
}

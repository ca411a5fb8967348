//! The very hidden sheet `_manifest`: what the workbook is, and where the template put every input cell.

use std::collections::BTreeMap;

use crate::model::{CellRef, Month};
use crate::read::{RawContent, RawSheet};

/// The name of the sheet.
pub const MANIFEST: &str = "_manifest";

/// How the name of the sheet of a register begins.
pub const REGISTER_SHEET: &str = "Registro ";

/// The manifest.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The pairs at its head.
    pub pairs: BTreeMap<String, String>,
    /// The template's cells, by key, month, row and column.
    pub cells: BTreeMap<Slot, (String, CellRef)>,
    /// The same rows as they stand, one that is there twice included.
    pub rows: Vec<(Slot, (String, CellRef))>,
}

/// Which input cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub key: String,
    pub month: Option<Month>,
    pub row: Option<u32>,
    pub column: Option<String>,
}

impl Manifest {
    /// Reads the sheet; `Err` says what is not as it must be.
    pub(super) fn read(sheet: &RawSheet) -> Result<Self, String> {
        if let Some(damage) = &sheet.damage {
            return Err(format!("il manifesto non si legge fino in fondo: {damage}"));
        }
        let mut manifest = Manifest::default();
        let mut header: Option<BTreeMap<String, u16>> = None;
        for row in rows(sheet) {
            let Some(columns) = &header else {
                let name = row.get(&0).cloned().unwrap_or_default();
                if name == "chiave" {
                    header = Some(row.into_iter().map(|(col, name)| (name, col)).collect());
                } else {
                    manifest.pairs.insert(name, row.get(&1).cloned().unwrap_or_default());
                }
                continue;
            };
            let field =
                |name: &str| columns.get(name).and_then(|col| row.get(col)).filter(|text| !text.is_empty());
            let (Some(key), Some(sheet), Some(cell)) = (field("chiave"), field("foglio"), field("cella"))
            else {
                continue;
            };
            let cell =
                CellRef::parse(cell).ok_or_else(|| format!("il manifesto indica la cella «{cell}»"))?;
            let slot = Slot {
                key: key.clone(),
                month: field("mese").and_then(|text| text.parse().ok()).and_then(Month::new),
                row: field("riga").and_then(|text| text.parse().ok()),
                column: field("colonna").cloned(),
            };
            manifest.rows.push((slot.clone(), (sheet.clone(), cell)));
            manifest.cells.insert(slot, (sheet.clone(), cell));
        }
        match header {
            Some(_) if !manifest.cells.is_empty() => Ok(manifest),
            _ => Err("il manifesto è incompleto".to_owned()),
        }
    }

    /// The last month of which the column is not after `col` in a sheet, and that column.
    pub(super) fn month_up_to(&self, sheet: &str, col: u16) -> Option<(Month, u16)> {
        let own = self.cells.iter().filter(|(slot, (name, _))| slot.row.is_none() && name == sheet);
        own.filter_map(|(slot, (_, cell))| Some((slot.month?, cell.col))).filter(|own| own.1 <= col).max()
    }

    /// The cells of a key.
    fn of_key(&self, key: &str) -> impl Iterator<Item = (&Slot, &(String, CellRef))> {
        let first = Slot { key: key.to_owned(), ..Slot::default() };
        self.cells.range(first..).take_while(move |(slot, _)| slot.key == key)
    }

    /// The registers with a sheet of their own, each with the template's name for it.
    pub(super) fn register_sheets(&self) -> BTreeMap<&str, &str> {
        let rows = self.cells.iter().filter(|(slot, _)| slot.row.is_some());
        let apart = rows.filter(|(_, (sheet, _))| sheet.starts_with(REGISTER_SHEET));
        apart.map(|(slot, (sheet, _))| (slot.key.as_str(), sheet.as_str())).collect()
    }

    /// Whether each month has its own sign-off.
    pub(super) fn signs_by_month(&self) -> bool {
        self.of_key("firma.data").any(|(slot, _)| slot.month.is_some())
    }

    /// The ordinals of the template's rows of a register, from 1, in order.
    pub(super) fn ordinals(&self, register: &str) -> impl Iterator<Item = u32> {
        let rows = self.of_key(register).filter_map(|(slot, _)| slot.row);
        rows.filter(|row| (1..=CellRef::ROWS).contains(row))
    }

    /// How many rows the registers of the template had; a number that the list is too short for says nothing.
    pub(super) fn register_rows(&self) -> Option<u32> {
        let listed = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.cells.keys().filter_map(|slot| slot.row).filter(|row| (1..=listed).contains(row)).max()
    }

    /// The template's column of a field of a register.
    pub(super) fn column(&self, register: &str, column: &str) -> Option<u16> {
        let mut own = self.of_key(register).filter(|(slot, _)| slot.column.as_deref() == Some(column));
        own.next().map(|(_, (_, cell))| cell.col)
    }

    /// The template's last row of a register, from zero, and the next one of its sheet with its key.
    pub(super) fn last_row_and_next(&self, register: &str) -> Option<(u32, (u32, &str))> {
        let own = self.of_key(register).filter(|(slot, _)| slot.row.is_some());
        let (sheet, last) = own.map(|(_, place)| place).max_by_key(|(_, cell)| cell.row)?;
        let below = self.cells.iter().filter(|(_, (other, cell))| other == sheet && cell.row > last.row);
        let next = below.map(|(slot, (_, cell))| (cell.row, slot.key.as_str())).min()?;
        Some((last.row, next))
    }

    /// A pair at the head.
    pub(super) fn pair(&self, name: &str) -> &str {
        self.pairs.get(name).map_or("", String::as_str)
    }
}

/// The rows of a sheet as text by column.
fn rows(sheet: &RawSheet) -> Vec<BTreeMap<u16, String>> {
    let mut rows: BTreeMap<u32, BTreeMap<u16, String>> = BTreeMap::new();
    for (cell, raw) in &sheet.cells {
        let text = match &raw.content {
            RawContent::Text(text) => text.trim().to_owned(),
            RawContent::Number(float) => {
                crate::model::Number::from_f64(*float).map(|n| n.to_plain()).unwrap_or_default()
            }
            _ => String::new(),
        };
        rows.entry(cell.row).or_default().insert(cell.col, text);
    }
    rows.into_values().collect()
}

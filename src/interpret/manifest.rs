//! The very hidden sheet `_manifest`: what the workbook is, and where the template put every input cell.

use std::borrow::Cow;
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
        let mut header: Option<Heads> = None;
        let cells: Vec<(CellRef, Cow<'_, str>)> =
            sheet.cells.iter().map(|(at, raw)| (*at, text(&raw.content))).collect();
        for row in cells.chunk_by(|(one, _), (other, _)| one.row == other.row) {
            let at = |col: u16| row.iter().find(|(at, _)| at.col == col).map(|(_, text)| &**text);
            let Some(heads) = &header else {
                let name = at(0).unwrap_or_default();
                if name == "chiave" {
                    header = Some(Heads::of(row));
                } else {
                    manifest.pairs.insert(name.to_owned(), at(1).unwrap_or_default().to_owned());
                }
                continue;
            };
            let field = |head: Option<u16>| head.and_then(at).filter(|text| !text.is_empty());
            let (Some(key), Some(sheet), Some(cell)) =
                (field(heads.key), field(heads.sheet), field(heads.cell))
            else {
                continue;
            };
            let cell =
                CellRef::parse(cell).ok_or_else(|| format!("il manifesto indica la cella «{cell}»"))?;
            let slot = Slot {
                key: key.to_owned(),
                month: field(heads.month).and_then(|text| text.parse().ok()).and_then(Month::new),
                row: field(heads.row).and_then(|text| text.parse().ok()),
                column: field(heads.column).map(str::to_owned),
            };
            manifest.rows.push((slot.clone(), (sheet.to_owned(), cell)));
            manifest.cells.insert(slot, (sheet.to_owned(), cell));
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

/// The columns of the list, by what heads them; the last one, when two have one head.
struct Heads {
    key: Option<u16>,
    month: Option<u16>,
    row: Option<u16>,
    column: Option<u16>,
    sheet: Option<u16>,
    cell: Option<u16>,
}

impl Heads {
    fn of(row: &[(CellRef, Cow<'_, str>)]) -> Self {
        let named = |name: &str| row.iter().rev().find(|(_, text)| text == name).map(|(at, _)| at.col);
        Self {
            key: named("chiave"),
            month: named("mese"),
            row: named("riga"),
            column: named("colonna"),
            sheet: named("foglio"),
            cell: named("cella"),
        }
    }
}

/// What a cell of the list says.
fn text(content: &RawContent) -> Cow<'_, str> {
    match content {
        RawContent::Text(text) => Cow::Borrowed(text.trim()),
        RawContent::Number(float) => {
            crate::model::Number::from_f64(*float).map(|number| number.to_plain()).unwrap_or_default().into()
        }
        _ => Cow::Borrowed(""),
    }
}

//! Where things stand in a workbook that is being changed: entries by the manifest and the hidden keys.

use std::collections::BTreeMap;

use super::sheet;
use super::trouble::Trouble;
use crate::interpret::MANIFEST;
use crate::model::{CellRef, Month};
use crate::package::{Element, Package};

/// The mark of a header row of months, in column A.
const MONTHS: &str = "mesi";

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub sheet: String,
    pub cell: CellRef,
}

/// Which entry, in the manifest's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub key: &'a str,
    pub month: Option<Month>,
    pub row: &'a str,
    pub column: &'a str,
}

impl Slot<'_> {
    fn in_words(&self) -> String {
        let mut words = self.key.to_owned();
        if let Some(month) = self.month {
            words.push_str(&format!(" di {month}"));
        }
        if !self.row.is_empty() {
            words.push_str(&format!(", riga {}, colonna {}", self.row, self.column));
        }
        words
    }
}

fn at(texts: &BTreeMap<CellRef, String>, row: u32, col: u16) -> &str {
    texts.get(&CellRef { row, col }).map_or("", |text| text.trim())
}

impl Package {
    /// The part of a sheet.
    pub(super) fn sheet_part(&mut self, name: &str) -> Result<String, Trouble> {
        let found = self.sheets()?.into_iter().find(|sheet| sheet.name == name);
        found.map(|sheet| sheet.part).ok_or_else(|| Trouble::absent(format!("il foglio «{name}» non c'è")))
    }

    /// A sheet as a tree.
    pub(super) fn sheet(&mut self, name: &str) -> Result<&mut Element, Trouble> {
        let part = self.sheet_part(name)?;
        Ok(self.cells(&part)?)
    }

    /// The text of every cell of a sheet.
    pub(super) fn texts(&mut self, name: &str) -> Result<BTreeMap<CellRef, String>, Trouble> {
        let strings = self.strings()?;
        Ok(sheet::texts(self.sheet(name)?, &strings))
    }

    /// The row of the manifest that lists an entry.
    pub(super) fn manifest_row(&mut self, slot: Slot<'_>) -> Result<(u32, Spot), Trouble> {
        let texts = self.texts(MANIFEST)?;
        let last = texts.keys().map(|cell| cell.row).max().unwrap_or(0);
        let month = slot.month.map(|month| month.number().to_string()).unwrap_or_default();
        let wanted = [slot.key, &month, slot.row, slot.column];
        let row = (0..=last)
            .find(|row| (0_u16..).zip(wanted).all(|(col, text)| at(&texts, *row, col) == text))
            .ok_or_else(|| Trouble::absent(format!("il file non ha {}", slot.in_words())))?;
        let cell = CellRef::parse(at(&texts, row, 6))
            .ok_or_else(|| Trouble::wrong("il manifesto non indica una cella"))?;
        Ok((row, Spot { sheet: at(&texts, row, 5).to_owned(), cell }))
    }

    /// The cell of an entry: the one of the manifest, on the row where its key stands now.
    pub(super) fn place(&mut self, slot: Slot<'_>) -> Result<Spot, Trouble> {
        let (_, spot) = self.manifest_row(slot)?;
        let key =
            if slot.row.is_empty() { slot.key.to_owned() } else { format!("{}#{}", slot.key, slot.row) };
        let home = self.texts(&spot.sheet).ok();
        if home.is_some_and(|texts| at(&texts, spot.cell.row, 0) == key) {
            return Ok(spot);
        }
        match self.row_of(&key) {
            Ok((sheet, row)) => Ok(Spot { sheet, cell: CellRef { row, ..spot.cell } }),
            // Some entries, as the signature, have no key beside them.
            Err(_) if self.sheet_part(&spot.sheet).is_ok() => Ok(spot),
            Err(trouble) => Err(trouble),
        }
    }

    /// The sheet and row on which a key stands.
    pub(super) fn row_of(&mut self, key: &str) -> Result<(String, u32), Trouble> {
        for sheet in self.sheets()?.into_iter().filter(|sheet| sheet.name != MANIFEST) {
            let texts = self.texts(&sheet.name)?;
            let found = texts.iter().find(|(cell, text)| cell.col == 0 && text.trim() == key);
            if let Some((cell, _)) = found {
                return Ok((sheet.name, cell.row));
            }
        }
        Err(Trouble::absent(format!("il file non ha la riga di {key}")))
    }

    /// The header row of months of a sheet, the last one above `row` when a row is given, with its texts.
    pub(super) fn header(
        &mut self,
        sheet: &str,
        row: Option<u32>,
    ) -> Result<(u32, BTreeMap<u16, String>), Trouble> {
        let texts = self.texts(sheet)?;
        let is_header = |cell: &CellRef| cell.col == 0 && row.is_none_or(|row| cell.row < row);
        let mut marks = texts.iter().filter(|(cell, text)| is_header(cell) && text.trim() == MONTHS);
        let header = marks
            .next_back()
            .map(|(cell, _)| cell.row)
            .ok_or_else(|| Trouble::absent(format!("il foglio «{sheet}» non ha i mesi")))?;
        let own = texts.into_iter().filter(|(cell, _)| cell.row == header && cell.col > 0);
        Ok((header, own.map(|(cell, text)| (cell.col, text)).collect()))
    }

    /// The column of a month.
    pub(super) fn month_column(&mut self, sheet: &str, month: Month) -> Result<u16, Trouble> {
        let (_, header) = self.header(sheet, None)?;
        let found = header.into_iter().find(|(_, text)| Month::from_name(text.trim()) == Some(month));
        found
            .map(|(col, _)| col)
            .ok_or_else(|| Trouble::absent(format!("il foglio «{sheet}» non ha il mese di {month}")))
    }

    /// The cell under a heading on the row of a key.
    pub(super) fn under(&mut self, key: &str, heading: &str) -> Result<Spot, Trouble> {
        let (sheet, row) = self.row_of(key)?;
        let (_, header) = self.header(&sheet, Some(row))?;
        let found = header.into_iter().find(|(_, text)| text.trim().eq_ignore_ascii_case(heading));
        let (col, _) = found
            .ok_or_else(|| Trouble::absent(format!("il foglio «{sheet}» non ha la colonna «{heading}»")))?;
        Ok(Spot { sheet, cell: CellRef { row, col } })
    }
}

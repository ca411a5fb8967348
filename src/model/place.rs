//! Where something stands: a cell, and a cell in a sheet in a file.

use std::fmt;

/// A cell's address, from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Row, from 0 (at most 1 048 575).
    pub row: u32,
    /// Column, from 0 (at most 16 383).
    pub col: u16,
}

impl CellRef {
    /// Rows of a sheet.
    pub const ROWS: u32 = 1_048_576;
    /// Columns of a sheet.
    pub const COLS: u32 = 16_384;

    /// The cell at `row`, `col`, from zero; `None` outside a sheet.
    pub fn new(row: u32, col: u32) -> Option<Self> {
        (row < Self::ROWS && col < Self::COLS).then_some(())?;
        Some(Self { row, col: u16::try_from(col).ok()? })
    }

    /// Reads `H14` (also `$H$14`); `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_plain(text.as_bytes()).or_else(|| Self::parse_any(text))
    }

    /// The same of a place as files spell it: capital letters, then digits.
    fn parse_plain(text: &[u8]) -> Option<Self> {
        let (mut col, mut row, mut letters) = (0_u32, 0_u32, 0_usize);
        for byte in text {
            match byte {
                b'A'..=b'Z' if row == 0 && letters < 3 => {
                    col = col * 26 + u32::from(byte - b'A') + 1;
                    letters += 1;
                }
                b'0'..=b'9' if row > 0 || *byte != b'0' => row = row * 10 + u32::from(byte - b'0'),
                _ => return None,
            }
            if row > Self::ROWS {
                return None;
            }
        }
        Self::new(row.checked_sub(1)?, col.checked_sub(1)?)
    }

    fn parse_any(text: &str) -> Option<Self> {
        let text = text.trim().replace('$', "").to_ascii_uppercase();
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(split);
        if letters.is_empty() || letters.len() > 3 || digits.starts_with('0') || digits.len() > 7 {
            return None;
        }
        let col = letters.bytes().try_fold(0_u32, |total, letter| {
            letter.is_ascii_uppercase().then(|| total * 26 + u32::from(letter - b'A') + 1)
        })?;
        let row: u32 = digits.parse().ok()?;
        Self::new(row.checked_sub(1)?, col.checked_sub(1)?)
    }

    /// The column's letters: `H`.
    pub fn column_name(col: u16) -> String {
        let (letters, length) = letters(col);
        letters.iter().skip(letters.len() - length).map(|letter| char::from(*letter)).collect()
    }
}

/// The letters of a column, at the end of three, and how many they are.
fn letters(col: u16) -> ([u8; 3], usize) {
    let mut rest = u32::from(col) + 1;
    let mut letters = [b'A'; 3];
    let mut length = 0;
    for letter in letters.iter_mut().rev() {
        if rest == 0 {
            break;
        }
        *letter = b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0);
        rest = (rest - 1) / 26;
        length += 1;
    }
    (letters, length)
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        let (letters, length) = letters(self.col);
        letters
            .iter()
            .skip(letters.len() - length)
            .try_for_each(|letter| f.write_char(char::from(*letter)))?;
        write!(f, "{}", self.row + 1)
    }
}

/// A cell of a sheet of an office's workbook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet's name as found.
    pub sheet: String,
    /// The cell.
    pub cell: CellRef,
}

/// What the plan asks of an office, by its place: the office's in the plan, and its own in what the office
/// sent (entries in the plan's order, declarations of registers, notes, references to evidence, sign-off).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryRef {
    /// The office's place in the plan.
    pub office: usize,
    /// Its own place in the office's submission.
    pub entry: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}'!{}", self.sheet, self.cell)
    }
}

#[cfg(test)]
mod tests {
    use super::CellRef;

    #[test]
    fn addresses_go_there_and_back() {
        for text in ["A1", "Z9", "AA10", "XFD1048576", "H14"] {
            assert_eq!(CellRef::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(CellRef::parse("$h$14").unwrap().to_string(), "H14");
        for wrong in ["", "A", "14", "A0", "XFE1", "A1048577", "A4294967298", "A-1", "ABCD1", "1A"] {
            assert_eq!(CellRef::parse(wrong), None, "{wrong}");
        }
    }
}

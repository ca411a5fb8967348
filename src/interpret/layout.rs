//! Where things stand in the sheets now: keys in column A, months in the header rows.

use std::collections::BTreeMap;

use super::tidy::tidy;
use crate::model::{CellRef, Month};
use crate::read::{RawContent, RawSheet, RawWorkbook};

/// The mark in column A of a header row of months.
pub(super) const MONTHS: &str = "mesi";

/// What stands beside the result of an indicator, by which its row is known: it has no key.
pub const RESULT_LABELS: [&str; 2] = ["Risultato ad oggi", "Contributo del tuo ufficio ad oggi"];

/// What was found in the sheets that hold keys.
pub(super) struct Layout<'a> {
    sheets: Vec<SheetLayout<'a>>,
}

/// What was found in one sheet.
pub(super) struct SheetLayout<'a> {
    pub sheet: &'a RawSheet,
    /// Rows by key, from zero.
    pub keys: BTreeMap<String, Vec<u32>>,
    /// The texts of the first column, by row.
    marks: BTreeMap<u32, String>,
    /// Header rows of months: column of each month and of the year.
    headers: BTreeMap<u32, Header>,
    /// Header rows of registers, by the register's key.
    registers: BTreeMap<String, RegisterHead>,
}

/// The header row of a register.
pub(super) struct RegisterHead {
    /// Where it stands, from zero; the first one, when somebody copied it.
    pub row: u32,
    /// Column by folded label; none when it stands twice, which says nothing.
    labels: BTreeMap<String, Column>,
}

#[derive(Default)]
struct Header {
    /// Every column headed by a month: one, unless somebody copied it.
    months: BTreeMap<Month, Vec<u16>>,
    year: Option<Column>,
}

/// The column under a heading; `None` when the heading stands twice and nobody can tell which is meant.
type Column = Option<u16>;

impl<'a> Layout<'a> {
    pub(super) fn of(raw: &'a RawWorkbook) -> Self {
        let sheets = raw.sheets.iter().filter(|sheet| sheet.name != super::manifest::MANIFEST);
        Self { sheets: sheets.map(SheetLayout::of).filter(|layout| !layout.keys.is_empty()).collect() }
    }

    /// Where a key stands, when it stands once in the whole workbook.
    pub(super) fn row_of(&self, key: &str) -> Option<(&'a RawSheet, u32)> {
        let mut rows = self
            .sheets
            .iter()
            .flat_map(|layout| layout.keys.get(key).into_iter().flatten().map(|row| (layout.sheet, *row)));
        let found = rows.next()?;
        rows.next().is_none().then_some(found)
    }

    /// Whether a sheet holds keys of schede, but none that starts with `prefix`: where the first column was
    /// taken away, labels stand in the place of keys, and are none.
    pub(super) fn serves_others(&self, sheet: &RawSheet, prefix: &str) -> bool {
        self.has_keys(sheet) && !self.holding(prefix).any(|layout| layout.sheet.name == sheet.name)
    }

    /// Whether a sheet holds the key of a row of a scheda.
    pub(super) fn has_keys(&self, sheet: &RawSheet) -> bool {
        let own = |layout: &&SheetLayout<'_>| layout.sheet.name == sheet.name;
        self.sheets.iter().filter(own).any(|layout| layout.keys.keys().any(|key| is_of_a_scheda(key)))
    }

    /// The sheets that hold keys starting with `prefix`, those with rows of registers alone left out.
    pub(super) fn holding(&self, prefix: &str) -> impl Iterator<Item = &SheetLayout<'a>> {
        let own = move |key: &String| key.starts_with(prefix) && !key.contains('#');
        self.sheets.iter().filter(move |layout| layout.keys.keys().any(own))
    }

    /// The sheets of registers that hold rows of this one.
    pub(super) fn registers(&self, register: &str) -> impl Iterator<Item = &SheetLayout<'a>> {
        let first = format!("{register}#");
        let only_rows = |layout: &SheetLayout<'_>| layout.keys.keys().all(|key| key.contains('#'));
        self.sheets
            .iter()
            .filter(move |layout| only_rows(layout) && layout.keys.keys().any(|key| key.starts_with(&first)))
    }
}

impl<'a> SheetLayout<'a> {
    fn of(sheet: &'a RawSheet) -> Self {
        let mut layout = Self {
            sheet,
            keys: BTreeMap::new(),
            marks: BTreeMap::new(),
            headers: BTreeMap::new(),
            registers: BTreeMap::new(),
        };
        for (cell, raw) in sheet.cells.iter().filter(|(cell, _)| cell.col == 0) {
            let RawContent::Text(text) = &raw.content else { continue };
            let key = text.trim();
            layout.marks.insert(cell.row, key.to_owned());
            if key == MONTHS {
                layout.headers.insert(cell.row, header(sheet, cell.row));
            } else if let Some(register) = key.strip_suffix('#') {
                let head = RegisterHead { row: cell.row, labels: labels(sheet, cell.row) };
                let known = layout.registers.entry(register.to_owned());
                known.and_modify(|head| head.labels.clear()).or_insert(head);
            } else if key.contains('.') && !key.contains(' ') {
                layout.keys.entry(key.to_owned()).or_default().push(cell.row);
            }
        }
        layout
    }

    /// The nearest header above `row`, or the first one.
    fn header_for(&self, row: u32) -> Option<&Header> {
        self.headers.range(..row).next_back().or_else(|| self.headers.iter().next()).map(|(_, header)| header)
    }

    /// The column of a month (`None`: of the year) for a row; `Err` when the sheet has headers, but not this.
    pub(super) fn column(&self, row: u32, month: Option<Month>) -> Result<Option<u16>, ()> {
        let Some(header) = self.header_for(row) else { return Ok(None) };
        let found = match month {
            Some(month) => match header.months.get(&month).map(Vec::as_slice) {
                Some([column]) => Some(*column),
                _ => None,
            },
            None => header.year.flatten(),
        };
        found.map(Some).ok_or(())
    }

    /// Whether a row still names the months.
    pub(super) fn has_header(&self) -> bool {
        self.headers.values().any(|header| !header.months.is_empty())
    }

    /// The header cells of a month that stands more than once above `row`.
    pub(super) fn doubled(&self, row: u32, month: Month) -> Option<Vec<CellRef>> {
        let above = self.headers.range(..row).next_back().or_else(|| self.headers.iter().next());
        let (header, columns) = above.and_then(|(at, header)| Some((*at, header.months.get(&month)?)))?;
        (columns.len() > 1).then(|| columns.iter().map(|col| CellRef { row: header, col: *col }).collect())
    }

    /// The cell between the headings beside a month's, with what it says, when it names neither a month nor
    /// the year: the column is there, its heading was written over or cleared.
    pub(super) fn overwritten(&self, row: u32, month: Month) -> Option<(CellRef, String)> {
        let above = self.headers.range(..row).next_back().or_else(|| self.headers.iter().next());
        let (at, header) = above?;
        let column = |number: u32| match header.months.get(&Month::new(number)?)?.as_slice() {
            [column] => Some(*column),
            _ => None,
        };
        let number = month.number();
        let after = if month == Month::DECEMBER { header.year.flatten() } else { column(number + 1) };
        let (after, before) = (after?.checked_sub(1)?, column(number.saturating_sub(1)));
        let cell = CellRef { row: *at, col: after };
        let between = before.is_none_or(|before| before.checked_add(1) == Some(after));
        let text = self.text(cell).map(tidy).unwrap_or_default();
        let is_another = Month::from_name(&text).is_some() || text.eq_ignore_ascii_case("anno");
        // The first month has no heading before it: only a text tells its column from the one of the units.
        (between && !is_another && (before.is_some() || text.contains(month.name()))).then_some((cell, text))
    }

    /// The column of a register headed by `label`.
    pub(super) fn register_column(&self, register: &str, label: &str) -> Option<u16> {
        self.head(register)?.labels.get(&folded(label)).copied().flatten()
    }

    /// The header row of a register.
    pub(super) fn head(&self, register: &str) -> Option<&RegisterHead> {
        self.registers.get(register)
    }

    /// The texts of the first column, with their rows.
    pub(super) fn first_column(&self) -> impl Iterator<Item = (u32, &str)> {
        self.marks.iter().map(|(row, text)| (*row, text.as_str()))
    }

    /// The key of a row.
    pub(super) fn key_at(&self, row: u32) -> Option<&str> {
        self.marks.get(&row).map(String::as_str)
    }

    /// The rows that hold something, from `from` to before `end`.
    pub(super) fn filled_rows(&self, from: u32, end: u32) -> impl Iterator<Item = u32> {
        let end = end.max(from);
        let cells = self.sheet.cells.range(CellRef { row: from, col: 0 }..CellRef { row: end, col: 0 });
        let mut last = None;
        cells.filter_map(move |(cell, _)| {
            let new = last != Some(cell.row);
            last = Some(cell.row);
            new.then_some(cell.row)
        })
    }

    /// The row under the last one that holds something.
    pub(super) fn end(&self) -> u32 {
        self.sheet.cells.keys().next_back().map_or(0, |cell| cell.row + 1)
    }

    /// The text of a cell.
    pub(super) fn text(&self, cell: CellRef) -> Option<&str> {
        match &self.sheet.cell(cell)?.content {
            RawContent::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts before the columns of the months and of the year: the label, the unit.
    pub(super) fn labels(&self, row: u32) -> impl Iterator<Item = (CellRef, &str)> {
        let columns = self.header_for(row).map(|header| {
            let months = header.months.values().flatten().copied();
            months.chain(header.year.flatten()).min().unwrap_or(u16::MAX)
        });
        let end = columns.unwrap_or(u16::MAX);
        row_cells(self.sheet, row).filter(move |(cell, _)| cell.col < end)
    }

    /// The cells of a row that hold something, column A aside.
    pub(super) fn typed_in(&self, row: u32) -> Vec<CellRef> {
        let from = CellRef { row, col: 1 };
        let to = CellRef { row, col: u16::MAX };
        self.sheet.cells.range(from..=to).map(|(cell, _)| *cell).collect()
    }
}

/// Whether a text is the key of a row of a scheda, as `S03.prodotti`.
fn is_of_a_scheda(key: &str) -> bool {
    let number = key.strip_prefix('S').and_then(|rest| rest.split_once('.')).map(|(number, _)| number);
    number.is_some_and(|number| number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn row_cells(sheet: &RawSheet, row: u32) -> impl Iterator<Item = (CellRef, &str)> {
    let from = CellRef { row, col: 1 };
    let to = CellRef { row, col: u16::MAX };
    sheet.cells.range(from..=to).filter_map(|(cell, raw)| match &raw.content {
        RawContent::Text(text) => Some((*cell, text.as_str())),
        _ => None,
    })
}

fn header(sheet: &RawSheet, row: u32) -> Header {
    let mut header = Header::default();
    for (cell, text) in row_cells(sheet, row) {
        let text = tidy(text);
        if text.eq_ignore_ascii_case("anno") {
            header.year = Some(if header.year.is_none() { Some(cell.col) } else { None });
        } else if let Some(month) = Month::from_name(&text) {
            header.months.entry(month).or_default().push(cell.col);
        }
    }
    header
}

fn labels(sheet: &RawSheet, row: u32) -> BTreeMap<String, Column> {
    let mut labels = BTreeMap::new();
    for (cell, text) in row_cells(sheet, row) {
        labels.entry(folded(text)).and_modify(|column| *column = None).or_insert(Some(cell.col));
    }
    labels
}

/// A label as it is compared: blanks tidied, case folded.
pub(super) fn folded(label: &str) -> String {
    tidy(label).to_lowercase()
}

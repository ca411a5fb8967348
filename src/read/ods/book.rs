//! The sheets of an OpenDocument workbook while `content.xml` is read: cells, and what is said beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::formula;
use super::styles::Styles;
use super::value::Said;
use super::words::Words;
use crate::model::{CellRef, squeezed};
use crate::package::Flaw;
use crate::read::area::Area;
use crate::read::conditional::{Cover, VEILS, Veil, When};
use crate::read::limits;
use crate::read::raw::{RawCell, RawContent};
use crate::read::refusal::Refusal;
use crate::read::runs::Run;
use crate::read::traits::SheetTraits;

/// A sheet as it was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) cells: BTreeMap<CellRef, RawCell>,
    pub(super) traits: SheetTraits,
    /// The file of which it is a copy.
    pub(super) copied_from: Option<String>,
    /// The default style of each run of columns: first, last.
    columns: Vec<(u64, u64, String)>,
    next_column: u64,
    next_row: u64,
    /// Where in the list of what is checked a run of columns was last, to let it grow downwards.
    checked: BTreeMap<(u16, u16), usize>,
    /// The cells under a style over which others are laid on a condition.
    mapped: BTreeMap<String, Option<Vec<Area>>>,
    /// The rules of conditional formats: where, when, which style.
    rules: Vec<(Vec<Area>, Option<String>, When)>,
}

/// A row in hand.
#[derive(Debug, Default)]
pub(super) struct Row {
    first: u64,
    times: u64,
    style: Option<String>,
    next_column: u64,
    cells: Vec<(u16, u16, Full)>,
}

/// A cell that holds something.
#[derive(Debug)]
struct Full {
    raw: RawCell,
    style: String,
    runs: Option<Vec<Run>>,
}

/// A cell in hand.
#[derive(Debug, Default)]
pub(super) struct Cell {
    column: u64,
    times: u64,
    style: Option<String>,
    said: Said,
    formula: Option<String>,
    /// How many columns and rows it covers.
    spans: (u64, u64),
    checked: bool,
    pub(super) words: Words,
}

/// How much was read of all the sheets.
#[derive(Debug, Default)]
pub(super) struct Counts {
    cells: u64,
    /// Those of them that are only said to be repeated.
    repeated: u64,
    copied: u64,
}

impl Counts {
    /// Texts and formulas handed on.
    pub(super) fn copy(&mut self, bytes: u64) -> Result<(), Refusal> {
        self.copied = self.copied.saturating_add(bytes);
        if self.copied > limits::COPIED {
            return Err(Flaw::passed_bytes("dimensione dei testi", limits::COPIED, None).into());
        }
        Ok(())
    }

    fn hold(&mut self, cells: u64) -> Result<(), Refusal> {
        self.cells = self.cells.saturating_add(cells);
        self.repeated = self.repeated.saturating_add(cells.saturating_sub(1));
        if self.cells > limits::CELLS {
            return Err(Flaw::passed("numero di celle", limits::CELLS, self.cells).into());
        }
        if self.repeated > limits::REPEATED {
            return Err(Flaw::passed("numero di celle ripetute", limits::REPEATED, self.repeated).into());
        }
        Ok(())
    }
}

/// Attributes of an element, by their whole name.
pub(super) type Fields = BTreeMap<String, String>;

/// How many times something is repeated: once where nothing is said.
fn times(fields: &Fields, name: &str) -> Result<u64, Refusal> {
    let Some(said) = fields.get(name) else { return Ok(1) };
    let plain = said.bytes().all(|byte| byte.is_ascii_digit());
    let times = said.parse().ok().filter(|times| plain && *times > 0);
    times.ok_or_else(|| {
        let said = crate::model::quoted(said);
        Refusal::Damaged(format!("la parte content.xml ripete una cella {said} volte"))
    })
}

fn is_shut(fields: &Fields) -> bool {
    fields.get("table:visibility").is_some_and(|said| said != "visible")
}

/// The row or column that a number is, at most the last one.
fn within(number: u64, most: u32) -> u32 {
    u32::try_from(number).map_or(most - 1, |number| number.min(most - 1))
}

fn column(number: u64) -> u16 {
    u16::try_from(within(number, CellRef::COLS)).unwrap_or(u16::MAX)
}

impl Found {
    pub(super) fn new(fields: &Fields, styles: &Styles) -> Self {
        let style = fields.get("table:style-name").map(String::as_str).unwrap_or_default();
        let mut found = Self {
            name: fields.get("table:name").cloned().unwrap_or_default(),
            hidden: styles.hides(style),
            ..Self::default()
        };
        found.traits.protected = fields.get("table:protected").is_some_and(|said| said == "true");
        found
    }

    /// A run of columns.
    pub(super) fn columns(&mut self, fields: &Fields) -> Result<(), Refusal> {
        let times = times(fields, "table:number-columns-repeated")?;
        let (first, next) = (self.next_column, self.next_column.saturating_add(times));
        self.next_column = next;
        let room = self.columns.len() < limits::AREAS && first < u64::from(CellRef::COLS);
        if let Some(style) = fields.get("table:default-cell-style-name").filter(|_| room) {
            self.columns.push((first, next - 1, style.clone()));
        }
        if is_shut(fields) && room {
            self.traits.hidden_columns.push((column(first), column(next - 1)));
        }
        Ok(())
    }

    /// A row opens.
    pub(super) fn row(&mut self, fields: &Fields) -> Result<Row, Refusal> {
        let times = times(fields, "table:number-rows-repeated")?;
        let first = self.next_row;
        self.next_row = first.saturating_add(times);
        let room = self.traits.hidden_rows.len() < limits::AREAS && first < u64::from(CellRef::ROWS);
        if is_shut(fields) && room {
            let (first, last) = (within(first, CellRef::ROWS), within(self.next_row - 1, CellRef::ROWS));
            match self.traits.hidden_rows.last_mut() {
                Some((_, before)) if before.checked_add(1) == Some(first) => *before = last,
                _ => self.traits.hidden_rows.push((first, last)),
            }
        }
        let style = fields.get("table:default-cell-style-name").cloned();
        Ok(Row { first, times, style, ..Row::default() })
    }

    /// Where a cell of a row stands, as many times as both are repeated.
    pub(super) fn area(row: &Row, cell: &Cell) -> Area {
        let (last_row, last_column) =
            (row.first.saturating_add(row.times), cell.column.saturating_add(cell.times));
        Area {
            first: CellRef { row: within(row.first, CellRef::ROWS), col: column(cell.column) },
            last: CellRef { row: within(last_row - 1, CellRef::ROWS), col: column(last_column - 1) },
        }
    }

    /// A cell closes: what it says beside its value is kept, and in its row what it holds.
    pub(super) fn end_cell(
        &mut self,
        cell: Cell,
        row: &mut Row,
        styles: &Styles,
        counts: &mut Counts,
    ) -> Result<(), Refusal> {
        let area = Self::area(row, &cell);
        if cell.checked {
            self.check(area);
        }
        let (columns, rows) = cell.spans;
        if (columns > 1 || rows > 1) && self.traits.merged.len() < limits::AREAS {
            let last = CellRef {
                row: within(row.first.saturating_add(rows) - 1, CellRef::ROWS),
                col: column(cell.column.saturating_add(columns) - 1),
            };
            self.traits.merged.push(Area { first: area.first, last });
        }
        let shown = cell.words.text();
        let style = self.style_of(&cell, row).to_owned();
        let is_duration = cell.said.time.is_some() && styles.is_duration(&style);
        let said = Said { is_duration, written: cell.words.is_written(), ..cell.said };
        let raw = RawCell { content: said.content(&shown), formula: cell.formula };
        let nothing = matches!(&raw.content, RawContent::Empty)
            || matches!(&raw.content, RawContent::Text(text) if text.is_empty());
        if raw.formula.is_none() && nothing {
            return Ok(());
        }
        let many = row.times.saturating_mul(cell.times);
        counts.hold(many)?;
        let text = match &raw.content {
            RawContent::Text(text) | RawContent::IsoDate(text) => limits::size(text),
            _ => 0,
        };
        let text = text.saturating_add(raw.formula.as_deref().map_or(0, limits::size));
        counts.copy(text.saturating_mul(many))?;
        self.bound(row, cell.column, cell.times)?;
        let runs = runs(&cell.words, &style, styles);
        row.cells.push((area.first.col, area.last.col, Full { raw, style, runs }));
        Ok(())
    }

    /// What is full stands where it may.
    fn bound(&self, row: &Row, column: u64, times: u64) -> Result<(), Refusal> {
        let (last_row, last_column) =
            (row.first.saturating_add(row.times - 1), column.saturating_add(times - 1));
        if last_row >= u64::from(CellRef::ROWS) || last_column >= u64::from(CellRef::COLS) {
            return Err(Refusal::Damaged(format!(
                "la parte content.xml ha una cella piena fuori dal foglio {}",
                crate::model::quoted(&self.name)
            )));
        }
        let (rows, columns) = limits::EXTENT;
        if last_row >= u64::from(rows) || last_column >= u64::from(columns) {
            let far = CellRef { row: within(last_row, CellRef::ROWS), col: self::column(last_column) };
            return Err(Refusal::TooBig {
                what: "estensione di un foglio",
                limit: format!("{rows} righe e {columns} colonne"),
                found: format!("una cella piena in '{}'!{far}", self.name),
            });
        }
        Ok(())
    }

    fn style_of<'a>(&'a self, cell: &'a Cell, row: &'a Row) -> &'a str {
        let of_column = || {
            let own = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&cell.column));
            own.map(|(_, _, style)| style.as_str())
        };
        cell.style.as_deref().or(row.style.as_deref()).or_else(of_column).unwrap_or_default()
    }

    /// Something is refused when typed here; the same columns of one row after the other are one area.
    fn check(&mut self, area: Area) {
        let columns = (area.first.col, area.last.col);
        let all = &mut self.traits.validated;
        let above = self.checked.get(&columns).and_then(|place| all.get_mut(*place));
        let grown = above.is_some_and(|above| above.grows(area));
        if !grown && all.len() < limits::AREAS {
            self.checked.insert(columns, all.len());
            all.push(area);
        }
    }

    /// A row closes.
    pub(super) fn end_row(&mut self, row: Row, styles: &mut Styles) {
        let rows = (row.first..row.first.saturating_add(row.times)).map(|row| within(row, CellRef::ROWS));
        if row.cells.is_empty() {
            return;
        }
        for number in rows {
            for (first, last, full) in &row.cells {
                let place = styles.place(&full.style);
                for col in *first..=*last {
                    let cell = CellRef { row: number, col };
                    self.cells.insert(cell, full.raw.clone());
                    if self.traits.styles.len() < limits::STYLED {
                        self.traits.styles.push((cell, place));
                    }
                    if let Some(runs) = &full.runs {
                        self.traits.written.insert(cell, runs.clone().into());
                    }
                }
                let area = Area {
                    first: CellRef { row: number, col: *first },
                    last: CellRef { row: number, col: *last },
                };
                self.map(&full.style, area, styles);
            }
        }
    }

    /// A cell whose style has others laid over it on a condition.
    fn map(&mut self, style: &str, area: Area, styles: &Styles) {
        if !self.mapped.contains_key(style) {
            let veiled = styles.maps(style).iter().any(|(_, over)| styles.may_veil(over));
            self.mapped.insert(style.to_owned(), veiled.then(Vec::new));
        }
        let Some(Some(areas)) = self.mapped.get_mut(style) else { return };
        let grown = areas.last_mut().is_some_and(|last| last.grows(area));
        if !grown && areas.len() < limits::AREAS {
            areas.push(area);
        }
    }

    /// A comment on the cell in hand.
    pub(super) fn remark(&mut self, row: &Row, cell: &Cell, author: &str, text: &str) {
        let at = Self::area(row, cell).first;
        let text = squeezed(text);
        // Excel writes the author's name on the first line of a note.
        let author = author.trim();
        let own = text.strip_prefix(author).filter(|_| !author.is_empty());
        let own = own.and_then(|own| own.strip_prefix(':')).map_or(text.as_str(), str::trim_start);
        if self.traits.comments.len() < limits::COMMENTS {
            self.traits.comments.push((at, own.chars().take(limits::COMMENT_TEXT).collect()));
        }
    }

    /// The cells over which formats are laid on a condition.
    pub(super) fn ranges(&self, list: &str) -> Vec<Area> {
        let own =
            formula::ranges(list).into_iter().filter(|(sheet, _)| sheet.is_empty() || *sheet == self.name);
        own.filter_map(|(_, range)| Area::parse(&range)).take(limits::AREAS).collect()
    }

    /// A rule for them: the style that it lays over them; without one, bars or icons in the place of values.
    pub(super) fn rule(&mut self, areas: &[Area], style: Option<&str>, condition: &str) {
        if self.rules.len() < VEILS {
            self.rules.push((areas.to_vec(), style.map(str::to_owned), when(condition)));
        }
    }

    /// The sheet closes.
    pub(super) fn finish(&mut self, styles: &mut Styles) {
        self.traits.styles.sort_unstable();
        self.traits.comments.sort();
        let mut rules = std::mem::take(&mut self.rules);
        for (style, areas) in std::mem::take(&mut self.mapped) {
            let Some(areas) = areas else { continue };
            rules.extend(
                styles
                    .maps(&style)
                    .into_iter()
                    .map(|(condition, over)| (areas.clone(), Some(over), when(&condition))),
            );
        }
        for (areas, style, when) in rules {
            let cover = match style {
                None => Cover::Drawn,
                Some(style) if !styles.may_veil(&style) => continue,
                Some(style) => usize::try_from(styles.place(&style)).map_or(Cover::Nothing, Cover::Format),
            };
            self.traits.veils.push(Veil::new(areas, cover, when));
        }
    }

    /// Whether it only keeps what formulas found in another file.
    pub(super) fn is_cache(&self) -> bool {
        self.copied_from.is_some() && self.name.contains("'#")
    }

    /// How many cells a table from the first cell to the last full one has.
    pub(super) fn spread(&self) -> u64 {
        let row = self.cells.keys().next_back().map_or(0, |cell| u64::from(cell.row) + 1);
        let col = self.cells.keys().map(|cell| u64::from(cell.col) + 1).max().unwrap_or(0);
        row.saturating_mul(col)
    }
}

impl Row {
    /// A cell opens.
    pub(super) fn cell(&mut self, mut fields: Fields, checks: &BTreeSet<String>) -> Result<Cell, Refusal> {
        let times = times(&fields, "table:number-columns-repeated")?;
        let spans = (
            self::times(&fields, "table:number-columns-spanned")?,
            self::times(&fields, "table:number-rows-spanned")?,
        );
        let column = self.next_column;
        self.next_column = column.saturating_add(times);
        let mut field = |name: &str| fields.remove(name);
        let formula = field("table:formula");
        let formula = formula.map(|formula| formula::spelt(&formula));
        let said = Said {
            kind: field("office:value-type"),
            number: field("office:value"),
            date: field("office:date-value"),
            time: field("office:time-value"),
            boolean: field("office:boolean-value"),
            string: field("office:string-value"),
            is_error: field("calcext:value-type").as_deref() == Some("error"),
            calculated: formula.is_some(),
            ..Said::default()
        };
        let checked = field("table:content-validation-name").is_some_and(|name| checks.contains(&name));
        let style = field("table:style-name");
        Ok(Cell { column, times, style, said, formula, spans, checked, words: Words::default() })
    }
}

/// The pieces of a text, when they do not all look as the cell says.
fn runs(words: &Words, cell: &str, styles: &Styles) -> Option<Vec<Run>> {
    words.pieces.iter().any(|(_, style)| style.is_some()).then(|| {
        let piece = |(text, style): &(String, Option<String>)| {
            Run::new(text.clone(), style.as_deref().map(|style| styles.font(style, cell)))
        };
        words.pieces.iter().map(piece).collect()
    })
}

/// When a format is laid over a cell.
fn when(condition: &str) -> When {
    let text = condition.trim().trim_start_matches("cell-content()").trim_start_matches("cell-content-is-");
    let signs = [
        ("!=", "notEqual"),
        ("<>", "notEqual"),
        ("<=", "lessThanOrEqual"),
        (">=", "greaterThanOrEqual"),
        ("=", "equal"),
        ("<", "lessThan"),
        (">", "greaterThan"),
    ];
    if let Some((term, operator)) =
        signs.iter().find_map(|(sign, name)| Some((text.strip_prefix(sign)?, name)))
    {
        return When::Compares((*operator).to_owned(), vec![term.trim().to_owned()]);
    }
    let ranges = [("between(", "between"), ("not-between(", "notBetween")];
    let range =
        ranges.iter().find_map(|(sign, name)| Some((text.strip_prefix(sign)?.strip_suffix(')')?, name)));
    match range.map(|(terms, operator)| (terms.split(',').collect::<Vec<_>>(), operator)) {
        Some((terms, operator)) if terms.len() == 2 => {
            When::Compares((*operator).to_owned(), terms.iter().map(|term| term.trim().to_owned()).collect())
        }
        _ => When::Other,
    }
}

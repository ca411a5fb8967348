//! The consolidated workbook before any brick is laid: sheets, rows and typed cells.
//!
//! Everything is decided here (order, words, widths, meanings of colours); who writes only obeys.

use chrono::NaiveDate;

use crate::model::{CellRef, Light, Number, Severity, Unit, Value, VoceType, date_it};

use crate::excel::{Area, Formula, Target};

/// A whole consolidated workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Title of the document.
    pub title: String,
    /// Ente and month.
    pub subtitle: String,
    /// Who issues it.
    pub author: String,
    /// The day it is dated: the last of the reporting month.
    pub created: NaiveDate,
    /// What stands at the head of every page: `PROVVISORIO`, or that it is final.
    pub header: String,
    /// What stands at the left of every page's foot.
    pub footer: String,
    /// The sheets, in the order in which they are read.
    pub sheets: Vec<Sheet>,
    /// Names of ranges that the live formulas use, in alphabetical order.
    pub names: Vec<Named>,
}

/// A range with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name, as formulas write it.
    pub name: &'static str,
    /// The sheet.
    pub sheet: &'static str,
    /// The cells.
    pub area: Area,
}

/// Small bars in a cell, over the cells of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sparkline {
    /// The cell that shows it.
    pub at: CellRef,
    /// The sheet of its values.
    pub sheet: &'static str,
    /// Its values.
    pub values: Area,
    /// The highest value of its axis.
    pub maximum: u32,
}

/// What a sheet is for; it decides the colour of its tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabKind {
    /// To be read.
    Reading,
    /// To follow a number to its cell.
    Evidence,
    /// How it was judged.
    Rules,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub tab: TabKind,
    /// Widths of the columns from A, in characters.
    pub widths: Vec<u16>,
    /// Its rows, from the first.
    pub rows: Vec<Row>,
    /// Rows and columns that stay in sight.
    pub frozen: Option<Frozen>,
    /// The row that heads every printed page: the header of the table.
    pub repeat: Option<u32>,
    /// How it lies on paper when everything is printed.
    pub paper: Paper,
    /// What of it belongs to the printed document; `None` when it is printed as `paper` says.
    pub leaf: Option<Leaf>,
    /// The tables to be marked as such: header and body.
    pub tables: Vec<Area>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// Small bars in cells.
    pub sparklines: Vec<Sparkline>,
}

/// How a sheet lies on paper, so that it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// As wide as a page.
    Wide,
    /// As wide as a page; a new page begins rather than part a chart, or a title from what it heads.
    Whole,
    /// On a single page.
    Single,
    /// As wide as a page; a new page begins at this row.
    Parted(u32),
    /// As wide as an upright page; a new page begins at this row.
    UprightParted(u32),
    /// As wide as a page; a new page begins at each of these rows.
    InThree(u32, u32),
    /// As wide as a page, without the columns from this one on: they are for the screen.
    UpTo(u16),
    /// On a single upright page, without the columns from this one on: they are for the screen.
    Upright(u16),
    /// On two pages side by side: the second begins with column `from`, after the first `again` columns.
    Double {
        /// The first column of the second page.
        from: u16,
        /// How many columns head the second page too.
        again: u16,
        /// The columns from this one on are for the screen.
        until: Option<u16>,
    },
}

/// The part of a sheet that belongs to the printed document: the rest stays on the screen, below and at the
/// right of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// How many rows, from the first.
    pub rows: u32,
    /// How many columns, from the first.
    pub columns: u16,
    /// How many pages at most it takes, one under the other; 0 for as many as it needs.
    pub pages: u16,
    /// Whether the pages are upright.
    pub upright: bool,
    /// The size of the letters of its table, in points: smaller ones show more rows at once.
    pub letters: u16,
}

/// What stays in sight while the rest scrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Rows from the top.
    pub rows: u32,
    /// Columns from the left.
    pub columns: u16,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Row {
    /// What kind of row it is.
    pub kind: RowKind,
    /// Its cells, from column A.
    pub cells: Vec<Cell>,
}

/// Kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RowKind {
    /// The sheet's title.
    Title,
    /// The line under it.
    Subtitle,
    /// The large warning of the cover.
    Banner,
    /// The same of the final issue, which warns of nothing.
    Seal,
    /// Title of a section.
    Heading,
    /// Header of a table.
    Header,
    /// A row of a table, or of labels and values.
    #[default]
    Body,
    /// A row of totals.
    Total,
    /// Running text.
    Prose,
    /// Space.
    Space,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How many columns it spans, when more than one.
    pub span: u16,
    /// Whether it is a label of what stands at its right, in bold.
    pub strong: bool,
    /// Whether it heads a column of numbers, and so stands at the right.
    pub right: bool,
    /// What a reader may write in it, when it is left blank for that.
    pub input: Option<Input>,
    /// Of a link to several cells, the last one: the link selects them all.
    pub until: Option<CellRef>,
}

/// What a reader may write in a blank cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// Anything.
    Free,
    /// One of these words, or something else after a warning.
    OneOf(&'static [&'static str]),
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Content {
    /// Nothing.
    #[default]
    Blank,
    /// Text.
    Text(String),
    /// A code, a hash, an address: narrow text that is never wrapped.
    Code(String),
    /// A number with its format.
    Number(Number, Format),
    /// A date.
    Date(NaiveDate),
    /// An outcome: symbol and word in the colour of the light.
    Status(Light, String),
    /// A severity, in its colour.
    Severity(Severity),
    /// Text that leads to a cell of this workbook.
    Link(String, Target),
    /// A formula, with the engine's own value as its result.
    Live(Box<Live>),
}

/// A computed cell: what a spreadsheet will compute there, and what the engine says.
#[derive(Clone, Debug, PartialEq)]
pub struct Live {
    /// The formula.
    pub formula: Formula,
    /// The engine's value, as any other cell would show it: blank, text, number, date, outcome.
    pub value: Content,
    /// Whether the value is the engine's. Of a step on the way the engine keeps nothing: its value is what
    /// the formula gives, in the shape of `value`.
    pub engine: bool,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `1.234`
    Integer,
    /// `1.234,56`
    Decimal,
    /// `46,82%`, of a fraction
    Percent,
    /// `-2,00 punti %`, of a difference of fractions
    Points,
    /// `12,50 gg.`
    Days,
    /// `12,50 ore`
    Hours,
    /// `1.234,50 €`, always with cents
    Euro,
    /// `12,50 min.`
    Minutes,
    /// The year or another number without thousands.
    Plain,
    /// With the digits that it has.
    General,
}

/// A chart over the rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its title: the message.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The words of the horizontal axis.
    pub categories_title: String,
    /// The words of the vertical axis.
    pub values_title: String,
    /// Names of the bars, or of the points of the lines.
    pub categories: Area,
    /// Bars or lines.
    pub kind: ChartKind,
    /// The format of the vertical axis.
    pub format: Format,
    /// The highest value of the axis, when it is fixed.
    pub maximum: Option<u32>,
    /// Its top left corner.
    pub at: CellRef,
    /// Rows it covers.
    pub rows: u32,
    /// Columns it covers.
    pub columns: u16,
    /// Of charts that share those columns in equal parts: which one it is, and how many they are.
    pub abreast: Option<(usize, usize)>,
}

/// What a chart draws.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartKind {
    /// Bars of these heights, each in the colour of its light.
    Bars(Area, Vec<Light>),
    /// Lines, the first one stronger.
    Lines(Vec<Line>),
}

/// A line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its points, in the same rows as the chart's categories.
    pub values: Area,
}

impl Content {
    /// What is seen: of a computed cell, the engine's value.
    pub fn shown(&self) -> &Content {
        match self {
            Content::Live(live) => live.value.shown(),
            other => other,
        }
    }
}

impl Cell {
    /// Nothing.
    pub fn blank() -> Self {
        Self::default()
    }

    /// A cell that holds `content`.
    pub fn of(content: Content) -> Self {
        Self { content, ..Self::default() }
    }

    /// Left blank for the reader.
    pub fn to_fill(input: Input) -> Self {
        Self { input: Some(input), ..Self::default() }
    }

    /// Text; a blank when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::of(if text.is_empty() { Content::Blank } else { Content::Text(text) })
    }

    /// A code; a blank when it is empty.
    pub fn code(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::of(if text.is_empty() { Content::Blank } else { Content::Code(text) })
    }

    /// A whole number of things.
    pub fn count(number: usize) -> Self {
        Self::number(Number::from(number), Format::Integer)
    }

    /// A number.
    pub fn number(number: Number, format: Format) -> Self {
        Self::of(Content::Number(number, format))
    }

    /// A degree of achievement, 0–100; a blank when there is none.
    pub fn degree(degree: Option<&Number>) -> Self {
        degree.map_or_else(Self::blank, |degree| Self::number(degree.clone(), Format::Decimal))
    }

    /// A value of a unit; a blank when there is none. A plain whole number has no decimals.
    pub fn value(value: Option<&Value>, format: Format) -> Self {
        match value {
            None => Self::blank(),
            Some(Value::Number(number)) if format == Format::Decimal && number.is_integer() => {
                Self::number(number.clone(), Format::Integer)
            }
            Some(Value::Number(number)) => Self::number(number.clone(), format),
            Some(Value::Date(date)) => Self::date(*date),
            Some(other) => Self::text(other.to_people()),
        }
    }

    /// A date; text when it is too old for a cell.
    pub fn date(date: NaiveDate) -> Self {
        let first = NaiveDate::from_ymd_opt(1900, 3, 1).unwrap_or_default();
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or_default();
        if (first..=last).contains(&date) { Self::of(Content::Date(date)) } else { Self::text(date_it(date)) }
    }

    /// An outcome.
    pub fn status(light: Light, word: impl Into<String>) -> Self {
        Self::of(Content::Status(light, word.into()))
    }

    /// Whether it leads anywhere.
    pub fn leads(&self) -> bool {
        matches!(self.content, Content::Link(..))
    }

    /// A link to `cell` of `sheet`, or plain text when there is nowhere to go.
    pub fn link(text: impl Into<String>, target: Option<Target>) -> Self {
        let text = text.into();
        match target {
            Some(target) if !text.is_empty() => Self::of(Content::Link(text, target)),
            _ => Self::text(text),
        }
    }

    /// A link that selects all the cells of `area`.
    pub fn link_to_area(text: impl Into<String>, sheet: &'static str, area: Area) -> Self {
        let first = Target { sheet, cell: area.first };
        Self { until: (area.first != area.last).then_some(area.last), ..Self::link(text, Some(first)) }
    }

    /// The same cell, computed by `formula`: its content is the engine's value.
    #[must_use]
    pub fn live(mut self, formula: Formula) -> Self {
        self.content = Content::Live(Box::new(Live { formula, value: self.content, engine: true }));
        self
    }

    /// A step on the way, of which the engine keeps nothing: shown like this cell.
    #[must_use]
    pub fn step(mut self, formula: Formula) -> Self {
        self.content = Content::Live(Box::new(Live { formula, value: self.content, engine: false }));
        self
    }

    /// The same over `span` columns.
    #[must_use]
    pub fn over(mut self, span: u16) -> Self {
        self.span = span;
        self
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.content.shown() == &Content::Blank
    }

    /// Whether it is shown at the right: numbers and dates.
    pub fn is_numeric(&self) -> bool {
        matches!(self.content.shown(), Content::Number(_, _) | Content::Date(_))
    }

    /// The same at the right, over numbers.
    #[must_use]
    pub fn at_right(mut self) -> Self {
        self.right = true;
        self
    }

    /// The same in bold.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }
}

impl Format {
    /// The format of an entry: shares in percent, amounts in euro, the rest as plain numbers.
    pub fn of_entry(kind: VoceType) -> Self {
        match kind {
            VoceType::Percentuale => Format::Percent,
            VoceType::Importo => Format::Euro,
            _ => Format::Decimal,
        }
    }

    /// The format of a value of `unit`; as a percentage only when the target's text has `%`.
    pub fn of(unit: Unit, percent: bool) -> Self {
        match unit {
            _ if percent => Format::Percent,
            Unit::Giorni | Unit::GiorniLavorativi => Format::Days,
            Unit::Ore => Format::Hours,
            Unit::Euro => Format::Euro,
            Unit::Minuti => Format::Minutes,
            Unit::Numero | Unit::Rapporto | Unit::Data => Format::Decimal,
        }
    }
}

impl Row {
    /// A row of `kind`.
    pub fn of(kind: RowKind, cells: Vec<Cell>) -> Self {
        Self { kind, cells }
    }

    /// A line of text over `span` columns from column `from`.
    pub fn line(kind: RowKind, from: usize, text: impl Into<String>, span: u16) -> Self {
        let mut cells = vec![Cell::blank(); from];
        cells.push(Cell::text(text).over(span));
        Self { kind, cells }
    }

    /// An empty line.
    pub fn space() -> Self {
        Self { kind: RowKind::Space, cells: Vec::new() }
    }
}

/// Symbol and word, as a cell of an outcome shows them.
pub fn status_text(light: Light, word: &str) -> String {
    format!("{} {word}", light.symbol())
}

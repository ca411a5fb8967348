//! Live formulas of the office's workbook, each with its result computed here by the same rule.
//!
//! Only functions that LibreOffice 7.4 and Excel 2010 share. A formula is blank while a term is missing.

use rust_xlsxwriter::utility::{row_col_to_cell, row_col_to_cell_absolute};

use super::fill::{Fill, FillKey};
use super::layout::{Layout, RowUse, declared_key, field_col, live_col, month_col};
use crate::excel::serial_of;
use crate::formula::RowExpr;
use crate::model::{Month, Number, TimeKind, VoceKey};
use crate::plan::{Register, Voce};

/// A formula and what it gives; `None` is a blank.
pub(super) struct Live {
    pub formula: String,
    pub result: Option<Number>,
}

/// The months of a row that count, as a range.
pub(super) fn months_range(voce: &Voce, row: u32) -> String {
    let last = voce.last_counting(Month::DECEMBER);
    format!("{}:{}", row_col_to_cell(row, month_col(Month::JANUARY)), row_col_to_cell(row, month_col(last)))
}

/// The numbers typed in the months that count.
pub(super) fn months_typed(fill: &Fill, voce: &Voce) -> Vec<(Month, Number)> {
    let last = voce.last_counting(Month::DECEMBER);
    last.up_to()
        .filter_map(|month| Some((month, fill.number(&FillKey::monthly(voce.key.as_str(), month))?)))
        .collect()
}

/// The year to date of a monthly or stock voce.
pub(super) fn total(fill: &Fill, voce: &Voce, row: u32) -> Live {
    let range = months_range(voce, row);
    let typed = months_typed(fill, voce);
    if voce.time == TimeKind::Consistenza {
        let last = last_month(&[format!("ISNUMBER({range})")], &range);
        return Live {
            formula: format!("=IF(COUNT({range})=0,\"\",INDEX({range},1,{last}))"),
            result: typed.into_iter().next_back().map(|(_, number)| number),
        };
    }
    let any = !typed.is_empty();
    let sum: Number = typed.into_iter().map(|(_, number)| number).sum();
    Live { formula: format!("=IF(COUNT({range})=0,\"\",SUM({range}))"), result: any.then_some(sum) }
}

/// The ordinal of the last month in which all of `conditions` hold; 0 when there is none.
pub(super) fn last_month(conditions: &[String], range: &str) -> String {
    let first = range.split(':').next().unwrap_or(range);
    format!("SUMPRODUCT(MAX({}*(COLUMN({range})-COLUMN({first})+1)))", conditions.join("*"))
}

/// The month up to which a register is declared complete.
pub(super) fn declared_month(fill: &Fill, register: &VoceKey) -> Option<Month> {
    let number = fill.number(&FillKey::single(declared_key(register)))?;
    Month::new(u32::try_from(number.to_i64()?).ok()?)
}

/// The same question in the sheet, of the cell of the declaration: a whole number from 1 to 12.
pub(super) fn declared_condition(cell: &str) -> String {
    format!("IF(ISNUMBER({cell}),AND({cell}>=1,{cell}<=12,{cell}=INT({cell})),FALSE)")
}

/// A register's live column: its title and its cells from the first row.
pub(super) struct LiveColumn {
    pub col: u16,
    pub title: &'static str,
    pub cells: Vec<Live>,
}

/// The live columns of a register.
pub(super) fn register_columns(layout: &Layout<'_>, fill: &Fill, voce: &Voce) -> Vec<LiveColumn> {
    let Some((declared, first, _, register)) = layout.register(&voce.key) else { return Vec::new() };
    let (year, rows) = (layout.plan.year, layout.register_rows);
    let sheet = RegisterSheet { fill, voce, register, declared, first, year, rows };
    layout
        .row_uses(&voce.key)
        .iter()
        .enumerate()
        .filter_map(|(index, used)| sheet.column(used, live_col(register, index)))
        .collect()
}

/// A register where it stands.
struct RegisterSheet<'a> {
    fill: &'a Fill,
    voce: &'a Voce,
    register: &'a Register,
    declared: u32,
    first: u32,
    year: i32,
    /// How many rows it has.
    rows: u32,
}

impl RegisterSheet<'_> {
    fn column(&self, used: &RowUse, col: u16) -> Option<LiveColumn> {
        let ordinals = 1..=self.rows;
        match used {
            RowUse::Value(_, RowExpr::Days { working: true, .. }) => None,
            RowUse::Value(_, RowExpr::Days { from, to, .. }) => Some(LiveColumn {
                col,
                title: "Giorni",
                cells: ordinals.map(|ordinal| self.days(ordinal, from, to)).collect::<Option<_>>()?,
            }),
            RowUse::Value(_, RowExpr::Column(column)) => Some(LiveColumn {
                col,
                title: "Conta",
                cells: ordinals.map(|ordinal| self.value(ordinal, column)).collect::<Option<_>>()?,
            }),
            RowUse::Distinct(column) => Some(LiveColumn {
                col,
                title: "Conta",
                cells: ordinals.map(|ordinal| self.distinct(ordinal, column, col)).collect::<Option<_>>()?,
            }),
        }
    }

    fn row(&self, ordinal: u32) -> u32 {
        self.first + ordinal - 1
    }

    fn cell(&self, ordinal: u32, column: &str) -> Option<String> {
        Some(row_col_to_cell(self.row(ordinal), field_col(self.register, column)?))
    }

    fn key(&self, ordinal: u32, column: &str) -> FillKey {
        FillKey::field(self.voce.key.as_str(), ordinal, column)
    }

    fn number(&self, ordinal: u32, column: &str) -> Option<Number> {
        self.fill.number(&self.key(ordinal, column))
    }

    /// The last day of the month up to which the register is declared complete: formula and value.
    fn as_of(&self) -> (String, Option<Number>) {
        let cell = row_col_to_cell_absolute(self.declared, super::layout::YEAR);
        let month = declared_month(self.fill, &self.voce.key);
        let day = month.map(|month| Number::from(serial_of(month.last_day(self.year))));
        (format!("DATE({},{cell}+1,0)", self.year), day)
    }

    /// Wraps what a row gives when it counts: it has its key, and its date has come.
    fn when_counted(&self, ordinal: u32, then: &str) -> Option<String> {
        let declared = declared_condition(&row_col_to_cell_absolute(self.declared, super::layout::YEAR));
        let (event, identity) =
            (self.cell(ordinal, &self.register.event)?, self.cell(ordinal, &self.register.identity)?);
        let (as_of, _) = self.as_of();
        Some(format!(
            "=IF(AND({declared},ISNUMBER({event}),TRIM({identity})<>\"\"),\
             IF({event}<={as_of},{then},\"\"),\"\")"
        ))
    }

    fn counts(&self, ordinal: u32) -> bool {
        let named = !self.fill.text(&self.key(ordinal, &self.register.identity)).trim().is_empty();
        match (self.number(ordinal, &self.register.event), self.as_of().1) {
            (Some(event), Some(as_of)) => named && event <= as_of,
            _ => false,
        }
    }

    fn days(&self, ordinal: u32, from: &str, to: &str) -> Option<Live> {
        let (as_of, last) = self.as_of();
        let (start, end) = (self.cell(ordinal, from)?, self.cell(ordinal, to)?);
        let then =
            format!("IF(ISNUMBER({start}),IF(ISNUMBER({end}),MIN({end},{as_of}),{as_of})-{start},\"\")");
        let result = self.counts(ordinal).then(|| {
            let last = last?;
            let end = self.number(ordinal, to).map_or(last.clone(), |end| end.min(last));
            Some(end - &self.number(ordinal, from)?)
        });
        Some(Live { formula: self.when_counted(ordinal, &then)?, result: result.flatten() })
    }

    fn value(&self, ordinal: u32, column: &str) -> Option<Live> {
        let cell = self.cell(ordinal, column)?;
        let then = format!("IF(ISNUMBER({cell}),{cell},\"\")");
        let result = self.number(ordinal, column).filter(|_| self.counts(ordinal));
        Some(Live { formula: self.when_counted(ordinal, &then)?, result })
    }

    fn distinct(&self, ordinal: u32, column: &str, live: u16) -> Option<Live> {
        let own = self.cell(ordinal, column)?;
        let then = if ordinal == 1 {
            "1".to_owned()
        } else {
            let field = field_col(self.register, column)?;
            let above = |col: u16| {
                let top = row_col_to_cell_absolute(self.first, col);
                format!("{top}:{}", row_col_to_cell(self.row(ordinal) - 1, col))
            };
            format!("IF(SUMPRODUCT((TRIM({})=TRIM({own}))*({}=1))=0,1,\"\")", above(field), above(live))
        };
        // As the formula compares them: Excel takes off blanks, one kind of them, and case. The key under which rows
        // are united folds more, and V08 tells the office of two rows that only it unites.
        let folded = |ordinal: u32| {
            let text = self.fill.text(&self.key(ordinal, column));
            text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let seen = (1..ordinal).any(|above| self.counts(above) && folded(above) == folded(ordinal));
        let result = (self.counts(ordinal) && !seen).then(Number::one);
        Some(Live { formula: self.when_counted(ordinal, &then)?, result })
    }
}

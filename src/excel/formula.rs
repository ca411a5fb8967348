//! The tree of a live formula.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::model::{CellRef, Number};

use super::spot::{Area, Own, Target};

/// A formula of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number; it must have few digits, since Excel keeps fifteen.
    Number(Number),
    /// A text.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A cell.
    Cell(Target),
    /// Cells of a sheet.
    Range(&'static str, Area),
    /// A cell of the sheet in which the formula stands.
    Own(Own),
    /// Cells of the sheet in which the formula stands, from the first to the last.
    OwnRange(Own, Own),
    /// A range by its name.
    Name(&'static str),
    /// A cell of a sheet whose name the plan gives.
    There(Arc<str>, CellRef),
    /// A cell of the workbook by a name that the plan gives.
    Known(Arc<str>),
    /// Cells of the workbook by a name that the plan gives.
    Many(Arc<str>),
    /// The opposite of a number.
    Minus(Box<Formula>),
    /// A formula in brackets that its place does not need.
    Bracketed(Box<Formula>),
    /// Two formulas with a sign between them.
    Signed(Box<Formula>, Sign, Box<Formula>),
    /// A function.
    Call(Call, Vec<Formula>),
}

/// What stands between two formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Less,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `&`
    And,
    /// `=`
    Equal,
    /// `<>`
    Unlike,
    /// `<`
    Under,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// A function of the spreadsheet, under the name that the file keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `ABS`
    Abs,
    /// `AND`
    And,
    /// `AVERAGE`
    Average,
    /// `CHOOSE` by a number, from 1.
    Choose,
    /// `COLUMN`
    Column,
    /// `COUNT`: how many numbers.
    Count,
    /// `COUNTIFS`
    CountIfs,
    /// `DATE` of year, month, day.
    Date,
    /// `HYPERLINK` to an address, shown as a text.
    Hyperlink,
    /// `IF`
    If,
    /// `IFERROR`
    IfError,
    /// `INDEX` of a column, or of a row and a column.
    Index,
    /// `INT`
    Int,
    /// `ISERROR`
    IsError,
    /// `ISNUMBER`
    IsNumber,
    /// `LARGE`
    Large,
    /// `MATCH`
    Match,
    /// `MAX`
    Max,
    /// `MIN`
    Min,
    /// `N`: a number, or 0.
    N,
    /// `NOT`
    Not,
    /// `OR`
    Or,
    /// `ROUND`
    Round,
    /// `SMALL`
    Small,
    /// `SUM`
    Sum,
    /// `SUMIFS`
    SumIfs,
    /// `SUMPRODUCT`
    SumProduct,
    /// `TRIM`
    Trim,
}

impl Sign {
    /// As it is spelt.
    pub fn symbol(self) -> &'static str {
        match self {
            Sign::Plus => "+",
            Sign::Less => "-",
            Sign::Times => "*",
            Sign::Over => "/",
            Sign::And => "&",
            Sign::Equal => "=",
            Sign::Unlike => "<>",
            Sign::Under => "<",
            Sign::AtMost => "<=",
            Sign::Above => ">",
            Sign::AtLeast => ">=",
        }
    }

    /// How tightly it binds, from 1.
    pub fn binding(self) -> u8 {
        match self {
            Sign::Equal | Sign::Unlike | Sign::Under | Sign::AtMost | Sign::Above | Sign::AtLeast => 1,
            Sign::And => 2,
            Sign::Plus | Sign::Less => 3,
            Sign::Times | Sign::Over => 4,
        }
    }
}

impl Call {
    /// As it is spelt in the file, whatever the language of the program that opens it.
    pub fn name(self) -> &'static str {
        match self {
            Call::Abs => "ABS",
            Call::And => "AND",
            Call::Average => "AVERAGE",
            Call::Choose => "CHOOSE",
            Call::Column => "COLUMN",
            Call::Count => "COUNT",
            Call::CountIfs => "COUNTIFS",
            Call::Date => "DATE",
            Call::Hyperlink => "HYPERLINK",
            Call::If => "IF",
            Call::IfError => "IFERROR",
            Call::Index => "INDEX",
            Call::Int => "INT",
            Call::IsError => "ISERROR",
            Call::IsNumber => "ISNUMBER",
            Call::Large => "LARGE",
            Call::Match => "MATCH",
            Call::Max => "MAX",
            Call::Min => "MIN",
            Call::N => "N",
            Call::Not => "NOT",
            Call::Or => "OR",
            Call::Round => "ROUND",
            Call::Small => "SMALL",
            Call::Sum => "SUM",
            Call::SumIfs => "SUMIFS",
            Call::SumProduct => "SUMPRODUCT",
            Call::Trim => "TRIM",
        }
    }
}

impl Call {
    /// Whether the argument at a place, from 0, may be many cells.
    pub fn takes_cells(self, place: usize) -> bool {
        match self {
            Call::And
            | Call::Average
            | Call::Count
            | Call::Max
            | Call::Min
            | Call::Or
            | Call::Sum
            | Call::SumProduct => true,
            Call::CountIfs => place.is_multiple_of(2),
            Call::SumIfs => place == 0 || !place.is_multiple_of(2),
            Call::Index | Call::Large | Call::Small => place == 0,
            Call::Match => place == 1,
            _ => false,
        }
    }
}

impl Formula {
    /// The formulas of which it is made.
    pub fn parts(&self) -> Vec<&Formula> {
        match self {
            Formula::Minus(inner) | Formula::Bracketed(inner) => vec![inner],
            Formula::Signed(left, _, right) => vec![left, right],
            Formula::Call(_, arguments) => arguments.iter().collect(),
            Formula::Number(_)
            | Formula::Text(_)
            | Formula::Flag(_)
            | Formula::Cell(_)
            | Formula::Range(..)
            | Formula::Own(_)
            | Formula::OwnRange(..)
            | Formula::There(..)
            | Formula::Known(_)
            | Formula::Many(_)
            | Formula::Name(_) => Vec::new(),
        }
    }

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Formula::Number(Number::from(number))
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Formula::Text(text.into())
    }

    /// The criterion of a count or a sum that only cells with this very text meet: a star, a question mark
    /// and a tilde mean themselves, and so does a sign of comparison at the beginning.
    pub fn criterion(text: &str) -> Self {
        let mut escaped = String::new();
        if text.starts_with(['=', '<', '>']) {
            escaped.push('=');
        }
        for letter in text.chars() {
            if matches!(letter, '*' | '?' | '~') {
                escaped.push('~');
            }
            escaped.push(letter);
        }
        Formula::Text(escaped)
    }

    /// The empty text: no value.
    pub fn none() -> Self {
        Formula::Text(String::new())
    }

    /// A function of its arguments.
    pub fn call(call: Call, arguments: impl Into<Vec<Formula>>) -> Self {
        Formula::Call(call, arguments.into())
    }

    /// `IF(condition, then, otherwise)`
    pub fn choose(condition: Formula, then: Formula, otherwise: Formula) -> Self {
        Self::call(Call::If, [condition, then, otherwise])
    }

    /// The last day of a month, or another date.
    pub fn date(day: NaiveDate) -> Self {
        let parts = [i64::from(day.year()), i64::from(day.month()), i64::from(day.day())];
        Self::call(Call::Date, parts.map(Self::whole))
    }

    /// `NOT(this)`
    pub fn negated(self) -> Self {
        Self::call(Call::Not, [self])
    }

    /// `ISNUMBER(this)`
    pub fn is_number(self) -> Self {
        Self::call(Call::IsNumber, [self])
    }

    /// `IFERROR(this, otherwise)`
    pub fn or(self, otherwise: Formula) -> Self {
        Self::call(Call::IfError, [self, otherwise])
    }

    /// Whether it is the text `word`, or the number `word`.
    pub fn is(self, word: Formula) -> Self {
        self.signed(Sign::Equal, word)
    }

    /// Two formulas with a sign between them.
    pub fn signed(self, sign: Sign, other: Formula) -> Self {
        Formula::Signed(Box::new(self), sign, Box::new(other))
    }
}

/// What tells whether an engine's value and a live one are the same: 0, or the difference at the ninth
/// decimal, or 1 where they are not both numbers. Of numbers greater than 1 it is the share of the engine's:
/// a spreadsheet keeps fifteen digits, and of a great number few are decimals.
pub fn difference(engine: Target, live: Target) -> Formula {
    difference_beside(engine, live, None)
}

/// The same of a figure that is what is left of another, `beside` it: of that one it is the share.
pub fn difference_beside(engine: Target, live: Target, beside: Option<Target>) -> Formula {
    let mut size = vec![Formula::whole(1), absolute(Formula::Cell(engine))];
    size.extend(beside.map(|cell| absolute(Formula::call(Call::N, [Formula::Cell(cell)]))));
    let size = Formula::Call(Call::Max, size);
    let (engine, live) = (Formula::Cell(engine), Formula::Cell(live));
    let is_number = |formula: &Formula| Formula::call(Call::IsNumber, [formula.clone()]);
    let as_text = |formula: &Formula| formula.clone().signed(Sign::And, Formula::none());
    let share = engine.clone().signed(Sign::Less, live.clone()).signed(Sign::Over, size);
    Formula::choose(
        Formula::call(Call::And, [is_number(&engine), is_number(&live)]),
        Formula::call(Call::Round, [share, Formula::whole(9)]),
        Formula::choose(
            as_text(&engine).signed(Sign::Equal, as_text(&live)),
            Formula::whole(0),
            Formula::whole(1),
        ),
    )
}

/// A number without its sign.
pub fn absolute(formula: Formula) -> Formula {
    Formula::call(Call::Abs, [formula])
}

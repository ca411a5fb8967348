//! A plan's formula as a formula of the sheet, with its value: one walk gives both.

use rust_xlsxwriter::utility::row_col_to_cell;

use super::fill::{Fill, FillKey};
use super::layout::{Layout, RowUse, TOTAL, YEAR, live_col};
use super::live::{
    declared_condition, declared_month, last_month, months_range, months_typed, register_columns, total,
};
use crate::excel::serial_of;
use crate::formula::{Expr, Fold, Operation, RowExpr};
use crate::model::{Month, Number, OfficeRule, TimeKind, Value, VoceKey, VoceType};
use crate::plan::{Indicator, Voce};

/// Part of a formula; no value while a term is missing or a denominator is zero.
pub(super) struct Piece {
    pub text: String,
    pub value: Option<Number>,
}

/// Walks a formula over a sheet.
pub(super) struct Compiler<'a> {
    layout: &'a Layout<'a>,
    fill: &'a Fill,
    /// The levels of the formula, when they are more than one: taken at the same month.
    levels: Vec<(u32, &'a Voce)>,
    /// The yes/no terms of the formula.
    answers: Vec<VoceKey>,
    missing: Vec<String>,
    zero: Vec<String>,
    flags: Vec<String>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, fill: &'a Fill, indicator: &Indicator) -> Self {
        let mut levels: Vec<(u32, &Voce)> =
            indicator.formula.inputs().iter().filter_map(|key| layout.voce(key)).collect();
        let yes_no = levels.iter().filter(|(_, voce)| voce.kind == VoceType::SiNo && voce.is_input());
        let answers = yes_no.map(|(_, voce)| voce.key.clone()).collect();
        levels.retain(|(_, voce)| voce.time == TimeKind::Consistenza && voce.is_input());
        if levels.len() < 2 {
            levels.clear();
        }
        Self { layout, fill, levels, answers, missing: Vec::new(), zero: Vec::new(), flags: Vec::new() }
    }

    /// The conditions under which a term is missing, and those under which a denominator is zero.
    pub(super) fn conditions(self) -> (Vec<String>, Vec<String>) {
        let mut missing = self.missing;
        if !self.flags.is_empty() {
            missing.push(format!("AND({})", self.flags.join(",")));
        }
        (missing, self.zero)
    }

    /// The formula of `expr`, or `None` when this sheet cannot compute it.
    pub(super) fn piece(&mut self, expr: &Expr) -> Option<Piece> {
        match expr {
            Expr::Number(number) => Some(Piece { text: literal(number)?, value: Some(number.clone()) }),
            Expr::Voce(key) => self.voce(key),
            Expr::Negate(inner) => {
                let inner = self.piece(inner)?;
                Some(Piece { text: format!("(-{})", inner.text), value: inner.value.map(|value| -value) })
            }
            Expr::Binary(operation, left, right) => self.binary(*operation, left, right),
            Expr::Over(fold, key, row) => self.over(*fold, key, row),
            Expr::Distinct(key, column) => {
                let (range, cells) = self.live_cells(key, &RowUse::Distinct(column.clone()))?;
                let value = self.declared(key).then(|| cells.into_iter().sum());
                Some(Piece { text: format!("SUM({range})"), value })
            }
            Expr::Days { working: true, .. } => None,
            Expr::Days { from, to, .. } => {
                let (from, to) = (self.voce(from)?, self.voce(to)?);
                let value = to.value.zip(from.value).map(|(to, from)| to - &from);
                Some(Piece { text: format!("({}-{})", to.text, from.text), value })
            }
        }
    }

    fn binary(&mut self, operation: Operation, left: &Expr, right: &Expr) -> Option<Piece> {
        let (left, right) = (self.piece(left)?, self.piece(right)?);
        if operation == Operation::Divide {
            let condition = format!("{}=0", right.text);
            if !self.zero.contains(&condition) {
                self.zero.push(condition);
            }
        }
        let value = left.value.zip(right.value).and_then(|(left, right)| match operation {
            Operation::Add => Some(left + &right),
            Operation::Subtract => Some(left - &right),
            Operation::Multiply => Some(left * &right),
            Operation::Divide => left.divided_by(&right),
        });
        let sign = match operation {
            Operation::Add => "+",
            Operation::Subtract => "-",
            Operation::Multiply => "*",
            Operation::Divide => "/",
        };
        Some(Piece { text: format!("({}{sign}{})", left.text, right.text), value })
    }

    fn voce(&mut self, key: &VoceKey) -> Option<Piece> {
        let (row, voce) = self.layout.voce(key)?;
        if let Some(fixed) = &voce.fixed {
            return self.fixed(row, &fixed.value);
        }
        match (voce.time, voce.kind) {
            (TimeKind::Consistenza, _) if !self.levels.is_empty() => Some(self.level(row, voce)),
            (TimeKind::Mensile | TimeKind::Consistenza, _) => {
                let cell = row_col_to_cell(row, TOTAL);
                self.require(format!("{cell}=\"\""));
                Some(Piece { text: cell, value: total(self.fill, voce, row).result })
            }
            (TimeKind::Annuale, VoceType::SiNo) => Some(self.flag(row, voce)),
            (TimeKind::Annuale, _) => {
                let cell = row_col_to_cell(row, YEAR);
                self.require(format!("NOT(ISNUMBER({cell}))"));
                let typed = self.fill.number(&FillKey::single(key.as_str()));
                if voce.rule == OfficeRule::Conta {
                    return Some(Piece { text: "1".to_owned(), value: typed.map(|_| Number::one()) });
                }
                Some(Piece { text: cell, value: typed })
            }
            (TimeKind::Costante | TimeKind::Registro, _) => None,
        }
    }

    fn fixed(&mut self, row: u32, value: &Value) -> Option<Piece> {
        let cell = row_col_to_cell(row, YEAR);
        match value {
            Value::Number(number) => Some(Piece { text: cell, value: Some(number.clone()) }),
            Value::Date(date) => Some(Piece { text: cell, value: Some(Number::from(serial_of(*date))) }),
            Value::Flag(_) => Some(Piece { text: format!("IF({cell}=\"Sì\",1,0)"), value: value.number() }),
            Value::Text(_) => None,
        }
    }

    /// A level at the last month in which all the levels of the formula are typed.
    fn level(&mut self, row: u32, voce: &Voce) -> Piece {
        let range = months_range(voce, row);
        let typed: Vec<String> =
            self.levels.iter().map(|(row, voce)| format!("ISNUMBER({})", months_range(voce, *row))).collect();
        let last = last_month(&typed, &range);
        self.require(format!("{last}=0"));
        let all: Vec<Vec<(Month, Number)>> =
            self.levels.iter().map(|(_, voce)| months_typed(self.fill, voce)).collect();
        let has =
            |months: &[(Month, Number)], wanted: Month| months.iter().any(|(month, _)| *month == wanted);
        let common = Month::all().rev().find(|month| all.iter().all(|months| has(months, *month)));
        let value = common.and_then(|month| self.fill.number(&FillKey::monthly(voce.key.as_str(), month)));
        Piece { text: format!("INDEX({range},1,{last})"), value }
    }

    /// A yes is 1; a blank counts 0 once one of the answers of the formula is given.
    fn flag(&mut self, row: u32, voce: &Voce) -> Piece {
        let cell = row_col_to_cell(row, YEAR);
        self.flags.push(format!("{cell}=\"\""));
        let typed = self.fill.text(&FillKey::single(voce.key.as_str())).to_lowercase();
        let answers: Vec<String> = YES.iter().map(|yes| format!("{cell}=\"{yes}\"")).collect();
        let value = i64::from(YES.iter().any(|yes| yes.to_lowercase() == typed));
        // Blank in all of the answers: nothing to show, as the condition on the flags says.
        let given = self.answers.iter().any(|key| !self.fill.text(&FillKey::single(key.as_str())).is_empty());
        Piece {
            text: format!("IF(OR({}),1,0)", answers.join(",")),
            value: given.then(|| Number::from(value)),
        }
    }

    fn over(&mut self, fold: Fold, key: &VoceKey, row: &RowExpr) -> Option<Piece> {
        let (range, cells) = self.live_cells(key, &RowUse::Value(fold, row.clone()))?;
        let count = Number::from(cells.len());
        let some = self.declared(key) && !cells.is_empty();
        let (function, value) = match fold {
            Fold::Max => ("MAX", cells.into_iter().max()),
            Fold::Min => ("MIN", cells.into_iter().min()),
            Fold::Mean => ("AVERAGE", cells.into_iter().sum::<Number>().divided_by(&count)),
            Fold::Sum => ("SUM", self.declared(key).then(|| cells.into_iter().sum())),
            Fold::Count => ("COUNT", self.declared(key).then_some(count)),
        };
        if matches!(fold, Fold::Max | Fold::Min | Fold::Mean) {
            self.require(format!("COUNT({range})=0"));
            return Some(Piece { text: format!("{function}({range})"), value: value.filter(|_| some) });
        }
        Some(Piece { text: format!("{function}({range})"), value })
    }

    /// The cells of a register's live column: their range, and the numbers they show.
    fn live_cells(&mut self, key: &VoceKey, used: &RowUse) -> Option<(String, Vec<Number>)> {
        let (declared, first, voce, register) = self.layout.register(key)?;
        let index = self.layout.row_uses(key).iter().position(|found| found == used)?;
        let col = live_col(register, index);
        let column =
            register_columns(self.layout, self.fill, voce).into_iter().find(|column| column.col == col)?;
        self.require(format!("NOT({})", declared_condition(&row_col_to_cell(declared, YEAR))));
        let last = first + self.layout.register_rows - 1;
        let range = format!("{}:{}", row_col_to_cell(first, col), row_col_to_cell(last, col));
        Some((range, column.cells.into_iter().filter_map(|cell| cell.result).collect()))
    }

    fn declared(&self, key: &VoceKey) -> bool {
        declared_month(self.fill, key).is_some()
    }

    fn require(&mut self, condition: String) {
        if !self.missing.contains(&condition) {
            self.missing.push(condition);
        }
    }
}

/// What the offices type for yes; Excel does not tell upper from lower case.
const YES: [&str; 4] = ["Sì", "Si", "Sí", "Si'"];

/// A number of the plan's formula, with a point; `None` when its decimals never end.
fn literal(number: &Number) -> Option<String> {
    let plain = number.to_plain();
    (Number::parse(&plain).as_ref() == Some(number)).then_some(plain)
}

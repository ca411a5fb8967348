//! A bound expression on its terms, exactly.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::expr::{Expr, Fold, RowExpr};
use super::parse::Operation;
use super::terms::{Outcome, Row, Term, Terms};
use crate::model::{Number, Value, VoceKey};

/// Evaluates `expr`; missing terms win over everything, then dates to come, then zero denominators.
pub(super) fn eval(expr: &Expr, terms: &dyn Terms) -> Outcome {
    let mut missing: Vec<VoceKey> = Vec::new();
    expr.visit(&mut |key| {
        if *terms.term(key) == Term::Missing && !missing.contains(key) {
            missing.push(key.clone());
        }
    });
    if !missing.is_empty() {
        return Outcome::Missing(missing);
    }
    if let Expr::Voce(key) = expr
        && let Term::Value(Value::Date(date)) = *terms.term(key)
    {
        return Outcome::Value(Value::Date(date));
    }
    match number(expr, terms) {
        Ok(number) => Outcome::Value(Value::Number(number)),
        Err(Stop::Zero) => Outcome::DivisionByZero,
        Err(Stop::Nothing) => Outcome::Nothing,
    }
}

enum Stop {
    Zero,
    Nothing,
}

fn number(expr: &Expr, terms: &dyn Terms) -> Result<Number, Stop> {
    match expr {
        Expr::Number(number) => Ok(number.clone()),
        Expr::Voce(key) => match terms.term(key).as_ref() {
            Term::Value(value) => value.number().ok_or(Stop::Nothing),
            Term::Missing | Term::Pending | Term::Rows(_) => Err(Stop::Nothing),
        },
        Expr::Negate(inner) => Ok(-number(inner, terms)?),
        Expr::Binary(operation, left, right) => {
            let (left, right) = (number(left, terms)?, number(right, terms)?);
            match operation {
                Operation::Add => Ok(left + &right),
                Operation::Subtract => Ok(left - &right),
                Operation::Multiply => Ok(left * &right),
                Operation::Divide => left.divided_by(&right).ok_or(Stop::Zero),
            }
        }
        Expr::Over(fold, key, row) => over(*fold, rows(&terms.term(key)), row, terms),
        Expr::Distinct(key, column) => Ok(Number::from(distinct(rows(&terms.term(key)), column))),
        Expr::Days { from, to, working } => match (&*terms.term(from), &*terms.term(to)) {
            (Term::Value(Value::Date(from)), Term::Value(Value::Date(to))) => {
                Ok(days(*from, *to, *working, terms))
            }
            // An open event: the days so far.
            (Term::Value(Value::Date(from)), Term::Pending) => {
                Ok(days(*from, terms.as_of(), *working, terms))
            }
            _ => Err(Stop::Nothing),
        },
    }
}

fn rows(term: &Term) -> &[Row] {
    match term {
        Term::Rows(rows) => rows,
        Term::Value(_) | Term::Missing | Term::Pending => &[],
    }
}

fn over(fold: Fold, rows: &[Row], row: &RowExpr, terms: &dyn Terms) -> Result<Number, Stop> {
    if fold == Fold::Count {
        let filled = rows.iter().filter(|fields| is_filled(fields, row));
        return Ok(Number::from(filled.count()));
    }
    let values: Vec<Number> = rows.iter().filter_map(|fields| row_value(fields, row, terms)).collect();
    let count = Number::from(values.len());
    match fold {
        Fold::Max => values.into_iter().max().ok_or(Stop::Nothing),
        Fold::Min => values.into_iter().min().ok_or(Stop::Nothing),
        Fold::Mean => values.into_iter().sum::<Number>().divided_by(&count).ok_or(Stop::Nothing),
        Fold::Sum | Fold::Count => Ok(values.into_iter().sum()),
    }
}

fn is_filled(fields: &Row, row: &RowExpr) -> bool {
    match row {
        RowExpr::Column(column) => fields.contains_key(column),
        RowExpr::Days { from, to, .. } => fields.contains_key(from) && fields.contains_key(to),
    }
}

/// What `expr` takes from a row of the register `key`, one for each time that it reads the register.
pub(super) fn taken(expr: &Expr, key: &VoceKey, fields: &Row, terms: &dyn Terms) -> Vec<Option<Value>> {
    match expr {
        Expr::Number(_) | Expr::Voce(_) | Expr::Days { .. } => Vec::new(),
        Expr::Negate(inner) => taken(inner, key, fields, terms),
        Expr::Binary(_, left, right) => {
            let (left, right) = (taken(left, key, fields, terms), taken(right, key, fields, terms));
            left.into_iter().chain(right).collect()
        }
        Expr::Over(_, own, _) | Expr::Distinct(own, _) if own != key => Vec::new(),
        Expr::Over(Fold::Count, _, row) => {
            vec![is_filled(fields, row).then(|| Value::Number(Number::one()))]
        }
        Expr::Over(_, _, row) => vec![row_value(fields, row, terms).map(Value::Number)],
        Expr::Distinct(_, column) => {
            vec![fields.get(column).map(|value| Value::Text(value.joining_key()))]
        }
    }
}

fn row_value(fields: &Row, row: &RowExpr, terms: &dyn Terms) -> Option<Number> {
    match row {
        RowExpr::Column(column) => fields.get(column)?.number(),
        RowExpr::Days { from, to, working } => {
            let from = fields.get(from)?.date()?;
            let to = fields.get(to).and_then(Value::date).unwrap_or_else(|| terms.as_of());
            Some(days(from, to, *working, terms))
        }
    }
}

/// Days from `from` (excluded) to `to` (included); negative when `to` comes first.
fn days(from: NaiveDate, to: NaiveDate, working: bool, terms: &dyn Terms) -> Number {
    if !working {
        return Number::from((to - from).num_days());
    }
    let (first, last) = if from <= to { (from, to) } else { (to, from) };
    let counted =
        first.iter_days().skip(1).take_while(|day| *day <= last).filter(|day| terms.is_working_day(*day));
    let count = Number::from(counted.count());
    if from <= to { count } else { -count }
}

fn distinct(rows: &[Row], column: &str) -> usize {
    let values = rows.iter().filter_map(|fields| fields.get(column)).map(Value::joining_key);
    values.filter(|value| !value.is_empty()).collect::<BTreeSet<String>>().len()
}

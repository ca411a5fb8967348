//! Cells that are never due, and what one left blank does to a formula.

use std::collections::BTreeSet;

use super::case::Case;
use crate::check::Ledger;
use crate::check::desk::{Desk, Reading};
use crate::formula::{Expr, RowExpr};
use crate::interpret::{Entry, EntryState};
use crate::model::{OfficeRule, Status, VoceType};
use crate::plan::{Operator, Voce};

/// What a blank cell of a voce does to the formula.
pub(super) struct Blank {
    /// The columns of a register that the formula reads, its key and its event left out; none for an annual
    /// date.
    columns: BTreeSet<String>,
    /// Whether a blank makes the number greater: the days run on to the end of the year.
    runs_on: bool,
    /// Whether the formula is nothing but this voce.
    alone: bool,
}

impl Blank {
    /// None when a blank is due, or is nothing to the formula.
    pub(super) fn of(expr: &Expr, voce: &Voce) -> Option<Self> {
        if let Some(register) = &voce.register {
            let mut columns = BTreeSet::new();
            let runs_on = columns_of(expr, voce, &mut columns);
            columns.retain(|column| ![&register.identity, &register.event].contains(&column));
            let alone = matches!(expr, Expr::Over(..) | Expr::Distinct(..));
            return (!columns.is_empty()).then_some(Self { columns, runs_on, alone });
        }
        let counted = voce.kind == VoceType::Data && voce.is_input() && voce.rule == OfficeRule::Conta;
        let alone = matches!(expr, Expr::Voce(key) if *key == voce.key);
        (counted && names(expr, voce)).then_some(Self { columns: BTreeSet::new(), runs_on: false, alone })
    }

    /// Whether the target is met, and what lacks could only have met it better.
    pub(super) fn is_harmless(&self, case: &Case<'_>) -> bool {
        let better = match case.indicator.target.operator {
            Operator::AtLeast | Operator::Over => !self.runs_on,
            Operator::AtMost | Operator::Under => self.runs_on,
            Operator::Exactly | Operator::By => false,
        };
        self.alone && better && case.result.status == Status::Raggiunto
    }

    /// The cells of an office that are blank and count, with the check on which others depend. What another
    /// row of the same key says is `known`: the rows are one.
    pub(super) fn cells<'a>(
        &self,
        ledger: &Ledger,
        desk: &Desk<'a>,
        voce: &Voce,
        known: &BTreeSet<Field>,
    ) -> (Vec<&'a Entry>, Option<&'static str>) {
        let (mut blank, mut because) = (Vec::new(), None);
        for entry in desk.entries(&voce.key).iter().filter(|entry| self.asks(desk, voce, entry)) {
            match desk.read(ledger, entry) {
                Reading::Blank if field(desk, voce, entry).is_some_and(|field| known.contains(&field)) => {}
                Reading::Blank => blank.push(*entry),
                Reading::Placeholder => because = Some("C15"),
                Reading::Unusable(code) => because = Some(code),
                Reading::Value(_) | Reading::NotApplicable => {}
            }
        }
        (blank, because)
    }

    /// Whether the cell is the annual one, or a field that the formula reads in a row that has its event.
    fn asks(&self, desk: &Desk<'_>, voce: &Voce, entry: &Entry) -> bool {
        let (Some(row), Some(column), Some(register)) = (entry.id.row, &entry.id.column, &voce.register)
        else {
            return voce.register.is_none();
        };
        let event =
            |field: &&Entry| field.id.column.as_ref() == Some(&register.event) && !field.raw.is_empty();
        self.columns.contains(column) && desk.row(&voce.key, row).iter().any(event)
    }
}

/// A field of a register, by the key of its row and its column: the same in all the rows that are one.
pub(super) type Field = (String, String);

/// Which field `entry` is, when its row has a key.
fn field(desk: &Desk<'_>, voce: &Voce, entry: &Entry) -> Option<Field> {
    let (row, column) = entry.id.row.zip(entry.id.column.clone())?;
    let identity = &voce.register.as_ref()?.identity;
    let fields = desk.row(&voce.key, row);
    let key = fields.iter().find(|field| field.id.column.as_ref() == Some(identity))?;
    match &key.state {
        EntryState::Value(value) => Some((value.joining_key(), column)),
        _ => None,
    }
}

/// The fields of a register that some row of some office fills in.
pub(super) fn known(desks: &[&Desk<'_>], voce: &Voce) -> BTreeSet<Field> {
    let typed = |desk: &&Desk<'_>| -> Vec<Field> {
        let entries = desk.entries(&voce.key).iter();
        let valued = entries.filter(|entry| matches!(entry.state, EntryState::Value(_)));
        valued.filter_map(|entry| field(desk, voce, entry)).collect()
    };
    desks.iter().flat_map(typed).collect()
}

/// Adds the columns of the register `voce` that `expr` reads; whether one of them ends days that run on
/// without it.
fn columns_of(expr: &Expr, voce: &Voce, columns: &mut BTreeSet<String>) -> bool {
    match expr {
        Expr::Over(_, key, row) if *key == voce.key => match row {
            RowExpr::Column(column) => {
                columns.insert(column.clone());
                false
            }
            RowExpr::Days { from, to, .. } => {
                columns.extend([from.clone(), to.clone()]);
                true
            }
        },
        Expr::Distinct(key, column) if *key == voce.key => {
            columns.insert(column.clone());
            false
        }
        Expr::Negate(inner) => columns_of(inner, voce, columns),
        Expr::Binary(_, left, right) => {
            let left = columns_of(left, voce, columns);
            columns_of(right, voce, columns) || left
        }
        _ => false,
    }
}

/// Whether the formula names an annual voce.
fn names(expr: &Expr, voce: &Voce) -> bool {
    match expr {
        Expr::Voce(key) => *key == voce.key,
        Expr::Negate(inner) => names(inner, voce),
        Expr::Binary(_, left, right) => names(left, voce) || names(right, voce),
        _ => false,
    }
}

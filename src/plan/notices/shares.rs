//! Percentages added up, or averaged: ratio of sums is the rule, never a mean of ratios.

use super::add::add;
use crate::formula::{Expr, Fold, Operation, RowExpr};
use crate::model::{OfficeRule, TimeKind, VoceType, quoted};
use crate::plan::types::{Indicator, Notice};

pub(super) fn of(indicator: &Indicator, notices: &mut Vec<Notice>) {
    for voce in indicator.voci.iter().filter(|voce| voce.kind == VoceType::Percentuale) {
        let by_office = indicator.is_shared() && voce.rule == OfficeRule::Somma;
        let what = match (voce.time == TimeKind::Mensile, by_office) {
            (true, true) => "dei mesi e degli uffici",
            (true, false) => "dei mesi",
            (false, true) => "degli uffici",
            (false, false) => continue,
        };
        let message = format!("{} è una percentuale, e quelle {what} si sommano.", quoted(&voce.label));
        add(notices, "P15", indicator, format!("somma delle percentuali {what}"), message);
    }
    if let Some(what) = added(indicator, indicator.formula.expr()) {
        let message = format!("La formula {} {what}.", quoted(indicator.formula.text()));
        add(notices, "P15", indicator, indicator.formula.text(), message);
    }
}

/// What the formula does that it should not, the first time.
fn added(indicator: &Indicator, expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::Negate(inner) => added(indicator, inner),
        Expr::Binary(Operation::Add, left, right)
            if is_share(indicator, left) && is_share(indicator, right) =>
        {
            Some("somma due rapporti, invece di fare il rapporto delle somme")
        }
        Expr::Binary(_, left, right) => added(indicator, left).or_else(|| added(indicator, right)),
        Expr::Over(Fold::Sum | Fold::Mean, key, RowExpr::Column(column)) => {
            let register = indicator.voce(key)?.register.as_ref()?;
            (register.column(column)?.kind == VoceType::Percentuale)
                .then_some("somma le percentuali delle righe di un registro, o ne fa la media")
        }
        Expr::Number(_) | Expr::Voce(_) | Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => None,
    }
}

/// A percentage, or a count over a count.
fn is_share(indicator: &Indicator, expr: &Expr) -> bool {
    match expr {
        Expr::Voce(key) => indicator.voce(key).is_some_and(|voce| voce.kind == VoceType::Percentuale),
        Expr::Binary(Operation::Divide, over, under) => {
            is_count(indicator, over) && is_count(indicator, under)
        }
        Expr::Binary(Operation::Add, left, right) => is_share(indicator, left) && is_share(indicator, right),
        _ => false,
    }
}

fn is_count(indicator: &Indicator, expr: &Expr) -> bool {
    match expr {
        Expr::Voce(key) => indicator.voce(key).is_some_and(|voce| voce.kind == VoceType::Conteggio),
        Expr::Binary(Operation::Add | Operation::Subtract, left, right) => {
            is_count(indicator, left) && is_count(indicator, right)
        }
        _ => false,
    }
}

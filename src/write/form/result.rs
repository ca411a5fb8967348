//! The result of an indicator in an office's sheet.

use super::compile::{Compiler, Piece};
use super::fill::Fill;
use super::layout::Layout;
use super::live::Live;
use crate::formula::{Expr, Fold, Operation};
use crate::model::VoceType;
use crate::plan::Indicator;

/// The value of an indicator on this office's entries; `None` when the sheet cannot compute it.
pub(super) fn result(layout: &Layout<'_>, fill: &Fill, indicator: &Indicator) -> Option<Live> {
    let mut compiler = Compiler::new(layout, fill, indicator);
    let Piece { text, value } = compiler.piece(indicator.formula.expr())?;
    let any = |conditions: &[String]| match conditions {
        [only] => only.clone(),
        many => format!("OR({})", many.join(",")),
    };
    let (missing, zero) = compiler.conditions();
    let safe = if zero.is_empty() { text } else { format!("IF({},\"\",{text})", any(&zero)) };
    let formula =
        if missing.is_empty() { format!("={safe}") } else { format!("=IF({},\"\",{safe})", any(&missing)) };
    Some(Live { formula, result: value })
}

/// Whether the result is a whole number: only counts and dates are added.
pub(super) fn is_whole(expr: &Expr, layout: &Layout<'_>) -> bool {
    match expr {
        Expr::Number(number) => number.is_integer(),
        Expr::Voce(key) => layout.voce(key).is_some_and(|(_, voce)| {
            !matches!(
                voce.kind,
                VoceType::Ore
                    | VoceType::Giorni
                    | VoceType::GiorniLavorativi
                    | VoceType::Percentuale
                    | VoceType::Importo
                    | VoceType::Numero
                    | VoceType::Minuti
            )
        }),
        Expr::Negate(inner) => is_whole(inner, layout),
        Expr::Binary(Operation::Divide, ..) => false,
        Expr::Binary(_, left, right) => is_whole(left, layout) && is_whole(right, layout),
        Expr::Over(fold, ..) => *fold != Fold::Mean,
        Expr::Distinct(..) | Expr::Days { .. } => true,
    }
}

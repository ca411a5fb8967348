//! How the result of an indicator looks in an office's sheet.

use super::layout::Layout;
use crate::formula::{Expr, Fold, Operation};
use crate::model::VoceType;

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

//! An indicator's formula over its terms.

use crate::excel::{Formula, Sign};
use crate::formula::{Expr, Operation};
use crate::model::VoceKey;

/// Where the terms of a formula stand in a sheet, and how the sheet says what it asks of them.
pub trait Terms {
    /// What shows the value of a voce.
    fn term(&self, key: &VoceKey) -> Option<Formula>;

    /// What shows the second date of a count of days.
    fn until(&self, key: &VoceKey) -> Option<Formula> {
        self.term(key)
    }

    /// What a formula asks of a register: a fold of its rows, a count of distinct values.
    fn fold(&self, node: &Expr) -> Option<Formula>;

    /// Whether a term of the formula is missing; `None` when none can be, or when its value says so by
    /// itself.
    fn missing(&self, expr: &Expr) -> Option<Formula>;

    /// The value of a formula of which no term is missing; the empty text when it divides by zero.
    fn sound(&self, expr: &Expr, value: Formula) -> Option<Formula>;

    /// An operation as part of another formula.
    fn part(&self, operation: Formula) -> Formula {
        operation
    }
}

/// The value of a formula; the empty text when there is none. `None` when the sheet has no plain way to say
/// it.
pub fn value(terms: &dyn Terms, expr: &Expr) -> Option<Formula> {
    let sound = terms.sound(expr, number(terms, expr)?)?;
    Some(match terms.missing(expr) {
        Some(missing) => Formula::choose(missing, Formula::none(), sound),
        None => sound,
    })
}

/// The number that an expression is, of which nothing is missing.
pub fn number(terms: &dyn Terms, expr: &Expr) -> Option<Formula> {
    Some(match expr {
        Expr::Number(number) => Formula::Number(number.clone()),
        Expr::Voce(key) => terms.term(key)?,
        Expr::Negate(inner) => terms.part(Formula::Minus(Box::new(number(terms, inner)?))),
        Expr::Binary(operation, left, right) => {
            let sign = match operation {
                Operation::Add => Sign::Plus,
                Operation::Subtract => Sign::Less,
                Operation::Multiply => Sign::Times,
                Operation::Divide => Sign::Over,
            };
            terms.part(number(terms, left)?.signed(sign, number(terms, right)?))
        }
        Expr::Over(..) | Expr::Distinct(..) => terms.fold(expr)?,
        Expr::Days { from, to, working: false } => {
            terms.part(terms.until(to)?.signed(Sign::Less, terms.term(from)?))
        }
        Expr::Days { working: true, .. } => return None,
    })
}

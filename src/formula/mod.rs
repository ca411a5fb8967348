//! The formula language of the plan: parse → bind → eval, on exact numbers.
//!
//! Of the other rooms it names only `model`; it knows nothing of cells, files or offices.

mod bind;
mod error;
mod eval;
mod expr;
mod kind;
mod lex;
mod parse;
mod terms;

#[cfg(test)]
mod tests;

pub use error::FormulaError;
pub use expr::{Expr, Fold, RowExpr, Scope, VoceInfo};
pub use parse::Operation;
pub use terms::{Outcome, Row, Term, Terms};

use crate::model::{Nature, Unit, Value, VoceKey};

/// A formula bound to its voci, with its unit and time nature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    text: String,
    expr: Expr,
    inputs: Vec<VoceKey>,
    unit: Unit,
    nature: Nature,
}

/// Reads, binds and checks a formula.
///
/// # Errors
/// Every mistake at once, each with its place and a remedy.
pub fn compile(text: &str, scope: &dyn Scope) -> Result<Formula, Vec<FormulaError>> {
    let mut errors = Vec::new();
    let nodes = parse::parse(text, &mut errors);
    let mut binder = bind::Binder { scope, errors };
    let mut bound: Vec<_> = nodes.iter().map(|node| binder.bind(node)).collect();
    let mut errors = binder.errors;
    if let (true, Some(Some((expr, kind)))) = (errors.is_empty(), bound.pop()) {
        let mut inputs: Vec<VoceKey> = Vec::new();
        expr.visit(&mut |key| {
            if !inputs.contains(key) {
                inputs.push(key.clone());
            }
        });
        if !inputs.is_empty() {
            return Ok(Formula {
                text: text.to_owned(),
                expr,
                inputs,
                unit: kind.unit(),
                nature: kind.nature(),
            });
        }
        let message = "la formula non nomina nessuna voce";
        errors.push(FormulaError::new(
            &(0..text.len()),
            error::SYNTAX,
            message,
            "scrivi almeno il nome di una voce",
        ));
    }
    errors.sort_by_key(|error| (error.span.start, error.span.end));
    Err(errors)
}

impl Formula {
    /// As written in the plan.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bound expression.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The voci it needs, in order of appearance, each once.
    pub fn inputs(&self) -> &[VoceKey] {
        &self.inputs
    }

    /// The unit of its result.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// What its result is in time.
    pub fn nature(&self) -> Nature {
        self.nature
    }

    /// Numerator and denominator, as the voci they name, when the formula is a division.
    pub fn ratio(&self) -> Option<(Vec<VoceKey>, Vec<VoceKey>)> {
        let Expr::Binary(Operation::Divide, over, under) = &self.expr else { return None };
        let named = |expr: &Expr| {
            let mut keys = Vec::new();
            expr.visit(&mut |key| keys.push(key.clone()));
            keys
        };
        Some((named(over), named(under)))
    }

    /// Evaluates it on its terms.
    pub fn eval(&self, terms: &dyn Terms) -> Outcome {
        eval::eval(&self.expr, terms)
    }

    /// What it takes from one row of the register `voce`, one for each time that it reads the register: rows
    /// from which it takes the same are worth the same to it. Of `terms` it asks the days only.
    pub fn taken(&self, voce: &VoceKey, row: &Row, terms: &dyn Terms) -> Vec<Option<Value>> {
        eval::taken(&self.expr, voce, row, terms)
    }

    /// The formula in Italian words, with the labels of its voci.
    pub fn in_words(&self, label: &dyn Fn(&VoceKey) -> String) -> String {
        self.expr.in_words(label)
    }
}

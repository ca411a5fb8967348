//! What is wrong in a formula: where, what, what to do.

use std::ops::Range;

/// A mistake in a formula's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Where, in bytes of the formula.
    pub span: Range<usize>,
    /// The code of the catalogue: P03 unknown name, P04 syntax or arity, P06 units.
    pub code: &'static str,
    /// What is wrong, in Italian.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// The code of syntax, arity and unknown functions.
pub(super) const SYNTAX: &str = "P04";

impl FormulaError {
    pub(super) fn new(
        span: &Range<usize>,
        code: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { span: span.clone(), code, message: message.into(), remedy: remedy.into() }
    }
}

//! A target read from its printed text: `>46,82% (dato bench sistema PARETO 2017)`.

mod amount;
mod read;
mod said;

#[cfg(test)]
pub(in crate::plan) mod tests;

pub(super) use amount::italian_number;
pub(super) use said::with_examples;
pub use said::{OPEN, Operator, SecondCondition, Target, TargetError, TargetUnit, Threshold};

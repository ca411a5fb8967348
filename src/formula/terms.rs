//! What a formula asks for, and what it answers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{Value, VoceKey};

/// A row of a register: values by column key; a blank field is absent.
pub type Row = BTreeMap<String, Value>;

/// What a voce is worth when the formula is evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A number, a yes/no or a date.
    Value(Value),
    /// Nobody reported it.
    Missing,
    /// A date that has not come yet: nothing to measure.
    Pending,
    /// The rows of a register, distinct by its key.
    Rows(Vec<Row>),
}

/// Where a formula finds its terms.
pub trait Terms {
    /// The term called `key`; lent where it is at hand, since a register may have thousands of rows.
    fn term(&self, key: &VoceKey) -> Cow<'_, Term>;
    /// The day to which an open event is counted: the last of the reporting month.
    fn as_of(&self) -> NaiveDate;
    /// Whether `day` is a working day.
    fn is_working_day(&self, day: NaiveDate) -> bool;
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A number or a date.
    Value(Value),
    /// These voci are missing.
    Missing(Vec<VoceKey>),
    /// A denominator is zero.
    DivisionByZero,
    /// Nothing to measure: no row, or a date still to come.
    Nothing,
}

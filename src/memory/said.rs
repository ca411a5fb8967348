//! What a cell of an office said, as far as it can change.

use crate::admit::{Admission, AdmittedEntry};
use crate::interpret::{Entry, EntryState};
use crate::model::{Number, Value, quoted};
use crate::plan::NOT_APPLICABLE;

/// What a cell of an office said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// Nothing, or a placeholder for it.
    Nothing,
    /// `n.a.`
    NotApplicable,
    /// A value.
    Value(Value),
    /// Something that is no value of its kind, as typed.
    Other(String),
}

impl Said {
    /// A value, as a cell of a workbook can keep it: what is lost there is no change.
    pub fn value(value: Value) -> Self {
        let kept = match &value {
            Value::Number(number) => Number::from_f64(number.to_f64()).map(Value::Number),
            Value::Text(text) => Some(Value::Text(text.trim().to_owned())),
            Value::Date(_) | Value::Flag(_) => None,
        };
        Self::Value(kept.unwrap_or(value))
    }

    /// What an entry says now.
    pub fn of(entry: &Entry) -> Self {
        match &entry.state {
            EntryState::Value(value) => Self::value(value.clone()),
            EntryState::NotApplicable => Self::NotApplicable,
            EntryState::Blank | EntryState::Lost | EntryState::Placeholder => Self::Nothing,
            EntryState::Wrong(_) => Self::typed(&entry.raw),
        }
    }

    /// What an entry said, when what counts was decided.
    pub fn of_admitted(entry: &AdmittedEntry) -> Self {
        match (&entry.admission, &entry.value) {
            (Admission::NotApplicable, _) => Self::NotApplicable,
            (_, Some(value)) => Self::value(value.clone()),
            (Admission::Excluded(_) | Admission::Ignored(_), None) => Self::typed(&entry.raw),
            (Admission::NotReported | Admission::Admitted, None) => Self::Nothing,
        }
    }

    /// What was typed and is no value.
    pub fn typed(raw: &str) -> Self {
        match raw.trim() {
            "" => Self::Nothing,
            typed => Self::Other(typed.to_owned()),
        }
    }

    /// The value, when it is one.
    pub fn as_value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::NotApplicable | Self::Other(_) => None,
        }
    }

    /// For people: `12`, `n.a.`, `niente`.
    pub fn words(&self) -> String {
        match self {
            Self::Nothing => "niente".to_owned(),
            Self::NotApplicable => NOT_APPLICABLE.to_owned(),
            Self::Value(Value::Number(number)) => number.to_italian_exact(),
            Self::Value(Value::Text(text)) | Self::Other(text) => quoted(text),
            Self::Value(value) => value.to_people(),
        }
    }
}

//! A value as typed by an office, written in the plan, or computed.

use chrono::NaiveDate;

use super::{Number, date_it, joining_key};

/// A typed value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A number.
    Number(Number),
    /// A date.
    Date(NaiveDate),
    /// Yes (`true`) or no.
    Flag(bool),
    /// Text, trimmed.
    Text(String),
}

impl Value {
    /// The number, when it is one; yes is 1 and no is 0.
    pub fn number(&self) -> Option<Number> {
        match self {
            Value::Number(number) => Some(number.clone()),
            Value::Flag(flag) => Some(Number::from(i64::from(*flag))),
            Value::Date(_) | Value::Text(_) => None,
        }
    }

    /// The date, when it is one.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Value::Date(date) => Some(*date),
            Value::Number(_) | Value::Flag(_) | Value::Text(_) => None,
        }
    }

    /// For machines: numbers in plain notation, dates in ISO, `Sì`/`No`, text as it is.
    pub fn to_machine(&self) -> String {
        match self {
            Value::Number(number) => number.to_plain(),
            Value::Date(date) => date.to_string(),
            Value::Flag(flag) => yes_no(*flag).to_owned(),
            Value::Text(text) => text.clone(),
        }
    }

    /// Its canonical form as a key: rows of registers with the same one are one row.
    pub fn joining_key(&self) -> String {
        joining_key(&self.to_machine())
    }

    /// For people: `1.234,56`, `1/6/2019`, `Sì`.
    pub fn to_people(&self) -> String {
        match self {
            Value::Number(number) => number.to_italian(4),
            Value::Date(date) => date_it(*date),
            Value::Flag(flag) => yes_no(*flag).to_owned(),
            Value::Text(text) => text.clone(),
        }
    }
}

fn yes_no(flag: bool) -> &'static str {
    if flag { "Sì" } else { "No" }
}

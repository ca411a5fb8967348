//! Last year, as its final issue holds it: what this year's plan takes from it, exactly.
//!
//! Who reads the issue is a later room (`recall`). Here a baseline that says where it comes from (`origine`)
//! becomes a value fixed by the plan, with the identity of the issue for its source. The archived value is
//! the one that counts: a typed one that differs is told (Y02) and never enters.

use std::collections::BTreeMap;

use crate::model::{IndicatorCode, Number, Status, Value, VoceKey, VoceType};

/// Where the value of a baseline comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The year: the one before the plan's.
    pub year: i32,
    /// What of it.
    pub of: OriginOf,
    /// The value that the plan gives besides, before the archived one took its place.
    pub typed: Option<Value>,
}

/// What of last year a baseline is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginOf {
    /// The total of a voce, by its key of then; of a stock, and of one that is worked off, its closing.
    Voce(VoceKey),
    /// The value of an indicator, by its code of then.
    Indicator(IndicatorCode),
}

impl Origin {
    /// In words: `indicatore 5.1 del 2018`.
    pub fn words(&self) -> String {
        match &self.of {
            OriginOf::Voce(key) => format!("voce {key} del {}", self.year),
            OriginOf::Indicator(code) => format!("indicatore {code} del {}", self.year),
        }
    }
}

/// What the final issue of the year before holds, as far as it can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// Its year.
    pub year: i32,
    /// SHA-256 of the workbook, in hexadecimal.
    pub sha256: String,
    /// What its indicators gave, by this year's code.
    pub results: BTreeMap<IndicatorCode, LastYear>,
    /// The totals of its voci, exact, by their key of then; of a stock that is worked off, its closing.
    pub voci: BTreeMap<VoceKey, Value>,
    /// What was left of each stock: of one that is worked off by this year's key of its opening, of a level
    /// by its own.
    pub closings: BTreeMap<VoceKey, Number>,
}

/// An indicator in the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastYear {
    /// It was defined as it is now.
    Same(LastResult),
    /// It was not, or it cannot be made again: why.
    Other(String),
}

/// What an indicator gave in the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastResult {
    /// Its value, exact; `None` when it had none.
    pub value: Option<Value>,
    /// Its outcome.
    pub status: Status,
    /// Its degree, as a cell keeps it.
    pub degree: Option<Number>,
    /// Its target, as printed.
    pub target: String,
}

impl Archive {
    /// What an indicator gave, by this year's code.
    ///
    /// # Errors
    /// Why the two years are not compared, in words.
    pub fn seen(&self, code: &IndicatorCode) -> Result<&LastResult, String> {
        match self.results.get(code) {
            None => Err(format!("nel {} non c'era", self.year)),
            Some(LastYear::Other(why)) => Err(why.clone()),
            Some(LastYear::Same(own)) => Ok(own),
        }
    }

    /// The value of which a baseline of this type is made, or why there is none.
    ///
    /// # Errors
    /// Why it cannot be taken, in words.
    pub fn value_of(&self, kind: VoceType, origin: &Origin) -> Result<Value, String> {
        let value = match &origin.of {
            OriginOf::Voce(key) => self.voci.get(key).cloned().ok_or_else(|| {
                format!("nel consolidato del {} la voce {key} non c'è, o è in un indicatore definito in un altro modo", self.year)
            }),
            OriginOf::Indicator(code) => match self.results.get(code) {
                None => Err(format!("nel consolidato del {} l'indicatore {code} non c'è", self.year)),
                Some(LastYear::Other(why)) => Err(format!("l'indicatore {code} non si confronta: {why}")),
                Some(LastYear::Same(own)) => own.value.clone().ok_or_else(|| {
                    format!("nel {} l'indicatore {code} non ha un valore: {}", self.year, own.status.label())
                }),
            },
        }?;
        let fits = match &value {
            Value::Number(number) => kind.is_number() && kind.admits(number),
            Value::Date(_) => kind == VoceType::Data,
            Value::Flag(_) => kind == VoceType::SiNo,
            Value::Text(_) => false,
        };
        let unfit = || format!("{} non è un valore di tipo {}", value.to_people(), kind.code());
        if fits { Ok(value) } else { Err(unfit()) }
    }

    /// Where an archived value comes from, as sources are said: with the identity of the issue.
    pub fn source_of(&self, origin: &Origin) -> String {
        let what = match &origin.of {
            OriginOf::Voce(key) => format!("voce {key}"),
            OriginOf::Indicator(code) => format!("indicatore {code}"),
        };
        format!("consolidato definitivo {}, {what}, SHA-256 {}", self.year, self.sha256)
    }
}

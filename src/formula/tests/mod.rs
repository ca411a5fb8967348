//! Tests of the whole language: the formulas of the 2019 plan, errors, values, properties.

mod errors;
mod plan_2019;
mod properties;
mod values;

use super::{Formula, FormulaError, Scope, VoceInfo, compile};
use crate::model::{OfficeRule, TimeKind, VoceKey, VoceType};

/// Voci written as `name kind time rule`, a register as `name registro column:type …`, one a line.
pub(super) struct Voci(Vec<(String, VoceInfo)>);

impl Voci {
    pub(super) fn new(lines: &str) -> Self {
        Self(lines.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()).map(voce).collect())
    }
}

fn voce(line: &str) -> (String, VoceInfo) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let info = match words.as_slice() {
        [name, "registro", columns @ ..] => VoceInfo {
            key: VoceKey::new(1, name),
            kind: VoceType::Testo,
            time: TimeKind::Registro,
            rule: OfficeRule::Unione,
            free_sign: false,
            columns: columns.iter().map(|column| column.split_once(':').unwrap()).map(column).collect(),
        },
        [name, kind, time, rule] => VoceInfo {
            key: VoceKey::new(1, name),
            kind: word(kind),
            time: word(time),
            rule: word(rule),
            free_sign: false,
            columns: Vec::new(),
        },
        _ => panic!("voce {line}"),
    };
    (info.key.name().to_owned(), info)
}

fn column((name, kind): (&str, &str)) -> (String, VoceType) {
    (name.to_owned(), word(kind))
}

fn word<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::from(text)).unwrap()
}

impl Scope for Voci {
    fn voce(&self, name: &str) -> Option<VoceInfo> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, info)| info.clone())
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }
}

pub(super) fn compiled(text: &str, voci: &str) -> Formula {
    compile(text, &Voci::new(voci)).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

pub(super) fn refused(text: &str, voci: &str) -> Vec<FormulaError> {
    compile(text, &Voci::new(voci)).expect_err(text)
}

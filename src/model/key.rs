//! Names that the whole program passes around; each its own type, so that none is taken for another.

use std::fmt;

use super::Month;

/// An office's identifier in the plan: `metrico`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct OfficeId(String);

impl OfficeId {
    /// Wraps an identifier as the plan writes it.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of a voce: `S01.ore_sportello`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct VoceKey(String);

impl VoceKey {
    /// The key of the voce called `name` in scheda `scheda`.
    pub fn new(scheda: u8, name: &str) -> Self {
        Self(format!("S{scheda:02}.{name}"))
    }

    /// Wraps a key already written in full.
    pub fn from_text(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The whole key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key under which the manifest lists the reason of an n.a.: `S01.ore_sportello.motivo`.
    pub fn reason_key(&self) -> String {
        format!("{self}.motivo")
    }

    /// The name without the scheda: `ore_sportello`.
    pub fn name(&self) -> &str {
        self.0.split_once('.').map_or(self.0.as_str(), |(_, name)| name)
    }
}

impl fmt::Display for VoceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An indicator's code as the plan numbers it: `6.2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct IndicatorCode(String);

impl IndicatorCode {
    /// Wraps a code as the plan writes it.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key under which the manifest lists something of this indicator: `S06.2.nota`.
    pub fn manifest_key(&self, what: &str) -> String {
        let (scheda, ordinal) = self.0.split_once('.').unwrap_or((self.0.as_str(), ""));
        format!("S{scheda:0>2}.{ordinal}.{what}")
    }
}

impl fmt::Display for IndicatorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which entry of an office's workbook: the voce, and its month, or its row and column in a register.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId {
    /// The voce.
    pub voce: VoceKey,
    /// The month, for monthly and stock voci.
    pub month: Option<Month>,
    /// The ordinal of the row in a register, from 1.
    pub row: Option<u32>,
    /// The column's key in a register.
    pub column: Option<String>,
}

impl EntryId {
    /// The single entry of an annual voce.
    pub fn annual(voce: VoceKey) -> Self {
        Self { voce, month: None, row: None, column: None }
    }

    /// The entry of a month.
    pub fn monthly(voce: VoceKey, month: Month) -> Self {
        Self { voce, month: Some(month), row: None, column: None }
    }

    /// A field of a register's row.
    pub fn field(voce: VoceKey, row: u32, column: impl Into<String>) -> Self {
        Self { voce, month: None, row: Some(row), column: Some(column.into()) }
    }

    /// Whether it is of the same voce and, in a register, of the same row.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.row == other.row && self.voce == other.voce
    }
}

#[cfg(test)]
mod tests {
    use super::{IndicatorCode, VoceKey};

    #[test]
    fn keys_are_spelled_as_the_contract_says() {
        assert_eq!(VoceKey::new(1, "ore_sportello").as_str(), "S01.ore_sportello");
        assert_eq!(VoceKey::new(12, "quota_2018").name(), "quota_2018");
        assert_eq!(IndicatorCode::new("1.2").manifest_key("nota"), "S01.2.nota");
        assert_eq!(IndicatorCode::new("12.1").manifest_key("fonte"), "S12.1.fonte");
    }
}

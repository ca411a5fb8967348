//! Names that the whole program passes around; each its own type, so that none is taken for another.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::Month;

/// A name, of which a copy costs nothing: entries, findings and results hold those of the plan.
#[derive(Clone, Eq)]
struct Name(Arc<str>);

impl Name {
    fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// An office's identifier in the plan: `metrico`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct OfficeId(Name);

impl OfficeId {
    /// Wraps an identifier as the plan writes it.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into().into())
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The key of a voce: `S01.ore_sportello`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct VoceKey(Name);

impl VoceKey {
    /// The key of the voce called `name` in scheda `scheda`.
    pub fn new(scheda: u8, name: &str) -> Self {
        Self(format!("S{scheda:02}.{name}").into())
    }

    /// Wraps a key already written in full.
    pub fn from_text(key: impl Into<String>) -> Self {
        Self(key.into().into())
    }

    /// The whole key.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The number of the scheda that it begins with.
    pub fn scheda(&self) -> Option<u8> {
        self.as_str().strip_prefix('S')?.split_once('.')?.0.parse().ok()
    }

    /// The key under which the manifest lists the reason of an n.a.: `S01.ore_sportello.motivo`.
    pub fn reason_key(&self) -> String {
        format!("{self}.motivo")
    }

    /// The name without the scheda: `ore_sportello`.
    pub fn name(&self) -> &str {
        self.as_str().split_once('.').map_or(self.as_str(), |(_, name)| name)
    }
}

impl fmt::Display for VoceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An indicator's code as the plan numbers it: `6.2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct IndicatorCode(Name);

impl IndicatorCode {
    /// Wraps a code as the plan writes it.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into().into())
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The key under which the manifest lists something of this indicator: `S06.2.nota`.
    pub fn manifest_key(&self, what: &str) -> String {
        let (scheda, ordinal) = self.as_str().split_once('.').unwrap_or((self.as_str(), ""));
        format!("S{scheda:0>2}.{ordinal}.{what}")
    }
}

impl fmt::Display for IndicatorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
        assert_eq!(VoceKey::new(12, "quota_2018").scheda(), Some(12));
        assert_eq!(VoceKey::from_text("Sx.quota").scheda(), None);
        assert_eq!(IndicatorCode::new("1.2").manifest_key("nota"), "S01.2.nota");
        assert_eq!(IndicatorCode::new("12.1").manifest_key("fonte"), "S12.1.fonte");
    }
}

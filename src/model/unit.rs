//! Units of measure of a result.

/// What a value is measured in. Counts, yes/no and plain numbers are dimensionless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A plain number.
    Numero,
    /// A fraction: 0.1 is 10 %.
    Rapporto,
    /// Hours.
    Ore,
    /// Calendar days.
    Giorni,
    /// Working days.
    GiorniLavorativi,
    /// A calendar date.
    Data,
    /// Euros, with cents.
    Euro,
    /// Minutes, a unit of their own.
    Minuti,
}

impl Unit {
    /// As written in JSON: `giorni_lavorativi`.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Numero => "numero",
            Unit::Rapporto => "rapporto",
            Unit::Ore => "ore",
            Unit::Giorni => "giorni",
            Unit::GiorniLavorativi => "giorni_lavorativi",
            Unit::Data => "data",
            Unit::Euro => "euro",
            Unit::Minuti => "minuti",
        }
    }

    /// For people, as a column header says it: `giorni lavorativi`.
    pub fn label(self) -> &'static str {
        match self {
            Unit::Numero => "numero",
            Unit::Rapporto => "rapporto",
            Unit::Ore => "ore",
            Unit::Giorni => "giorni",
            Unit::GiorniLavorativi => "giorni lavorativi",
            Unit::Data => "data",
            Unit::Euro => "euro",
            Unit::Minuti => "minuti",
        }
    }
}

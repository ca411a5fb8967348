//! Kinds of voci and of results, with the Italian words of the plan file.

use super::Number;

/// The type of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VoceType {
    /// A non-negative whole number.
    Conteggio,
    /// Non-negative hours.
    Ore,
    /// Non-negative calendar days.
    Giorni,
    /// Non-negative working days.
    GiorniLavorativi,
    /// A calendar date.
    Data,
    /// Yes or no; 1 or 0 in a formula.
    SiNo,
    /// A fraction 0–1 shown and typed as a percentage.
    Percentuale,
    /// Text.
    Testo,
    /// Euros, with two decimals at most.
    Importo,
    /// A plain number, with decimals.
    Numero,
    /// Minutes.
    Minuti,
}

impl VoceType {
    /// As written in the plan: `giorni_lavorativi`.
    pub fn code(self) -> &'static str {
        match self {
            VoceType::Conteggio => "conteggio",
            VoceType::Ore => "ore",
            VoceType::Giorni => "giorni",
            VoceType::GiorniLavorativi => "giorni_lavorativi",
            VoceType::Data => "data",
            VoceType::SiNo => "si_no",
            VoceType::Percentuale => "percentuale",
            VoceType::Testo => "testo",
            VoceType::Importo => "importo",
            VoceType::Numero => "numero",
            VoceType::Minuti => "minuti",
        }
    }

    /// Whether the entry is an amount of things, minutes, hours or days: neither a share nor money.
    pub fn is_amount(self) -> bool {
        matches!(
            self,
            VoceType::Conteggio
                | VoceType::Minuti
                | VoceType::Ore
                | VoceType::Giorni
                | VoceType::GiorniLavorativi
        )
    }

    /// How many decimals an entry may have, where there is a limit: none for a count, cents for an amount.
    pub fn most_decimals(self) -> Option<usize> {
        match self {
            VoceType::Conteggio => Some(0),
            VoceType::Importo => Some(2),
            _ => None,
        }
    }

    /// Whether a number, of either sign, can be of this type: not of too many decimals, no share above one.
    pub fn admits(self, number: &Number) -> bool {
        let whole = self.most_decimals().is_none_or(|most| !number.has_more_decimals(most));
        whole && (self != Self::Percentuale || *number <= Number::one())
    }

    /// Whether the entry is a number (counts, hours, days, shares, amounts).
    pub fn is_number(self) -> bool {
        !matches!(self, VoceType::Data | VoceType::SiNo | VoceType::Testo)
    }
}

/// How entries lie in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// One value a month, an increment: the year to date is the sum.
    Mensile,
    /// One value a month, a level: the year to date is the last one reported.
    Consistenza,
    /// One value for the year.
    Annuale,
    /// Printed in the plan with its source.
    Costante,
    /// Rows of a table, one per event.
    Registro,
}

impl TimeKind {
    /// As written in the plan: `consistenza`.
    pub fn code(self) -> &'static str {
        match self {
            TimeKind::Mensile => "mensile",
            TimeKind::Consistenza => "consistenza",
            TimeKind::Annuale => "annuale",
            TimeKind::Costante => "costante",
            TimeKind::Registro => "registro",
        }
    }

    /// Whether there is one entry for each month.
    pub fn by_month(self) -> bool {
        matches!(self, TimeKind::Mensile | TimeKind::Consistenza)
    }
}

/// How the offices' values become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeRule {
    /// They add up.
    Somma,
    /// One value seen by several offices; all must agree.
    Condivisa,
    /// The latest date, only when all the offices have one.
    Ultima,
    /// How many offices said yes, or have a date up to the reporting month.
    Conta,
    /// Union of a register's rows, distinct by key.
    Unione,
}

impl OfficeRule {
    /// As written in the plan: `condivisa`.
    pub fn code(self) -> &'static str {
        match self {
            OfficeRule::Somma => "somma",
            OfficeRule::Condivisa => "condivisa",
            OfficeRule::Ultima => "ultima",
            OfficeRule::Conta => "conta",
            OfficeRule::Unione => "unione",
        }
    }
}

/// What a result is in time, inferred from its formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Grows month by month and cannot go back.
    Accumulo,
    /// A level at a date.
    Livello,
    /// Flow on (flow + fixed).
    Misto,
    /// Ratio of flows, or a mean.
    Rapporto,
    /// The worst of elapsed days.
    Durata,
    /// A date against a deadline.
    Scadenza,
}

impl Nature {
    /// As written in JSON: `accumulo`.
    pub fn code(self) -> &'static str {
        match self {
            Nature::Accumulo => "accumulo",
            Nature::Livello => "livello",
            Nature::Misto => "misto",
            Nature::Rapporto => "rapporto",
            Nature::Durata => "durata",
            Nature::Scadenza => "scadenza",
        }
    }
}

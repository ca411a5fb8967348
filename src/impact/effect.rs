//! What a finding could change.

use crate::model::IndicatorCode;

/// How far a finding reaches, ordered from the least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectKind {
    /// Neither an outcome nor a degree depends on it.
    #[default]
    NessunEffetto,
    /// A degree depends on it, no outcome does.
    CambiaGrado,
    /// An outcome depends on it.
    CambiaEsito,
}

impl EffectKind {
    /// As written in JSON: `cambia esito`.
    pub fn code(self) -> &'static str {
        match self {
            EffectKind::NessunEffetto => "nessuno",
            EffectKind::CambiaGrado => "cambia grado",
            EffectKind::CambiaEsito => "cambia esito",
        }
    }

    /// For people, with its symbol: `◆ può cambiare l'esito`.
    pub fn label(self) -> &'static str {
        match self {
            EffectKind::NessunEffetto => "– nessun effetto",
            EffectKind::CambiaGrado => "◇ può cambiare il grado",
            EffectKind::CambiaEsito => "◆ può cambiare l'esito",
        }
    }
}

/// What a finding could change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// How far it reaches.
    pub kind: EffectKind,
    /// The indicators that it changes that far, in the plan's order; without effect, those computed again.
    pub indicators: Vec<IndicatorCode>,
    /// By how much, in Italian.
    pub sentence: String,
}

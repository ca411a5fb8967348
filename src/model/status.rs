//! Outcomes of an indicator and the colours they wear.

/// The outcome of an indicator, in the words of the machine-readable result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Closed year: the target is met.
    Raggiunto,
    /// Closed year: not met, degree at or above the yellow threshold.
    ParzialmenteRaggiunto,
    /// Closed year: not met.
    NonRaggiunto,
    /// In the year: on pace.
    InLinea,
    /// In the year: behind the pace.
    InRitardo,
    /// In the year: met, and cannot be lost.
    GiaRaggiunto,
    /// In the year: lost, and cannot be recovered.
    NonPiuRaggiungibile,
    /// In the year: nothing to measure yet.
    NonAncoraMisurabile,
    /// A voce of the formula has no entry.
    DatoMancante,
    /// Closed year: nothing to measure, or a zero denominator.
    NonCalcolabile,
    /// The target waits for a baseline.
    TargetMancante,
    /// An entry it needs is wrong.
    NonVerificabile,
    /// Taken out by a decision of the unit.
    NonValutabile,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Raggiunto,
        Self::ParzialmenteRaggiunto,
        Self::NonRaggiunto,
        Self::InLinea,
        Self::InRitardo,
        Self::GiaRaggiunto,
        Self::NonPiuRaggiungibile,
        Self::NonAncoraMisurabile,
        Self::DatoMancante,
        Self::NonCalcolabile,
        Self::TargetMancante,
        Self::NonVerificabile,
        Self::NonValutabile,
    ];

    /// The outcome with this label.
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.label() == label)
    }

    /// Whether the target is missed, and no later month can mend it.
    pub fn is_missed(self) -> bool {
        matches!(self, Status::ParzialmenteRaggiunto | Status::NonRaggiunto | Status::NonPiuRaggiungibile)
    }

    /// Whether the office is asked for an explanation: of a target that is missed, or late.
    pub fn wants_explanation(self) -> bool {
        self.is_missed() || self == Status::InRitardo
    }

    /// As written everywhere: `già raggiunto`.
    pub fn label(self) -> &'static str {
        match self {
            Status::Raggiunto => "raggiunto",
            Status::ParzialmenteRaggiunto => "parzialmente raggiunto",
            Status::NonRaggiunto => "non raggiunto",
            Status::InLinea => "in linea",
            Status::InRitardo => "in ritardo",
            Status::GiaRaggiunto => "già raggiunto",
            Status::NonPiuRaggiungibile => "non più raggiungibile",
            Status::NonAncoraMisurabile => "non ancora misurabile",
            Status::DatoMancante => "dato mancante",
            Status::NonCalcolabile => "non calcolabile",
            Status::TargetMancante => "target mancante",
            Status::NonVerificabile => "non verificabile",
            Status::NonValutabile => "non valutabile",
        }
    }

    /// The colour of this outcome; for the closed year's scale see the plan's thresholds.
    pub fn light(self) -> Light {
        match self {
            Status::Raggiunto | Status::GiaRaggiunto | Status::InLinea => Light::Verde,
            Status::ParzialmenteRaggiunto | Status::InRitardo => Light::Giallo,
            Status::NonRaggiunto | Status::NonPiuRaggiungibile => Light::Rosso,
            Status::NonAncoraMisurabile
            | Status::DatoMancante
            | Status::NonCalcolabile
            | Status::TargetMancante
            | Status::NonVerificabile
            | Status::NonValutabile => Light::Grigio,
        }
    }
}

/// A traffic light, ordered from nothing to say to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    /// Nothing to judge.
    Grigio,
    /// Well.
    Verde,
    /// Behind.
    Giallo,
    /// Lost.
    Rosso,
}

impl Light {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Grigio, Self::Verde, Self::Giallo, Self::Rosso];

    /// The light with this label.
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|light| light.label() == label)
    }

    /// As written in JSON: `verde`.
    pub fn label(self) -> &'static str {
        match self {
            Light::Grigio => "grigio",
            Light::Verde => "verde",
            Light::Giallo => "giallo",
            Light::Rosso => "rosso",
        }
    }

    /// The symbol that stands beside the word: `●`.
    pub fn symbol(self) -> &'static str {
        match self {
            Light::Grigio => "○",
            Light::Verde => "●",
            Light::Giallo => "▲",
            Light::Rosso => "■",
        }
    }
}

//! What an expression measures, and how it moves in time.

use super::expr::VoceInfo;
use super::parse::Operation;
use crate::model::{Nature, OfficeRule, TimeKind, Unit, VoceType};

/// The quantity of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Plain,
    Ratio,
    Hours,
    Days,
    WorkingDays,
    Date,
    Text,
    Euro,
    Minutes,
}

impl Measure {
    pub(super) fn of_type(kind: VoceType) -> Self {
        match kind {
            VoceType::Conteggio | VoceType::Numero | VoceType::SiNo => Measure::Plain,
            VoceType::Percentuale => Measure::Ratio,
            VoceType::Ore => Measure::Hours,
            VoceType::Giorni => Measure::Days,
            VoceType::GiorniLavorativi => Measure::WorkingDays,
            VoceType::Data => Measure::Date,
            VoceType::Testo => Measure::Text,
            VoceType::Importo => Measure::Euro,
            VoceType::Minuti => Measure::Minutes,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Measure::Plain => "un numero",
            Measure::Ratio => "un rapporto",
            Measure::Hours => "delle ore",
            Measure::Days => "dei giorni",
            Measure::WorkingDays => "dei giorni lavorativi",
            Measure::Date => "una data",
            Measure::Text => "un testo",
            Measure::Euro => "degli euro",
            Measure::Minutes => "dei minuti",
        }
    }

    fn is_dimensionless(self) -> bool {
        matches!(self, Measure::Plain | Measure::Ratio)
    }

    fn combine(self, operation: Operation, other: Measure) -> Result<Measure, String> {
        let refuse = |verb: &str| Err(format!("non si può {verb} {} e {}", self.words(), other.words()));
        if matches!(self, Measure::Date | Measure::Text) || matches!(other, Measure::Date | Measure::Text) {
            return refuse("calcolare con");
        }
        match operation {
            Operation::Add | Operation::Subtract if self == other => Ok(self),
            Operation::Add | Operation::Subtract if self.is_dimensionless() && other.is_dimensionless() => {
                Ok(Measure::Ratio)
            }
            Operation::Add => refuse("sommare"),
            Operation::Subtract => refuse("sottrarre"),
            Operation::Multiply if self == Measure::Plain => Ok(other),
            Operation::Multiply if other == Measure::Plain => Ok(self),
            Operation::Multiply if self == Measure::Ratio => Ok(other),
            Operation::Multiply if other == Measure::Ratio => Ok(self),
            Operation::Multiply => refuse("moltiplicare"),
            Operation::Divide if self == other => Ok(Measure::Ratio),
            Operation::Divide if other.is_dimensionless() && self.is_dimensionless() => Ok(Measure::Ratio),
            Operation::Divide if other.is_dimensionless() => Ok(self),
            Operation::Divide => refuse("dividere"),
        }
    }
}

/// How an expression moves in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Known once for the year.
    Fixed,
    /// Adds up month by month.
    Flow,
    /// Flow + fixed.
    FlowAndFixed,
    /// A level at a date.
    Level,
    /// Anything that may rise and fall.
    Ratio,
    /// Flow ÷ (flow + fixed).
    Mixed,
    /// The worst of elapsed times.
    Worst,
    /// A date against a deadline.
    Deadline,
}

impl Pace {
    fn combine(self, operation: Operation, other: Pace) -> Pace {
        use Pace::{Fixed, Flow, FlowAndFixed, Level, Mixed, Ratio};
        match (operation, self, other) {
            (_, Fixed, Fixed) => Fixed,
            (Operation::Add, Flow, Flow) => Flow,
            (Operation::Add, Flow | FlowAndFixed | Fixed, Flow | FlowAndFixed | Fixed) => FlowAndFixed,
            (Operation::Subtract, Flow | FlowAndFixed, Fixed) => FlowAndFixed,
            (Operation::Add | Operation::Subtract, Level | Fixed, Level | Fixed) => Level,
            (Operation::Multiply, Fixed, pace) | (Operation::Multiply | Operation::Divide, pace, Fixed) => {
                pace
            }
            (Operation::Divide, Level | Fixed, Level) => Level,
            (Operation::Divide, Flow | FlowAndFixed, FlowAndFixed) => Mixed,
            _ => Ratio,
        }
    }
}

/// Both together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub measure: Measure,
    pub pace: Pace,
}

impl Kind {
    /// A number written in the formula.
    pub(super) fn literal() -> Self {
        Self { measure: Measure::Plain, pace: Pace::Fixed }
    }

    pub(super) fn of_voce(voce: &VoceInfo) -> Self {
        let counted = voce.rule == OfficeRule::Conta;
        let measure = if counted { Measure::Plain } else { Measure::of_type(voce.kind) };
        let pace = match (voce.time, voce.kind) {
            _ if counted => Pace::Flow,
            (_, VoceType::Data) => Pace::Deadline,
            (TimeKind::Consistenza, _) => Pace::Level,
            // What may be taken away again does not add up.
            (TimeKind::Mensile | TimeKind::Registro, _) if voce.free_sign => Pace::Ratio,
            (TimeKind::Mensile | TimeKind::Registro, _) | (TimeKind::Annuale, VoceType::SiNo) => Pace::Flow,
            (TimeKind::Annuale | TimeKind::Costante, _) => Pace::Fixed,
        };
        Self { measure, pace }
    }

    /// The opposite of something that grows falls.
    pub(super) fn negated(self) -> Self {
        let pace = if matches!(self.pace, Pace::Fixed | Pace::Level) { self.pace } else { Pace::Ratio };
        Self { pace, ..self }
    }

    pub(super) fn combine(self, operation: Operation, other: Kind) -> Result<Kind, String> {
        let measure = self.measure.combine(operation, other.measure)?;
        Ok(Kind { measure, pace: self.pace.combine(operation, other.pace) })
    }

    pub(super) fn unit(self) -> Unit {
        match self.measure {
            Measure::Plain | Measure::Text => Unit::Numero,
            Measure::Ratio => Unit::Rapporto,
            Measure::Hours => Unit::Ore,
            Measure::Days => Unit::Giorni,
            Measure::WorkingDays => Unit::GiorniLavorativi,
            Measure::Date => Unit::Data,
            Measure::Euro => Unit::Euro,
            Measure::Minutes => Unit::Minuti,
        }
    }

    pub(super) fn nature(self) -> Nature {
        match self.pace {
            Pace::Flow | Pace::FlowAndFixed => Nature::Accumulo,
            Pace::Level | Pace::Fixed => Nature::Livello,
            Pace::Ratio => Nature::Rapporto,
            Pace::Mixed => Nature::Misto,
            Pace::Worst => Nature::Durata,
            Pace::Deadline => Nature::Scadenza,
        }
    }
}

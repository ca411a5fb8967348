//! What the parts of a plan need to know of what lies around them, and what is asked of several of them.

use super::fields::At;
use super::levels::Catalogue;
use super::problem::Problems;
use super::types::Office;
use super::when::Clock;
use crate::model::{Number, TimeKind, VoceType};

/// What every indicator needs to know of the plan around it.
pub(super) struct Around<'a> {
    pub problems: &'a Problems,
    pub year: i32,
    /// Whether the year is the plan's, and not a stand-in for one already told to be wrong.
    pub year_is_known: bool,
    pub offices: &'a [Office],
    /// The catalogue of the checks, when the codes are to be looked for.
    pub catalogue: Option<&'a Catalogue>,
}

impl<'a> Around<'a> {
    /// The year, and where mistakes go.
    pub(super) fn clock(&self) -> Clock<'a> {
        Clock { year: self.year_is_known.then_some(self.year), problems: self.problems }
    }
}

/// The weight given, or 1.
pub(super) fn weight(given: Option<&At<Number>>, problems: &Problems) -> Number {
    let Some(weight) = given else { return Number::one() };
    if weight.value <= Number::zero() {
        let remedy =
            "scrivi un peso maggiore di zero, oppure usa [[decisioni]] per non valutare un indicatore";
        let message =
            format!("il peso {} non può valere: deve essere maggiore di zero", weight.value.to_italian(4));
        problems.add(weight.line, "P12", message, remedy);
    }
    weight.value.clone()
}

/// Whether entries of this type and time are numbers that a formula can add.
pub(super) fn is_numeric(kind: VoceType, time: TimeKind) -> bool {
    kind.is_number() && time != TimeKind::Registro
}

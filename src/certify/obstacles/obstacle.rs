//! One thing that keeps a month from being issued as final.

use super::answer::Answer;
use crate::model::IndicatorCode;
use crate::model::capital;

/// Something that keeps a month from being issued as final.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What it is about: `Indicatore 3.2, non verificabile`.
    pub subject: String,
    /// Which office, by name; empty when it is nobody's in particular.
    pub office: String,
    /// Why.
    pub why: String,
    /// What the unit can write in the plan to close it; none when only the file can be mended.
    pub answers: Vec<Answer>,
    /// The indicators that it holds up: decisions on all of them close it too, where derogations do not.
    pub indicators: Vec<IndicatorCode>,
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let office = if self.office.is_empty() { String::new() } else { format!(" · {}", self.office) };
        write!(f, "{}{office}: {}", capital(&self.subject), self.why)
    }
}

//! What a doubt moves in an indicator.

use super::bench::Seen;
use super::doubt::About;
use super::effect::EffectKind;
use super::plausible::Interval;
use crate::model::IndicatorCode;

/// Why a point is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// As it is.
    Now,
    /// What is kept out is right as typed.
    Typed,
    /// Without what is named.
    Out,
    /// Without the largest entry of a voce.
    Largest,
    /// With one unit more or less in an entry.
    Unit,
    /// Rows of several registers, taken for one thing, are different things.
    Apart,
    /// Without one of the rows taken for one thing.
    OneLess,
    /// Only one of the rows named is right.
    OneRow,
    /// With day and month of the dates exchanged.
    Exchanged,
    /// With what each month adds to the one before.
    Differences,
    /// With the months in the order of the calendar over values that stay where they are.
    InOrder,
    /// At the ends of the plausible interval.
    Ends,
}

/// What is granted of the other entries of the indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// They are as they are.
    Nothing,
    /// Those kept out are right as typed.
    Typed,
    /// The voci that nobody has reported come too.
    There,
}

/// More rows of registers than these do not contradict each other one by one; the sentence says so.
pub(super) const RIVALS: usize = 20;

/// What moves in an indicator.
pub(super) struct Shift {
    pub code: IndicatorCode,
    pub kind: EffectKind,
    /// What the finding is about.
    pub about: About,
    /// As it stands in the consolidation.
    pub now: Seen,
    /// Whether several entries are in doubt.
    pub many: bool,
    /// The interval of the only voce that is open.
    pub between: Option<Interval>,
    /// Whether only missing entries are in doubt.
    pub missing: bool,
    /// What is granted of the other entries.
    pub given: Given,
    /// How many rows are in doubt together, when they are too many to take one at a time.
    pub untried: Option<usize>,
    /// What each point gives, besides what stands now.
    pub seen: Vec<(When, Seen)>,
}

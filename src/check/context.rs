//! What the checks may look at.

use crate::admit::Admitted;
use crate::aggregate::Consolidation;
use crate::interpret::{Received, Submission};
use crate::model::YearMonth;
use crate::plan::Plan;

/// What the checks may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The reporting month.
    pub month: YearMonth,
    /// Every file, in order of name.
    pub files: &'a [Received],
    /// The accepted submissions, in the plan's order of offices.
    pub submissions: &'a [Submission],
    /// Whether all offices are expected (`consolida`), or only single files are looked at (`controlla`):
    /// then what needs other offices' files is *non valutato*.
    pub whole: bool,
    /// What the admitted entries give: only in the last stage, that of outcomes.
    pub outcome: Option<Outcome<'a>>,
}

/// What counts and what it gives, for the checks on outcomes.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// What counts.
    pub admitted: &'a Admitted,
    /// The results.
    pub consolidation: &'a Consolidation,
}

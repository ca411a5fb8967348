//! What effects are computed on.

use crate::admit::Admitted;
use crate::aggregate::Consolidation;
use crate::model::YearMonth;
use crate::plan::Plan;

/// What the results follow from.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What counts.
    pub admitted: &'a Admitted,
    /// The reporting month.
    pub month: YearMonth,
    /// The results as they are.
    pub consolidation: &'a Consolidation,
}

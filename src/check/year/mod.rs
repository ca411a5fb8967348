//! Year against year.

mod missing_baseline;
mod opening;
mod other_definition;
mod other_origin;
mod zero_baseline;

use super::plan::notices;
use crate::plan::Plan;

checks! {
    Anno:
    P24: other_definition::run,
    Y01: missing_baseline::run,
    Y02: other_origin::run,
    Y03: zero_baseline::run,
    Y06: notices(remarks, "la fonte e l'anno"),
    Y07: opening::run,
}

/// The targets with a remark in brackets.
fn remarks(plan: &Plan) -> usize {
    plan.indicators().filter(|indicator| indicator.target.annotation.is_some()).count()
}

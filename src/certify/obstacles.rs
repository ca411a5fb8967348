//! What keeps a month from being issued as final: all that is open and that no decision or derogation covers,
//! and what could change an outcome and that nobody has answered.
//!
//! A finding *da motivare* is answered by a derogation, by a decision, or by the note of its office on the
//! indicator; one that doubts what a cell says is not answered by a note on the result, and holds the issue
//! up for a degree, too, or, when it doubts the value that counts, whatever depends on it. A *nota* asks for
//! nothing: it says how something was read (the plan's own readings, a text taken as a number, a result on
//! the edge), and stands in the issue with what it could change. The plan cannot make a nota of what asks for
//! an answer: here a finding has at least the severity of its check. A blank cell that counts as not done
//! asks at any severity.

mod absent;
mod answer;
mod deadline;
mod finding;
mod gap;
mod list;
mod obstacle;
mod result;
#[cfg(test)]
mod tests;

use crate::certify::Run;
use crate::plan::Plan;
pub use answer::Answer;
use list::List;
pub use list::touched;
pub use obstacle::Obstacle;

/// What a plan must say before its last word is issued: which act approved it. `None` when it does.
pub fn unapproved(plan: &Plan) -> Option<&'static str> {
    plan.delibera.trim().is_empty().then_some(UNAPPROVED)
}

const UNAPPROVED: &str = "nel piano mancano gli estremi dell'atto che lo ha approvato (delibera)";

/// Everything open, none capped: offices first, then findings, then what is missing, then results.
pub fn obstacles(run: &Run<'_>) -> Vec<Obstacle> {
    let mut list = List::of(run);
    list.offices();
    list.findings();
    for result in &run.consolidation.indicators {
        if let Some(indicator) = run.plan.indicator(&result.code).filter(|_| !list.is_decided(&result.code)) {
            list.deadline(indicator, result);
            list.result(indicator, result);
        }
    }
    list.unanswered();
    list.found
}

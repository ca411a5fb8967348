//! What the checks may look at.

use std::ops::Deref;

use super::desk::Desk;
use crate::admit::Admitted;
use crate::aggregate::Consolidation;
use crate::interpret::{Received, Submission};
use crate::memory::{Change, Correction, Drift, Kind, Memory};
use crate::model::{EntryRef, Month, OfficeId, YearMonth};
use crate::plan::Plan;

/// A month to be judged.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
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
    /// What an issue of a month before holds, when one is given.
    pub previous: Option<&'a Memory>,
}

/// What the checks may look at: the facts, laid out once for all of them.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub(super) facts: Facts<'a>,
    /// The submissions, in the same order, with their entries by voce.
    pub(super) desks: &'a [Desk<'a>],
    /// What is not what it was in the month before.
    pub(super) changes: &'a [Change],
    /// What follows from that: only from the stage that looks at it on.
    pub past: Option<Past<'a>>,
    /// What the admitted entries give: only in the last stage, that of outcomes.
    pub outcome: Option<Outcome<'a>>,
}

/// The month before, and what this one makes of it.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    /// What the month before left.
    pub memory: &'a Memory,
    /// What was changed in it, why, and what each change is worth.
    pub corrections: &'a [Correction],
    /// Its results made again.
    pub drifts: &'a [Drift],
}

/// What counts and what it gives, for the checks on outcomes.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// What counts.
    pub admitted: &'a Admitted,
    /// The results.
    pub consolidation: &'a Consolidation,
}

impl<'a> Context<'a> {
    /// The facts on their desks, before anything is known of outcomes.
    pub(super) fn over(facts: &Facts<'a>, desks: &'a [Desk<'a>], changes: &'a [Change]) -> Self {
        Self { facts: *facts, desks, changes, past: None, outcome: None }
    }
}

impl Facts<'_> {
    /// The month that an office signs: its last one, of one that is no more.
    pub(super) fn signs(&self, submission: &Submission) -> Month {
        self.plan.signs(&submission.office, self.month.month)
    }

    /// Whether an office is no more.
    pub(super) fn is_over(&self, office: &OfficeId) -> bool {
        self.plan.is_over(office, self.month.month)
    }
}

impl Context<'_> {
    /// Whether a value of the month before stood in this entry, and is no more there: M08 says so.
    pub(super) fn is_gone(&self, at: EntryRef) -> bool {
        self.changes.iter().any(|change| change.kind == Kind::Removed && change.at == Some(at))
    }
}

impl<'a> Deref for Context<'a> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        &self.facts
    }
}

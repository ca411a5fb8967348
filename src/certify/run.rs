//! Everything that the sheets tell of.

use crate::admit::Admitted;
use crate::aggregate::Consolidation;
use crate::check::{Checked, Received, Stage, check};
use crate::impact::{Effect, EffectKind};
use crate::interpret::Submission;
use crate::memory::{Correction, Memory, Met, Today, met};
use crate::model::{Finding, OfficeId, Rule};
use crate::pipeline::Job;
use crate::plan::{Indicator, Plan};

/// Everything about a reporting month.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The results.
    pub consolidation: &'a Consolidation,
    /// The same as it would have been at the end of each month of the year, January first, up to the
    /// reporting month.
    pub months: &'a [Consolidation],
    /// Findings, in the order in which they are read, and account of the checks.
    pub checked: &'a Checked,
    /// What each finding could change, in the same order.
    pub effects: &'a [Effect],
    /// All the rules, in order.
    pub rules: &'a [&'static Rule],
    /// Every file, in order of name.
    pub files: &'a [Received],
    /// The submissions that stand, in the plan's order of offices.
    pub submissions: &'a [Submission],
    /// What counts.
    pub admitted: &'a Admitted,
    /// Whether it is the final issue.
    pub definitive: bool,
    /// Whether all of it is to be printed, or only the document.
    pub prints_all: bool,
    /// What an issue of a month before holds, and what was changed of it, when one is given.
    pub past: Option<Past<'a>>,
}

/// The month before, and what was changed of it.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// What its issue holds.
    pub memory: &'a Memory,
    /// What was changed of it.
    pub corrections: &'a [Correction],
}

impl<'a> Run<'a> {
    /// Everything about the month of a job; `definitive` when it is the final issue.
    pub fn of_job(plan: &'a Plan, job: &'a Job, rules: &'a [&'static Rule], definitive: bool) -> Self {
        Self {
            plan,
            consolidation: &job.consolidation,
            months: &job.months,
            checked: &job.checked,
            effects: &job.effects,
            rules,
            files: &job.files,
            submissions: &job.submissions,
            admitted: &job.admitted,
            definitive,
            prints_all: false,
            past: job.previous.as_deref().map(|memory| Past { memory, corrections: &job.corrections }),
        }
    }

    /// The same, of which all is to be printed when `all` says so.
    #[must_use]
    pub fn printing(self, all: bool) -> Self {
        Self { prints_all: all, ..self }
    }

    /// Whether the file of an office, of which something of `indicator` is asked by now, has not come.
    pub(crate) fn lacks(&self, indicator: &Indicator, office: &OfficeId) -> bool {
        indicator.has_begun(office, self.consolidation.month.month) && !self.admitted.entries.has_sent(office)
    }

    /// What became of the findings of the month before; `None` when no issue of one is given.
    pub(crate) fn met(&self) -> Option<Met> {
        let today = Today {
            plan: self.plan,
            findings: &self.checked.findings,
            submissions: self.submissions,
            indicators: &self.consolidation.indicators,
            happens: |code| check(code).is_some_and(|check| check.stage == Stage::Memoria),
        };
        self.past.map(|past| met(past.memory, today))
    }

    /// Every finding with what it could change, in the order in which they are read.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (&'a Finding, &'a Effect)> {
        let unknown = std::iter::repeat(&NO_EFFECT);
        self.checked.findings.iter().zip(self.effects.iter().chain(unknown))
    }
}

/// Of a finding whose effect nobody has computed.
pub static NO_EFFECT: Effect =
    Effect { kind: EffectKind::NessunEffetto, indicators: Vec::new(), sentence: String::new() };

/// What every page says until the final issue.
pub const PROVISIONAL: &str = "PROVVISORIO";

/// What every page of the final issue says.
pub const DEFINITIVE: &str = "EMISSIONE DEFINITIVA";

/// What every page says of the issue.
pub fn issue(run: &Run<'_>) -> &'static str {
    if run.definitive { DEFINITIVE } else { PROVISIONAL }
}

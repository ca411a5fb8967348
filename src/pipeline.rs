//! The whole road on one screen: files → submissions → findings → results → what the findings could change.
//!
//! Says what it is doing through events; never prints, never decides what a wrong content means.

use std::path::PathBuf;
use std::sync::Arc;

use crate::admit::Admitted;
use crate::aggregate::{Consolidation, month_by_month};
use crate::check::{Checked, Facts, Judged, Pending, Received, judge, pending};
use crate::impact::{Effect, Ground, sort_by_effect};
use crate::intake::take_in;
use crate::interpret::{Arrival, Submission, Templates, settle};
use crate::memory::{Correction, Memory};
use crate::model::{Month, YearMonth};
use crate::plan::Plan;

/// What the program is doing, for whoever wants to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'e> {
    /// This many of so many files are read and recognised.
    Read {
        /// Files read.
        done: usize,
        /// Files in all.
        total: usize,
        /// The name of the last one.
        name: &'e str,
    },
    /// Entries are being checked, and results computed.
    Checking,
    /// The workbook is being written.
    Writing,
}

/// The whole outcome of a reporting month.
#[derive(Debug)]
pub struct Job {
    /// The reporting month.
    pub month: YearMonth,
    /// Every file, in order of name.
    pub files: Vec<Received>,
    /// The submissions that stand, in the plan's order of offices.
    pub submissions: Vec<Submission>,
    /// Findings, in the order of what they could change, and account of the checks.
    pub checked: Checked,
    /// What each finding could change, in the same order.
    pub effects: Vec<Effect>,
    /// What counts.
    pub admitted: Admitted,
    /// The results.
    pub consolidation: Consolidation,
    /// The results as at the end of each month, January first, up to the reporting month.
    pub months: Vec<Consolidation>,
    /// What the issue of a month before holds, when one is given.
    pub previous: Option<Arc<Memory>>,
    /// What was changed of the months consolidated already.
    pub corrections: Vec<Correction>,
}

/// What a job is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The reporting month; without one, the last one filled by most of the offices.
    pub month: Option<Month>,
    /// What the issue of a month before holds.
    pub previous: Option<Arc<Memory>>,
}

impl From<Option<Month>> for Asked {
    fn from(month: Option<Month>) -> Self {
        Self { month, previous: None }
    }
}

/// Why a month cannot be consolidated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// No file could be read as an office's workbook.
    NothingReadable,
    /// Nothing is filled in and no month was named.
    NoMonth,
}

/// Runs the monthly job on `paths`; without a month, the last one filled by most of the offices.
///
/// # Errors
/// Only when there is nothing to consolidate: `Halt`, with the files and what became of them.
pub fn run(
    plan: &Plan,
    paths: &[PathBuf],
    asked: impl Into<Asked>,
    templates: Templates<'_>,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Job, (Halt, Vec<Received>)> {
    let arrivals = arrivals(plan, paths, templates, events);
    run_on(plan, settle(plan, arrivals), asked, events)
}

/// The same on files already read and recognised.
///
/// # Errors
/// As `run`.
pub fn run_on(
    plan: &Plan,
    (files, submissions): (Vec<Received>, Vec<Submission>),
    asked: impl Into<Asked>,
    events: &mut dyn FnMut(Event<'_>),
) -> Result<Job, (Halt, Vec<Received>)> {
    if submissions.is_empty() {
        return Err((Halt::NothingReadable, files));
    }
    let asked = asked.into();
    let Some(month) = asked.month.or_else(|| usual_month(&submissions)) else {
        return Err((Halt::NoMonth, files));
    };
    Ok(job_on(plan, (files, submissions), plan.month(month), asked.previous, events))
}

/// The same at a month already known, with whatever there is.
pub fn job_on(
    plan: &Plan,
    (files, submissions): (Vec<Received>, Vec<Submission>),
    month: YearMonth,
    previous: Option<Arc<Memory>>,
    events: &mut dyn FnMut(Event<'_>),
) -> Job {
    events(Event::Checking);
    let plan = &*plan.at(month.month);
    let facts = Facts {
        plan,
        month,
        files: &files,
        submissions: &submissions,
        whole: true,
        previous: previous.as_deref(),
    };
    let Judged { mut checked, admitted, consolidation, corrections } = judge(&facts);
    let ground = Ground { plan, admitted: &admitted, month, consolidation: &consolidation };
    let effects = sort_by_effect(ground, &mut checked.findings);
    let months = month_by_month(plan, &admitted, &consolidation);
    Job {
        month,
        files,
        submissions,
        checked,
        effects,
        admitted,
        consolidation,
        months,
        previous,
        corrections,
    }
}

/// The findings of one office workbook on its own.
#[derive(Debug)]
pub struct FileReport {
    /// The file.
    pub file: Received,
    /// The month it was judged at.
    pub month: YearMonth,
    /// Its findings and the account of the checks.
    pub checked: Checked,
    /// What is still to be filled in, when it is an office's workbook.
    pub pending: Option<Pending>,
    /// Whether it was compared with the issue of a month before.
    pub after: bool,
}

/// Checks each file on its own: what needs the other offices is *non valutato*.
pub fn check_files(
    plan: &Plan,
    paths: &[PathBuf],
    asked: &Asked,
    templates: Templates<'_>,
    events: &mut dyn FnMut(Event<'_>),
) -> Vec<FileReport> {
    arrivals(plan, paths, templates, events)
        .into_iter()
        .flat_map(|arrival| {
            let (files, submissions) = settle(plan, vec![arrival]);
            let own = submissions.first().and_then(|submission| submission.last_month);
            let month = plan.month(asked.month.or(own).unwrap_or(Month::JANUARY));
            let (files_seen, whole) = (files.as_slice(), false);
            let previous = asked.previous.as_deref().filter(|memory| memory.month < month);
            let plan = &*plan.at(month.month);
            let context =
                Facts { plan, month, files: files_seen, submissions: &submissions, whole, previous };
            let checked = judge(&context).checked;
            let open = submissions.first().map(|submission| pending(plan, submission, month.month));
            files.into_iter().map(move |file| FileReport {
                file,
                month,
                checked: checked.clone(),
                pending: open.clone(),
                after: previous.is_some(),
            })
        })
        .collect()
}

fn arrivals(
    plan: &Plan,
    paths: &[PathBuf],
    templates: Templates<'_>,
    events: &mut dyn FnMut(Event<'_>),
) -> Vec<Arrival> {
    let total = paths.len();
    take_in(plan, paths, templates, &mut |done, name| events(Event::Read { done, total, name }))
}

/// The last month filled by more than half of the offices that sent a file: one stray December cell must
/// not close the year.
pub fn usual_month(submissions: &[Submission]) -> Option<Month> {
    let reached = |month: Month| {
        submissions
            .iter()
            .filter(|submission| submission.last_month.is_some_and(|last| last >= month))
            .count()
    };
    Month::all()
        .rev()
        .find(|month| reached(*month) * 2 > submissions.len())
        .or_else(|| submissions.iter().filter_map(|submission| submission.last_month).min())
}

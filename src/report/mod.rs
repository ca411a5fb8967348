//! Facts and findings in, plain tables out.
//!
//! `report` decides everything that a reader of the consolidated workbook sees: which sheets, in which order,
//! which columns, which words, what is green; `to_json` says the same to machines. Nothing is computed here
//! that decides a result, and nothing here knows how a workbook is written.

mod attestation;
mod caps;
mod checks;
mod contributions;
mod cover;
mod data;
mod files;
mod findings;
pub mod height;
mod identity;
mod index;
mod json;
pub mod labels;
mod live;
mod lowered;
mod method;
mod method_controls;
mod method_words;
mod normalisations;
mod obstacles;
mod offices;
mod oiv;
mod registers;
mod resources;
mod results;
#[cfg(test)]
pub(crate) mod sample;
mod sampling;
mod scheda;
mod sheet;
mod summary;
mod table;
mod words;

pub use caps::{CHARACTERS, LINKS, TRUNCATED};
pub use files::inputs_sha256;
pub use identity::fingerprint;
pub use json::{files_to_json, to_json};
pub use live::{Call, Computed, Disagreement, Formula, Sign, disagreements, same_result, spelt, spelt_range};
pub use obstacles::{Answer, Obstacle, obstacles};
pub use sheet::{
    Area, Cell, Chart, ChartKind, Content, Format, Frozen, Input, Line, Live, Named, Paper, Report, Row,
    RowKind, Sheet, Sparkline, TabKind, Target as LinkTarget,
};
pub(crate) use words::refusal_words;

use crate::admit::Admitted;
use crate::aggregate::Consolidation;
use crate::check::{Checked, Received};
use crate::impact::{Effect, EffectKind};
use crate::interpret::Submission;
use crate::model::{Finding, Rule};
use crate::pipeline::Job;
use crate::plan::Plan;

/// Everything about a reporting month.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The results.
    pub consolidation: &'a Consolidation,
    /// The same as it would have been at the end of each month of the year, January first, up to the reporting month.
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
        }
    }

    /// Every finding with what it could change, in the order in which they are read.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (&'a Finding, &'a Effect)> {
        let unknown = std::iter::repeat(&NO_EFFECT);
        self.checked.findings.iter().zip(self.effects.iter().chain(unknown))
    }
}

/// Of a finding whose effect nobody has computed.
static NO_EFFECT: Effect =
    Effect { kind: EffectKind::NessunEffetto, indicators: Vec::new(), sentence: String::new() };

/// What every page says until the final issue.
const PROVISIONAL: &str = "PROVVISORIO";

/// What every page of the final issue says.
const DEFINITIVE: &str = "EMISSIONE DEFINITIVA";

/// What every page says of the issue.
fn issue(run: &Run<'_>) -> &'static str {
    if run.definitive { DEFINITIVE } else { PROVISIONAL }
}

/// The consolidated workbook of a run, before it is written.
pub fn report(run: &Run<'_>) -> Report {
    let index = index::Index::of(run);
    let month = words::month_title(run.consolidation.month);
    let registers = registers::Registers::of(run, &index);
    let mut sheets = sheets(run, &index, &registers);
    let caps = caps::shorten(&mut sheets);
    let cover = cover::sheet(run, &index, registers.len(), caps, &sheets);
    sheets.insert(0, cover);
    let mut report = Report {
        title: format!("Consuntivo consolidato delle schede {}", run.plan.year),
        subtitle: format!("{} · {month}", run.plan.ente),
        author: run.plan.ente.clone(),
        created: run.consolidation.month.last_day(),
        header: issue(run).to_owned(),
        footer: format!("{} · {month}", run.plan.ente),
        sheets,
        names: data::named(&index),
    };
    live::limit(&mut report);
    live::settle(&mut report);
    report
}

/// The sheets after the cover, in the order in which they are read; only the amounts may be absent.
fn sheets(run: &Run<'_>, index: &index::Index<'_>, registers: &registers::Registers<'_>) -> Vec<Sheet> {
    let (schede, places) = scheda::sheets(run, index, registers);
    let mut sheets = vec![summary::sheet(run, index, &places), results::sheet(run, index, &places)];
    sheets.extend(resources::sheet(run, index, &places));
    sheets.extend(schede);
    sheets.extend([
        oiv::sheet(run, index),
        attestation::sheet(run, index),
        offices::sheet(run, index),
        contributions::sheet(run, index),
        findings::sheet(run, index),
        data::sheet(run, index, &places),
    ]);
    sheets.extend(registers.sheet(run));
    sheets.extend([
        normalisations::sheet(run, index),
        checks::sheet(run, index),
        files::sheet(run),
        method::sheet(run),
    ]);
    sheets
}

#[cfg(test)]
mod conventions;
#[cfg(test)]
mod tests;

//! In which order *Rilievi* has the findings: first what is read on paper, then the notes without effect.

use crate::book::table::{body_row, names};
use crate::certify::Run;
use crate::excel::Target;
use crate::impact::{Effect, EffectKind};
use crate::model::{Finding, Severity};

/// Whether a finding is read on paper: it is more than a note, it was accepted, or it could change something.
pub(super) fn is_printed(finding: &Finding, effect: &Effect) -> bool {
    finding.severity != Severity::Nota || !finding.is_open() || effect.kind != EffectKind::NessunEffetto
}

/// The place in *Rilievi* of each finding, from 0.
pub(super) fn places(run: &Run<'_>) -> Vec<usize> {
    let printed: Vec<bool> = run.findings().map(|(finding, effect)| is_printed(finding, effect)).collect();
    let (mut first, mut then) = (0, printed.iter().filter(|own| **own).count());
    let mut place = |own: bool| {
        let next = if own { &mut first } else { &mut then };
        *next += 1;
        *next - 1
    };
    printed.into_iter().map(&mut place).collect()
}

/// The place in *Rilievi*, from 0, of the finding at this place of the list.
pub(super) fn place(run: &Run<'_>, at: usize) -> Option<usize> {
    places(run).get(at).copied()
}

/// The way to the finding at this place of the list.
pub(super) fn target(run: &Run<'_>, at: usize) -> Option<Target> {
    body_row(names::FINDINGS, place(run, at)?)
}

//! What each finding could change: results computed again with and without the entries it names, or at the ends
//! of the plausible interval of what is missing or cannot be used.
//!
//! A finding on what the plan leaves open is no doubt on an entry: its indicator is computed again as the plan can
//! also be read. Where another reading cannot be computed the finding says so, and stands where it may reach.
//!
//! One finding at a time: the other entries kept out stay out, then are taken as typed, then the voci that nobody
//! has reported come too, and the strongest effect is told. An entry kept out always withholds an outcome: its
//! indicator is *non verificabile* until it is mended.

mod alternatives;
mod bench;
mod doubt;
mod ledger;
mod plausible;
mod points;
mod reading;
mod words;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use crate::admit::Admitted;
use crate::aggregate::Consolidation;
use crate::model::{Finding, IndicatorCode, YearMonth};
use crate::plan::Plan;

/// How far a finding reaches, ordered from the least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum EffectKind {
    /// Neither an outcome nor a degree depends on it.
    #[default]
    NessunEffetto,
    /// A degree depends on it, no outcome does.
    CambiaGrado,
    /// An outcome depends on it.
    CambiaEsito,
}

impl EffectKind {
    /// As written in JSON: `cambia esito`.
    pub fn code(self) -> &'static str {
        match self {
            EffectKind::NessunEffetto => "nessuno",
            EffectKind::CambiaGrado => "cambia grado",
            EffectKind::CambiaEsito => "cambia esito",
        }
    }

    /// For people, with its symbol: `◆ può cambiare l'esito`.
    pub fn label(self) -> &'static str {
        match self {
            EffectKind::NessunEffetto => "– nessun effetto",
            EffectKind::CambiaGrado => "◇ può cambiare il grado",
            EffectKind::CambiaEsito => "◆ può cambiare l'esito",
        }
    }
}

/// What a finding could change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// How far it reaches.
    pub kind: EffectKind,
    /// The indicators that it changes that far, in the plan's order; without effect, those computed again.
    pub indicators: Vec<IndicatorCode>,
    /// By how much, in Italian.
    pub sentence: String,
}

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

/// The effect of each finding, in their order.
pub fn effects(ground: Ground<'_>, findings: &[Finding]) -> Vec<Effect> {
    let mut bench = bench::Bench::of(ground);
    findings.iter().map(|finding| effect(&mut bench, finding)).collect()
}

/// Puts `findings` in the order in which they are read: those on the offices' files, then those on the plan; within
/// each block those that could change an outcome, those that could change a degree, the others; each by severity, then
/// as they were. Gives their effects in the same order.
pub fn sort_by_effect(ground: Ground<'_>, findings: &mut Vec<Finding>) -> Vec<Effect> {
    let effects = effects(ground, findings);
    let mut both: Vec<(Finding, Effect)> = std::mem::take(findings).into_iter().zip(effects).collect();
    both.sort_by_key(|(finding, effect)| {
        (finding.is_about_the_plan(), Reverse(effect.kind), Reverse(finding.severity))
    });
    let (sorted, effects) = both.into_iter().unzip();
    *findings = sorted;
    effects
}

fn effect(bench: &mut bench::Bench<'_>, finding: &Finding) -> Effect {
    if let Some(effect) = reading::effect(bench, finding) {
        return effect;
    }
    let doubts = doubt::of(bench, finding);
    let shifts: Vec<words::Shift> = doubts.iter().filter_map(|doubt| points::shift(bench, doubt)).collect();
    words::effect(&shifts)
}

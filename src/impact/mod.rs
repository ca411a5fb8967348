//! What each finding could change: results computed again with and without the entries it names, or at the
//! ends of the plausible interval of what is missing or cannot be used.
//!
//! A finding on what the plan leaves open is no doubt on an entry: its indicator is computed again as the
//! plan can also be read. Where another reading cannot be computed the finding says so, and stands where it
//! may reach.
//!
//! One finding at a time: the other entries kept out stay out, then are taken as typed, then the voci that
//! nobody has reported come too, and the strongest effect is told. An entry kept out always withholds an
//! outcome: its indicator is *non verificabile* until it is mended.

mod alternatives;
mod base;
mod bench;
mod change;
mod doubt;
mod effect;
mod facts;
mod ground;
mod ledger;
mod plausible;
mod points;
mod reading;
mod shift;
mod sums;
mod words;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use crate::model::Finding;

pub use effect::{Effect, EffectKind};
pub use ground::Ground;

/// The effect of each finding, in their order.
pub fn effects(ground: Ground<'_>, findings: &[Finding]) -> Vec<Effect> {
    let mut bench = bench::Bench::of(ground);
    findings.iter().map(|finding| of_finding(&mut bench, finding)).collect()
}

/// Puts `findings` in the order in which they are read: those on the offices' files, then those on the plan;
/// within each block those that could change an outcome, those that could change a degree, the others; each
/// by severity, then as they were. Gives their effects in the same order.
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

fn of_finding(bench: &mut bench::Bench<'_>, finding: &Finding) -> Effect {
    if let Some(effect) = reading::effect(bench, finding) {
        return effect;
    }
    let doubts = doubt::of(bench, finding);
    let shifts: Vec<shift::Shift> = doubts.iter().filter_map(|doubt| points::shift(bench, doubt)).collect();
    words::effect(&shifts)
}

//! The findings of the month before, met again or no more.

use std::collections::BTreeMap;

use super::{Memory, Told};
use crate::model::{Finding, YearMonth};
use crate::plan::Plan;

/// What became of the findings of the month before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Of each finding of now, in order, since when it is there; `None` when it is new.
    pub since: Vec<Option<YearMonth>>,
    /// Those that are no more, in their order.
    pub resolved: Vec<Told>,
}

impl Met {
    /// How many are new.
    pub fn fresh(&self) -> usize {
        self.since.iter().filter(|since| since.is_none()).count()
    }

    /// How many were there already.
    pub fn persisting(&self) -> usize {
        self.since.len() - self.fresh()
    }
}

/// Compares the findings of now with those of the month before, by what each is about: of several about the
/// same thing as many are met as there are on both sides, those with the same words first.
pub fn met(plan: &Plan, memory: &Memory, findings: &[Finding]) -> Met {
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, told) in memory.findings.iter().enumerate() {
        open.entry(told.subject()).or_default().push(place);
    }
    let now: Vec<(String, String)> = findings
        .iter()
        .map(|finding| Told::of(plan, finding))
        .map(|told| (told.subject(), told.found))
        .collect();
    let mut since = vec![None; now.len()];
    let mut gone = vec![true; memory.findings.len()];
    for alike in [true, false] {
        for ((subject, found), since) in now.iter().zip(&mut since) {
            let Some(places) = open.get_mut(subject).filter(|_| since.is_none()) else { continue };
            let told = |place: &usize| memory.findings.get(*place);
            let same = |place: &usize| !alike || told(place).is_some_and(|told| told.found == *found);
            let Some(at) = places.iter().position(same) else { continue };
            let place = places.remove(at);
            *since = told(&place).map(|told| told.since.unwrap_or(memory.month));
            gone.iter_mut().skip(place).take(1).for_each(|gone| *gone = false);
        }
    }
    let resolved = memory.findings.iter().zip(gone).filter(|(_, gone)| *gone).map(|(told, _)| told.clone());
    Met { since, resolved: resolved.collect() }
}

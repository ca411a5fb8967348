//! Whether the month before gives again, on what is known now, what was issued of it.

use std::collections::{BTreeMap, BTreeSet};

use super::correction::{Seen, seen};
use super::kept::{in_a_cell, said};
use super::{KeptResult, Memory, Said, Slot, present};
use crate::admit::{Admission, Admitted};
use crate::aggregate::result;
use crate::interpret::{Entry, Submission};
use crate::model::{IndicatorCode, OfficeId, VoceKey};
use crate::plan::{Indicator, Plan};

/// Why an indicator of the month before is not what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The plan is another one.
    Plan,
    /// The final issue of the year before is another one.
    LastYear,
    /// An office came, or went.
    Office,
    /// Something that it uses is not what it was, or counts no more, or counts now.
    Data,
}

/// An indicator of the month before, made again on what is known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The indicator.
    pub code: IndicatorCode,
    /// What was issued.
    pub issued: KeptResult,
    /// What it gives now; `None` when it gives the same.
    pub again: Option<Seen>,
    /// What explains a difference.
    pub cause: Option<Cause>,
}

/// Every indicator that was issued and is still in the plan, made again at the month of `memory`.
pub fn drifts(plan: &Plan, memory: &Memory, submissions: &[Submission], admitted: &Admitted) -> Vec<Drift> {
    let now = present(plan, submissions);
    let sent: BTreeSet<&OfficeId> = submissions.iter().map(|one| &one.office).collect();
    let moved = moved(memory, &now);
    let one = |indicator: &Indicator| {
        let issued = memory.results.get(&indicator.code)?.clone();
        let result = result(plan, admitted, memory.month, indicator.at(memory.month.month));
        let same = (result.status, in_a_cell(result.degree.as_ref()), said(result.value.as_ref()))
            == (issued.status, issued.degree.clone(), issued.value.clone());
        let came = |office: &&OfficeId| sent.contains(office) == memory.lacked(office);
        let data = || {
            let is_moved = |key: &VoceKey| moved.contains(key) || admission_moved(memory, admitted, key);
            indicator.voci.iter().any(|voce| is_moved(&voce.key))
        };
        let cause = if memory.plan != plan.sha256_whole {
            Some(Cause::Plan)
        } else if !memory.is_of_this_archive(plan) {
            Some(Cause::LastYear)
        } else if indicator.offices.iter().any(|office| came(&office)) {
            Some(Cause::Office)
        } else {
            data().then_some(Cause::Data)
        };
        let again = (!same).then(|| seen(&result));
        Some(Drift { code: indicator.code.clone(), issued, again, cause })
    };
    plan.indicators().filter_map(one).collect()
}

/// The voci of which something that the month before could see is said otherwise.
fn moved(memory: &Memory, now: &BTreeMap<Slot, (Said, &Entry)>) -> BTreeSet<VoceKey> {
    let slots: BTreeSet<&Slot> = memory.entries.keys().chain(now.keys()).collect();
    let seen = |slot: &&&Slot| slot.month.is_none_or(|month| month <= memory.month.month);
    let differs = |slot: &&&Slot| {
        let then = memory.entries.get(slot).map_or(&Said::Nothing, |kept| &kept.said);
        then != now.get(slot).map_or(&Said::Nothing, |(said, _)| said)
    };
    slots.iter().filter(seen).filter(differs).map(|slot| slot.voce.clone()).collect()
}

/// Whether more, or less, is kept out of a voce than then.
fn admission_moved(memory: &Memory, admitted: &Admitted, key: &VoceKey) -> bool {
    let of_voce = |slot: &Slot| slot.voce == *key && slot.month.is_none_or(|m| m <= memory.month.month);
    let then = memory.entries.iter().filter(|(slot, kept)| of_voce(slot) && kept.kept_out.is_some()).count();
    let declared = admitted.undeclared.keys().filter(|(_, voce)| voce == key).count();
    let now = admitted.entries.of_voce(key).filter(|entry| {
        matches!(entry.admission, Admission::Excluded(_))
            && entry.id.month.is_none_or(|month| month <= memory.month.month)
    });
    then != now.count() + declared
}

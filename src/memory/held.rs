//! What closed months hold: the checks look at the values that stand, not at what was written over them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Said};
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::{EntryRef, OfficeId, VoceKey};

/// The submissions with the consolidated values in the cells of `closed` changes; what was typed there stays
/// as it was typed. What has no cell any more is put back where it counts ([`super::stand`]).
pub fn held<'a>(submissions: &'a [Submission], closed: &[&Change]) -> Cow<'a, [Submission]> {
    let states: BTreeMap<EntryRef, EntryState> =
        closed.iter().filter_map(|change| Some((change.at?, state(change)))).collect();
    if states.is_empty() {
        return Cow::Borrowed(submissions);
    }
    // A row that was not there is not there.
    let new = closed.iter().filter(|change| change.brings_a_row);
    let new: BTreeSet<(&OfficeId, &VoceKey, Option<u32>)> =
        new.map(|change| (&change.slot.office, &change.slot.voce, change.id.row)).collect();
    let mut own = submissions.to_vec();
    for submission in &mut own {
        let office = submission.office.clone();
        let entries = submission.entries.iter_mut().chain(submission.completeness.values_mut());
        for Entry { id, at, state, normalised, formula, .. } in entries {
            let is_new = id.row.is_some() && new.contains(&(&office, &id.voce, id.row));
            let known = states.get(at).cloned().or(is_new.then_some(EntryState::Blank));
            if let Some(known) = known {
                (*state, *normalised, *formula) = (known, None, None);
            }
        }
    }
    Cow::Owned(own)
}

/// In a closed month stands what counted: nothing, of what was kept out.
fn state(change: &Change) -> EntryState {
    match &change.before {
        _ if change.kept_out.is_some() => EntryState::Blank,
        Said::Value(value) => EntryState::Value(value.clone()),
        Said::NotApplicable => EntryState::NotApplicable,
        Said::Nothing | Said::Other(_) => EntryState::Blank,
    }
}

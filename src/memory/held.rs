//! What closed months hold: the checks look at the values that stand, not at what was written over them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Change, Said};
use crate::interpret::{Entry, EntryState, Submission};
use crate::model::EntryRef;

/// The submissions with the consolidated values in the cells of `closed` changes; what was typed there stays
/// as it was typed. What has no cell any more is put back where it counts ([`super::stand`]).
pub fn held<'a>(submissions: &'a [Submission], closed: &[&Change]) -> Cow<'a, [Submission]> {
    let states: BTreeMap<EntryRef, EntryState> =
        closed.iter().filter_map(|change| Some((change.at?, state(change)))).collect();
    if states.is_empty() {
        return Cow::Borrowed(submissions);
    }
    let mut own = submissions.to_vec();
    for submission in &mut own {
        let entries = submission.entries.iter_mut().chain(submission.completeness.values_mut());
        for Entry { at, state, normalised, formula, .. } in entries {
            if let Some(known) = states.get(at) {
                (*state, *normalised, *formula) = (known.clone(), None, None);
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

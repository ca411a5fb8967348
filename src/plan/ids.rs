//! The places of voci and offices in the plan: what entries are ordered and found by.

use std::collections::BTreeMap;

use super::Plan;
use crate::model::{OfficeId, VoceKey};

/// The places of voci and offices in the plan, from 0, each in its own order.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    voci: BTreeMap<VoceKey, usize>,
    offices: BTreeMap<OfficeId, usize>,
}

impl Ids {
    /// Those of `plan`; a name that is there twice has its first place.
    pub fn of(plan: &Plan) -> Self {
        let mut ids = Self::default();
        for (place, (_, voce)) in plan.voci().enumerate() {
            ids.voci.entry(voce.key.clone()).or_insert(place);
        }
        for (place, office) in plan.offices.iter().enumerate() {
            ids.offices.entry(office.id.clone()).or_insert(place);
        }
        ids
    }

    /// The place of a voce.
    pub fn voce(&self, key: &VoceKey) -> Option<usize> {
        self.voci.get(key).copied()
    }

    /// The place of an office.
    pub fn office(&self, id: &OfficeId) -> Option<usize> {
        self.offices.get(id).copied()
    }

    /// How many voci there are.
    pub fn voci(&self) -> usize {
        self.voci.len()
    }
}

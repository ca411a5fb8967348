//! What the offices report of an indicator, gathered once: from which its plausible intervals are taken.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::admit::Admitted;
use crate::model::{Month, Number, OfficeId, VoceKey};
use crate::plan::{Indicator, Voce};

/// The numbers that count of some entries.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    /// The first of them, by the offices' names.
    pub first: Number,
    pub least: Number,
    pub greatest: Number,
    pub sum: Number,
}

/// Whose entries, of which month; `None` where they are all meant.
type Reach = (Option<OfficeId>, Option<Option<Month>>);

/// What counts of an indicator.
#[derive(Debug, Default)]
pub(super) struct Facts {
    spreads: BTreeMap<VoceKey, BTreeMap<Reach, Spread>>,
    /// The days of the events of a register's rows, and how many rows each has.
    days: BTreeMap<VoceKey, BTreeMap<NaiveDate, usize>>,
    /// The voci of which something counts.
    reported: BTreeSet<VoceKey>,
}

impl Facts {
    /// Of the entries that count for `indicator` alone.
    pub(super) fn of(own: &Admitted, indicator: &Indicator) -> Self {
        let mut facts = Self::default();
        for entry in own.entries.iter() {
            let (Some(value), Some(voce)) = (entry.counted(), indicator.voce(&entry.id.voce)) else {
                continue;
            };
            facts.reported.insert(voce.key.clone());
            let is_event =
                voce.register.as_ref().is_some_and(|shape| Some(&shape.event) == entry.id.column.as_ref());
            if let Some(day) = value.date().filter(|_| is_event) {
                *facts.days.entry(voce.key.clone()).or_default().entry(day).or_default() += 1;
            }
            let Some(number) = value.number() else { continue };
            let spreads = facts.spreads.entry(voce.key.clone()).or_default();
            for office in [None, Some(entry.office.clone())] {
                for month in [None, Some(entry.id.month)] {
                    spread(spreads, (office.clone(), month), &number);
                }
            }
        }
        facts
    }

    /// What an office, or all of them, report of a voce, for a month or in all.
    pub(super) fn spread(
        &self,
        voce: &Voce,
        office: Option<&OfficeId>,
        month: Option<Option<Month>>,
    ) -> Option<&Spread> {
        self.spreads.get(&voce.key)?.get(&(office.cloned(), month))
    }

    /// The days of the rows of a register that count, and how many rows each has.
    pub(super) fn days(&self, voce: &VoceKey) -> Option<&BTreeMap<NaiveDate, usize>> {
        self.days.get(voce)
    }

    /// Whether any entry of a voce counts.
    pub(super) fn is_reported(&self, voce: &VoceKey) -> bool {
        self.reported.contains(voce)
    }
}

fn spread(spreads: &mut BTreeMap<Reach, Spread>, reach: Reach, number: &Number) {
    let Some(known) = spreads.get_mut(&reach) else {
        let own = || number.clone();
        spreads.insert(reach, Spread { first: own(), least: own(), greatest: own(), sum: own() });
        return;
    };
    known.sum = known.sum.clone() + number;
    if *number < known.least {
        known.least = number.clone();
    }
    if *number > known.greatest {
        known.greatest = number.clone();
    }
}

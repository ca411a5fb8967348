//! What the offices sent, in one table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::entry::AdmittedEntry;
use crate::model::{OfficeId, VoceKey};
use crate::plan::{Ids, Plan, Voce};

/// What the offices sent, in one table: by voce, then by office, both in the plan's order, then by period (or
/// row and column of a register).
#[derive(Clone, Debug, Default)]
pub struct Entries {
    ids: Arc<Ids>,
    /// The offices that sent a file, by their place in the plan.
    sent: BTreeSet<usize>,
    /// By the places of voce and office in the plan.
    rows: BTreeMap<(usize, usize), Vec<AdmittedEntry>>,
}

impl Entries {
    /// The table of `plan`, in which nobody has sent anything.
    pub fn of_plan(plan: &Plan) -> Self {
        Self { ids: Arc::new(Ids::of(plan)), ..Self::default() }
    }

    /// An empty table of the same plan.
    pub fn emptied(&self) -> Self {
        Self { ids: Arc::clone(&self.ids), ..Self::default() }
    }

    /// Whether the office sent a file.
    pub fn has_sent(&self, office: &OfficeId) -> bool {
        self.ids.office(office).is_some_and(|place| self.sent.contains(&place))
    }

    /// Whether nobody sent anything.
    pub fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }

    /// The office has sent a file.
    pub fn send(&mut self, office: &OfficeId) {
        self.sent.extend(self.ids.office(office));
    }

    /// Adds, after those that are there, entries of one voce that an office sent; what the plan does not know
    /// is in no place of the table.
    pub fn add(
        &mut self,
        voce: &VoceKey,
        office: &OfficeId,
        entries: impl IntoIterator<Item = AdmittedEntry>,
    ) {
        self.send(office);
        if let Some(place) = self.place(voce, office) {
            self.rows.entry(place).or_default().extend(entries);
        }
    }

    /// Adds all that an office sent, in the order of its file.
    pub(super) fn take(&mut self, office: &OfficeId, entries: Vec<AdmittedEntry>) {
        self.send(office);
        let mut entries = entries.into_iter().peekable();
        while let Some(first) = entries.next() {
            let voce = first.id.voce.clone();
            let mut own = vec![first];
            while let Some(next) = entries.next_if(|next| next.id.voce == voce) {
                own.push(next);
            }
            self.add(&voce, office, own);
        }
    }

    /// What an office sent of a voce.
    pub fn of(&self, voce: &VoceKey, office: &OfficeId) -> &[AdmittedEntry] {
        self.place(voce, office).and_then(|place| self.rows.get(&place)).map_or(&[], Vec::as_slice)
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, voce: &VoceKey, office: &OfficeId) -> &mut [AdmittedEntry] {
        let place = self.place(voce, office);
        place.and_then(|place| self.rows.get_mut(&place)).map_or(&mut [], Vec::as_mut_slice)
    }

    /// What all the offices sent of a voce, in the plan's order.
    pub fn of_voce<'a>(&'a self, voce: &VoceKey) -> impl Iterator<Item = &'a AdmittedEntry> + use<'a> {
        let place = self.ids.voce(voce);
        let own = place.map(|voce| self.rows.range((voce, 0)..(voce + 1, 0)));
        own.into_iter().flatten().flat_map(|(_, entries)| entries)
    }

    /// What an office sent, in the plan's order.
    pub fn of_office<'a>(&'a self, office: &OfficeId) -> impl Iterator<Item = &'a AdmittedEntry> + use<'a> {
        let office = self.ids.office(office);
        let own = move |office: usize| (0..self.ids.voci()).filter_map(move |v| self.rows.get(&(v, office)));
        office.into_iter().flat_map(own).flatten()
    }

    /// What some offices sent of some voci, each entry as `made` makes it.
    pub fn of_voci<'o>(
        &self,
        offices: impl IntoIterator<Item = &'o OfficeId>,
        voci: &[Voce],
        made: impl Fn(&AdmittedEntry) -> AdmittedEntry,
    ) -> Self {
        let mut own = self.emptied();
        for office in offices.into_iter().filter(|office| self.has_sent(office)) {
            own.send(office);
            for voce in voci {
                own.add(&voce.key, office, self.of(&voce.key, office).iter().map(&made));
            }
        }
        own
    }

    /// The whole table.
    pub fn iter(&self) -> impl Iterator<Item = &AdmittedEntry> {
        self.rows.values().flatten()
    }

    /// The same, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut AdmittedEntry> {
        self.rows.values_mut().flatten()
    }

    fn place(&self, voce: &VoceKey, office: &OfficeId) -> Option<(usize, usize)> {
        Some((self.ids.voce(voce)?, self.ids.office(office)?))
    }
}

#[cfg(test)]
mod tests {
    use super::Entries;
    use crate::admit::{Admission, AdmittedEntry};
    use crate::model::{CellRef, EntryId, Month, OfficeId, Place, VoceKey};
    use crate::plan::{DEFAULT_PLAN, read_plan};

    fn entry(office: &OfficeId, voce: &VoceKey, month: u32) -> AdmittedEntry {
        AdmittedEntry {
            office: office.clone(),
            file: String::new(),
            id: EntryId::monthly(voce.clone(), Month::new(month).unwrap()),
            at: None,
            place: Place { sheet: String::new(), cell: CellRef { row: 0, col: 0 } },
            raw: String::new(),
            value: None,
            normalised: None,
            admission: Admission::NotReported,
        }
    }

    #[test]
    fn entries_stand_by_voce_then_by_office_then_by_period_in_the_plans_order() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        // Neither voci nor offices stand in the plan as in the alphabet.
        let key = |place: usize| plan.voci().nth(place).unwrap().1.key.clone();
        let office = |place: usize| plan.offices[place].id.clone();
        let mut entries = Entries::of_plan(&plan);
        assert!(entries.is_empty() && !entries.has_sent(&office(3)));
        for (voce, sender) in [(key(7), office(9)), (key(2), office(9)), (key(7), office(3))] {
            entries.add(&voce, &sender, [4, 5].map(|month| entry(&sender, &voce, month)));
        }
        entries.send(&office(5));
        let seen = |entry: &AdmittedEntry| {
            (entry.id.voce.clone(), entry.office.clone(), entry.id.month.unwrap().number())
        };
        let ordered: Vec<_> = [(2, 9), (7, 3), (7, 9)]
            .into_iter()
            .flat_map(|(voce, sender)| [4, 5].map(|month| (key(voce), office(sender), month)))
            .collect();
        assert_eq!(entries.iter().map(seen).collect::<Vec<_>>(), ordered);
        assert_eq!(entries.of_voce(&key(7)).map(seen).collect::<Vec<_>>(), ordered[2..]);
        let of_nine: Vec<_> = ordered.iter().filter(|row| row.1 == office(9)).cloned().collect();
        assert_eq!(entries.of_office(&office(9)).map(seen).collect::<Vec<_>>(), of_nine);
        assert_eq!(entries.of(&key(7), &office(3)).iter().map(seen).collect::<Vec<_>>(), ordered[2..4]);
        assert!(entries.of(&key(2), &office(3)).is_empty());
        assert!(
            entries.has_sent(&office(3)) && entries.has_sent(&office(5)) && !entries.has_sent(&office(4))
        );
        assert!(entries.emptied().is_empty());
    }

    #[test]
    fn what_the_plan_does_not_know_is_nowhere() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let mut entries = Entries::of_plan(&plan);
        let (stranger, voce) = (OfficeId::new("nessuno"), plan.voci().next().unwrap().1.key.clone());
        entries.add(&voce, &stranger, [entry(&stranger, &voce, 1)]);
        assert!(entries.is_empty() && entries.of(&voce, &stranger).is_empty());
        assert_eq!(entries.of_voce(&VoceKey::from_text("S99.altro")).count(), 0);
    }
}

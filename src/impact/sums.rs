//! The offices of an indicator added up two by two, so that a few of them can be changed at little cost.

use std::collections::BTreeMap;

use crate::compute::Portions;
use crate::model::OfficeId;

/// A tree: the offices are its leaves, in the plan's order, and every other node is the sum of its two below.
pub(super) struct Sums<'a> {
    places: BTreeMap<&'a OfficeId, usize>,
    /// The root first, then each row of nodes; those below `n` are `2n + 1` and `2n + 2`.
    nodes: Vec<Portions>,
    leaves: usize,
}

impl<'a> Sums<'a> {
    /// The offices with what each reports.
    pub(super) fn of(offices: impl Iterator<Item = (&'a OfficeId, Portions)>) -> Self {
        let (names, offices): (Vec<&OfficeId>, Vec<Portions>) = offices.unzip();
        let leaves = offices.len().next_power_of_two();
        let mut rows = vec![offices];
        while rows.last().is_some_and(|row| row.len() > 1) {
            let below = rows.last().map_or(&[][..], Vec::as_slice);
            rows.push(below.chunks(2).map(Portions::sum).collect());
        }
        let mut nodes = Vec::new();
        for (row, depth) in rows.into_iter().rev().zip(0_u32..) {
            nodes.extend(row);
            nodes.resize_with(2_usize.pow(depth + 1) - 1, Portions::default);
        }
        Self { places: names.into_iter().zip(0..).collect(), nodes, leaves }
    }

    /// All the offices, some of them as given.
    pub(super) fn with(&self, changed: &BTreeMap<OfficeId, Portions>) -> Portions {
        let place = |(office, own)| Some((*self.places.get(office)?, own));
        let changed: BTreeMap<usize, &Portions> = changed.iter().filter_map(place).collect();
        let mut sum = Portions::default();
        self.add(&mut sum, (0, 0, self.leaves), &changed);
        sum
    }

    /// Adds the offices under a node, given with the first of them and how many there are room for.
    fn add(
        &self,
        sum: &mut Portions,
        (node, first, many): (usize, usize, usize),
        changed: &BTreeMap<usize, &Portions>,
    ) {
        let mut own = changed.range(first..first + many);
        match (own.next(), many) {
            (None, _) => self.nodes.get(node).into_iter().for_each(|node| sum.and(node)),
            (Some((_, leaf)), 1) => sum.and(leaf),
            (Some(_), _) => {
                let half = many / 2;
                self.add(sum, (2 * node + 1, first, half), changed);
                self.add(sum, (2 * node + 2, first + half, half), changed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sums;
    use crate::admit::{Admission, Admitted, AdmittedEntry, Entries};
    use crate::compute::{Portions, measure};
    use crate::model::{EntryId, Month, Number, OfficeId, Value, VoceKey};
    use crate::plan::{DEFAULT_PLAN, Indicator, Plan, read_plan};

    /// What an office reports that has one number.
    fn said(plan: &Plan, indicator: &Indicator, office: &OfficeId, number: usize) -> Portions {
        let id = EntryId::monthly(VoceKey::from_text("S07.schede_crm"), Month::JANUARY);
        let entry = AdmittedEntry::made_up(
            office,
            &id,
            Some(Value::Number(Number::from(number))),
            Admission::Admitted,
        );
        let mut entries = Entries::of_plan(plan);
        entries.add(&id.voce, office, [entry]);
        let admitted = Admitted { entries, ..Admitted::default() };
        Portions::of_office(indicator, plan.month(Month::DECEMBER), &admitted, office)
    }

    #[test]
    fn some_offices_are_changed_and_the_others_are_as_they_were() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let indicator = plan.indicators().find(|indicator| indicator.code.as_str() == "7.3").unwrap();
        // The first says 1, the last of so many says so many.
        for many in [1, 2, 3, 7, 8, 26] {
            let offices = || indicator.offices.iter().take(many);
            let sums = Sums::of(
                offices().zip(1..).map(|(office, own)| (office, said(&plan, indicator, office, own))),
            );
            let total = |changed: &[usize]| {
                let changed = changed.iter().map(|place| &indicator.offices[*place]);
                let changed =
                    changed.map(|office| (office.clone(), said(&plan, indicator, office, 1_000))).collect();
                let all = sums.with(&changed);
                let ground = (indicator, &plan.calendar);
                let measured = measure(ground, plan.month(Month::DECEMBER), &all, &all);
                measured.voci[0].1.shown().unwrap().number().unwrap()
            };
            let whole = many * (many + 1) / 2;
            assert_eq!(total(&[]), Number::from(whole), "{many}");
            for changed in 0..many {
                assert_eq!(
                    total(&[changed]),
                    Number::from(whole + 1_000 - (changed + 1)),
                    "{many} {changed}"
                );
            }
            let (first, last) = (0, many - 1);
            if many > 1 {
                assert_eq!(total(&[first, last]), Number::from(whole + 2_000 - 1 - many), "{many}");
            }
        }
    }
}

//! Offices in the plan's order, found by their identifier.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Deref;

use crate::model::OfficeId;

/// Offices, or their identifiers, in the plan's order: a list in which nobody has to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roll<T> {
    listed: Vec<T>,
    places: BTreeMap<OfficeId, usize>,
}

impl<T> Default for Roll<T> {
    fn default() -> Self {
        Self { listed: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T> Roll<T> {
    /// Whether the office is among them.
    pub fn contains(&self, office: &OfficeId) -> bool {
        self.places.contains_key(office)
    }

    /// Its place in the order: the first one, when it is there twice.
    pub fn place(&self, office: &OfficeId) -> Option<usize> {
        self.places.get(office).copied()
    }

    /// The office with this identifier.
    pub fn find(&self, office: &OfficeId) -> Option<&T> {
        self.listed.get(self.place(office)?)
    }

    /// All of them, in order.
    pub fn as_slice(&self) -> &[T] {
        &self.listed
    }
}

impl<T: Borrow<OfficeId>> Extend<T> for Roll<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, offices: I) {
        for office in offices {
            self.places.entry(office.borrow().clone()).or_insert(self.listed.len());
            self.listed.push(office);
        }
    }
}

impl<T: Borrow<OfficeId>> FromIterator<T> for Roll<T> {
    fn from_iter<I: IntoIterator<Item = T>>(offices: I) -> Self {
        let mut roll = Self::default();
        roll.extend(offices);
        roll
    }
}

impl<T> Deref for Roll<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.listed
    }
}

impl<T: serde::Serialize> serde::Serialize for Roll<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.listed.serialize(serializer)
    }
}

impl<'a, T> IntoIterator for &'a Roll<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.listed.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Roll;
    use crate::model::OfficeId;

    #[test]
    fn offices_keep_their_order_and_are_found() {
        let ids = ["urp", "asl", "ri", "asl"].map(OfficeId::new);
        let mut roll: Roll<OfficeId> = ids.iter().cloned().collect();
        assert_eq!(roll.to_vec(), ids);
        assert!(roll.contains(&ids[2]) && !roll.contains(&OfficeId::new("pid")));
        roll.extend([OfficeId::new("pid")]);
        assert_eq!(roll.find(&OfficeId::new("pid")), roll.last());
    }
}

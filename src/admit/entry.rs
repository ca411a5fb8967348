//! An entry, and whether it counts.

use super::horizon::Ignored;
use crate::model::{CellRef, EntryId, EntryRef, OfficeId, Place, Value};

/// Why an entry does or does not count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Admission {
    /// It counts.
    Admitted,
    /// It is not reported: blank, or a placeholder.
    NotReported,
    /// It does not apply.
    NotApplicable,
    /// Kept out by a finding with this code.
    Excluded(&'static str),
    /// A value that does not count yet, or never will: it changes nothing.
    Ignored(Ignored),
}

/// An entry with its admission.
#[derive(Clone, Debug)]
pub struct AdmittedEntry {
    /// The office.
    pub office: OfficeId,
    /// The file.
    pub file: String,
    /// Which entry.
    pub id: EntryId,
    /// By what it is known; `None` of one made up to be tried.
    pub at: Option<EntryRef>,
    /// Where it stands.
    pub place: Place,
    /// As typed.
    pub raw: String,
    /// The value read, also when it does not count.
    pub value: Option<Value>,
    /// The ledger's rule, when the value was normalised.
    pub normalised: Option<&'static str>,
    /// Whether it counts.
    pub admission: Admission,
}

impl AdmittedEntry {
    /// One that no office has typed: it stands nowhere.
    pub fn made_up(office: &OfficeId, id: &EntryId, value: Option<Value>, admission: Admission) -> Self {
        Self {
            office: office.clone(),
            file: String::new(),
            id: id.clone(),
            at: None,
            place: Place { sheet: String::new(), cell: CellRef { row: 0, col: 0 } },
            raw: String::new(),
            value,
            normalised: None,
            admission,
        }
    }

    /// The value, when it counts.
    pub fn counted(&self) -> Option<&Value> {
        (self.admission == Admission::Admitted).then_some(self.value.as_ref()).flatten()
    }
}

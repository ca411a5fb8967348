//! One thing changed in what counts.

use crate::model::{EntryId, OfficeId, Value, VoceKey};
use crate::plan::{Limit, Voce};

/// One thing changed in what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// The office has sent a file.
    Sent(OfficeId),
    /// The register is declared complete up to this month.
    Complete(OfficeId, VoceKey, u32),
    /// The entry counts with this value; without one it is not reported.
    Entry(OfficeId, EntryId, Option<Value>),
}

impl Change {
    /// Whose it is.
    pub(super) fn office(&self) -> &OfficeId {
        let (Self::Sent(office) | Self::Complete(office, ..) | Self::Entry(office, ..)) = self;
        office
    }
}

/// Whether a value is one that the voce admits, so that it may be taken as typed.
pub(super) fn is_usable(voce: &Voce, column: Option<&str>, value: &Value) -> bool {
    if let (Some(register), Some(column)) = (&voce.register, column) {
        return register.column(column).is_some();
    }
    let domain = voce.domain(None);
    let beyond = [Limit::Sign, Limit::Range, Limit::Period].iter().any(|limit| domain.breaks(*limit, value));
    !beyond && !matches!(value, Value::Text(_))
}

//! How much of what is due from an office has come.

use super::Coverage;
use crate::admit::{Admission, AdmittedEntry};
use crate::model::{Month, OfficeId, Span, TimeKind};
use crate::plan::Voce;

/// One unit per voce and due period; a register one per month, declared complete or not; constants none. Of
/// the `entries` that an office has of the voce.
pub(super) fn of(
    (voce, office): (&Voce, &OfficeId),
    month: Month,
    entries: &[AdmittedEntry],
    declared: u32,
) -> Coverage {
    if voce.time == TimeKind::Registro {
        let due = voce.register_due(office, month);
        let have = due.zip(Month::new(declared)).and_then(|(due, declared)| due.until(declared));
        return Coverage { expected: due.map_or(0, Span::number), present: have.map_or(0, Span::number) };
    }
    let mut coverage = Coverage::default();
    for period in voce.due(office, month) {
        let entry = entries.iter().find(|entry| entry.id.month == period);
        match entry.map(|entry| &entry.admission) {
            Some(Admission::NotApplicable) => {}
            Some(Admission::Admitted) => {
                coverage.expected += 1;
                coverage.present += 1;
            }
            Some(Admission::NotReported | Admission::Excluded(_) | Admission::Ignored(_)) | None => {
                coverage.expected += 1;
            }
        }
    }
    coverage
}

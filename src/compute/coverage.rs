//! How much of what is due has come.

use super::Coverage;
use super::scope::Scope;
use crate::admit::{Admission, AdmittedEntry};
use crate::model::{Month, OfficeId, TimeKind};
use crate::plan::Voce;

/// One unit per voce, office and due period; a register one per office and month; constants none.
pub(super) fn of<'a>(scope: &Scope<'a>, voce: &'a Voce) -> Coverage {
    let mut coverage = Coverage::default();
    for office in scope.offices {
        if voce.time == TimeKind::Registro {
            add_register(&mut coverage, scope, voce, office);
        } else {
            for month in voce.due(scope.month.month) {
                add(&mut coverage, entry(scope, voce, office, month));
            }
        }
    }
    coverage
}

fn entry<'a>(
    scope: &Scope<'a>,
    voce: &'a Voce,
    office: &OfficeId,
    month: Option<Month>,
) -> Option<&'a AdmittedEntry> {
    scope.entries(voce).find(|entry| &entry.office == office && entry.id.month == month)
}

fn add(coverage: &mut Coverage, entry: Option<&AdmittedEntry>) {
    match entry.map(|entry| &entry.admission) {
        Some(Admission::NotApplicable) => {}
        Some(Admission::Admitted) => {
            coverage.expected += 1;
            coverage.present += 1;
        }
        Some(Admission::NotReported | Admission::Excluded(_) | Admission::Ignored(_)) | None => {
            coverage.expected += 1
        }
    }
}

fn add_register(coverage: &mut Coverage, scope: &Scope<'_>, voce: &Voce, office: &OfficeId) {
    let month = voce.register_due(scope.month.month).number();
    let declared = scope.admitted.completeness.get(&(office.clone(), voce.key.clone())).copied().unwrap_or(0);
    coverage.expected += month;
    coverage.present += declared.min(month);
}

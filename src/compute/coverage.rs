//! What is due, and how much of it has come.

use super::Coverage;
use super::total::Scope;
use crate::admit::{Admission, AdmittedEntry};
use crate::model::{Month, OfficeId, TimeKind, VoceType};
use crate::plan::Voce;

/// One unit per voce, office and due period; a register one per office and month; constants none.
pub(super) fn of<'a>(scope: &Scope<'a>, voce: &'a Voce) -> Coverage {
    let mut coverage = Coverage::default();
    for office in scope.offices {
        if voce.time == TimeKind::Registro {
            add_register(&mut coverage, scope, voce, office);
        } else {
            for month in due(scope, voce) {
                add(&mut coverage, entry(scope, voce, office, month));
            }
        }
    }
    coverage
}

/// The periods due up to the reporting month: months, or the year (`None`).
fn due<'a>(scope: &Scope<'a>, voce: &'a Voce) -> Vec<Option<Month>> {
    match (&voce.fixed, voce.time, voce.kind) {
        (Some(_), _, _) | (None, TimeKind::Costante | TimeKind::Registro, _) => Vec::new(),
        (None, TimeKind::Mensile | TimeKind::Consistenza, _) => {
            voce.last_counting(scope.month.month).up_to().map(Some).collect()
        }
        (None, TimeKind::Annuale, VoceType::Data) => Vec::new(),
        (None, TimeKind::Annuale, VoceType::SiNo) if !scope.month.closes_year() => Vec::new(),
        (None, TimeKind::Annuale, _) => vec![None],
    }
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
    let month = scope.month.month.number();
    let declared = scope.admitted.completeness.get(&(office.clone(), voce.key.clone())).copied().unwrap_or(0);
    coverage.expected += month;
    coverage.present += declared.min(month);
}

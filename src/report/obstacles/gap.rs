//! Entries without a value that counts, where one is due or a deadline wants it.

use super::list::{List, is_serious};
use crate::admit::{Admission, AdmittedEntry};
use crate::model::{CellRef, Finding, OfficeId, OfficeRule, VoceType};
use crate::plan::{Indicator, Voce};
use crate::report::index::is_due;

/// A due entry without a value: where it stands, and of which voce it is.
pub(super) struct Gap<'a> {
    pub(super) office: &'a OfficeId,
    pub(super) voce: &'a Voce,
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
    pub(super) cell: CellRef,
}

impl<'a> List<'a> {
    /// The entries of an office for the dates of a deadline that hold none that counts, and whether they are blank.
    pub(super) fn dates(&self, indicator: &'a Indicator, office: &'a OfficeId) -> Vec<(Gap<'a>, bool)> {
        let inputs = indicator.formula.inputs().iter().filter_map(|key| indicator.voce(key));
        let dates = inputs
            .filter(|voce| voce.kind == VoceType::Data && voce.is_input() && voce.rule != OfficeRule::Conta);
        let mut lacking = Vec::new();
        for voce in dates {
            let entries = self.run.admitted.entries.get(office).into_iter().flatten();
            let counts = |entry: &AdmittedEntry| {
                matches!(entry.admission, Admission::Admitted | Admission::NotApplicable)
            };
            lacking.extend(entries.filter(|entry| entry.id.voce == voce.key && !counts(entry)).map(
                |entry| {
                    let (file, sheet, cell) =
                        (entry.file.as_str(), entry.place.sheet.as_str(), entry.place.cell);
                    (Gap { office, voce, file, sheet, cell }, entry.raw.trim().is_empty())
                },
            ));
        }
        lacking
    }

    /// The due entries of an office without a value; none when it sent nothing, which is told on its own.
    pub(super) fn gaps(&self, indicator: &'a Indicator, office: &'a OfficeId) -> Vec<Gap<'a>> {
        let month = self.run.consolidation.month;
        let mut gaps = Vec::new();
        let submission = self.run.submissions.iter().find(|submission| &submission.office == office);
        for voce in indicator.voci.iter().filter(|voce| voce.is_input()) {
            let entries = self.run.admitted.entries.get(office).into_iter().flatten();
            let lacking = |entry: &&AdmittedEntry| {
                entry.id.voce == voce.key
                    && is_due(month, voce, entry)
                    && !matches!(entry.admission, Admission::Admitted | Admission::NotApplicable)
            };
            gaps.extend(entries.filter(lacking).map(|entry| Gap {
                office,
                voce,
                file: &entry.file,
                sheet: &entry.place.sheet,
                cell: entry.place.cell,
            }));
            let declared =
                self.run.admitted.completeness.get(&(office.clone(), voce.key.clone())).copied().unwrap_or(0);
            let entry = submission.and_then(|submission| {
                Some((submission.file.as_str(), submission.completeness.get(&voce.key)?))
            });
            if let Some((file, entry)) = entry.filter(|_| declared < voce.register_due(month.month).number())
            {
                let (sheet, cell) = (entry.place.sheet.as_str(), entry.place.cell);
                gaps.push(Gap { office, voce, file, sheet, cell });
            }
        }
        gaps
    }

    /// Whether a finding of this kind names the cell: an open one is told on its own only when it is serious.
    pub(super) fn names(&self, gap: &Gap<'_>, kind: impl Fn(&Finding) -> bool) -> bool {
        let of_kind = self.run.checked.findings.iter().filter(|finding| kind(finding));
        of_kind.filter(|finding| !finding.is_open() || is_serious(finding)).any(|finding| {
            (finding.office.as_ref() == Some(gap.office) || !finding.related.is_empty())
                && finding.named().any(|named| named == (gap.file, gap.sheet, gap.cell))
        })
    }
}

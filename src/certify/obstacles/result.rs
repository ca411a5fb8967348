//! Results that are not ones to certify, and what they lack.

use super::answer::Answer;
use super::gap::Gap;
use super::list::{List, NO_FILE, NO_OFFICE, touched, trouble, waived_or_decided};
use super::obstacle::Obstacle;
use crate::aggregate::IndicatorResult;
use crate::model::{Finding, IndicatorCode, OfficeId, Status, join_it, quoted};
use crate::plan::Indicator;

/// The findings that say why there is nothing to compute.
const NOTHING_TO_COMPUTE: [&str; 4] = ["R01", "R02", "Y01", "Y03"];

impl<'a> List<'a> {
    /// What a result lacks, office by office; then the result itself, when nothing else explains it.
    ///
    /// A derogation makes no value: what is due and has none stays open whatever was accepted of it.
    pub(super) fn result(&mut self, indicator: &'a Indicator, result: &IndicatorResult) {
        let status = trouble(result);
        for office in &indicator.offices {
            let mut gaps = if status.is_some() { self.gaps(indicator, office) } else { Vec::new() };
            gaps.extend(self.voids(indicator, office));
            gaps.retain(|gap| !self.is_told(gap));
            if !gaps.is_empty() {
                self.lacking(indicator, office, status, &gaps);
            }
        }
        let Some(status) = status else { return };
        let accepted = |finding: &Finding| {
            NOTHING_TO_COMPUTE.contains(&finding.rule.code)
                || [NO_OFFICE, NO_FILE].contains(&finding.rule.code)
        };
        let covered = self
            .waived()
            .any(|finding| accepted(finding) && touched(self.run, finding).contains(&result.code));
        let never_covered = !status_can_be_waived(result);
        if !self.told.contains(&result.code) && (never_covered || !covered) {
            let names: Vec<&str> =
                indicator.offices.iter().map(|office| self.run.plan.office_name(office)).collect();
            self.found.push(Obstacle {
                subject: format!("Indicatore {}", result.code),
                office: join_it(&names),
                why: status.to_owned(),
                answers: self.on_result(&result.code, status_can_be_waived(result)),
                indicators: vec![result.code.clone()],
            });
        }
    }

    fn lacking(
        &mut self,
        indicator: &Indicator,
        office: &OfficeId,
        status: Option<&'static str>,
        gaps: &[Gap<'_>],
    ) {
        let mut labels: Vec<String> = Vec::new();
        for label in gaps.iter().map(|gap| quoted(&gap.voce.label)) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let accepted = gaps.iter().any(|gap| self.names(gap, |finding| !finding.is_open()));
        let why = if accepted { ": la deroga accetta il rilievo, ma non dà un valore" } else { "" };
        let status = status.map_or_else(String::new, |status| format!(", {status}"));
        self.told.insert(indicator.code.clone());
        self.found.push(Obstacle {
            subject: format!("Indicatore {}{status}", indicator.code),
            office: self.run.plan.office_name(office).to_owned(),
            why: format!("manca {}{why}", join_it(&labels)),
            answers: vec![Answer::Decision(indicator.code.clone())],
            indicators: vec![indicator.code.clone()],
        });
    }

    /// The derogation of the finding that says why there is no result, where that closes it; else a decision.
    fn on_result(&self, code: &IndicatorCode, waivable: bool) -> Vec<Answer> {
        let says_why = |finding: &&Finding| {
            let known = NOTHING_TO_COMPUTE.contains(&finding.rule.code) || finding.rule.code == NO_OFFICE;
            waivable && known && touched(self.run, finding).contains(code)
        };
        waived_or_decided(self.open().find(says_why), std::slice::from_ref(code))
    }
}

/// Whether a derogation can stand for a result: never for one that cannot be verified.
fn status_can_be_waived(result: &IndicatorResult) -> bool {
    result.status != Status::NonVerificabile
}

//! Which indicators a finding is about.

use std::collections::BTreeSet;

use super::run::Run;
use crate::admit::AdmittedEntry;
use crate::model::{Finding, IndicatorCode, OfficeId, YearMonth};
use crate::plan::{Office, Voce};

/// The indicator that a finding names, or those that use the voce it names.
pub fn indicators_of(run: &Run<'_>, finding: &Finding) -> Vec<IndicatorCode> {
    match (&finding.indicator, &finding.voce) {
        (Some(code), _) => vec![code.clone()],
        (None, Some(voce)) => run
            .plan
            .indicators()
            .filter(|indicator| indicator.voce(voce).is_some() || indicator.formula.inputs().contains(voce))
            .map(|indicator| indicator.code.clone())
            .collect(),
        (None, None) => Vec::new(),
    }
}

/// The offices of which a file is awaited and none counts, in the plan's order.
pub fn missing<'a>(run: &Run<'a>) -> Vec<&'a Office> {
    let senders: BTreeSet<&OfficeId> = run.submissions.iter().map(|submission| &submission.office).collect();
    let month = run.consolidation.month.month;
    let awaited = |office: &&Office| run.plan.awaits(&office.id, month) && !senders.contains(&office.id);
    run.plan.offices.iter().filter(awaited).collect()
}

/// Whether an entry was due by the reporting month.
pub fn is_due(month: YearMonth, voce: &Voce, entry: &AdmittedEntry) -> bool {
    entry.id.row.is_none() && voce.is_due(&entry.office, month.month, entry.id.month)
}

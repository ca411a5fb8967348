//! Which indicators a finding is about.

use super::run::Run;
use crate::model::{Finding, IndicatorCode};

/// The indicator that a finding names, or those that use the voce it names.
pub(super) fn indicators_of(run: &Run<'_>, finding: &Finding) -> Vec<IndicatorCode> {
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

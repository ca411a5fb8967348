//! The second condition of a target: `(+ 30 rispetto al 2018)`. Computed and shown; it does not decide.

use super::judge::{Verdict, baseline, is_met};
use super::results::SecondResult;
use crate::compute::Measure;
use crate::model::Value;
use crate::plan::Indicator;

/// The second condition of `indicator`, when its target has one.
pub(super) fn condition(
    indicator: &Indicator,
    measured: &Measure,
    verdict: &Verdict,
) -> Option<SecondResult> {
    let second = indicator.target.second.as_ref()?;
    let base = baseline(indicator, measured);
    let value = verdict.value.as_ref().and_then(Value::number);
    let increase = value.as_ref().zip(base.as_ref()).map(|(value, base)| value.clone() - base);
    let met = increase.as_ref().map(|increase| increase >= &second.increase);
    let limit = verdict.threshold.as_ref().and_then(Value::number);
    let main = value.zip(limit).map(|(value, limit)| is_met(indicator.target.operator, &value, &limit));
    Some(SecondResult {
        text: second.text.clone(),
        threshold: second.increase.clone(),
        baseline: base,
        value: increase,
        met,
        disagrees: met.zip(main).is_some_and(|(met, main)| met != main),
    })
}

//! The second condition of an indicator: an increase in the brackets of its target, `(+ 30 rispetto al
//! 2018)`, or a share that the plan sets beside a mean. Computed and shown; it does not decide.

use super::judge::{Verdict, baseline, is_met};
use super::results::{IndicatorResult, SecondResult};
use crate::compute::Measure;
use crate::model::{Number, Value};
use crate::plan::{Indicator, Threshold};

/// The increase that the target of `indicator` asks for beside its threshold, when it does.
pub(super) fn increase(indicator: &Indicator, measured: &Measure, verdict: &Verdict) -> Option<SecondResult> {
    let second = indicator.target.second.as_ref()?;
    let base = baseline(indicator, measured);
    let value = number(verdict.value.as_ref());
    let increase = value.zip(base.as_ref()).map(|(value, base)| value - base);
    let met = increase.as_ref().map(|increase| increase >= &second.increase);
    Some(SecondResult {
        text: second.text.clone(),
        threshold: second.increase.clone(),
        baseline: base,
        value: increase,
        met,
        disagrees: disagrees(met, indicator, verdict),
        share: None,
    })
}

/// The share that stands beside the target of `indicator`, when the plan has one. It is `measured` and judged
/// as an indicator of its own: an entry kept out of it leaves it without a value, and a total of 0 with
/// nothing to measure.
pub(super) fn share(
    indicator: &Indicator,
    verdict: &Verdict,
    measured: impl FnOnce(&Indicator) -> IndicatorResult,
) -> Option<SecondResult> {
    let share = indicator.share.as_ref()?;
    let Threshold::Number(threshold) = &share.judged.target.threshold else { return None };
    let own = measured(&share.judged);
    let value = number(own.value.as_ref());
    let met = value.as_ref().map(|value| is_met(share.judged.target.operator, value, threshold));
    Some(SecondResult {
        text: share.text.clone(),
        threshold: threshold.clone(),
        baseline: None,
        value,
        met,
        disagrees: disagrees(met, indicator, verdict),
        share: Some(Box::new(own)),
    })
}

/// Whether a second condition says otherwise than the target itself; `false` while either is not known.
fn disagrees(met: Option<bool>, indicator: &Indicator, verdict: &Verdict) -> bool {
    let (value, limit) = (number(verdict.value.as_ref()), number(verdict.threshold.as_ref()));
    let main = value.zip(limit).map(|(value, limit)| is_met(indicator.target.operator, &value, &limit));
    met.zip(main).is_some_and(|(met, main)| met != main)
}

fn number(value: Option<&Value>) -> Option<Number> {
    value.and_then(Value::number)
}

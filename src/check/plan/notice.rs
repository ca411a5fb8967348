//! What the plan was examined for, and its notices as findings.

use crate::check::{Context, Ledger, say};
use crate::model::{Finding, Rule};
use crate::plan::{Indicator, Notice, Plan, Voce};

/// Why the plan is not judged when only single files are looked at: a clerk cannot mend it.
pub(in crate::check) const WITH_ALL: &str = "si guardano con consolida";

/// Accounts for what a mistake of the plan would have been found in: here it is in order.
pub(super) fn in_order(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    subjects: impl Fn(&Plan) -> usize,
) {
    ledger.passes(rule, subjects(ctx.plan));
}

/// Accounts for the plan's notices with the rule's code: a finding each, the rest of the subjects in order.
pub(in crate::check) fn notices(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    rule: &'static Rule,
    subjects: impl Fn(&Plan) -> usize,
    expected: &str,
) {
    let subjects = subjects(ctx.plan);
    if !ctx.whole {
        return (0..subjects).for_each(|_| ledger.skip(rule, WITH_ALL));
    }
    let mut told = 0;
    for notice in ctx.plan.notices.iter().filter(|notice| notice.code == rule.code) {
        ledger.fail(finding(rule, notice, expected));
        told += 1;
    }
    ledger.passes(rule, subjects.saturating_sub(told));
}

pub(super) fn finding(rule: &'static Rule, notice: &Notice, expected: &str) -> Finding {
    let base = Finding {
        scheda: notice.scheda,
        indicator: notice.indicator.clone(),
        ..say::facts(Finding::of(rule), &notice.found, expected)
    };
    let place = match (notice.scheda, &notice.indicator) {
        (Some(scheda), Some(code)) => format!("Scheda {scheda}, indicatore {code}"),
        (Some(scheda), None) => format!("Scheda {scheda}"),
        (None, _) => "Piano".to_owned(),
    };
    let mut sentence = notice.message.chars();
    let head: String = sentence.next().into_iter().flat_map(char::to_lowercase).collect();
    say::told(base, &place, &format!("{head}{}", sentence.as_str()))
}

/// The indicators of the plan.
pub(super) fn indicators(plan: &Plan) -> usize {
    plan.indicators().count()
}

/// The indicators of which something is true.
pub(super) fn indicators_that(plan: &Plan, is: impl Fn(&Indicator) -> bool) -> usize {
    plan.indicators().filter(|indicator| is(indicator)).count()
}

/// The voci of which something is true.
pub(super) fn voci_that(plan: &Plan, is: impl Fn(&Indicator, &Voce) -> bool) -> usize {
    plan.voci().filter(|(indicator, voce)| is(indicator, voce)).count()
}

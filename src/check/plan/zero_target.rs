//! P20: a target is zero.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};
use crate::plan::Threshold;

pub(in crate::check) const RULE: Rule = Rule {
    code: "P20",
    name: "Target uguale a zero",
    severity: Severity::Nota,
    why: "Con un target a zero non si può calcolare una percentuale di raggiungimento.",
    remedy: "Scegli un limite maggiore di zero, oppure lascia lo zero sapendo che è tutto o niente.",
    missing: true,
};

/// Every target that is a number.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let numbers = super::notice::indicators_that(ctx.plan, |indicator| {
        matches!(indicator.target.threshold, Threshold::Number(_))
    });
    super::notice::notices(ctx, ledger, &RULE, numbers, "un valore maggiore di zero");
}

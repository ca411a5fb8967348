//! P08: a target asks for two things.

use super::points_or_relative;
use crate::check::ledger::depends_on;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P08",
    name: "Due condizioni nello stesso target",
    severity: Severity::Nota,
    why: "Il documento chiede due cose insieme: decide la soglia, l'altra si mostra accanto.",
    remedy: "Tieni nel target una sola condizione, oppure lascia il testo del documento e la lettura dichiarata.",
    missing: true,
};

const EXPECTED: &str = "una sola condizione";

/// Every target; a percentage in the second condition is told by P26.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let percent = super::notice::indicators_that(ctx.plan, |indicator| {
        indicator.target.second.as_ref().is_some_and(|second| second.percent)
    });
    if ctx.whole {
        (0..percent).for_each(|_| ledger.skip(&RULE, depends_on(points_or_relative::RULE.code)));
        super::notice::notices(ctx, ledger, &RULE, super::notice::indicators(ctx.plan) - percent, EXPECTED);
    } else {
        super::notice::notices(ctx, ledger, &RULE, super::notice::indicators(ctx.plan), EXPECTED);
    }
}

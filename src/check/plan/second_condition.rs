//! P08: a target asks for two things.

use crate::check::ledger::depends_on;
use crate::check::rules::P08;
use crate::check::{Context, Ledger};

const EXPECTED: &str = "una sola condizione";

/// Every target; a percentage in the second condition is told by P26.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let percent = super::notice::indicators_that(ctx.plan, |indicator| {
        indicator.target.second.as_ref().is_some_and(|second| second.percent)
    });
    if ctx.whole {
        (0..percent).for_each(|_| ledger.skip(&P08, depends_on("P26")));
        super::notice::notices(ctx, ledger, &P08, super::notice::indicators(ctx.plan) - percent, EXPECTED);
    } else {
        super::notice::notices(ctx, ledger, &P08, super::notice::indicators(ctx.plan), EXPECTED);
    }
}

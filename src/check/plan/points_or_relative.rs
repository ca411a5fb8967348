//! P26: an increase in percent may be points or relative.

use crate::check::rules::P26;
use crate::check::{Context, Ledger};

/// Every second condition.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let increases = super::notice::indicators_that(ctx.plan, |indicator| indicator.target.second.is_some());
    super::notice::notices(ctx, ledger, &P26, increases, "punti percentuali, o una soglia");
}

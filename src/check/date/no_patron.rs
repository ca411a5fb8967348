//! D13: working days are counted and a seat has no patron saint.

use crate::check::rules::D13;
use crate::check::{Context, Ledger, plan};

/// Every seat of the plan.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    plan::notices(ctx, ledger, &D13, ctx.plan.seats.len().max(1), "sede, patrono e giorno");
}

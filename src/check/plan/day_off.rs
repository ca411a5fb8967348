//! P18: a deadline falls on a day off.

use crate::check::rules::P18;
use crate::check::{Context, Ledger};

/// Every deadline, and the milestones of each scheda.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let deadlines = super::notice::indicators_that(ctx.plan, super::notice::is_deadline);
    let milestones = ctx.plan.schede.iter().filter(|scheda| !scheda.milestones.is_empty()).count();
    super::notice::notices(ctx, ledger, &P18, deadlines + milestones, "un giorno lavorativo");
}

//! P01: a code is used twice.

use crate::check::rules::P01;
use crate::check::{Context, Ledger};

/// All the codes: offices, schede, indicators, voci.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(
        &P01,
        ctx.plan.offices.len()
            + ctx.plan.schede.len()
            + super::notice::indicators(ctx.plan)
            + ctx.plan.voci().count(),
    );
}

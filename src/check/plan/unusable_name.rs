//! P22: a name cannot be the name of a sheet or of a file.

use crate::check::rules::P22;
use crate::check::{Context, Ledger};

/// The numbers of the schede and the identifiers of the offices.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P22, ctx.plan.schede.len() + ctx.plan.offices.len());
}

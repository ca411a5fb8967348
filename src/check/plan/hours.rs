//! P27: a term is in hours and no entry is.

use crate::check::rules::P27;
use crate::check::{Context, Ledger};

/// Every indicator.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(ctx, ledger, &P27, super::notice::indicators(ctx.plan), "un dato in ore");
}

//! P14: a shared voce does not say how the offices' values become one.

use crate::check::rules::P14;
use crate::check::{Context, Ledger};

/// Every voce of the indicators of several offices.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P14, ctx.plan.voci().filter(|(indicator, _)| indicator.is_shared()).count());
}

//! P05: parts and wholes go round in a circle.

use crate::check::rules::P05;
use crate::check::{Context, Ledger};

/// Every voce that is a part of another.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&P05, ctx.plan.voci().filter(|(_, voce)| voce.part_of.is_some()).count());
}

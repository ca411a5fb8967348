//! P07: a target has no comparison.

use crate::check::rules::P07;
use crate::check::{Context, Ledger};

/// Every target.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &P07,
        super::notice::indicators(ctx.plan),
        "un operatore: >=, <=, >, <, =",
    );
}

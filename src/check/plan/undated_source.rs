//! P16: a value fixed by the plan has no dated source.

use crate::check::rules::P16;
use crate::check::{Context, Ledger};

/// Every value fixed by the plan.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &P16,
        ctx.plan.voci().filter(|(_, voce)| voce.fixed.is_some()).count(),
        "un documento e una data",
    );
}

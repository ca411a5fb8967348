//! P25: two indicators have the same text but another formula or target.

use crate::check::rules::P25;
use crate::check::{Context, Ledger};

/// Every indicator against those before it.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &P25,
        super::notice::indicators(ctx.plan),
        "la stessa formula e lo stesso target",
    );
}

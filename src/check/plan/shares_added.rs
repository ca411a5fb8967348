//! P15: percentages are added up or averaged.

use crate::check::rules::P15;
use crate::check::{Context, Ledger};
use crate::model::VoceType;

/// Every percentage, and every formula.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &P15,
        super::notice::indicators(ctx.plan)
            + ctx.plan.voci().filter(|(_, voce)| voce.kind == VoceType::Percentuale).count(),
        "il rapporto delle somme",
    );
}

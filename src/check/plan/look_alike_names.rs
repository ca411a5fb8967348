//! P02: two names differ only by case, blanks, accents or punctuation.

use crate::check::rules::P02;
use crate::check::{Context, Ledger};

/// Offices among themselves, and the labels of each scheda.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &P02,
        ctx.plan.offices.len() + ctx.plan.voci().count(),
        "nomi che si distinguono a colpo d'occhio",
    );
}

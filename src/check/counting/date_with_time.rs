//! C13: a date with its time of day.

use crate::check::rules::C13;
use crate::check::{Context, Ledger};
use crate::model::VoceType;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &C13,
        |kind| kind == VoceType::Data,
        |item, read| {
            let what =
                format!("la data {} ha anche l'ora: è stato letto {}", item.entry.raw.trim(), read.taken);
            ("una data senza l'ora".to_owned(), what)
        },
    );
}

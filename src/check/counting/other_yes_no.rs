//! C22: yes or no written another way.

use crate::check::rules::C22;
use crate::check::{Context, Ledger};
use crate::model::{VoceType, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &C22,
        |kind| kind == VoceType::SiNo,
        |item, read| {
            let what = format!("hai scritto {}: è stato letto {}", quoted(&item.entry.raw), read.taken);
            ("Sì o No".to_owned(), what)
        },
    );
}

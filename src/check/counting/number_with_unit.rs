//! C04: a number with its unit, read without it.

use crate::check::cell::wanted;
use crate::check::rules::C04;
use crate::check::{Context, Ledger};
use crate::model::{VoceType, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(context, ledger, &C04, VoceType::is_number, |item, read| {
        let what = format!(
            "hai scritto {}: l'unità è stata tolta e il valore letto è {}",
            quoted(&item.entry.raw),
            read.taken
        );
        (wanted(item).to_owned(), what)
    });
}

//! C02: a number stored as text, read by Italian rules.

use crate::check::cell::wanted;
use crate::check::rules::C02;
use crate::check::{Context, Ledger};
use crate::model::{VoceType, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(context, ledger, &C02, VoceType::is_number, |item, read| {
        let raw = item.entry.raw.trim_end_matches(" (data)");
        let what = if item.completeness {
            format!("{} è stato letto come il mese numero {}", quoted(raw), read.taken)
        } else {
            format!("{} è un testo: è stato letto come {}", quoted(raw), read.taken)
        };
        (wanted(item).to_owned(), what)
    });
}

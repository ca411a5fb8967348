//! C09: a date typed as text, read as day/month/year, or as year-month-day.

use crate::check::rules::C09;
use crate::check::{Context, Ledger};
use crate::model::{VoceType, quoted};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &C09,
        |kind| kind == VoceType::Data,
        |item, read| {
            let how = read.rule.rsplit(' ').next().unwrap_or_default();
            let what = format!(
                "{} è un testo: è stato letto come la data {} ({how})",
                quoted(&item.entry.raw),
                read.taken
            );
            ("una data (giorno/mese/anno)".to_owned(), what)
        },
    );
}

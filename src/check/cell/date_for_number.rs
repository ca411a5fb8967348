//! C10: a date where a number is wanted: `3/4` became 3 April.

use super::wanted::wanted;
use crate::check::rules::C10;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind().is_number();
    walk::entries(context, ledger, &C10, applies, |item| {
        let EntryState::Wrong(Fault::DateForNumber) = &item.entry.state else { return None };
        let raw = &item.entry.raw;
        let seen = match raw.strip_suffix(" (ora)") {
            Some(hour) => format!("l'ora {hour}"),
            None => format!("la data {}", raw.trim_end_matches(" (data)")),
        };
        let what = format!("qui serve {}, ma nella cella c'è {seen}", wanted(item));
        Some((wanted(item).to_owned(), what))
    });
}

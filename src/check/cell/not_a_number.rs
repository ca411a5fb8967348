//! C01: text where a number is wanted.

use super::wanted::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C01",
    name: "Testo dove serve un numero",
    severity: Severity::Errore,
    why: "Un testo non si può sommare, e nessuno può indovinare il numero per te.",
    remedy: "Scrivi solo il numero (0 se è zero), oppure lascia vuoto se il dato non c'è ancora.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind().is_number();
    walk::entries(context, ledger, &RULE, applies, |item| {
        let EntryState::Wrong(Fault::NotANumber) = &item.entry.state else { return None };
        let what = format!("qui serve {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
        Some((wanted(item).to_owned(), what))
    });
}

//! C21: not one of the values of the list, with the nearest one.

use super::wanted::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C21",
    name: "Risposta fuori elenco",
    severity: Severity::Errore,
    why: "Solo le risposte dell'elenco si possono contare.",
    remedy: "Scegli una risposta dall'elenco della cella, oppure lascia vuoto se non c'è ancora risposta.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::SiNo;
    walk::entries(context, ledger, &RULE, applies, |item| {
        let EntryState::Wrong(Fault::NotInList { suggestion }) = &item.entry.state else { return None };
        let mut what = format!("qui serve {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
        if let Some(suggestion) = suggestion {
            what.push_str(&format!("; forse intendevi {}", quoted(suggestion)));
        }
        Some((wanted(item).to_owned(), what))
    });
}

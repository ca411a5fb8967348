//! C08: something that is not a date where a date is wanted.

use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C08",
    name: "Non è una data",
    severity: Severity::Errore,
    why: "Senza giorno, mese e anno non si può dire se una scadenza è rispettata.",
    remedy: "Scrivi giorno, mese e anno, per esempio 31/5/2019, oppure lascia vuoto se la data non c'è ancora.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::Data;
    walk::entries(context, ledger, &RULE, applies, |item| {
        let EntryState::Wrong(Fault::NotADate) = &item.entry.state else { return None };
        let what = format!("qui serve una data: hai scritto {}", quoted(&item.entry.raw));
        Some(("una data (giorno/mese/anno)".to_owned(), what))
    });
}

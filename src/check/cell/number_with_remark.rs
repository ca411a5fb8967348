//! C16: a value and a remark in one cell.

use super::wanted::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C16",
    name: "Numero e annotazione insieme",
    severity: Severity::Errore,
    why: "Non si può sapere quale parte del testo sia il valore.",
    remedy: "Lascia nella cella solo il numero e sposta il resto nella nota dell'indicatore, oppure lascia vuoto se il dato non c'è ancora.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind().is_number();
    walk::entries(context, ledger, &RULE, applies, |item| {
        let EntryState::Wrong(Fault::NumberWithRemark) = &item.entry.state else { return None };
        let what = format!("qui serve solo {}: hai scritto {}", wanted(item), quoted(&item.entry.raw));
        Some((wanted(item).to_owned(), what))
    });
}

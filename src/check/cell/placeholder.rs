//! C15: a sign or a word in place of a value.

use super::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::EntryState;
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C15",
    name: "Segno al posto del valore",
    severity: Severity::DaMotivare,
    why: "Un segno così non dice se il dato arriverà, se è zero o se non si applica: conta come non comunicato.",
    remedy: "Lascia vuoto se il dato non c'è ancora, scrivi 0 se è zero, oppure «n.a.» con una nota se non si applica.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() != VoceType::Testo;
    walk::entries(context, ledger, &RULE, applies, |item| {
        (item.entry.state == EntryState::Placeholder).then(|| {
            let what = format!("hai scritto {} al posto di un valore", quoted(&item.entry.raw));
            (wanted(item).to_owned(), what)
        })
    });
}

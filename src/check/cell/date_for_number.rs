//! C10: a date where a number is wanted: `3/4` became 3 April.

use super::wanted::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "C10",
    name: "Data dove serve un numero",
    severity: Severity::Errore,
    why: "Excel trasforma in data frazioni e codici come 3/4, in ora ciò che ha i due punti: il numero scritto va perso.",
    remedy: "Metti la cella in formato Numero e riscrivi il valore; una frazione va divisa nei suoi due termini, ciascuno nella sua cella; ore e minuti vanno scritti in ore (3 ore e 30 minuti: 3,5).",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind().is_number();
    walk::entries(context, ledger, &RULE, applies, |item| {
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

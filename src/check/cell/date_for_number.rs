//! C10: a date or a time where a number is wanted: `3/4` became 3 April.

use super::wanted;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "C10",
    name: "Data o ora dove serve un numero",
    severity: Severity::Errore,
    why: "Excel trasforma in date e ore ciò che somiglia a una data o a un'ora, come 3/4 o 10:30, e il numero scritto va perso.",
    remedy: "Metti la cella in formato Numero e riscrivi il valore; se era una frazione, scrivi i due termini ciascuno nella sua cella.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind().is_number();
    walk::entries(context, ledger, &RULE, applies, |item| {
        let EntryState::Wrong(Fault::DateForNumber) = &item.entry.state else { return None };
        let raw = item.entry.raw.as_str();
        let found = match raw.strip_suffix(" (ora)") {
            Some(time) => format!("un'ora o una durata, {time}"),
            None => format!("la data {}", raw.trim_end_matches(" (data)")),
        };
        let what = format!("qui serve {}, ma nella cella c'è {found}", wanted(item));
        Some((wanted(item).to_owned(), what))
    });
}

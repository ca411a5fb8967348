//! P00: the file is not written as a plan.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P00",
    name: "Il piano non è scritto come un piano",
    severity: Severity::Errore,
    why: "Il programma capisce solo i campi che conosce, scritti nel modo che conosce: un campo sbagliato o mancante non si indovina.",
    remedy: "Correggi la riga indicata, oppure riparti dal piano incluso, che è commentato riga per riga.",
    missing: true,
};

/// The file is one.
pub(in crate::check) fn run(_: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, 1);
}

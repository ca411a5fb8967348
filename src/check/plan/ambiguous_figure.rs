//! P32: a number of the plan whose point may stand for decimals or for thousands.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P32",
    name: "Numero del piano che si legge in due modi",
    severity: Severity::Errore,
    why: "In «12.500» il punto può separare i decimali o le migliaia: letto nel modo sbagliato, il valore è mille volte un altro.",
    remedy: "Scrivi il numero senza punti (12500), oppure con i decimali fra virgolette e con la virgola (\"12.500,00\").",
    missing: true,
};

/// The plan, as one.
pub(in crate::check) fn run(_: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, 1);
}

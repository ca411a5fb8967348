//! T11: a live formula was replaced by a constant, or cleared.

use super::beside::by_live;
use crate::check::{Context, Ledger};
use crate::interpret::LiveState;
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T11",
    name: "Formula sostituita da un valore",
    severity: Severity::Errore,
    why: "Un totale scritto a mano non segue più i dati; il consuntivo usa comunque i dati e non questo totale.",
    remedy: "Rimetti la formula copiandola dal file ricevuto, oppure correggi i dati se è giusto il valore scritto.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_live(context, ledger, &RULE, |live| match &live.state {
        LiveState::Constant(found) => {
            let what = format!("al posto della formula c'è {}", quoted(found));
            Some((found.clone(), "la formula del modello".to_owned(), what))
        }
        LiveState::Cleared => {
            let what = "la formula è stata cancellata".to_owned();
            Some((String::new(), "la formula del modello".to_owned(), what))
        }
        _ => None,
    });
}

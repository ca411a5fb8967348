//! T12: a live formula calculates something else.

use super::beside::by_live;
use crate::check::{Context, Ledger};
use crate::interpret::LiveState;
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T12",
    name: "Formula modificata",
    severity: Severity::DaMotivare,
    why: "L'ufficio vede un totale diverso da quello che conta; il consuntivo ricalcola tutto dai dati.",
    remedy: "Rimetti la formula copiandola dal file ricevuto, oppure spiega perché serviva un altro calcolo.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_live(context, ledger, &RULE, |live| {
        let LiveState::Different(found, expected) = &live.state else { return None };
        let (found, expected) = (format!("={found}"), format!("={expected}"));
        let what = format!("la formula è {}, nel modello è {}", quoted(&found), quoted(&expected));
        Some((found, expected, what))
    });
}

//! P10: thresholds are in the wrong order.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P10",
    name: "Soglie in disordine",
    severity: Severity::Errore,
    why: "Se il giallo comincia sopra il verde, o il minimo supera il massimo, nessun valore può essere giudicato.",
    remedy: "Scambia le due soglie, oppure correggi quella sbagliata.",
    missing: true,
};

/// The thresholds of the score, and every voce with two limits.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(
        &RULE,
        1 + ctx.plan.voci().filter(|(_, voce)| voce.min.is_some() && voce.max.is_some()).count(),
    );
}

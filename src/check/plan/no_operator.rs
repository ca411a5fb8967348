//! P07: a target has no comparison.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P07",
    name: "Target senza operatore",
    severity: Severity::Nota,
    why: "Il documento non dice se è un minimo, un massimo o un valore esatto: la lettura scelta decide l'esito.",
    remedy: "Scrivi l'operatore davanti al target (>=, <=, =), oppure lascia il testo del documento e la lettura dichiarata.",
    missing: true,
};

/// Every target.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &RULE,
        super::notice::indicators(ctx.plan),
        "un operatore: >=, <=, >, <, =",
    );
}

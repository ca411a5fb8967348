//! P06: units do not agree, or a target cannot be read.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P06",
    name: "Unità o target che non vanno d'accordo",
    severity: Severity::Errore,
    why: "Giorni, ore, quantità e date non si sommano e non si confrontano fra loro: il risultato non direbbe nulla.",
    remedy: "Cambia il target o il tipo delle voci, in modo che misurino la stessa cosa.",
    missing: true,
};

/// Every formula with its target.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, super::notice::indicators(ctx.plan));
}

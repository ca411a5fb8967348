//! P11: payout bands overlap or leave a gap.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P11",
    name: "Fasce che si sovrappongono o lasciano un vuoto",
    severity: Severity::Errore,
    why: "Ogni grado da 0 a 100 deve trovare una fascia e una sola, altrimenti non si sa quanto eroga.",
    remedy: "Metti le fasce dalla più bassa alla più alta, la prima da 0, ognuna con un inizio diverso.",
    missing: true,
};

/// Every band.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.scoring.bands.len());
}

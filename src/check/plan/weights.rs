//! P12: a weight is not positive, or an amount is negative.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P12",
    name: "Peso o importo che non può valere",
    severity: Severity::Errore,
    why: "Un peso zero o negativo toglierebbe una scheda o un indicatore dalla valutazione senza dirlo.",
    remedy: "Scrivi un peso maggiore di zero (e un importo da zero in su), oppure usa una decisione per non valutare l'indicatore.",
    missing: true,
};

/// The weights of schede and indicators.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.schede.len() + super::notice::indicators(ctx.plan));
}

//! D13: working days are counted and a seat has no patron saint.

use crate::check::{Context, Ledger, plan};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "D13",
    name: "Manca il patrono di una sede",
    severity: Severity::DaMotivare,
    why: "Il giorno del patrono non si lavora: senza saperlo, i giorni lavorativi contati sono uno di troppo.",
    remedy: "Scrivi nel piano la sede con il suo patrono e il giorno, oppure spiega perché non serve.",
    missing: true,
};

/// Every seat of the plan.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    plan::notices(ctx, ledger, &RULE, ctx.plan.seats.len().max(1), "sede, patrono e giorno");
}

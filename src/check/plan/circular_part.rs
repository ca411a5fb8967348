//! P05: parts and wholes go round in a circle.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P05",
    name: "Una voce è parte di sé stessa",
    severity: Severity::Errore,
    why: "Chi è parte di un tutto non può contenerlo: seguendo i rinvii si tornerebbe sempre al punto di partenza.",
    remedy: "Lascia «parte_di» solo alla voce più piccola.",
    missing: true,
};

/// Every voce that is a part of another.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    ledger.passes(&RULE, ctx.plan.voci().filter(|(_, voce)| voce.part_of.is_some()).count());
}

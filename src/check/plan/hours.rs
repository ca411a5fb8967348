//! P27: a term is in hours and no entry is.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P27",
    name: "Termine in ore, dati in giorni",
    severity: Severity::Nota,
    why: "Con le date si sa il giorno, non l'ora: il rispetto di un termine in ore resta una dichiarazione dell'ufficio.",
    remedy: "Chiedi le ore, oppure lascia che l'ufficio conti i casi entro il termine.",
    missing: true,
};

/// Every indicator.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(ctx, ledger, &RULE, super::notice::indicators(ctx.plan), "un dato in ore");
}

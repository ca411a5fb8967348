//! P26: an increase in percent may be points or relative.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P26",
    name: "Aumento in punti o in percentuale",
    severity: Severity::Nota,
    why: "«+15%» su una quota del 10 % è il 25 % se sono punti, l'11,5 % se è un aumento relativo.",
    remedy: "Scrivi nel target la soglia che ne risulta, oppure lascia il testo del documento e la lettura dichiarata.",
    missing: true,
};

/// Every second condition.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let increases = super::notice::indicators_that(ctx.plan, |indicator| indicator.target.second.is_some());
    super::notice::notices(ctx, ledger, &RULE, increases, "punti percentuali, o una soglia");
}

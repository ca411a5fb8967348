//! P25: two indicators have the same text but another formula or target.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P25",
    name: "Stesso testo, regole diverse",
    severity: Severity::Nota,
    why: "Due indicatori scritti allo stesso modo ma misurati in modo diverso si confondono, e i risultati non si confrontano.",
    remedy: "Rendi uguali target e formula, oppure cambia il testo di uno dei due.",
    missing: true,
};

/// Every indicator against those before it.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &RULE,
        super::notice::indicators(ctx.plan),
        "la stessa formula e lo stesso target",
    );
}

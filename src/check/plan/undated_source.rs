//! P16: a value fixed by the plan has no dated source.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P16",
    name: "Valore fissato senza una data",
    severity: Severity::Nota,
    why: "Chi controlla deve poter ritrovare il documento da cui viene il valore, e sapere a che data vale.",
    remedy: "Aggiungi alla fonte il documento e la data, per esempio «Registro imprese al 31/12/2018».",
    missing: true,
};

/// Every value fixed by the plan.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &RULE,
        ctx.plan.voci().filter(|(_, voce)| voce.fixed.is_some()).count(),
        "un documento e una data",
    );
}

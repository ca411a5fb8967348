//! P02: two names differ only by case, blanks, accents or punctuation.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P02",
    name: "Nomi che si confondono",
    severity: Severity::DaMotivare,
    why: "Due nomi che cambiano solo per maiuscole, spazi, accenti o punteggiatura si scambiano facilmente, e il dato finisce nella riga sbagliata.",
    remedy: "Rinomina uno dei due, oppure spiega perché devono restare così.",
    missing: true,
};

/// Offices among themselves, and the labels of each scheda.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &RULE,
        ctx.plan.offices.len() + ctx.plan.voci().count(),
        "nomi che si distinguono a colpo d'occhio",
    );
}

//! P03: something refers to a name that the plan does not have.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};
use crate::plan::{Indicator, Voce};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P03",
    name: "Nome che nel piano non c'è",
    severity: Severity::Errore,
    why: "Una formula o un rinvio a qualcosa che non esiste non si può calcolare; e una voce che nessuno usa verrebbe chiesta per niente.",
    remedy: "Correggi il nome, oppure aggiungi ciò a cui rinvia.",
    missing: true,
};

/// The names used by formulas, parts, registers and decisions.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let named = |(indicator, voce): (&Indicator, &Voce)| {
        usize::from(indicator.formula.inputs().contains(&voce.key))
            + usize::from(voce.part_of.is_some())
            + 2 * usize::from(voce.register.is_some())
    };
    ledger.passes(&RULE, ctx.plan.voci().map(named).sum::<usize>() + ctx.plan.decisions.len());
}

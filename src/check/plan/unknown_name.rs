//! P03: something refers to a name that the plan does not have.

use crate::check::rules::P03;
use crate::check::{Context, Ledger};
use crate::plan::{Indicator, Voce};

/// The names used by formulas, parts, registers and decisions.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let named = |(indicator, voce): (&Indicator, &Voce)| {
        usize::from(indicator.formula.inputs().contains(&voce.key))
            + usize::from(voce.part_of.is_some())
            + 2 * usize::from(voce.register.is_some())
    };
    ledger.passes(&P03, ctx.plan.voci().map(named).sum::<usize>() + ctx.plan.decisions.len());
}

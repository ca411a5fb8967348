//! P17: a period or a milestone lies outside the plan's year.

use crate::check::rules::P17;
use crate::check::{Context, Ledger};
use crate::model::{TimeKind, VoceType};
use crate::plan::Voce;

/// Milestones, and voci that take dates; a deadline outside the year is a mistake of the plan.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let milestones: usize = ctx.plan.schede.iter().map(|scheda| scheda.milestones.len()).sum();
    let dated = |voce: &Voce| voce.kind == VoceType::Data || voce.time == TimeKind::Registro;
    let periods = ctx.plan.voci().filter(|(_, voce)| dated(voce)).count();
    super::notice::notices(ctx, ledger, &P17, milestones + periods, "date dell'anno del piano");
}

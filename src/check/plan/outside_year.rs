//! P17: a period or a milestone lies outside the plan's year.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, TimeKind, VoceType};
use crate::plan::Voce;

pub(in crate::check) const RULE: Rule = Rule {
    code: "P17",
    name: "Date fuori dall'anno del piano",
    severity: Severity::Nota,
    why: "Il piano si misura nel suo anno: una data di un altro anno può essere voluta, o un errore di battitura.",
    remedy: "Correggi l'anno, oppure lascia la data se è voluta.",
    missing: true,
};

/// Milestones, and voci that take dates; a deadline outside the year is a mistake of the plan.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let milestones: usize = ctx.plan.schede.iter().map(|scheda| scheda.milestones.len()).sum();
    let dated = |voce: &Voce| voce.kind == VoceType::Data || voce.time == TimeKind::Registro;
    let periods = ctx.plan.voci().filter(|(_, voce)| dated(voce)).count();
    super::notice::notices(ctx, ledger, &RULE, milestones + periods, "date dell'anno del piano");
}

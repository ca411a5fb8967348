//! P18: a deadline falls on a day off.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P18",
    name: "Scadenza in un giorno non lavorativo",
    severity: Severity::Nota,
    why: "Il documento non dice se il termine si sposta: qui resta nel giorno scritto.",
    remedy: "Sposta la scadenza al giorno lavorativo che vuoi, oppure lasciala così.",
    missing: true,
};

/// Every deadline, and the milestones of each scheda.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let deadlines = super::notice::indicators_that(ctx.plan, super::notice::is_deadline);
    let milestones = ctx.plan.schede.iter().filter(|scheda| !scheda.milestones.is_empty()).count();
    super::notice::notices(ctx, ledger, &RULE, deadlines + milestones, "un giorno lavorativo");
}

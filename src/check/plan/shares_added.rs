//! P15: percentages are added up or averaged.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, VoceType};

pub(in crate::check) const RULE: Rule = Rule {
    code: "P15",
    name: "Percentuali sommate o mediate",
    severity: Severity::DaMotivare,
    why: "La somma o la media di percentuali non è la percentuale dell'insieme: chi ha pochi casi pesa quanto chi ne ha molti.",
    remedy: "Chiedi numeratore e denominatore e scrivi nella formula il rapporto delle somme, oppure spiega perché qui le percentuali si possono unire.",
    missing: true,
};

/// Every percentage, and every formula.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    super::notice::notices(
        ctx,
        ledger,
        &RULE,
        super::notice::indicators(ctx.plan)
            + ctx.plan.voci().filter(|(_, voce)| voce.kind == VoceType::Percentuale).count(),
        "il rapporto delle somme",
    );
}

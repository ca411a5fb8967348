//! P23: the workbook was made from another wording of the same plan.

use crate::check::ledger::depends_on;
use crate::check::ratio::other_denominator;
use crate::check::{Context, Ledger, say};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "P23",
    name: "Modello di un'altra stesura del piano",
    severity: Severity::DaMotivare,
    why: "Il piano è cambiato dopo l'invio dei modelli: voci, target o letture possono non essere quelli che l'ufficio ha visto.",
    remedy: "Rimanda all'ufficio il modello nuovo, oppure spiega che la modifica non tocca le sue voci.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        let made_from = &submission.manifest.sha256_plan;
        if made_from == &context.plan.sha256 {
            ledger.pass(&RULE);
            continue;
        }
        if other_denominator::tells(context, submission) {
            ledger.skip(&RULE, depends_on("R07"));
            continue;
        }
        let short = |hash: &str| hash.chars().take(12).collect::<String>();
        let (found, wanted) = (short(made_from), short(&context.plan.sha256));
        let what = format!(
            "il file viene da un'altra stesura del piano (versione «{}», impronta {found}…)",
            submission.manifest.version
        );
        let finding = say::facts(say::about_submission(&RULE, submission), found, wanted);
        ledger.fail(say::told(finding, context.plan.office_name(&submission.office), &what));
    }
}

//! F07: the template is of another format than this program writes.

use super::sent::workbooks;
use crate::check::ledger::depends_on;
use crate::check::{Context, Ledger};
use crate::interpret::FORMAT;
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "F07",
    name: "Modello di un altro formato",
    severity: Severity::DaMotivare,
    why: "Un modello prodotto da un'altra versione del programma può tenere i dati in caselle diverse.",
    remedy: "Fai compilare all'ufficio il modello prodotto da questa versione del programma, oppure spiega perché il file va bene così.",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &RULE, |submission| {
        let head = &submission.manifest;
        if !submission.is_of_this_wording() {
            return Err(depends_on("P23"));
        }
        if head.format == FORMAT {
            return Ok(None);
        }
        let what = format!(
            "il modello è del formato {}, il programma scrive il {}",
            quoted(&head.format),
            quoted(FORMAT)
        );
        Ok(Some(super::sent::finding(&RULE, submission, &head.format, FORMAT, &what)))
    });
}

//! F06: a workbook of another year or ente.

use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "F06",
    name: "File di un altro piano",
    severity: Severity::Bloccante,
    why: "Valori di un altro anno o di un altro ente non si sommano a questi.",
    remedy: "Compila e invia il file di questo piano, oppure indica con --piano il piano a cui il file appartiene.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &RULE, 3, |file| {
        let Fate::OtherPlan(found, expected) = &file.fate else { return None };
        let what = format!("il file è di {found}; il piano è di {expected}");
        Some(file_finding(&RULE, file, found, expected, &what))
    });
}

//! T16: the protection of the locked cells is gone.

use super::beside::{at_sheet, by_sheet};
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity};

pub(super) const RULE: Rule = Rule {
    code: "T16",
    name: "Foglio senza protezione",
    severity: Severity::Nota,
    why: "Senza la protezione si possono cambiare per sbaglio etichette, formule e chiavi nascoste.",
    remedy: "Nulla da fare se non è cambiato altro; la prossima volta parti dal file ricevuto, oppure proteggi di nuovo il foglio (Revisione, Proteggi foglio).",
    missing: true,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &RULE, |submission, beside, sheet| {
        let gone = beside.unprotected.iter().any(|name| name == sheet);
        let facts = ("non protetto", "protetto", "il foglio non è più protetto");
        gone.then(|| at_sheet(&RULE, submission, sheet, [], facts)).into_iter().collect()
    });
}

//! C07: a negative entry.

use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, Value};
use crate::plan::Limit;

pub(super) const RULE: Rule = Rule {
    code: "C07",
    name: "Valore negativo",
    severity: Severity::Errore,
    why: "Conteggi, ore e giorni partono da zero: un valore negativo abbasserebbe il totale degli altri mesi.",
    remedy: "Scrivi il valore giusto, oppure, se volevi correggere un mese passato, correggi il valore di quel mese.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.domain().has(Limit::Sign);
    walk::entries(context, ledger, &RULE, applies, |item| {
        let number = item.breaking(Limit::Sign).and_then(Value::number)?;
        let what =
            format!("hai scritto {}, ma qui il valore non può essere negativo", number.to_italian_exact());
        Some(("un numero da 0 in su".to_owned(), what))
    });
}

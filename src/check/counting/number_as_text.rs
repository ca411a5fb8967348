//! C02: a number stored as text, read by Italian rules.

use crate::check::cell::wanted;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C02",
    name: "Numero scritto come testo",
    severity: Severity::Nota,
    why: "Il valore conta; la lettura è elencata tra le normalizzazioni con il testo come lo hai scritto.",
    remedy: "Nulla da fare se la lettura è giusta, oppure riscrivi il numero in una cella numerica.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(context, ledger, &RULE, VoceType::is_number, |item, read| {
        let raw = item.entry.raw.trim_end_matches(" (data)");
        let what = if item.completeness {
            format!("{} è stato letto come il mese numero {}", quoted(raw), read.taken)
        } else {
            format!("{} è un testo: è stato letto come {}", quoted(raw), read.taken)
        };
        (wanted(item).to_owned(), what)
    });
}

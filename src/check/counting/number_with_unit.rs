//! C04: a number with its unit, read without it.

use crate::check::cell::wanted;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C04",
    name: "Numero con unità",
    severity: Severity::Nota,
    why: "Il valore conta; la lettura è elencata tra le normalizzazioni con il testo come lo hai scritto.",
    remedy: "Nulla da fare se la lettura è giusta, oppure riscrivi solo il numero.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(context, ledger, &RULE, VoceType::is_number, |item, read| {
        let what = format!(
            "hai scritto {}: l'unità è stata tolta e il valore letto è {}",
            quoted(&item.entry.raw),
            read.taken
        );
        (wanted(item).to_owned(), what)
    });
}

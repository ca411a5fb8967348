//! C09: a date typed as text, read as day/month/year.

use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C09",
    name: "Data scritta come testo",
    severity: Severity::Nota,
    why: "Il valore conta; la lettura è elencata tra le normalizzazioni con il testo come lo hai scritto.",
    remedy: "Nulla da fare se la data è giusta, oppure riscrivila come data (giorno/mese/anno).",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.kind() == VoceType::Data;
    walk::entries(context, ledger, &RULE, applies, |item| {
        let read = item.entry.normalised.as_ref().filter(|read| read.code == RULE.code)?;
        let what = format!(
            "{} è un testo: è stato letto come la data {} (giorno/mese/anno)",
            quoted(&item.entry.raw),
            read.taken
        );
        Some(("una data (giorno/mese/anno)".to_owned(), what))
    });
}

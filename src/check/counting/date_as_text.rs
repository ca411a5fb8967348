//! C09: a date typed as text, read as day/month/year, or as year-month-day.

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
    super::reading::readings(
        context,
        ledger,
        &RULE,
        |kind| kind == VoceType::Data,
        |item, read| {
            let how = read.rule.rsplit(' ').next().unwrap_or_default();
            let what = format!(
                "{} è un testo: è stato letto come la data {} ({how})",
                quoted(&item.entry.raw),
                read.taken
            );
            ("una data (giorno/mese/anno)".to_owned(), what)
        },
    );
}

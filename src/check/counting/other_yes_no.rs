//! C22: yes or no written another way.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, VoceType, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C22",
    name: "Sì o No scritto in altro modo",
    severity: Severity::Nota,
    why: "La risposta conta; la lettura è elencata tra le normalizzazioni con ciò che hai scritto.",
    remedy: "Nulla da fare se la lettura è giusta, oppure scegli Sì o No dall'elenco della cella.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &RULE,
        |kind| kind == VoceType::SiNo,
        |item, read| {
            let what = format!("hai scritto {}: è stato letto {}", quoted(&item.entry.raw), read.taken);
            ("Sì o No".to_owned(), what)
        },
    );
}

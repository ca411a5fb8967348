//! C13: a date with its time of day.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, VoceType};

pub(super) const RULE: Rule = Rule {
    code: "C13",
    name: "Data con l'ora",
    severity: Severity::Nota,
    why: "Conta solo il giorno; la lettura è elencata tra le normalizzazioni.",
    remedy: "Nulla da fare se il giorno è giusto, oppure riscrivi la data senza l'ora.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &RULE,
        |kind| kind == VoceType::Data,
        |item, read| {
            let what =
                format!("la data {} ha anche l'ora: è stato letto {}", item.entry.raw.trim(), read.taken);
            ("una data senza l'ora".to_owned(), what)
        },
    );
}

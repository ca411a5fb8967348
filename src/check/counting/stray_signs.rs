//! C14: blanks, invisible characters or quotation marks around a value.

use crate::check::{Context, Ledger};
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "C14",
    name: "Spazi, caratteri invisibili o virgolette di troppo",
    severity: Severity::Nota,
    why: "Il valore conta; la lettura è elencata tra le normalizzazioni.",
    remedy: "Nulla da fare se la lettura è giusta, oppure riscrivi la cella con il solo valore.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &RULE,
        |_| true,
        |_, read| {
            let signs = if read.rule.starts_with("virgolette") {
                "il valore è fra virgolette"
            } else {
                "nella cella ci sono spazi o caratteri invisibili di troppo"
            };
            let what = format!("{signs}: è stato letto {}", quoted(&read.taken));
            ("il solo valore".to_owned(), what)
        },
    );
}

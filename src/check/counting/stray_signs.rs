//! C14: blanks, invisible characters or quotation marks around a value.

use crate::check::rules::C14;
use crate::check::{Context, Ledger};
use crate::model::quoted;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    super::reading::readings(
        context,
        ledger,
        &C14,
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

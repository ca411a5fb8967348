//! C07: a negative entry.

use crate::check::rules::C07;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::Value;
use crate::plan::Limit;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| item.domain().has(Limit::Sign);
    walk::entries(context, ledger, &C07, applies, |item| {
        let number = item.breaking(Limit::Sign).and_then(Value::number)?;
        let what =
            format!("hai scritto {}, ma qui il valore non può essere negativo", number.to_italian_exact());
        Some(("un numero da 0 in su".to_owned(), what))
    });
}

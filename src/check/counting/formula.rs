//! C17: a formula typed where an entry is wanted: its result counts.

use crate::check::cell::other_workbook::refers_elsewhere;
use crate::check::rules::C17;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::model::quoted;

/// Judges every cell, except those with a formula on which C18 speaks.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    let applies = |item: &walk::Item<'_>| !item.entry.formula.as_deref().is_some_and(refers_elsewhere);
    walk::entries(context, ledger, &C17, applies, |item| {
        let formula = item.entry.formula.as_ref().filter(|_| item.value().is_some())?;
        let words = if formula.is_empty() {
            "una formula".to_owned()
        } else {
            format!("la formula {}", quoted(&format!("={formula}")))
        };
        let what = format!("nella cella c'è {words}, che dà {}", item.entry.raw);
        Some(("un valore digitato".to_owned(), what))
    });
}

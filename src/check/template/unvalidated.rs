//! T17: input cells accept anything.

use super::beside::{at_sheet, by_sheet};
use crate::check::rules::T17;
use crate::check::{Context, Ledger};
use crate::model::count;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &T17, |submission, beside, sheet| {
        let lost = beside.unvalidated.iter().filter(|(name, _)| name == sheet);
        lost.map(|(_, cells)| {
            let what = format!(
                "{} più ciò che si scrive",
                count(cells.len(), "casella non controlla", "caselle non controllano")
            );
            let facts = ("nessun controllo", "i controlli del modello", what.as_str());
            at_sheet(&T17, submission, sheet, cells.iter().copied(), facts)
        })
        .collect()
    });
}

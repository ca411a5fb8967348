//! T13: an Excel error, or a formula without a result, where an entry should be.

use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault};
use crate::model::{Rule, Severity, quoted};

pub(super) const RULE: Rule = Rule {
    code: "T13",
    name: "Errore di Excel in una casella",
    severity: Severity::Errore,
    why: "Un errore di Excel, o una formula mai calcolata, non è un valore e non si può sommare.",
    remedy: "Scrivi il valore al posto della formula, oppure correggi la formula e salva di nuovo il file.",
    missing: false,
};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::entries(
        context,
        ledger,
        &RULE,
        |_| true,
        |item| {
            let EntryState::Wrong(Fault::ExcelError(seen)) = &item.entry.state else { return None };
            let mut what = format!("al posto del valore c'è {}", quoted(seen));
            if let Some(formula) = &item.entry.formula {
                what.push_str(&format!(", nella formula {}", quoted(&format!("={formula}"))));
            }
            Some(("un valore".to_owned(), what))
        },
    );
}

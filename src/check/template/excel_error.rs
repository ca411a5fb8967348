//! T13: an Excel error, or a formula without a result, where an entry should be.

use crate::check::rules::T13;
use crate::check::walk;
use crate::check::{Context, Ledger};
use crate::interpret::{EntryState, Fault, NEVER_CALCULATED};
use crate::model::{Finding, quoted};

/// What to do where there is no formula.
const NO_FORMULA: &str =
    "Scrivi il valore al posto di ciò che c'è, oppure svuota la casella se il valore non c'è.";

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::findings(
        context,
        ledger,
        &T13,
        |_| true,
        |item| {
            let EntryState::Wrong(Fault::ExcelError(seen)) = &item.entry.state else { return None };
            let mut what = format!("al posto del valore c'è {}", quoted(seen));
            if let Some(formula) = &item.entry.formula {
                what.push_str(&format!(", nella formula {}", quoted(&format!("={formula}"))));
            }
            let finding = item.finding(context, &T13, "un valore", &what);
            let typed = item.entry.formula.is_none() && seen != NEVER_CALCULATED;
            Some(if typed { Finding { remedy: NO_FORMULA.to_owned(), ..finding } } else { finding })
        },
    );
}

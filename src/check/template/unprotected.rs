//! T16: the protection of the locked cells is gone.

use super::beside::{at_sheet, by_sheet};
use crate::check::rules::T16;
use crate::check::{Context, Ledger};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    by_sheet(context, ledger, &T16, |submission, beside, sheet| {
        let gone = beside.unprotected.iter().any(|name| name == sheet);
        let facts = ("non protetto", "protetto", "il foglio non è più protetto");
        gone.then(|| at_sheet(&T16, submission, sheet, [], facts)).into_iter().collect()
    });
}

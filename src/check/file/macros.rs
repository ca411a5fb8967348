//! F12: the workbook carries macros.

use super::sent::workbooks;
use crate::check::rules::F12;
use crate::check::{Context, Ledger};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &F12, |submission| {
        let found = submission.traits.macros;
        Ok(found.then(|| {
            super::sent::finding(&F12, submission, "macro", "nessuna macro", "il file contiene macro")
        }))
    });
}

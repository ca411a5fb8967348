//! F18: formulas are not calculated by themselves.

use super::sent::workbooks;
use crate::check::rules::F18;
use crate::check::{Context, Ledger};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &F18, |submission| {
        let book = &submission.traits.book;
        let what = match (book.manual, book.iterative) {
            (false, false) => return Ok(None),
            (true, false) => "le formule si calcolano solo a richiesta",
            (false, true) => "le formule che si richiamano a vicenda si calcolano per tentativi",
            (true, true) => "le formule si calcolano solo a richiesta e per tentativi",
        };
        let found = if book.manual { "calcolo manuale" } else { "calcolo iterativo" };
        Ok(Some(super::sent::finding(&F18, submission, found, "calcolo automatico", what)))
    });
}

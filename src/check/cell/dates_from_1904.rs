//! C11: the dates of the workbook count from 1904.

use crate::check::rules::C11;
use crate::check::{Context, Ledger, say};
use crate::model::quoted;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for submission in context.submissions {
        if !submission.traits.date1904 {
            ledger.pass(&C11);
            continue;
        }
        let base = say::facts(say::about_submission(&C11, submission), "dal 1904", "dal 1900");
        let what = "il file conta le date dal 1904 invece che dal 1900";
        ledger.fail(say::told(base, &format!("File {}", quoted(&submission.file)), what));
    }
}

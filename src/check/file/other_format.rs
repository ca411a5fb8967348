//! F07: the template is of another format than this program writes.

use super::sent::workbooks;
use crate::check::ledger::depends_on;
use crate::check::rules::F07;
use crate::check::{Context, Ledger};
use crate::interpret::FORMAT;
use crate::model::quoted;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    workbooks(context, ledger, &F07, |submission| {
        let head = &submission.manifest;
        if !submission.is_of_this_wording() {
            return Err(depends_on("P23"));
        }
        if head.format == FORMAT {
            return Ok(None);
        }
        let what = format!(
            "il modello è del formato {}, il programma scrive il {}",
            quoted(&head.format),
            quoted(FORMAT)
        );
        Ok(Some(super::sent::finding(&F07, submission, &head.format, FORMAT, &what)))
    });
}

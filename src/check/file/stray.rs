//! F20: a file left in the folder that is no spreadsheet: it holds no office's data and stands in nobody's way.

use super::sent::kind_words;
use crate::check::rules::F20;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::read::Refusal;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F20, 1, |file| {
        let Fate::Refused(Refusal::Stray(kind)) = &file.fate else { return None };
        let what = format!("è {} e non è stato considerato", kind_words(kind));
        Some(file_finding(&F20, file, kind, "il file .xlsx di un ufficio", &what))
    });
}

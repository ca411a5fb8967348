//! F03: a workbook protected by a password for opening.

use crate::check::rules::F03;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::read::Refusal;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F03, 1, |file| {
        (file.fate == Fate::Refused(Refusal::Encrypted)).then(|| {
            let what = "per aprirlo serve una password";
            file_finding(&F03, file, "file cifrato", "un file senza password di apertura", what)
        })
    });
}

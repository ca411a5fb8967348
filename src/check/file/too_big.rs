//! F15: a bound on size, cells or unpacking is passed.

use crate::check::rules::F15;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::read::Refusal;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F15, 1, |file| {
        let Fate::Refused(Refusal::TooBig { what, limit, found }) = &file.fate else { return None };
        let told = format!("{what}: {found}, il limite è {limit}");
        Some(file_finding(&F15, file, found, limit, &told))
    });
}

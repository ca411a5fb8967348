//! F06: a workbook of another year or ente.

use crate::check::rules::F06;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F06, 3, |file| {
        let Fate::OtherPlan(found, expected) = &file.fate else { return None };
        let what = format!("il file è di {found}; il piano è di {expected}");
        Some(file_finding(&F06, file, found, expected, &what))
    });
}

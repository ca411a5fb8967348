//! F05: not one of our workbooks.

use super::sent::in_the_folder;
use crate::check::rules::F05;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F05, 2, |file| {
        let Fate::Foreign(seen) = &file.fate else { return None };
        let what = format!("non è un file creato dal modello delle schede ({seen})");
        let finding = file_finding(&F05, file, seen, "il modello delle schede", &what);
        Some(in_the_folder(context, file, finding))
    });
}

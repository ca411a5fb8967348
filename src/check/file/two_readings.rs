//! F23: the parts of a file say two things.

use crate::check::rules::F23;
use crate::check::walk::{self, file_finding};
use crate::check::{Context, Fate, Ledger};
use crate::read::Refusal;

pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    walk::files(context, ledger, &F23, 1, |file| {
        let Fate::Refused(Refusal::Ambiguous(seen)) = &file.fate else { return None };
        let what = format!("le parti del file si contraddicono ({seen})");
        Some(file_finding(&F23, file, seen, "un file in cui ogni parte sta in un posto solo", &what))
    });
}

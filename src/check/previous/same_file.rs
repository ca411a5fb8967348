//! F10: the file is the one of the month before, to the byte.

use crate::check::rules::F10;
use crate::check::walk::file_finding;
use crate::check::{Context, Fate, Ledger};
use crate::model::quoted;

/// Judges each file that counts.
pub(super) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(past) = ctx.past else { return };
    for file in ctx.files.iter().filter(|file| file.fate == Fate::Accepted) {
        let same = past.memory.files.iter().find(|kept| kept.sha256 == file.sha256);
        // The last file of an office that is no more stays what it is.
        let is_over = file.office.as_ref().is_some_and(|office| ctx.is_over(office));
        let Some(kept) = same.filter(|_| !is_over) else {
            ledger.pass(&F10);
            continue;
        };
        let then = past.memory.month.in_words();
        let what = format!(
            "è, byte per byte, il file {} con cui è stato fatto il consolidato di {then}",
            quoted(&kept.name)
        );
        let expected = format!("il file di {}", ctx.month.in_words());
        ledger.fail(file_finding(&F10, file, "lo stesso file", &expected, &what));
    }
}

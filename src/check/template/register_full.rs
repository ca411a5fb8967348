//! T27: a register is filled to its last row.

use super::row_without_key::added;
use crate::check::desk::Desk;
use crate::check::rules::T27;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Entry, EntryState};
use crate::plan::{Indicator, Voce};

/// Judges each register of each workbook.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for desk in context.desks {
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.register.is_some()) {
            judge(ledger, desk, indicator, voce);
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    let entries = desk.entries(&voce.key);
    let last = entries.iter().filter_map(|entry| entry.id.row).max();
    let own: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.id.row == last).collect();
    let filled = own.iter().any(|entry| entry.state != EntryState::Blank);
    // Who has added rows has found where to write.
    let Some(last) = last.filter(|_| filled && added(desk, &voce.key).is_empty()) else {
        return ledger.pass(&T27);
    };
    let finding = desk.finding(&T27, indicator, Some(voce), &own);
    let finding = say::facts(finding, format!("compilata la riga {last}"), "righe ancora libere in fondo");
    let what = format!("il registro è compilato fino all'ultima riga, la {last}");
    ledger.fail(say::told(finding, &say::voce_words(indicator, voce), &what));
}

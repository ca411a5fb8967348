//! T27: a register is filled to its last row.

use std::collections::BTreeSet;

use super::row_without_key::added;
use crate::check::desk::Desk;
use crate::check::{Context, Ledger, say};
use crate::interpret::{Entry, EntryState};
use crate::model::{Rule, Severity, count};
use crate::plan::{Indicator, Voce};

pub(super) const RULE: Rule = Rule {
    code: "T27",
    name: "Registro pieno",
    severity: Severity::Nota,
    why: "Chi ha altro da scrivere deve trovare posto, e ciò che si scrive altrove non è letto.",
    remedy: "Nulla da fare se non manca niente; altrimenti inserisci altre righe subito sotto l'ultima e compilale come le altre: sono lette anche quelle.",
    missing: true,
};

/// Judges each register of each workbook.
pub(super) fn run(context: &Context<'_>, ledger: &mut Ledger) {
    for desk in Desk::all(context) {
        for (indicator, voce) in desk.voci(context).filter(|(_, voce)| voce.register.is_some()) {
            judge(ledger, &desk, indicator, voce);
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, indicator: &Indicator, voce: &Voce) {
    let entries = desk.entries(&voce.key);
    let rows: BTreeSet<u32> = entries.iter().filter_map(|entry| entry.id.row).collect();
    let filled: BTreeSet<u32> = entries
        .iter()
        .filter(|entry| entry.state != EntryState::Blank)
        .filter_map(|entry| entry.id.row)
        .collect();
    // Who has added rows has found where to write.
    let last = rows.last().filter(|_| rows == filled && added(desk, &voce.key).is_empty());
    let Some(last) = last else { return ledger.pass(&RULE) };
    let own: Vec<&Entry> = entries.iter().copied().filter(|entry| entry.id.row == Some(*last)).collect();
    let finding = desk.finding(&RULE, indicator, Some(voce), &own);
    let rows = count(rows.len(), "riga", "righe");
    let finding = say::facts(finding, format!("{rows} su altrettante"), "righe ancora libere");
    let what = format!("il registro ha {rows}, tutte compilate");
    ledger.fail(say::told(finding, &say::voce_words(indicator, voce), &what));
}

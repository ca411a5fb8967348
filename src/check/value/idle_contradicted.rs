//! V15: an office says that nothing happened in a month in which it reports something.

use crate::check::desk::{Desk, Reading};
use crate::check::rules::V15;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::{Entry, TextCell};
use crate::model::{Month, Number, quoted};
use crate::plan::{Indicator, Voce};

/// Judges each month of each scheda in which an office says so.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        let idle = desk.submission.idle.iter().filter(|(_, said)| said.says_nothing_done());
        for ((scheda, month), said) in idle {
            judge(ledger, desk, *scheda, *month, said);
        }
    }
}

fn judge(ledger: &mut Ledger, desk: &Desk<'_>, scheda: u8, month: Month, said: &TextCell) {
    let flows = desk
        .voci()
        .filter(|(indicator, voce)| indicator.scheda == scheda && voce.is_zero_when_idle())
        .filter_map(|(indicator, voce)| Some((indicator, voce, desk.entry(&voce.key, Some(month))?)));
    let typed: Vec<(&Indicator, &Voce, &Entry, Number)> = flows
        .filter_map(|(indicator, voce, entry)| match desk.read(ledger, entry) {
            Reading::Value(value) => Some((indicator, voce, entry, value.number()?)),
            _ => None,
        })
        .filter(|(.., number)| !number.is_zero())
        .collect();
    let Some((indicator, voce, _, number)) = typed.first() else { return ledger.pass(&V15) };
    let cells: Vec<&Entry> = typed.iter().map(|(_, _, entry, _)| *entry).collect();
    let finding = desk.finding(&V15, indicator, Some(*voce).filter(|_| typed.len() == 1), &cells);
    let mut finding = facts(finding, number.to_italian(4), "nessuna attività, oppure i valori del mese");
    desk.name_places(&mut finding, &[&said.place]);
    let label = quoted(&voce.label);
    let more = if typed.len() > 1 { " e altro" } else { "" };
    let what = format!(
        "hai scritto «nessuna attività», ma nello stesso mese c'è {} in {label}{more}",
        number.to_italian(4)
    );
    ledger.fail(told(finding, &format!("Scheda {scheda}, {month}"), &what));
}

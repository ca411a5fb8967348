//! C27: the zeros of a month in which an office says that nothing happened.

use std::collections::BTreeMap;

use super::reading::{beyond, read_by};
use crate::check::ledger::depends_on;
use crate::check::rules::C27;
use crate::check::say::{facts, told};
use crate::check::walk::{Item, items};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Month, OfficeId, count, join_it, quoted};

/// The zeros of a month of a scheda in an office's file.
type Zeros<'a> = BTreeMap<(&'a OfficeId, u8, Month), Vec<Item<'a>>>;

/// Judges each month of each scheda with such zeros: one finding for all of them.
pub(super) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let beyond = beyond(ctx);
    let mut zeros = Zeros::new();
    for item in items(ctx).filter(|item| read_by(item, &C27).is_some()) {
        let Some((indicator, month)) =
            ctx.plan.voce(&item.voce.key).map(|(indicator, _)| indicator).zip(item.entry.id.month)
        else {
            continue;
        };
        if ledger.skip_blocked(&C27, item.entry.at) {
            continue;
        }
        if beyond.contains(&item.entry.at) {
            ledger.skip(&C27, depends_on("R10"));
            continue;
        }
        zeros.entry((&item.submission.office, indicator.scheda, month)).or_default().push(item);
    }
    for ((_, scheda, month), items) in zeros {
        fail(ctx, ledger, scheda, month, &items);
    }
}

fn fail(ctx: &Context<'_>, ledger: &mut Ledger, scheda: u8, month: Month, items: &[Item<'_>]) {
    let Some(first) = items.first() else { return };
    let Some((indicator, voce)) = ctx.plan.voce(&first.voce.key) else { return };
    let entries: Vec<&Entry> = items.iter().map(|item| item.entry).collect();
    let labels: Vec<String> = items.iter().map(|item| quoted(&item.voce.label)).collect();
    let finding = first.desk.finding(&C27, indicator, Some(voce).filter(|_| items.len() == 1), &entries);
    let zeros = count(items.len(), "casella vuota", "caselle vuote");
    let finding = facts(finding, zeros, "la x, o i valori del mese");
    let what = format!("hai scritto «nessuna attività»: nelle caselle vuote vale 0 ({})", join_it(&labels));
    ledger.fail(told(finding, &format!("Scheda {scheda}, {month}"), &what));
}

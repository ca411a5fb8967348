//! K04: a register declared complete, and empty.

use super::declared::{Declared, each};
use crate::check::desk::place;
use crate::check::ledger::depends_on;
use crate::check::rules::K04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::EntryState;

/// Judges each register that an office declares complete up to the month due.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    each(ctx, ledger, &K04, judge);
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, declared: &Declared<'_, '_>) {
    let Declared { desk, indicator, voce, entry, month } = *declared;
    let Some(due) = voce.register_due(&desk.submission.office, ctx.month.month) else { return };
    let Some(month) = month.filter(|month| *month >= due.last) else {
        return ledger.skip(&K04, depends_on("V01"));
    };
    let typed = desk.entries(&voce.key).iter().any(|entry| entry.state != EntryState::Blank);
    if typed {
        return ledger.pass(&K04);
    }
    let finding = desk.finding(&K04, indicator, Some(voce), &[entry]);
    let finding = facts(finding, format!("completo fino {month:#}, nessuna riga"), "righe, oppure nessuna");
    let what = format!("il registro è dichiarato completo fino {month:#} e non ha nessuna riga");
    ledger.fail(told(finding, &place(indicator, voce, None), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn an_empty_register_declared_complete_is_a_statement() {
        let world = World::at(6).filled("urp").complete("urp", "S07.campagne", "6");
        assert_eq!(world.about("K04", "S07.campagne").len(), 1);
        let filled = world.field("urp", "S07.campagne", 1, "titolo", "Estate sicura");
        assert!(filled.about("K04", "S07.campagne").is_empty());
        let behind = World::at(6).filled("urp").complete("urp", "S07.campagne", "5");
        assert!(behind.about("K04", "S07.campagne").is_empty());
    }
}

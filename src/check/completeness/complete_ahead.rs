//! K16: a register declared complete up to a month that has not come.

use super::declared::{Declared, each};
use crate::check::desk::place;
use crate::check::rules::K16;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};

/// Judges each declaration of a register against the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    each(ctx, ledger, &K16, judge);
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, declared: &Declared<'_, '_>) {
    let Declared { desk, indicator, voce, entry, month } = *declared;
    let Some(month) = month.filter(|month| *month > ctx.month.month) else {
        return ledger.pass(&K16);
    };
    let finding = desk.finding(&K16, indicator, Some(voce), &[entry]);
    let finding =
        facts(finding, format!("completo fino {month:#}"), format!("fino {:#}, o prima", ctx.month.month));
    let what = format!(
        "il registro è dichiarato completo fino {month:#}, ma il mese di riferimento è {}",
        ctx.month.month
    );
    ledger.fail(told(finding, &place(indicator, voce, None), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    #[test]
    fn a_month_that_has_not_come_is_not_complete() {
        let at = |month: &str| World::at(6).filled("urp").complete("urp", "S07.campagne", month);
        for month in ["5", "6"] {
            assert!(at(month).about("K16", "S07.campagne").is_empty(), "{month}");
        }
        let ahead = at("7").about("K16", "S07.campagne");
        assert_eq!(ahead.len(), 1);
        assert_eq!(ahead[0].found, "completo fino a luglio");
        let never = World::at(12).filled("urp").complete("urp", "S07.campagne", "12");
        assert!(never.about("K16", "S07.campagne").is_empty());
    }
}

//! K16: a register declared complete up to a month that has not come.

use crate::check::desk::{Desk, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::rules::K16;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::plan::{Indicator, Voce, declared_month};

/// Judges each declaration of a register against the reporting month.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for (indicator, voce) in desk.voci().filter(|(_, voce)| voce.register.is_some()) {
            if let Some(entry) = desk.submission.completeness.get(&voce.key) {
                judge(ctx, ledger, desk, indicator, voce, entry);
            }
        }
    }
}

fn judge(
    ctx: &Context<'_>,
    ledger: &mut Ledger,
    desk: &Desk<'_>,
    indicator: &Indicator,
    voce: &Voce,
    entry: &Entry,
) {
    let declared = match desk.read(ledger, entry) {
        Reading::Value(value) => declared_month(value),
        Reading::Unusable(code) => return ledger.skip(&K16, depends_on(code)),
        Reading::Blank | Reading::Placeholder | Reading::NotApplicable => None,
    };
    let Some(month) = declared.filter(|month| *month > ctx.month.month) else {
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

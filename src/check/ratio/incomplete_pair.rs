//! R04: a numerator without its denominator, or a row of a register without its key or date.

use super::incomplete_row;
use super::pair::{Side, labels, place_of, sides};
use crate::check::desk::{Desk, Reading};
use crate::check::ledger::depends_on;
use crate::check::rules::R04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Month, Number};
use crate::plan::{Indicator, Pair, Voce};

/// Judges each office and month of a ratio of two flows in which the numerator is typed, and each filled row
/// of a register.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for desk in ctx.desks {
        for indicator in desk.indicators() {
            incomplete_row::judge(ledger, desk, indicator);
            let Some(pair) = indicator.pair().filter(Pair::is_of_flows) else { continue };
            for month in pair.months(ctx.month.month) {
                judge(ctx, ledger, desk, indicator, &pair, month);
            }
        }
    }
}

/// Whether `entry` is the blank denominator of a numerator typed for the same month: then only this check
/// speaks of it.
pub(in crate::check) fn is_alone<'a>(
    ctx: &Context<'a>,
    ledger: &Ledger,
    desk: &Desk<'a>,
    indicator: &'a Indicator,
    entry: &Entry,
) -> bool {
    !numerators(ctx, ledger, desk, indicator, entry).is_empty()
}

/// The numerators typed for the month of `entry`, when it is the denominator that they lack.
pub(in crate::check) fn numerators<'a>(
    _ctx: &Context<'a>,
    ledger: &Ledger,
    desk: &Desk<'a>,
    indicator: &'a Indicator,
    entry: &Entry,
) -> Vec<&'a Entry> {
    let (Some(pair), Some(month)) = (indicator.pair().filter(Pair::is_of_flows), entry.id.month) else {
        return Vec::new();
    };
    if !pair.under.iter().any(|voce| voce.key == entry.id.voce) {
        return Vec::new();
    }
    let (over, under) = sides(&pair, ledger, desk, Some(month));
    if is_broken(&over, &under) { over.typed } else { Vec::new() }
}

/// Whether this month's numerator stands without its denominator.
fn is_broken(over: &Side<'_>, under: &Side<'_>) -> bool {
    !over.typed.is_empty() && !under.absent.is_empty()
}

fn judge<'a>(
    _ctx: &Context<'a>,
    ledger: &mut Ledger,
    desk: &Desk<'a>,
    indicator: &'a Indicator,
    pair: &Pair<'a>,
    month: Month,
) {
    let (over, under) = sides(pair, ledger, desk, Some(month));
    if !is_broken(&over, &under) {
        return match (over.typed.is_empty(), over.unusable.or(under.unusable)) {
            (_, Some(code)) => ledger.skip(&R04, depends_on(code)),
            (false, None) => ledger.pass(&R04),
            (true, None) => {}
        };
    }
    let cells: Vec<&Entry> = over.typed.iter().chain(&under.absent).copied().collect();
    let finding = desk.finding(&R04, indicator, pair.over.first().copied(), &cells);
    let total = over.total.clone().unwrap_or_else(Number::zero).to_italian(4);
    let lacking: Vec<&Voce> = pair
        .under
        .iter()
        .copied()
        .filter(|voce| under.absent.iter().any(|entry| entry.id.voce == voce.key))
        .collect();
    let state = under.absent.first().map_or("non c'è", |entry| match desk.read(ledger, entry) {
        Reading::NotApplicable => "è «n.a.»",
        _ => "non c'è",
    });
    let finding =
        facts(finding, format!("{total} senza denominatore"), "numeratore e denominatore dello stesso mese");
    let what = format!("hai scritto {total}, ma il valore di {} dello stesso mese {state}", labels(&lacking));
    ledger.fail(told(finding, &place_of(pair, indicator, Some(month)), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::{World, cells};

    #[test]
    fn a_numerator_wants_its_denominator() {
        for missing in ["", "n.a."] {
            let world = World::at(3).filled("risorse_finanziarie").note("risorse_finanziarie", "9.2").set(
                "risorse_finanziarie",
                "S09.fatture_pagate",
                2,
                missing,
            );
            let finding = world.finding("R04");
            assert_eq!(finding.voce.as_ref().unwrap().as_str(), "S09.giorni_pagamento", "{missing}");
            assert_eq!(cells(&finding).len(), 2);
        }
    }

    #[test]
    fn a_placeholder_under_a_numerator_is_an_error_on_both() {
        let world = World::at(3).filled("risorse_finanziarie").set(
            "risorse_finanziarie",
            "S09.fatture_pagate",
            2,
            "n.d.",
        );
        let finding = world.finding("C15");
        assert!(finding.keeps_out() && finding.cells.len() == 2, "{finding:?}");
        assert!(world.findings("R04").is_empty(), "one cause, one finding");
        assert!(world.about("V01", "S09.fatture_pagate").is_empty());
    }

    #[test]
    fn a_denominator_alone_is_a_missing_value() {
        let world = World::at(3).filled("risorse_finanziarie").set(
            "risorse_finanziarie",
            "S09.giorni_pagamento",
            2,
            "",
        );
        assert!(world.findings("R04").is_empty());
        assert_eq!(world.about("V01", "S09.giorni_pagamento").len(), 1);
    }

    #[test]
    fn a_filled_row_wants_its_key_and_its_date() {
        let world = World::at(6)
            .filled("urp")
            .field("urp", "S07.campagne", 1, "titolo", "Estate")
            .field("urp", "S07.campagne", 1, "invio", "2019-05-02")
            .field("urp", "S07.campagne", 2, "titolo", "Autunno");
        let finding = world.finding("R04");
        assert!(finding.message.contains("manca «Data di invio»"), "{}", finding.message);
        assert_eq!(finding.cells.len(), 2);
        let world = World::at(6)
            .filled("promozione")
            .field("promozione", "S01.bandi", 1, "titolo", "Bando")
            .field("promozione", "S01.bandi", 1, "scadenza", "2019-03-01");
        assert!(world.findings("R04").is_empty());
    }
}

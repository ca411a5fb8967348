//! M13: months equal to those of the year before.

use crate::check::desk::{Desk, NEEDS_ALL, Reading, place};
use crate::check::ledger::depends_on;
use crate::check::robust::{SMALL, TOO_FEW};
use crate::check::rules::M13;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::interpret::Entry;
use crate::model::{Finding, Month, Number, join_it};
use crate::plan::{Indicator, Voce};

/// Equal months in a row that are too many to be chance.
const ALIKE: usize = 3;

/// Judges each voce of which the plan gives the year before: month by month, over its offices.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let desks = ctx.desks;
    for (indicator, voce) in ctx.plan.voci().filter(|(_, voce)| !voce.last_year.is_empty()) {
        let own: Vec<&Desk<'_>> =
            desks.iter().filter(|desk| indicator.offices.contains(&desk.submission.office)).collect();
        if own.len() < indicator.offices.len() {
            if !own.is_empty() {
                ledger.skip(&M13, if ctx.whole { depends_on("K01") } else { NEEDS_ALL.to_owned() });
            }
            continue;
        }
        judge(ctx, ledger, &own, indicator, voce);
    }
}

/// A month's total over the offices, with its cells.
struct Total<'d, 'a> {
    month: Month,
    value: Number,
    typed: Vec<(&'d Desk<'a>, &'a Entry)>,
}

fn judge<'a>(
    ctx: &Context<'a>,
    ledger: &mut Ledger,
    desks: &[&Desk<'a>],
    indicator: &Indicator,
    voce: &'a Voce,
) {
    let (mut totals, mut because) = (Vec::new(), None);
    for month in voce.last_counting(ctx.month.month).up_to() {
        match total(ledger, desks, voce, month) {
            Ok(total) => totals.extend(total),
            Err(code) => because = Some(code),
        }
    }
    let reported = totals.len();
    let alike = longest_run(voce, totals);
    let enough: Number = alike.iter().map(|total| total.value.clone()).sum();
    let explained = desks.iter().any(|desk| desk.explains(indicator));
    if alike.len() >= ALIKE && enough >= Number::from(SMALL) && !explained {
        ledger.fail(finding(indicator, voce, &alike));
    } else if let Some(code) = because {
        ledger.skip(&M13, depends_on(code));
    } else if reported < ALIKE {
        ledger.skip(&M13, TOO_FEW);
    } else {
        ledger.pass(&M13);
    }
}

/// The month's total when every office has reported it; `Err` is the check on which an unusable entry
/// depends.
fn total<'d, 'a>(
    ledger: &Ledger,
    desks: &[&'d Desk<'a>],
    voce: &Voce,
    month: Month,
) -> Result<Option<Total<'d, 'a>>, &'static str> {
    let mut total = Total { month, value: Number::zero(), typed: Vec::new() };
    for desk in desks {
        let Some(entry) = desk.entry(&voce.key, Some(month)) else { return Ok(None) };
        match desk.read(ledger, entry) {
            Reading::Value(value) => {
                total.value = total.value + &value.number().unwrap_or_else(Number::zero);
                total.typed.push((desk, entry));
            }
            Reading::Unusable(code) => return Err(code),
            Reading::NotApplicable => {}
            Reading::Blank | Reading::Placeholder => return Ok(None),
        }
    }
    Ok((!total.typed.is_empty()).then_some(total))
}

/// The longest run of consecutive months equal to last year's.
fn longest_run<'d, 'a>(voce: &Voce, totals: Vec<Total<'d, 'a>>) -> Vec<Total<'d, 'a>> {
    let (mut longest, mut run): (Vec<Total<'_, '_>>, Vec<Total<'_, '_>>) = (Vec::new(), Vec::new());
    for total in totals {
        let before = usize::try_from(total.month.number()).ok().and_then(|at| voce.last_year.get(at - 1));
        let follows = run.last().is_none_or(|last| last.month.number() + 1 == total.month.number());
        if before != Some(&total.value) || !follows {
            if run.len() > longest.len() {
                longest = std::mem::take(&mut run);
            }
            run.clear();
        }
        if before == Some(&total.value) {
            run.push(total);
        }
    }
    if run.len() > longest.len() { run } else { longest }
}

fn finding(indicator: &Indicator, voce: &Voce, alike: &[Total<'_, '_>]) -> Finding {
    let mut finding: Option<Finding> = None;
    for (desk, entry) in alike.iter().flat_map(|total| &total.typed) {
        match &mut finding {
            None => finding = Some(desk.finding(&M13, indicator, Some(voce), &[entry])),
            Some(known) => desk.name_cells(known, &[entry]),
        }
    }
    let base = Finding { month: None, ..finding.unwrap_or_else(|| Finding::of(&M13)) };
    let values: Vec<String> = alike.iter().map(|total| total.value.to_italian(4)).collect();
    let values = join_it(&values);
    let months: Vec<&str> = alike.iter().map(|total| total.month.name()).collect();
    let what = format!("i valori di {} ({values}) sono quelli dell'anno prima", join_it(&months));
    let base = facts(base, values, "valori diversi da quelli dell'anno prima");
    told(base, &place(indicator, voce, None), &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::{Number, VoceKey};

    fn world(values: &[&str]) -> World {
        let key = VoceKey::from_text("S03.prodotti");
        let mut world = World::at(6).filled("metrico");
        let mut voci = world.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions);
        let voce = voci.find_map(|action| {
            action.indicators.iter_mut().flat_map(|own| &mut own.voci).find(|voce| voce.key == key)
        });
        voce.unwrap().last_year = (1..=12).map(|month| Number::from(month * 7_i64)).collect();
        (1..)
            .zip(values)
            .fold(world, |world, (month, value)| world.set("metrico", "S03.prodotti", month, value))
    }

    #[test]
    fn three_months_of_last_year_want_a_word() {
        let finding = world(&["1", "14", "21", "28", "3", "4"]).finding("M13");
        assert_eq!((finding.found.as_str(), finding.cells.len()), ("14, 21 e 28", 3));
        assert!(world(&["7", "14", "1", "28", "35", "4"]).findings("M13").is_empty());
        assert!(world(&["7", "14", "21"]).note("metrico", "3.3").findings("M13").is_empty());
    }
}

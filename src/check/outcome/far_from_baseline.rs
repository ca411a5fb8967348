//! Y04: far from the year before, and nobody says why.

use super::case::{Case, cases};
use crate::check::ledger::depends_on;
use crate::check::robust::{SMALL, TOO_FEW};
use crate::check::rules::Y04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Month, Nature, Number, ratio_it};
use crate::plan::{Role, Voce};

/// The month before which too little of the year has gone by.
const FROM: u32 = 6;
/// Why an earlier month, or a result that lacks entries, is not judged.
const EARLY: &str = "è troppo presto nell'anno";
const PROVISIONAL: &str = "il risultato è provvisorio";
/// The checks that have already told what makes it.
const TOLD: [&str; 7] = ["A07", "M11", "R14", "S02", "V05", "V06", "V10"];

/// Judges each indicator that has a value of an earlier year.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for case in cases(ctx, ledger, &Y04) {
        let is_baseline =
            |voce: &&Voce| voce.role == Role::Baseline || case.indicator.baseline.as_ref() == Some(&voce.key);
        if let Some(baseline) = case.indicator.voci.iter().find(is_baseline) {
            judge(ctx, ledger, &case, baseline);
        }
    }
}

/// What is compared: now, before, and how far it may go without a word.
struct Compared {
    now: Number,
    before: Number,
    low: Number,
    high: Number,
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, case: &Case<'_>, baseline: &Voce) {
    let (Some(value), Some(before)) =
        (case.result.value.as_ref().and_then(|value| value.number()), case.total(&baseline.key))
    else {
        let because =
            if case.total(&baseline.key).is_none() { depends_on("Y01") } else { case.without_value() };
        return ledger.skip(&Y04, because);
    };
    if ctx.month.month.number() < FROM {
        return ledger.skip(&Y04, EARLY);
    }
    if before.is_zero() {
        return ledger.skip(&Y04, depends_on("Y03"));
    }
    if case.result.provisional {
        return ledger.skip(&Y04, PROVISIONAL);
    }
    let Some(compared) = compared(ctx, case, baseline, value, before).filter(|_| is_long(case, baseline))
    else {
        return ledger.skip(&Y04, TOO_FEW);
    };
    if compared.is_near(case) || case.explained() {
        ledger.pass(&Y04);
    } else if let Some(code) = case.already(ledger, &TOLD) {
        ledger.skip(&Y04, depends_on(code));
    } else {
        fail(ctx, ledger, case, baseline, &compared);
    }
}

/// Value and baseline on the same footing: a result that is itself a share of the baseline against 1, what
/// accumulates as far as the year has gone, levels and ratios as they are. What the target asks for, and as
/// much again as the threshold allows, is not unusual.
fn compared(
    ctx: &Context<'_>,
    case: &Case<'_>,
    baseline: &Voce,
    value: Number,
    before: Number,
) -> Option<Compared> {
    let formula = &case.indicator.formula;
    let share = formula.ratio().is_some_and(|(_, under)| under.as_slice() == [baseline.key.clone()]);
    let before = if share { Number::one() } else { before };
    let gone = Number::ratio(ctx.month.month.number().into(), Month::DECEMBER.number().into())?;
    let now = if formula.nature() == Nature::Accumulo { value.divided_by(&gone)? } else { value };
    let target =
        case.result.threshold.as_ref().and_then(|limit| limit.number()).unwrap_or_else(|| before.clone());
    let part = ctx.plan.controls.thresholds.variation.divided_by(&Number::from(100_u32))?;
    let low = before.clone().min(target.clone()) * &(Number::one() - &part);
    let high = before.clone().max(target) * &(Number::one() + &part);
    Some(Compared { now, before, low, high })
}

/// Whether what a ratio divides by is more than a small count.
fn is_long(case: &Case<'_>, baseline: &Voce) -> bool {
    let Some((_, under)) = case.indicator.formula.ratio() else { return true };
    under
        .iter()
        .filter(|key| **key != baseline.key)
        .all(|key| case.total(key).is_none_or(|total| total >= Number::from(SMALL)))
}

impl Compared {
    fn is_near(&self, case: &Case<'_>) -> bool {
        let counts = case.indicator.formula.ratio().is_none();
        let small = counts && (self.now.clone() - &self.before).abs() < Number::from(SMALL);
        small || (self.now >= self.low && self.now <= self.high)
    }
}

fn fail(ctx: &Context<'_>, ledger: &mut Ledger, case: &Case<'_>, baseline: &Voce, compared: &Compared) {
    let Compared { now, before, low, high } = compared;
    let change = (now.clone() - before).divided_by(before).unwrap_or_else(Number::zero);
    let sign = if change.is_negative() { "" } else { "+" };
    let found = format!("{sign}{}", ratio_it(&change));
    let pro_rata = case.indicator.formula.nature() == Nature::Accumulo && !ctx.month.closes_year();
    let pace = if pro_rata { " in proporzione ai mesi passati" } else { "" };
    let entries: Vec<_> = case.entries().collect();
    let mut finding = case.finding_on(&Y04, &entries);
    for desk in &case.desks {
        desk.name_cells(&mut finding, desk.entries(&baseline.key));
    }
    let expected = format!("fra {} e {}", case.words(low), case.words(high));
    let finding = facts(finding, found.clone(), expected);
    let what = if *before == Number::one() && case.indicator.formula.inputs().contains(&baseline.key) {
        format!("rispetto a {} si è a {found}{pace}", case.label(&baseline.key))
    } else {
        let (now, before) = (case.words(now), case.words(before));
        format!("si è a {now}{pace}, contro {before} di {}: {found}", case.label(&baseline.key))
    };
    ledger.fail(told(finding, &case.place(), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn hours(month: u32, value: &str) -> World {
        let world = World::at(12).filled("ri").set("ri", "S01.ore_sportello_2018", 0, "120");
        let world = (1..=12).fold(world, |world, at| world.set("ri", "S01.ore_sportello", at, value));
        world.now(month)
    }

    #[test]
    fn hours_are_compared_with_the_part_of_the_year_gone_by() {
        assert!(hours(6, "10").findings("Y04").is_empty());
        assert!(hours(6, "15").findings("Y04").is_empty(), "+50 % exactly");
        assert_eq!(hours(6, "16").finding("Y04").found, "+60 %");
        assert_eq!(hours(6, "4").finding("Y04").found, "-60 %");
        assert_eq!(hours(12, "4").finding("Y04").found, "-60 %");
        assert!(hours(5, "16").findings("Y04").is_empty(), "too early");
        assert!(hours(6, "16").note("ri", "1.2").findings("Y04").is_empty());
    }

    #[test]
    fn what_the_target_asks_for_is_not_unusual() {
        let firms = |value: &str| {
            World::at(6)
                .filled("certificazioni_estero")
                .set("certificazioni_estero", "S05.aziende_aderenti_2018", 0, "20")
                .set("certificazioni_estero", "S05.aziende_aderenti", 6, value)
        };
        assert!(firms("60").findings("Y04").is_empty());
        assert_eq!(firms("5").finding("Y04").found, "-75 %");
        assert!(firms("61").findings("Y04").is_empty(), "S02 has told it");
        assert!(firms("12").findings("Y04").is_empty(), "a small gap");
    }
}

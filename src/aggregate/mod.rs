//! Indicators judged, then added up: schede, perspectives, the whole ente.

mod judge;
pub mod outcome;
mod reliability;
mod results;
mod rollup;
mod second;

pub use judge::is_met;
pub use reliability::{Mark, Reliability, SelfDeclared, kind_of, mark, reliability, self_declared};
pub use results::{
    Consolidation, Degrees, GroupResult, IndicatorResult, ObjectiveResult, OfficeValue, SchedaResult,
    SecondResult, VoceTotal,
};

use crate::admit::Admitted;
use crate::compute::{Measure, Portions, measure};
use crate::formula::Outcome;
use crate::model::{Month, Number, OfficeId, Status, Value, YearMonth};
use crate::plan::{Indicator, Plan, Role};

/// Computes everything for the reporting month.
pub fn consolidate(plan: &Plan, admitted: &Admitted, month: YearMonth) -> Consolidation {
    let indicators: Vec<IndicatorResult> =
        plan.indicators().map(|one| result(plan, admitted, month, one.at(month.month))).collect();
    let closed = month.closes_year();
    let schede: Vec<SchedaResult> =
        plan.schede.iter().map(|scheda| rollup::scheda(plan, scheda, &indicators, closed)).collect();
    let perspectives = rollup::perspectives(plan, &schede, closed);
    let objectives = rollup::objectives(plan, &schede, closed);
    let (ente, ente_light) = rollup::ente(plan, &schede, closed);
    Consolidation { month, closed, indicators, schede, perspectives, objectives, ente, ente_light }
}

/// The results as they would have been at the end of each month, January first, up to the one of `last`: on
/// what is known now, so that a month corrected later is seen corrected. What a finding keeps out spoils its
/// own month and those after it, never an earlier one.
pub fn month_by_month(plan: &Plan, admitted: &Admitted, last: &Consolidation) -> Vec<Consolidation> {
    Month::all()
        .filter(|month| *month < last.month.month)
        .map(|month| consolidate(plan, admitted, plan.month(month)))
        .chain([last.clone()])
        .collect()
}

/// Computes one indicator.
pub fn result(plan: &Plan, admitted: &Admitted, month: YearMonth, indicator: &Indicator) -> IndicatorResult {
    let offices = by_office(admitted, month, indicator);
    let all = Portions::sum(&offices);
    let measured = measure((indicator, &plan.calendar), month, &all, &all);
    result_of(plan, admitted, month, indicator, (measured, &offices, &all))
}

/// Judges one indicator as if its formula gave `value`.
pub fn result_at(
    plan: &Plan,
    admitted: &Admitted,
    month: YearMonth,
    indicator: &Indicator,
    value: Value,
) -> IndicatorResult {
    let offices = by_office(admitted, month, indicator);
    let all = Portions::sum(&offices);
    let mut measured = measure((indicator, &plan.calendar), month, &all, &all);
    measured.outcome = Outcome::Value(value);
    result_of(plan, admitted, month, indicator, (measured, &offices, &all))
}

/// The outcome of one indicator and its degree (0–100) alone, on what all its offices report and with nothing
/// kept out: those of [`result`], without what each office gives.
pub fn outcome(
    plan: &Plan,
    month: YearMonth,
    indicator: &Indicator,
    all: &Portions,
) -> (Status, Option<Number>) {
    let measured = measure((indicator, &plan.calendar), month, all, all);
    let verdict = verdict(plan, month, indicator, &measured, false);
    (verdict.status, verdict.degree)
}

fn verdict(
    plan: &Plan,
    month: YearMonth,
    indicator: &Indicator,
    measured: &Measure,
    spoiled: bool,
) -> judge::Verdict {
    let excluded = plan.decision(&indicator.code).is_some();
    judge::judge(&judge::Case { indicator, scoring: &plan.scoring, month, measured, spoiled, excluded })
}

/// What each office of `indicator` reports.
fn by_office(admitted: &Admitted, month: YearMonth, indicator: &Indicator) -> Vec<Portions> {
    let of_office = |office| Portions::of_office(indicator, month, admitted, office);
    indicator.offices.iter().map(of_office).collect()
}

fn result_of(
    plan: &Plan,
    admitted: &Admitted,
    month: YearMonth,
    indicator: &Indicator,
    (measured, offices, all): (Measure, &[Portions], &Portions),
) -> IndicatorResult {
    let begun = |office: &OfficeId| indicator.has_begun(office, month.month);
    let everybody =
        indicator.offices.iter().all(|office| admitted.entries.has_sent(office) || !begun(office));
    let spoiled = is_spoiled(admitted, indicator, month.month);
    let verdict = verdict(plan, month, indicator, &measured, spoiled);
    IndicatorResult {
        code: indicator.code.clone(),
        scheda: indicator.scheda,
        second: second::increase(indicator, &measured, &verdict)
            .or_else(|| second::share(indicator, &verdict, |judged| result(plan, admitted, month, judged))),
        value: verdict.value,
        indicative: verdict.indicative,
        threshold: verdict.threshold,
        deviation: verdict.deviation,
        degree: verdict.degree,
        paced: verdict.paced,
        status: verdict.status,
        pace: verdict.pace,
        provisional: measured.coverage.present < measured.coverage.expected || measured.stale || !everybody,
        at_the_limit: verdict.at_the_limit,
        coverage: measured.coverage,
        not_applicable: measured.not_applicable,
        voci: totals(&measured),
        per_office: indicator
            .offices
            .iter()
            .zip(offices)
            .map(|(office, own)| {
                let measured = measure((indicator, &plan.calendar), month, own, all);
                office_value(office, &measured, admitted.entries.has_sent(office))
            })
            .collect(),
        missing: verdict.missing,
    }
}

/// Whether an entry that the indicator uses, of a month that has come, was kept out by a finding.
fn is_spoiled(admitted: &Admitted, indicator: &Indicator, month: Month) -> bool {
    let mut used = indicator.voci.iter().filter(|voce| voce.role != Role::Informative);
    used.any(|voce| admitted.spoiled.get(&voce.key).is_some_and(|spoiled| spoiled.touches(month)))
}

fn totals(measured: &Measure) -> Vec<VoceTotal> {
    measured
        .voci
        .iter()
        .map(|(key, voce)| VoceTotal { key: key.clone(), value: voce.shown(), coverage: voce.coverage })
        .collect()
}

/// The value of an office's own entries; none of an office that has not `sent` its file.
fn office_value(office: &OfficeId, measured: &Measure, sent: bool) -> OfficeValue {
    let value = judge::value_of(&measured.outcome).filter(|_| sent);
    let mut voci = totals(measured);
    if !sent {
        voci.iter_mut().for_each(|voce| voce.value = None);
    }
    OfficeValue { office: office.clone(), value, voci, coverage: measured.coverage }
}

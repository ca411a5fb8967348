//! R09: the outcome would flip within rounding, or by one unit of one entry.

use super::case::{Case, cases};
use crate::admit::{Admitted, AdmittedEntry};
use crate::aggregate::{is_met, result};
use crate::check::desk::place;
use crate::check::rules::R09;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Finding, Nature, Number, Severity, Value, VoceType};
use crate::plan::TargetUnit;

/// Decimals with which a result is shown.
const SHOWN: u32 = 2;

/// An entry that would flip the outcome, and the value with which it would.
struct Flip<'a> {
    entry: &'a AdmittedEntry,
    typed: Number,
    wanted: Number,
}

/// Judges each indicator with a number and a threshold: a deadline has no edge, and a full share wanted in
/// full (`100%`) is always one case away from being lost.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for case in cases(ctx, ledger, &R09) {
        let Some((value, limit)) = case.numbers().filter(|_| has_edge(&case)) else { continue };
        let met = is_met(case.indicator.target.operator, &value, &limit);
        let full = case.indicator.target.unit == TargetUnit::Percent && value == Number::one();
        if full && value == limit {
            ledger.pass(&R09);
            continue;
        }
        let finding = match rounded(&case, &value, &limit, met) {
            Some(shown) => Some(by_rounding(ctx, &case, &value, &shown, met)),
            None => flip(ctx, &case, met).map(|flip| by_one_entry(ctx, &case, &value, &flip, met)),
        };
        match finding {
            Some(finding) => ledger.fail(finding),
            None => ledger.pass(&R09),
        }
    }
}

fn has_edge(case: &Case<'_>) -> bool {
    let measured = case.result.degree.is_some() && !case.result.voci.is_empty();
    measured && !matches!(case.indicator.formula.nature(), Nature::Scadenza | Nature::Durata)
}

/// The value as shown, when it would give the other outcome.
fn rounded(case: &Case<'_>, value: &Number, limit: &Number, met: bool) -> Option<Number> {
    let decimals = if case.indicator.target.unit == TargetUnit::Percent { SHOWN + 2 } else { SHOWN };
    let shown = value.rounded(decimals);
    (is_met(case.indicator.target.operator, &shown, limit) != met).then_some(shown)
}

/// The first entry, voce by voce, whose last unit would give the other outcome.
fn flip<'a>(ctx: &Context<'_>, case: &Case<'a>, met: bool) -> Option<Flip<'a>> {
    let small = own_entries(case);
    for key in case.indicator.formula.inputs() {
        let last = case.entries().filter(|entry| &entry.id.voce == key && entry.id.row.is_none());
        let Some(entry) = last.max_by_key(|entry| entry.id.month) else { continue };
        let Some(Value::Number(typed)) = entry.counted() else { continue };
        let unit = unit_of(case, entry, typed)?;
        for wanted in [typed.clone() + &unit, typed.clone() - &unit] {
            if !wanted.is_negative() && flips(ctx, case, &small, entry, &wanted, met) {
                return Some(Flip { entry, typed: typed.clone(), wanted });
            }
        }
    }
    None
}

/// One for a count; half of the last decimal typed for hours and days.
fn unit_of(case: &Case<'_>, entry: &AdmittedEntry, typed: &Number) -> Option<Number> {
    if case.indicator.voce(&entry.id.voce)?.kind == VoceType::Conteggio {
        return Some(Number::one());
    }
    let decimals = (0..=6_i64).find(|decimals| {
        let scaled = typed.clone() * &power(*decimals);
        scaled.is_integer()
    });
    Number::one().divided_by(&(power(decimals.unwrap_or(6)) * &Number::from(2_i64)))
}

fn power(decimals: i64) -> Number {
    (0..decimals).fold(Number::one(), |power, _| power * &Number::from(10_i64))
}

/// What was admitted for this indicator alone.
fn own_entries(case: &Case<'_>) -> Admitted {
    let all = case.outcome.admitted;
    Admitted {
        entries: all.entries.of_voci(&case.indicator.offices, &case.indicator.voci, AdmittedEntry::clone),
        completeness: all.completeness.clone(),
        spoiled: all.spoiled.clone(),
        ..Admitted::default()
    }
}

fn flips(
    ctx: &Context<'_>,
    case: &Case<'_>,
    admitted: &Admitted,
    entry: &AdmittedEntry,
    wanted: &Number,
    met: bool,
) -> bool {
    let mut other = admitted.clone();
    let mut own = other.entries.of_mut(&entry.id.voce, &entry.office).iter_mut();
    let Some(own) = own.find(|own| own.id == entry.id) else { return false };
    own.value = Some(Value::Number(wanted.clone()));
    let result = result(ctx.plan, &other, ctx.month, case.indicator);
    let number = |value: Option<Value>| value.and_then(|value| value.number());
    match (number(result.value), number(result.threshold)) {
        (Some(value), Some(limit)) => is_met(case.indicator.target.operator, &value, &limit) != met,
        _ => false,
    }
}

fn becomes(met: bool) -> &'static str {
    if met { "non sarebbe più raggiunto" } else { "sarebbe raggiunto" }
}

/// Within rounding it is a matter of the outcome itself; while the year runs it is only said.
fn by_rounding(ctx: &Context<'_>, case: &Case<'_>, value: &Number, shown: &Number, met: bool) -> Finding {
    let exact = match case.indicator.target.unit {
        TargetUnit::Percent => format!("{} %", (value.clone() * &Number::from(100_i64)).to_italian(6)),
        _ => value.to_italian(6),
    };
    let what = format!(
        "il risultato è {exact}; arrotondato a {} il target «{}» {}",
        case.words(shown),
        case.indicator.target.printed,
        becomes(met)
    );
    let severity = if ctx.month.closes_year() { R09.severity } else { Severity::Nota };
    let base = Finding { severity, ..case.finding(&R09) };
    told(facts(base, exact, case.words(shown)), &case.place(), &what)
}

/// By one unit of one entry it is information: with whole numbers somebody always stands on the edge.
fn by_one_entry(ctx: &Context<'_>, case: &Case<'_>, value: &Number, flip: &Flip<'_>, met: bool) -> Finding {
    let (typed, wanted) = (flip.typed.to_italian(4), flip.wanted.to_italian(4));
    let what = format!(
        "il risultato è {}; con {wanted} al posto di {typed} il target «{}» {}",
        case.words(value),
        case.indicator.target.printed,
        becomes(met)
    );
    let base = Finding {
        severity: Severity::Nota,
        voce: Some(flip.entry.id.voce.clone()),
        month: flip.entry.id.month,
        ..case.finding_on(&R09, &[flip.entry])
    };
    let words = match ctx.plan.voce(&flip.entry.id.voce) {
        Some((indicator, voce)) => place(indicator, voce, flip.entry.id.month),
        None => case.place(),
    };
    told(facts(base, typed, wanted), &words, &what)
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;
    use crate::model::Severity;

    fn sanctions(december: &str) -> World {
        let mut world = World::at(12).filled("sanzioni_ri");
        for month in 1..=11 {
            world = world.set("sanzioni_ri", "S06.accertamenti", month, "0");
        }
        world.set("sanzioni_ri", "S06.accertamenti", 12, december)
    }

    #[test]
    fn one_unit_short_of_ten_per_cent_is_said_with_the_value_that_flips() {
        let finding = sanctions("46").about("R09", "S06.accertamenti").remove(0);
        assert_eq!(finding.severity, Severity::Nota);
        assert_eq!((finding.found.as_str(), finding.expected.as_str()), ("46", "47"));
        assert!(finding.message.contains("sarebbe raggiunto"), "{}", finding.message);
        let over = sanctions("47").about("R09", "S06.accertamenti").remove(0);
        assert!(over.message.contains("con 46 al posto di 47"), "{}", over.message);
        assert!(over.message.contains("non sarebbe più raggiunto"), "{}", over.message);
    }

    #[test]
    fn two_units_away_is_not_the_edge() {
        assert!(sanctions("45").about("R09", "S06.accertamenti").is_empty());
        assert!(sanctions("48").about("R09", "S06.accertamenti").is_empty());
    }

    #[test]
    fn rounding_that_flips_wants_a_reason_when_the_year_is_closed() {
        // 16,274 days against <= 16,27: shown as 16,27 it would be met.
        let world = |month| {
            let mut world = World::at(month).filled("risorse_finanziarie").filled("patrimonio");
            for office in ["risorse_finanziarie", "patrimonio"] {
                for each in 1..=month {
                    world = world.set(office, "S09.giorni_pagamento", each, "16274");
                    world = world.set(office, "S09.fatture_pagate", each, "1000");
                }
            }
            world.findings("R09").into_iter().find(|finding| finding.scheda == Some(9)).unwrap()
        };
        let closed = world(12);
        assert_eq!(closed.severity, Severity::DaMotivare);
        assert!(closed.message.contains("il risultato è 16,274; arrotondato a 16,27"), "{}", closed.message);
        assert_eq!(world(6).severity, Severity::Nota);
    }
}

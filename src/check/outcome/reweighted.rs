//! A10: an indicator is taken out by a decision, and its weight goes to the others.

use crate::check::desk::NEEDS_ALL;
use crate::check::rules::A10;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Finding, count, date_it, quoted};
use crate::plan::{Decision, Indicator};

/// Lists each decision of the unit.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for decision in &ctx.plan.decisions {
        if !ctx.whole {
            ledger.skip(&A10, NEEDS_ALL);
        } else if let Some(indicator) = ctx.plan.indicator(&decision.indicator) {
            ledger.fail(finding(ctx, decision, indicator));
        }
    }
}

fn finding(ctx: &Context<'_>, decision: &Decision, indicator: &Indicator) -> Finding {
    let own = ctx.plan.schede.iter().filter(|scheda| scheda.number == indicator.scheda);
    let others = own
        .flat_map(|scheda| scheda.indicators())
        .filter(|other| other.code != indicator.code && ctx.plan.decision(&other.code).is_none())
        .count();
    let weight = indicator.weight.to_italian(4);
    let goes = match others {
        0 => format!("la scheda {} resta senza indicatori e il suo peso passa alle altre", indicator.scheda),
        1 => format!("il suo peso ({weight}) passa all'altro indicatore della scheda"),
        _ => format!("il suo peso ({weight}) passa agli altri {others} indicatori della scheda"),
    };
    let what = format!(
        "non valutabile per decisione di {} del {} ({}): {goes}",
        decision.who,
        date_it(decision.date),
        quoted(&decision.reason)
    );
    let base = Finding {
        scheda: Some(indicator.scheda),
        indicator: Some(indicator.code.clone()),
        ..Finding::of(&A10)
    };
    let base = facts(base, "non valutabile", count(others, "altro indicatore", "altri indicatori"));
    told(base, &format!("Scheda {}, indicatore {}", indicator.scheda, indicator.code), &what)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::check::fixture::World;
    use crate::model::IndicatorCode;
    use crate::plan::Decision;

    #[test]
    fn a_decision_is_told_with_where_the_weight_goes() {
        let mut world = World::at(3).filled("metrico");
        world.plan.decisions.push(Decision {
            indicator: IndicatorCode::new("3.2"),
            reason: "il progetto è sospeso".to_owned(),
            who: "Unità performance".to_owned(),
            date: NaiveDate::from_ymd_opt(2019, 3, 4).unwrap(),
        });
        let finding = world.finding("A10");
        assert!(finding.message.contains("agli altri 2 indicatori"), "{}", finding.message);
    }
}

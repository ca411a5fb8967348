//! A06: the ratio of the sums is far from the mean of the offices' ratios.

use super::case::{Case, cases};
use crate::check::robust::TOO_FEW;
use crate::check::rules::A06;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Number, OfficeRule, Unit, ratio_it};

/// Judges each shared ratio whose terms all add up over the offices.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    for case in cases(ctx, ledger, &A06) {
        let summed = |key| case.indicator.voce(key).is_some_and(|voce| voce.rule == OfficeRule::Somma);
        let formula = &case.indicator.formula;
        if case.indicator.is_shared()
            && formula.unit() == Unit::Rapporto
            && formula.ratio().is_some()
            && formula.inputs().iter().all(summed)
        {
            judge(ctx, ledger, &case);
        }
    }
}

fn judge(ctx: &Context<'_>, ledger: &mut Ledger, case: &Case<'_>) {
    let Some(whole) = case.result.value.as_ref().and_then(|value| value.number()) else {
        return ledger.skip(&A06, case.without_value());
    };
    let own = case.result.per_office.iter();
    let own: Vec<Number> =
        own.filter_map(|office| office.value.as_ref().and_then(|value| value.number())).collect();
    let mean = own.iter().cloned().sum::<Number>().divided_by(&Number::from(own.len()));
    let Some(mean) = mean.filter(|_| own.len() > 1) else {
        return ledger.skip(&A06, TOO_FEW);
    };
    let points = (whole.clone() - &mean).abs() * &Number::from(100_u32);
    let limit = &ctx.plan.controls.thresholds.divergence;
    if points <= *limit {
        return ledger.pass(&A06);
    }
    let (whole, mean) = (ratio_it(&whole), ratio_it(&mean));
    let finding = facts(
        case.finding(&A06),
        format!("{whole} e {mean}"),
        format!("al massimo {} punti di differenza", limit.to_italian(2)),
    );
    let what = format!("il rapporto fra le somme è {whole}, la media dei rapporti degli uffici è {mean}");
    ledger.fail(told(finding, &case.place(), &what));
}

#[cfg(test)]
mod tests {
    use crate::check::fixture::World;

    fn world(in_time: &str) -> World {
        let offices = ["programmazione", "risorse_finanziarie", "trattamento_economico"];
        let world = offices.into_iter().fold(World::at(1), |world, office| world.filled(office));
        world.set("programmazione", "S13.rilevazioni_totali", 1, "100").set(
            "programmazione",
            "S13.rilevazioni_in_tempo",
            1,
            in_time,
        )
    }

    #[test]
    fn a_large_office_may_hide_the_others() {
        assert_eq!(world("50").finding("A06").found, "50,98 % e 83,33 %");
        assert!(world("90").findings("A06").is_empty());
    }
}

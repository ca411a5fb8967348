//! P24: an indicator is not defined as in the year before, or a baseline cannot be taken from it.

use crate::check::rules::P24;
use crate::check::{Context, Ledger, say};
use crate::model::{Finding, quoted};
use crate::plan::{Indicator, LastYear, Voce};

/// Why single files say nothing of it.
const WITH_ALL: &str = "si guardano con consolida";

/// Judges each indicator that the final issue of the year before has too, and each baseline that it gives.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(archive) = &ctx.plan.archive else { return };
    let taken = ctx
        .plan
        .origins()
        .map(|(indicator, voce, origin)| (indicator, Some(voce), archive.value_of(voce.kind, origin).err()));
    let compared = ctx.plan.indicators().filter_map(|indicator| {
        let why = match archive.results.get(&indicator.code)? {
            LastYear::Same(_) => None,
            LastYear::Other(why) => Some(why.clone()),
        };
        Some((indicator, None, why))
    });
    for (indicator, voce, why) in compared.chain(taken) {
        match why {
            _ if !ctx.whole => ledger.skip(&P24, WITH_ALL),
            None => ledger.pass(&P24),
            Some(why) => ledger.fail(finding(archive.year, indicator, voce, &why)),
        }
    }
}

fn finding(year: i32, indicator: &Indicator, voce: Option<&Voce>, why: &str) -> Finding {
    let base = Finding {
        scheda: Some(indicator.scheda),
        indicator: Some(indicator.code.clone()),
        voce: voce.map(|voce| voce.key.clone()),
        ..Finding::of(&P24)
    };
    let base = say::facts(base, why, format!("la stessa definizione del {year}"));
    let place = format!("Scheda {}, indicatore {}", indicator.scheda, indicator.code);
    let what = match voce {
        Some(voce) => format!("{} non si prende dal {year}: {why}", quoted(&voce.label)),
        None => format!("non si confronta con il {year}: {why}"),
    };
    say::told(base, &place, &what)
}

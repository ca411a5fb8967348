//! P28: a derogation meets nothing, or its value has changed.

use crate::check::gate::Use;
use crate::check::rules::P28;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::model::{Finding, Severity, quoted};
use crate::plan::Waiver;

/// Judges each derogation; a code that no check has is a mistake of the plan (P30).
///
/// When single files are looked at, only a derogation of an office at hand can be said to meet nothing.
pub(in crate::check) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let met: Vec<(Waiver, Use)> =
        ledger.gate().waivers().map(|(waiver, met)| (waiver.clone(), met.clone())).collect();
    for (waiver, met) in met {
        match met {
            Use::Accepted => ledger.pass(&P28),
            Use::Expired => {
                let until = waiver.until.map(|month| format!(" {month:#}")).unwrap_or_default();
                let what = format!("la deroga a {} valeva fino{until}: non è più in vigore", waiver.code);
                ledger.fail(Finding { severity: Severity::Nota, ..finding(ctx, &waiver, &what) });
            }
            Use::Nothing if !ctx.whole => ledger.skip(&P28, crate::check::desk::NEEDS_ALL),
            Use::Nothing => ledger.fail(finding(ctx, &waiver, &nothing(&waiver))),
            Use::OtherValue(found) => {
                let what = format!(
                    "la deroga a {} accetta {}, ma ora il rilievo dice {}",
                    waiver.code,
                    quoted(&waiver.value),
                    quoted(&found)
                );
                ledger.fail(finding(ctx, &waiver, &what));
            }
        }
    }
}

fn nothing(waiver: &Waiver) -> String {
    format!("la deroga a {} per {} non corrisponde a nessun rilievo", waiver.code, quoted(&waiver.value))
}

fn finding(ctx: &Context<'_>, waiver: &Waiver, what: &str) -> Finding {
    let voce = waiver.voce.as_ref().and_then(|key| ctx.plan.voce(key));
    let indicator = voce
        .map(|(indicator, _)| indicator)
        .or_else(|| waiver.indicator.as_ref().and_then(|code| ctx.plan.indicator(code)));
    let base = Finding {
        office: waiver.office.clone(),
        scheda: indicator.map(|indicator| indicator.scheda).or(waiver.scheda),
        indicator: indicator.map(|indicator| indicator.code.clone()),
        voce: waiver.voce.clone(),
        month: waiver.month,
        ..Finding::of(&P28)
    };
    let place = match voce {
        Some((indicator, voce)) => crate::check::desk::place(indicator, voce, waiver.month),
        None => "Deroghe".to_owned(),
    };
    told(facts(base, "", waiver.value.clone()), &place, what)
}

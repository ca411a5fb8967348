//! S04: the month before, made again on the same data, does not give what was issued.

use crate::check::desk::NEEDS_ALL;
use crate::check::rules::S04;
use crate::check::say::{facts, told};
use crate::check::{Context, Ledger};
use crate::memory::{Cause, Drift, Memory, Seen};
use crate::model::{Finding, quoted};

/// Judges each indicator that was issued.
pub(super) fn run(ctx: &Context<'_>, ledger: &mut Ledger) {
    let Some(past) = ctx.past else { return };
    if !ctx.whole {
        return ledger.skip(&S04, NEEDS_ALL);
    }
    for drift in past.drifts {
        match (&drift.again, drift.cause) {
            (None, _) => ledger.pass(&S04),
            (Some(_), Some(Cause::Plan)) => ledger.skip(&S04, "il piano è cambiato dal mese scorso"),
            (Some(_), Some(Cause::LastYear)) => {
                ledger.skip(&S04, "l'emissione definitiva dell'anno prima è un'altra")
            }
            (Some(_), Some(Cause::Office)) => ledger.skip(&S04, "sono cambiati gli uffici che hanno inviato"),
            (Some(_), Some(Cause::Data)) => ledger.skip(&S04, "sono cambiati i dati che contano"),
            (Some(again), None) => ledger.fail(finding(ctx, past.memory, drift, again)),
        }
    }
}

fn finding(ctx: &Context<'_>, memory: &Memory, drift: &Drift, again: &Seen) -> Finding {
    let base = Finding {
        scheda: ctx.plan.indicator(&drift.code).map(|indicator| indicator.scheda),
        indicator: Some(drift.code.clone()),
        month: Some(memory.month.month),
        ..Finding::of(&S04)
    };
    let label = |status: &str| quoted(status);
    let (now, then) = (label(again.status.label()), label(drift.issued.status.label()));
    let degree = |number: &Option<crate::model::Number>| {
        number.as_ref().map_or_else(|| "nessun grado".to_owned(), |d| format!("grado {}", d.to_italian(2)))
    };
    let what = format!(
        "il consolidato di {} diceva {then} ({}); gli stessi dati, con lo stesso piano, danno {now} ({})",
        memory.month.in_words(),
        degree(&drift.issued.degree),
        degree(&again.degree),
    );
    told(facts(base, now, then), &format!("Indicatore {}", drift.code), &what)
}

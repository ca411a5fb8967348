//! What is not what the issue of a month before said, for machines.

use serde::Serialize;

use crate::certify::Run;
use crate::memory::{Correction, Met, Shift, Told, Unseen};
use crate::model::{Place, Value, YearMonth};
use crate::plan::Plan;
use crate::report::previous::{becomes, machine, reason, state, unseen_words};

use super::results::plain;

#[derive(Serialize)]
pub(super) struct CorrectionJson {
    voce: String,
    ufficio: String,
    mese: Option<u32>,
    /// Of a register: the canonical form of the row's key, and the column.
    riga: Option<String>,
    colonna: Option<String>,
    tipo: &'static str,
    prima: Option<String>,
    dopo: Option<String>,
    effetto: Vec<ShiftJson>,
    motivo: String,
    stato: &'static str,
    dal: String,
    file_prima: Option<String>,
    cella_prima: Option<String>,
    file: Option<String>,
    cella: Option<String>,
}

#[derive(Serialize)]
struct ShiftJson {
    indicatore: String,
    stato_prima: &'static str,
    stato_dopo: &'static str,
    valore_prima: Option<String>,
    valore_dopo: Option<String>,
    grado_prima: Option<String>,
    grado_dopo: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ResolvedJson {
    codice: String,
    ufficio: String,
    /// `None` of a finding of no office, or of one that the plan does not have.
    ufficio_id: Option<String>,
    scheda: Option<u8>,
    indicatore: String,
    voce: String,
    mese: Option<u32>,
    trovato: String,
    dal: String,
}

#[derive(Serialize)]
pub(super) struct UnseenJson {
    #[serde(flatten)]
    rilievo: ResolvedJson,
    perche: String,
}

/// The corrections of the months before; `None` when no issue of one is given.
pub(super) fn corrections(run: &Run<'_>) -> Option<Vec<CorrectionJson>> {
    Some(run.past?.corrections.iter().map(|one| correction(run, one)).collect())
}

/// The findings of the month before that are no more.
pub(super) fn resolved(run: &Run<'_>, met: &Met) -> Option<Vec<ResolvedJson>> {
    let before = run.past?.memory.month;
    Some(met.resolved.iter().map(|told| resolved_json(run.plan, told, before)).collect())
}

/// The findings of the month before of which nothing can be said now.
pub(super) fn unseen(run: &Run<'_>, met: &Met) -> Option<Vec<UnseenJson>> {
    let before = run.past?.memory.month;
    let one = |(told, why): &(Told, Unseen)| UnseenJson {
        rilievo: resolved_json(run.plan, told, before),
        perche: unseen_words(*why),
    };
    Some(met.unseen.iter().map(one).collect())
}

fn resolved_json(plan: &Plan, told: &Told, before: YearMonth) -> ResolvedJson {
    let office = plan.offices.iter().find(|office| office.name == told.office);
    ResolvedJson {
        ufficio_id: office.map(|office| office.id.to_string()),
        codice: told.code.clone(),
        ufficio: told.office.clone(),
        scheda: told.scheda,
        indicatore: told.indicator.clone(),
        voce: told.voce.clone(),
        mese: told.month.map(|month| month.number()),
        trovato: told.found.clone(),
        dal: told.since.unwrap_or(before).to_string(),
    }
}

fn correction(run: &Run<'_>, correction: &Correction) -> CorrectionJson {
    let change = &correction.change;
    let file = |at: &Option<(String, Place)>| at.as_ref().map(|(file, _)| file.clone());
    let cell = |at: &Option<(String, Place)>| at.as_ref().map(|(_, place)| place.to_string());
    let declared = if change.slot.declared { ".completo" } else { "" };
    CorrectionJson {
        voce: format!("{}{declared}", change.slot.voce),
        ufficio: change.slot.office.to_string(),
        mese: change.slot.month.map(|month| month.number()),
        riga: change.slot.row.clone(),
        colonna: change.slot.column.clone(),
        tipo: becomes(change.kind),
        prima: machine(&change.before),
        dopo: machine(&change.now),
        effetto: correction.shifts.iter().filter(|shift| shift.before != shift.now).map(shift).collect(),
        motivo: reason(run, correction).unwrap_or_default(),
        stato: state(run, correction).label(),
        dal: change.since.to_string(),
        file_prima: file(&change.was),
        cella_prima: cell(&change.was),
        file: file(&change.is),
        cella: cell(&change.is),
    }
}

fn shift(shift: &Shift) -> ShiftJson {
    ShiftJson {
        indicatore: shift.code.to_string(),
        stato_prima: shift.before.status.label(),
        stato_dopo: shift.now.status.label(),
        valore_prima: shift.before.value.as_ref().map(Value::to_machine),
        valore_dopo: shift.now.value.as_ref().map(Value::to_machine),
        grado_prima: plain(shift.before.degree.as_ref()),
        grado_dopo: plain(shift.now.degree.as_ref()),
    }
}

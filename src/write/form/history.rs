//! What an issued workbook holds of an office, to be typed in its new workbook: after a revision of the plan
//! nobody copies anything from the old one.

use super::fill::{Fill, FillKey, FillValue};
use crate::memory::{Kept, Memory, Said, Slot};
use crate::model::{Month, OfficeId, TimeKind, Value};
use crate::plan::{NOT_APPLICABLE, Plan, Voce};

/// What is typed in the workbook of an office, and how much of what the issue holds is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The values that were accepted, notes, evidence and causes; the closed months are locked.
    pub fill: Fill,
    /// Entries that a finding kept out, or that hold no value of their kind: they are to be typed anew.
    pub left_out: usize,
    /// Entries of which the workbook has no cell any more.
    pub homeless: usize,
    /// Entries of voci that the plan gives to others, in all the months: they stay out of every workbook.
    pub of_others: usize,
}

/// The history of `office` in `memory`, for a workbook of `plan`.
pub fn history(plan: &Plan, memory: &Memory, office: &OfficeId) -> History {
    let mut history = History::default();
    for (slot, kept) in memory.entries.iter().filter(|(slot, _)| &slot.office == office) {
        history.take(plan, slot, kept);
    }
    for ((_, key), text) in memory.texts.iter().filter(|((own, _), _)| own == office) {
        let known =
            plan.indicators().filter(|indicator| indicator.offices.contains(office)).any(|indicator| {
                ["nota", "fonte", "causa"].iter().any(|what| indicator.code.manifest_key(what) == *key)
            });
        if known {
            history.fill.set(FillKey::single(key.as_str()), FillValue::Text(text.clone()));
        } else {
            history.homeless += 1;
        }
    }
    for month in Month::all().filter(|month| plan.closing.holds(*month)) {
        history.fill.close(month);
    }
    history
}

impl History {
    fn take(&mut self, plan: &Plan, slot: &Slot, kept: &Kept) {
        let value = match (&kept.kept_out, &kept.said) {
            (_, Said::Nothing) => return,
            (Some(_), _) | (None, Said::Other(_)) => {
                self.left_out += 1;
                return;
            }
            (None, Said::NotApplicable) => FillValue::Text(NOT_APPLICABLE.to_owned()),
            (None, Said::Value(Value::Number(number))) => FillValue::Number(number.to_f64()),
            (None, Said::Value(Value::Date(date))) => FillValue::Date(*date),
            (None, Said::Value(value)) => FillValue::Text(value.to_people()),
        };
        let known = plan.voce(&slot.voce).filter(|(_, voce)| voce.is_input());
        if known.is_some_and(|(indicator, _)| !indicator.offices.contains(&slot.office)) {
            self.of_others += 1;
            return;
        }
        let Some((_, voce)) = known.filter(|(_, voce)| has_cell(voce, slot, kept)) else {
            self.homeless += 1;
            return;
        };
        let key = if slot.declared {
            FillKey::single(format!("{}.completo", voce.key))
        } else {
            FillKey {
                key: voce.key.to_string(),
                month: kept.id.month,
                row: kept.id.row,
                column: kept.id.column.clone(),
            }
        };
        self.fill.set(key, value);
    }
}

/// Whether a voce has a cell for such an entry.
fn has_cell(voce: &Voce, slot: &Slot, kept: &Kept) -> bool {
    match (voce.time, &voce.register) {
        (TimeKind::Registro, Some(register)) => {
            let column = kept.id.column.as_deref().and_then(|column| register.column(column));
            slot.declared || (kept.id.row.is_some() && column.is_some())
        }
        (time, _) if time.by_month() => kept.id.month.is_some() && kept.id.row.is_none(),
        _ => kept.id.month.is_none() && kept.id.row.is_none() && !slot.declared,
    }
}

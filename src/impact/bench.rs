//! The bench where an indicator is computed again on entries changed by hand.

use std::collections::BTreeMap;

use super::Ground;
use crate::admit::{Admission, Admitted, AdmittedEntry};
use crate::aggregate::{IndicatorResult, result, result_at};
use crate::model::{
    CellRef, EntryId, Finding, IndicatorCode, Number, OfficeId, Place, Status, Value, VoceKey,
};
use crate::plan::{Indicator, Plan, Voce};

/// One thing changed in what counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// The office has sent a file.
    Sent(OfficeId),
    /// The register is declared complete up to this month.
    Complete(OfficeId, VoceKey, u32),
    /// The entry counts with this value; without one it is not reported.
    Entry(OfficeId, EntryId, Option<Value>),
}

/// What a computation gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub status: Status,
    /// 0–100.
    pub degree: Option<Number>,
}

/// The bench, with what it has already computed.
pub(super) struct Bench<'a> {
    pub ground: Ground<'a>,
    cells: BTreeMap<(&'a str, &'a str, CellRef), &'a AdmittedEntry>,
    users: BTreeMap<&'a VoceKey, Vec<&'a Indicator>>,
    own: BTreeMap<&'a IndicatorCode, Admitted>,
    seen: BTreeMap<(&'a IndicatorCode, Vec<Change>), Seen>,
}

impl<'a> Bench<'a> {
    pub(super) fn of(ground: Ground<'a>) -> Self {
        let entries = ground.admitted.entries.values().flatten();
        let cells = entries
            .map(|entry| ((entry.file.as_str(), entry.place.sheet.as_str(), entry.place.cell), entry))
            .collect();
        let mut users: BTreeMap<&VoceKey, Vec<&Indicator>> = BTreeMap::new();
        for indicator in ground.plan.indicators() {
            for voce in &indicator.voci {
                users.entry(&voce.key).or_default().push(indicator);
            }
        }
        Self { ground, cells, users, own: BTreeMap::new(), seen: BTreeMap::new() }
    }

    /// The plan.
    pub(super) fn plan(&self) -> &'a Plan {
        self.ground.plan
    }

    /// The entries whose cells `finding` names; all those that it keeps out with their file.
    pub(super) fn named(&self, finding: &Finding) -> Vec<&'a AdmittedEntry> {
        if let Some(file) = finding.bans_file() {
            let admitted: &'a Admitted = self.ground.admitted;
            let of_file = admitted.entries.values().flatten().filter(|entry| entry.file == file);
            return of_file
                .filter(|entry| entry.admission == Admission::Excluded(finding.rule.code))
                .collect();
        }
        finding.named().filter_map(|cell| self.cells.get(&cell).copied()).collect()
    }

    /// The indicators that use a voce.
    pub(super) fn users(&self, voce: &VoceKey) -> &[&'a Indicator] {
        self.users.get(voce).map_or(&[], Vec::as_slice)
    }

    /// What counts for `indicator` alone, without a word on what is in doubt.
    pub(super) fn own(&mut self, indicator: &'a Indicator) -> &Admitted {
        let admitted = self.ground.admitted;
        self.own.entry(&indicator.code).or_insert_with(|| own_entries(admitted, indicator))
    }

    /// `indicator` computed with these changes; without any, on what counts now.
    pub(super) fn seen(&mut self, indicator: &'a Indicator, changes: &[Change]) -> Seen {
        let key = (&indicator.code, changes.to_vec());
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        let seen = Seen::of(&self.read(indicator, indicator, changes));
        self.seen.insert(key, seen.clone());
        seen
    }

    /// `indicator` computed with these changes, as `read` has it: its target or its voci otherwise.
    pub(super) fn read(
        &mut self,
        indicator: &'a Indicator,
        read: &Indicator,
        changes: &[Change],
    ) -> IndicatorResult {
        let altered = self.altered(indicator, changes);
        result(self.ground.plan, &altered, self.ground.month, read)
    }

    /// `indicator` judged with these changes, as if its formula gave `value`.
    pub(super) fn valued(
        &mut self,
        indicator: &'a Indicator,
        value: &Value,
        changes: &[Change],
    ) -> IndicatorResult {
        let altered = self.altered(indicator, changes);
        result_at(self.ground.plan, &altered, self.ground.month, indicator, value.clone())
    }

    fn altered(&mut self, indicator: &'a Indicator, changes: &[Change]) -> Admitted {
        let mut altered = self.own(indicator).clone();
        changes.iter().for_each(|change| apply(&mut altered, change));
        altered
    }

    /// `indicator` as it stands in the consolidation.
    pub(super) fn now(&self, indicator: &Indicator) -> Option<Seen> {
        let result = self.ground.consolidation.indicator(&indicator.code)?;
        Some(Seen::of(result))
    }
}

impl Seen {
    pub(super) fn of(result: &IndicatorResult) -> Self {
        Self { status: result.status, degree: result.degree.clone() }
    }
}

fn own_entries(all: &Admitted, indicator: &Indicator) -> Admitted {
    let mine = |entry: &&AdmittedEntry| indicator.voce(&entry.id.voce).is_some();
    let entries = indicator.offices.iter().filter_map(|office| {
        let own = all.entries.get(office)?.iter().filter(mine).cloned().collect();
        Some((office.clone(), own))
    });
    let declared = all.completeness.iter().filter(|((_, voce), _)| indicator.voce(voce).is_some());
    Admitted {
        entries: entries.collect(),
        completeness: declared.map(|(key, month)| (key.clone(), *month)).collect(),
        spoiled: BTreeMap::new(),
    }
}

fn apply(admitted: &mut Admitted, change: &Change) {
    match change {
        Change::Sent(office) => {
            admitted.entries.entry(office.clone()).or_default();
        }
        Change::Complete(office, voce, month) => {
            admitted.completeness.insert((office.clone(), voce.clone()), *month);
        }
        Change::Entry(office, id, value) => {
            let own = admitted.entries.entry(office.clone()).or_default();
            let admission = if value.is_some() { Admission::Admitted } else { Admission::NotReported };
            match own.iter_mut().find(|entry| &entry.id == id) {
                Some(entry) => {
                    entry.value.clone_from(value);
                    entry.admission = admission;
                }
                None => own.push(made_up(office, id, value.clone(), admission)),
            }
        }
    }
}

/// An entry that no office has typed.
fn made_up(office: &OfficeId, id: &EntryId, value: Option<Value>, admission: Admission) -> AdmittedEntry {
    AdmittedEntry {
        office: office.clone(),
        file: String::new(),
        id: id.clone(),
        place: Place { sheet: String::new(), cell: CellRef { row: 0, col: 0 } },
        raw: String::new(),
        value,
        normalised: None,
        admission,
    }
}

/// Whether a value is one that the voce admits, so that it may be taken as typed.
pub(super) fn is_usable(voce: &Voce, column: Option<&str>, value: &Value) -> bool {
    if let (Some(register), Some(column)) = (&voce.register, column) {
        return register.column(column).is_some();
    }
    match value {
        Value::Number(number) => {
            let over = voce.max.as_ref().is_some_and(|max| number > max);
            let under = voce.min.as_ref().is_some_and(|min| number < min);
            let share = voce.kind == crate::model::VoceType::Percentuale && number > &Number::one();
            let below = number.is_negative() && !voce.free_sign;
            !(below || over || under || share)
        }
        Value::Date(date) => voce.period.0 <= *date && *date <= voce.period.1,
        Value::Flag(_) => true,
        Value::Text(_) => false,
    }
}

//! The bench where an indicator is computed again on entries changed by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::change::Change;
use super::facts::Facts;
use super::ground::Ground;
use super::ledger::{Granted, Ledger, Own, Worth};
use super::sums::Sums;
use crate::admit::{Admission, Admitted, AdmittedEntry};
use crate::aggregate::{IndicatorResult, outcome, result, result_at};
use crate::compute::Portions;
use crate::model::{EntryId, EntryRef, Finding, IndicatorCode, Number, OfficeId, Status, Value, VoceKey};
use crate::plan::{Indicator, Plan};

/// What a computation gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub status: Status,
    /// 0–100.
    pub degree: Option<Number>,
}

/// An indicator as the plan is read, from which its other readings differ.
pub(super) struct AsRead {
    /// What is kept out, as typed, where that withholds the outcome.
    pub given: Vec<Change>,
    /// What it gives.
    pub result: IndicatorResult,
}

/// The bench, with what it has already computed.
pub(super) struct Bench<'a> {
    pub ground: Ground<'a>,
    entries: BTreeMap<EntryRef, &'a AdmittedEntry>,
    users: BTreeMap<&'a VoceKey, Vec<&'a Indicator>>,
    own: BTreeMap<&'a IndicatorCode, Admitted>,
    seen: BTreeMap<(&'a IndicatorCode, Trial), Seen>,
    /// What the readings of an indicator are compared with: one computation, however many findings ask for
    /// it.
    as_read: BTreeMap<&'a IndicatorCode, Rc<AsRead>>,
    ledgers: BTreeMap<&'a IndicatorCode, Rc<Ledger>>,
    /// What the offices of an indicator report, added up: with what is kept out as typed, or without it.
    sums: BTreeMap<(&'a IndicatorCode, bool), Rc<Sums<'a>>>,
    facts: BTreeMap<&'a IndicatorCode, Rc<Facts>>,
}

/// By what a trial is known.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Trial {
    /// What it makes of the entries.
    Worth(Worth),
    /// The entries that stay kept out when the others come as typed, and all its changes.
    Listed(Option<BTreeSet<Own>>, Vec<Change>),
}

impl<'a> Bench<'a> {
    pub(super) fn of(ground: Ground<'a>) -> Self {
        let entries = ground.admitted.entries.iter();
        let entries = entries.filter_map(|entry| Some((entry.at?, entry))).collect();
        let mut users: BTreeMap<&VoceKey, Vec<&Indicator>> = BTreeMap::new();
        for indicator in ground.plan.indicators() {
            for voce in &indicator.voci {
                users.entry(&voce.key).or_default().push(indicator);
            }
        }
        Self {
            ground,
            entries,
            users,
            own: BTreeMap::new(),
            seen: BTreeMap::new(),
            as_read: BTreeMap::new(),
            ledgers: BTreeMap::new(),
            sums: BTreeMap::new(),
            facts: BTreeMap::new(),
        }
    }

    /// The plan.
    pub(super) fn plan(&self) -> &'a Plan {
        self.ground.plan
    }

    /// The entries that `finding` names; all those that it keeps out with their file.
    pub(super) fn named(&self, finding: &Finding) -> Vec<&'a AdmittedEntry> {
        if let Some(file) = finding.bans_file() {
            let own = finding.office.iter().flat_map(|office| self.ground.admitted.entries.of_office(office));
            let kept_out = Admission::Excluded(finding.rule.code);
            return own.filter(|entry| entry.file == file && entry.admission == kept_out).collect();
        }
        finding.entries.iter().filter_map(|at| self.entries.get(at).copied()).collect()
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

    /// The rows of the registers of `indicator`, and what is kept out of it.
    pub(super) fn ledger(&mut self, indicator: &'a Indicator) -> Rc<Ledger> {
        if let Some(known) = self.ledgers.get(&indicator.code) {
            return Rc::clone(known);
        }
        let ledger = Rc::new(Ledger::of(self.own(indicator), indicator));
        self.ledgers.insert(&indicator.code, Rc::clone(&ledger));
        ledger
    }

    /// What counts for `indicator`, gathered.
    pub(super) fn facts(&mut self, indicator: &'a Indicator) -> Rc<Facts> {
        if let Some(known) = self.facts.get(&indicator.code) {
            return Rc::clone(known);
        }
        let facts = Rc::new(Facts::of(self.own(indicator), indicator));
        self.facts.insert(&indicator.code, Rc::clone(&facts));
        facts
    }

    /// `indicator` computed with what is granted and these changes; without any, on what counts now. Trials
    /// worth the same are computed once.
    pub(super) fn seen(&mut self, indicator: &'a Indicator, granted: &Granted, changes: &[Change]) -> Seen {
        let (ground, ledger) = (self.ground, self.ledger(indicator));
        let worth = ledger.worth(ground, indicator, granted, changes);
        let listed = || Trial::Listed(granted.but.clone(), [granted.there.as_slice(), changes].concat());
        let key = (&indicator.code, worth.map_or_else(listed, Trial::Worth));
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        let sums = self.sums(indicator, granted.but.is_some());
        let changed = self.changed(indicator, granted, changes);
        let (status, degree) = outcome(ground.plan, ground.month, indicator, &sums.with(&changed));
        let seen = Seen { status, degree };
        self.seen.insert(key, seen.clone());
        seen
    }

    /// What the offices of `indicator` report, added up; with what is kept out as typed, or without it.
    fn sums(&mut self, indicator: &'a Indicator, typed: bool) -> Rc<Sums<'a>> {
        if let Some(known) = self.sums.get(&(&indicator.code, typed)) {
            return Rc::clone(known);
        }
        let given = if typed { self.ledger(indicator).all_typed() } else { Vec::new() };
        let (admitted, month) = (self.altered(indicator, &given), self.ground.month);
        let of_office = |office| Portions::of_office(indicator, month, &admitted, office);
        let sums = Rc::new(Sums::of(indicator.offices.iter().map(|office| (office, of_office(office)))));
        self.sums.insert((&indicator.code, typed), Rc::clone(&sums));
        sums
    }

    /// The offices that a trial changes, as it makes them.
    fn changed(
        &mut self,
        indicator: &'a Indicator,
        granted: &Granted,
        changes: &[Change],
    ) -> BTreeMap<OfficeId, Portions> {
        let (ledger, month) = (self.ledger(indicator), self.ground.month);
        let mut by_office: BTreeMap<&OfficeId, Vec<Change>> = BTreeMap::new();
        let nobody = BTreeSet::new();
        let doubt = granted.but.as_ref().unwrap_or(&nobody);
        let changed = granted.there.iter().chain(changes);
        for office in doubt.iter().map(|(office, _)| office).chain(changed.clone().map(Change::office)) {
            let typed = |_: &OfficeId| ledger.typed_of(office, doubt);
            by_office
                .entry(office)
                .or_insert_with_key(|office| granted.but.as_ref().map_or_else(Vec::new, |_| typed(office)));
        }
        for change in changed {
            by_office.entry(change.office()).or_default().push(change.clone());
        }
        let own = self.own(indicator);
        let made = by_office.into_iter().map(|(office, changes)| {
            let mut altered = of_office(own, indicator, office);
            apply(&mut altered, &changes);
            (office.clone(), Portions::of_office(indicator, month, &altered, office))
        });
        made.collect()
    }

    /// How many trials were computed.
    #[cfg(test)]
    pub(super) fn computations(&self) -> usize {
        self.seen.len()
    }

    /// `indicator` as the plan is read, with what is kept out as typed where that withholds the outcome.
    pub(super) fn as_read(&mut self, indicator: &'a Indicator, withheld: bool) -> Rc<AsRead> {
        if let Some(known) = self.as_read.get(&indicator.code) {
            return Rc::clone(known);
        }
        let given = if withheld { self.ledger(indicator).all_typed() } else { Vec::new() };
        let result = self.read(indicator, indicator, &given);
        let read = Rc::new(AsRead { given, result });
        self.as_read.insert(&indicator.code, Rc::clone(&read));
        read
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
        apply(&mut altered, changes);
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
    let declared = all.completeness.iter().filter(|((_, voce), _)| indicator.voce(voce).is_some());
    Admitted {
        entries: all.entries.of_voci(&indicator.offices, &indicator.voci, bare),
        completeness: declared.map(|(key, month)| (key.clone(), *month)).collect(),
        ..Admitted::default()
    }
}

/// What counts of one office.
fn of_office(own: &Admitted, indicator: &Indicator, office: &OfficeId) -> Admitted {
    let declared = indicator.voci.iter().filter_map(|voce| {
        let owner = (office.clone(), voce.key.clone());
        let month = *own.completeness.get(&owner)?;
        Some((owner, month))
    });
    Admitted {
        completeness: declared.collect(),
        entries: own.entries.of_voci([office], &indicator.voci, AdmittedEntry::clone),
        ..Admitted::default()
    }
}

/// The entry without where and how it was typed, which no result depends on.
fn bare(entry: &AdmittedEntry) -> AdmittedEntry {
    AdmittedEntry::made_up(&entry.office, &entry.id, entry.value.clone(), entry.admission.clone())
}

/// Makes the changes, in order; of two of the same entry the last one stands.
fn apply(admitted: &mut Admitted, changes: &[Change]) {
    let mut entries: BTreeMap<(&OfficeId, &VoceKey), BTreeMap<&EntryId, &Option<Value>>> = BTreeMap::new();
    for change in changes {
        match change {
            Change::Sent(office) => admitted.entries.send(office),
            Change::Complete(office, voce, month) => {
                admitted.completeness.insert((office.clone(), voce.clone()), *month);
            }
            Change::Entry(office, id, value) => {
                entries.entry((office, &id.voce)).or_default().insert(id, value);
            }
        }
    }
    let admission = |value: &Option<Value>| match value {
        Some(_) => Admission::Admitted,
        None => Admission::NotReported,
    };
    for ((office, voce), mut changed) in entries {
        for entry in admitted.entries.of_mut(voce, office) {
            if let Some(value) = changed.remove(&entry.id) {
                entry.value.clone_from(value);
                entry.admission = admission(value);
            }
        }
        let new = changed
            .into_iter()
            .map(|(id, value)| AdmittedEntry::made_up(office, id, value.clone(), admission(value)));
        admitted.entries.add(voce, office, new);
    }
}

//! Changes of the past, each with its reason and with what it changes: computed again with the old value.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Kept, Kind, Memory, Said, Slot};
use crate::admit::{Admission, Admitted, AdmittedEntry};
use crate::aggregate::{IndicatorResult, result};
use crate::interpret::{Submission, TextCell};
use crate::model::{EntryId, EntryRef, Finding, IndicatorCode, Number, OfficeId, Status, Value, YearMonth};
use crate::plan::{Indicator, Plan, Role, declared_month};

/// Why a value of the past was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The office says it, since the last issue.
    Given(String),
    /// The unit has opened the month again: why, and who decided.
    Reopened(String),
    /// It was due and missing: it was asked for.
    Asked,
    /// It was wrong: the code of the finding that kept it out.
    Mended(String),
    /// Its voce is new in the plan: nobody could have written it before.
    Planned,
}

/// What a reason leaves to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    /// Nothing.
    Explained,
    /// To say why.
    ToExplain,
    /// To say why, before it counts: it changes an outcome.
    Error,
}

/// What an indicator gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The value.
    pub value: Option<Value>,
    /// The outcome.
    pub status: Status,
    /// The degree.
    pub degree: Option<Number>,
}

/// What an indicator gives with the old value and with the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The indicator.
    pub code: IndicatorCode,
    /// With the old value.
    pub before: Seen,
    /// With the new one.
    pub now: Seen,
}

impl Shift {
    /// Whether the outcome is another one.
    pub fn changes_outcome(&self) -> bool {
        self.before.status != self.now.status
    }
}

/// A change of the past with its reason and what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The change.
    pub change: Change,
    /// Why, when anybody says it.
    pub reason: Option<Reason>,
    /// What it changes: the indicators that use it.
    pub shifts: Vec<Shift>,
    /// What it changes together with all the others of the same indicators that nobody explains: nothing
    /// where it is the only one.
    pub together: Vec<Shift>,
    /// How many those others are.
    pub others: usize,
}

impl Correction {
    /// Whether a whole row of a register is no more there: the change is told of its key.
    pub fn takes_a_row_away(&self, plan: &Plan) -> bool {
        self.change.kind == Kind::Removed && is_key(plan, &self.change.slot)
    }

    /// What is left to do.
    pub fn judgement(&self) -> Judgement {
        // Two may do together what neither does alone, and what one hides of another is there all the same.
        let mut weighed = self.shifts.iter().chain(&self.together);
        match &self.reason {
            Some(_) => Judgement::Explained,
            None if weighed.any(Shift::changes_outcome) => Judgement::Error,
            None => Judgement::ToExplain,
        }
    }
}

/// The changes with their reasons, and what each changes in the results of the reporting month.
pub fn corrections(ground: Ground<'_>, submissions: &[Submission], changes: &[Change]) -> Vec<Correction> {
    let Ground { plan, memory, .. } = ground;
    let senders: BTreeMap<&OfficeId, &Submission> =
        submissions.iter().map(|one| (&one.office, one)).collect();
    let correction = |change: &Change| Correction {
        change: change.clone(),
        reason: reason(plan, memory, senders.get(&change.slot.office).copied(), change),
        shifts: ground.shifts(change),
        together: Vec::new(),
        others: 0,
    };
    let mut all: Vec<Correction> = changes.iter().map(correction).collect();
    let open: Vec<Change> = all
        .iter()
        .filter(|one| one.reason.is_none() && one.change.closed.is_none())
        .map(|one| one.change.clone())
        .collect();
    for one in all.iter_mut().filter(|one| open.contains(&one.change)) {
        (one.others, one.together) = ground.together(&one.change, &open);
    }
    all
}

/// Whether two notes say the same, but for signs, blanks and capitals.
fn says_the_same(one: &str, other: &str) -> bool {
    let words = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    words(one) == words(other)
}

/// Why a change was made: a note that is not the one of the last issue, or the reason of an n.a.; else what
/// was asked for.
fn reason(plan: &Plan, memory: &Memory, sent: Option<&Submission>, change: &Change) -> Option<Reason> {
    let slot = &change.slot;
    let indicator = plan.voce(&slot.voce).map(|(indicator, _)| indicator);
    let note = || -> Option<&TextCell> {
        let code = &indicator?.code;
        let note = sent?.notes.get(code)?;
        let known = memory.text(&slot.office, &code.manifest_key("nota"));
        (!known.is_some_and(|known| says_the_same(known, &note.text))).then_some(note)
    };
    let of_na = || sent?.reasons.get(&slot.voce).filter(|_| change.now == Said::NotApplicable);
    let given = note().or_else(of_na).map(|text| Reason::Given(text.text.clone()));
    // Who opens a month again says why.
    let reopened = || {
        let own = plan.closing.reopening(change.reopened?)?;
        Some(Reason::Reopened(format!("{} ({})", own.reason, own.who)))
    };
    given.or_else(reopened).or_else(|| match &change.kept_out {
        Some(code) => Some(Reason::Mended(code.clone())),
        None if !memory.voci.contains(&slot.voce) => Some(Reason::Planned),
        None => (change.kind == Kind::Added && change.was_missing).then_some(Reason::Asked),
    })
}

/// What changes are weighed on.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The month before.
    pub memory: &'a Memory,
    /// The reporting month.
    pub month: YearMonth,
    /// What counts now.
    pub admitted: &'a Admitted,
    /// What the checks have found so far.
    pub findings: &'a [Finding],
    /// Whether all the offices are here: without the others an indicator of several has no result.
    pub whole: bool,
}

/// Puts the old values back in what counts: those of closed months stand.
pub fn stand<'c>(
    ground: Ground<'_>,
    admitted: &mut Admitted,
    standing: impl IntoIterator<Item = &'c Change>,
) {
    for change in standing {
        ground.put_back(admitted, change);
        admitted.look_again(&change.slot.voce);
    }
}

/// What is said of a value that stands although the office says another.
pub const STANDS: &str = "mese chiuso: vale il valore consolidato";

impl Ground<'_> {
    fn shifts(&self, change: &Change) -> Vec<Shift> {
        self.using(change).map(|indicator| self.shift(&[change], indicator)).collect()
    }

    /// The indicators that a change concerns, of those that can be computed.
    fn using(&self, change: &Change) -> impl Iterator<Item = &'_ Indicator> {
        self.plan.indicators().filter(|indicator| self.is_used(change, indicator))
    }

    fn is_used(&self, change: &Change, indicator: &Indicator) -> bool {
        let voce = indicator.voce(&change.slot.voce);
        let all_here = self.whole || !indicator.is_shared();
        all_here && voce.is_some_and(|voce| voce.role != Role::Informative)
    }

    /// How many of `open` concern the same indicators, and what all of them change there; nothing of one
    /// alone.
    fn together(&self, change: &Change, open: &[Change]) -> (usize, Vec<Shift>) {
        let mut others = 0;
        let mut shifts = Vec::new();
        for indicator in self.using(change) {
            let all: Vec<&Change> = open.iter().filter(|one| self.is_used(one, indicator)).collect();
            others = others.max(all.len().saturating_sub(1));
            shifts.push(self.shift(&all, indicator));
        }
        if others > 0 { (others, shifts) } else { (0, Vec::new()) }
    }

    /// What an indicator gives with the old values of some changes, and with the new ones.
    fn shift(&self, changes: &[&Change], indicator: &Indicator) -> Shift {
        let own = self.only(indicator);
        let now = seen(&result(self.plan, &own, self.month, indicator));
        let mut before = own;
        // What was kept out then still would be.
        let counted: Vec<&Change> =
            changes.iter().copied().filter(|change| change.kept_out.is_none()).collect();
        self.lift(&mut before, &counted);
        changes.iter().for_each(|change| self.put_back(&mut before, change));
        if counted.len() == changes.len() {
            indicator.voci.iter().for_each(|voce| before.look_again(&voce.key));
        }
        let before = seen(&result(self.plan, &before, self.month, indicator));
        Shift { code: indicator.code.clone(), before, now }
    }

    /// What counts for one indicator, and nothing else.
    fn only(&self, indicator: &Indicator) -> Admitted {
        let all = self.admitted;
        let entries = all.entries.of_voci(&indicator.offices, &indicator.voci, Clone::clone);
        Admitted {
            entries,
            completeness: all.completeness.clone(),
            undeclared: all.undeclared.clone(),
            spoiled: all.spoiled.clone(),
        }
    }

    /// With the old values what is found of the new ones would not be there: what only that keeps out counts.
    fn lift(&self, admitted: &mut Admitted, changes: &[&Change]) {
        let moved: BTreeSet<EntryRef> = changes.iter().filter_map(|change| change.at).collect();
        let keeping = self.findings.iter().filter(|finding| finding.keeps_out());
        let (of_moved, others): (Vec<&Finding>, Vec<&Finding>) =
            keeping.partition(|finding| finding.entries.iter().any(|at| moved.contains(at)));
        if of_moved.is_empty() {
            return;
        }
        let kept: BTreeSet<EntryRef> = others.iter().flat_map(|finding| &finding.entries).copied().collect();
        let lifted: BTreeSet<EntryRef> =
            of_moved.iter().flat_map(|finding| &finding.entries).copied().collect();
        let is_out = |entry: &AdmittedEntry| matches!(entry.admission, Admission::Excluded(_));
        for entry in admitted.entries.iter_mut().filter(|entry| is_out(entry)) {
            if entry.at.is_some_and(|at| lifted.contains(&at) && !kept.contains(&at)) {
                let said = entry.value.clone().map_or(Said::Nothing, Said::Value);
                entry.admission = counted(&said).1;
            }
        }
    }

    /// The old value in the place of the new one.
    fn put_back(&self, admitted: &mut Admitted, change: &Change) {
        let Slot { office, voce, declared, .. } = &change.slot;
        if *declared {
            let month = change.before.as_value().and_then(declared_month).map_or(0, |month| month.number());
            admitted.completeness.insert((office.clone(), voce.clone()), month);
            return;
        }
        for (id, said) in self.old(admitted, change) {
            let own = admitted.entries.of_mut(voce, office);
            match own.iter_mut().find(|entry| entry.id == id) {
                Some(entry) => {
                    (entry.value, entry.admission) = counted(&said);
                    entry.normalised = Some(STANDS);
                }
                None => {
                    let (value, admission) = counted(&said);
                    let entry = AdmittedEntry::made_up(office, &id, value, admission);
                    let entry = AdmittedEntry { normalised: Some(STANDS), ..entry };
                    admitted.entries.add(voce, office, [entry]);
                }
            }
        }
    }

    /// The entries that say the old value: of a row of a register that is gone, all its fields, in a row of
    /// its own among those of `admitted`. In a closed month stands what counted: nothing, of what was kept
    /// out.
    fn old(&self, admitted: &Admitted, change: &Change) -> Vec<(EntryId, Said)> {
        let stands = |said: &Said, kept_out: &Option<String>| match kept_out {
            Some(_) if change.closed.is_some() => Said::Nothing,
            _ => said.clone(),
        };
        if change.kind == Kind::Removed && is_key(self.plan, &change.slot) {
            let own = admitted.entries.of(&change.slot.voce, &change.slot.office);
            let free = own.iter().filter_map(|entry| entry.id.row).max().unwrap_or(0) + 1;
            let moved = |(_, kept): (&Slot, &Kept)| {
                (EntryId { row: Some(free), ..kept.id.clone() }, stands(&kept.said, &kept.kept_out))
            };
            return self.memory.fields_of_row(&change.slot).map(moved).collect();
        }
        vec![(change.id.clone(), stands(&change.before, &change.kept_out))]
    }
}

/// Whether a slot is the key of a row of a register.
fn is_key(plan: &Plan, slot: &Slot) -> bool {
    let register = plan.voce(&slot.voce).and_then(|(_, voce)| voce.register.as_ref());
    slot.row.is_some() && register.is_some_and(|register| slot.column.as_ref() == Some(&register.identity))
}

fn counted(said: &Said) -> (Option<Value>, Admission) {
    match said {
        Said::Value(value) => (Some(value.clone()), Admission::Admitted),
        Said::NotApplicable => (None, Admission::NotApplicable),
        Said::Nothing | Said::Other(_) => (None, Admission::NotReported),
    }
}

pub(super) fn seen(result: &IndicatorResult) -> Seen {
    let value = result.value.clone().or_else(|| result.indicative.clone());
    Seen { value, status: result.status, degree: result.degree.clone() }
}

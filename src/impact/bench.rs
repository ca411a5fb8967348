//! The bench where an indicator is computed again on entries changed by hand.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Ground;
use super::points::others_as_typed;
use crate::admit::{Admission, Admitted, AdmittedEntry};
use crate::aggregate::{IndicatorResult, outcome, result, result_at};
use crate::compute::{Scope, taken};
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
    cells: BTreeMap<(&'a str, &'a str, CellRef), &'a AdmittedEntry>,
    users: BTreeMap<&'a VoceKey, Vec<&'a Indicator>>,
    own: BTreeMap<&'a IndicatorCode, Admitted>,
    seen: BTreeMap<(&'a IndicatorCode, Vec<Change>), Seen>,
    /// What the readings of an indicator are compared with: one computation, however many findings ask for it.
    as_read: BTreeMap<&'a IndicatorCode, Rc<AsRead>>,
    /// The rows of the registers of an indicator, by what they are to its result.
    alike: BTreeMap<&'a IndicatorCode, Alike>,
    /// What was computed without a row, by what the row is.
    without_row: BTreeMap<(&'a IndicatorCode, Vec<Change>, RowKind), Seen>,
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
        Self {
            ground,
            cells,
            users,
            own: BTreeMap::new(),
            seen: BTreeMap::new(),
            as_read: BTreeMap::new(),
            alike: BTreeMap::new(),
            without_row: BTreeMap::new(),
        }
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
        let row = self.row_out(indicator, changes);
        if let Some(known) = row.as_ref().and_then(|row| self.without_row.get(row)) {
            return known.clone();
        }
        let altered = self.altered(indicator, changes);
        let (status, degree) = outcome(self.ground.plan, &altered, self.ground.month, indicator);
        let seen = Seen { status, degree };
        match row {
            Some(row) => self.without_row.insert(row, seen.clone()),
            None => self.seen.insert(key, seen.clone()),
        };
        seen
    }

    /// What the only row of a register is that `changes` take away at the end, with the changes before; `None`
    /// when they are something else.
    fn row_out(
        &mut self,
        indicator: &'a Indicator,
        changes: &[Change],
    ) -> Option<(&'a IndicatorCode, Vec<Change>, RowKind)> {
        let Change::Entry(office, id, None) = changes.last()? else { return None };
        let of_row = |change: &Change| {
            matches!(change, Change::Entry(own, other, None)
                if own == office && other.voce == id.voce && other.row == id.row)
        };
        let start = changes.iter().rposition(|change| !of_row(change)).map_or(0, |last| last + 1);
        let (before, row) = changes.split_at_checked(start)?;
        let columns = indicator.voce(&id.voce)?.register.as_ref()?.columns.len();
        let touched = before.iter().any(|change| match change {
            Change::Entry(_, other, _) => other.voce == id.voce,
            Change::Sent(_) | Change::Complete(..) => false,
        });
        if touched || row.len() != columns {
            return None;
        }
        let (office, voce, ordinal) = (office.clone(), id.voce.clone(), id.row?);
        if !self.alike.contains_key(&indicator.code) {
            let ground = self.ground;
            let alike = alike(ground, self.own(indicator), indicator);
            self.alike.insert(&indicator.code, alike);
        }
        let kind = self.alike.get(&indicator.code)?.get(&(office, voce, ordinal))?;
        Some((&indicator.code, before.to_vec(), kind.clone()))
    }

    /// `indicator` as the plan is read, with what is kept out as typed where that withholds the outcome.
    pub(super) fn as_read(&mut self, indicator: &'a Indicator, withheld: bool) -> Rc<AsRead> {
        if let Some(known) = self.as_read.get(&indicator.code) {
            return Rc::clone(known);
        }
        let given = if withheld { others_as_typed(self, indicator, &[]) } else { Vec::new() };
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
    let mine = |entry: &&AdmittedEntry| indicator.voce(&entry.id.voce).is_some();
    let entries = indicator.offices.iter().filter_map(|office| {
        let own = all.entries.get(office)?.iter().filter(mine).map(bare).collect();
        Some((office.clone(), own))
    });
    let declared = all.completeness.iter().filter(|((_, voce), _)| indicator.voce(voce).is_some());
    Admitted {
        entries: entries.collect(),
        completeness: declared.map(|(key, month)| (key.clone(), *month)).collect(),
        spoiled: BTreeMap::new(),
    }
}

/// The entry without where and how it was typed, which no result depends on.
fn bare(entry: &AdmittedEntry) -> AdmittedEntry {
    made_up(&entry.office, &entry.id, entry.value.clone(), entry.admission.clone())
}

/// What a row of a register is to a result: rows of one kind are worth the same.
type RowKind = (OfficeId, VoceKey, Kind);

/// The rows of the registers of an indicator, by office, register and ordinal.
type Alike = BTreeMap<(OfficeId, VoceKey, u32), RowKind>;

/// What the rows of one kind have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// No other row has their key: what the formula takes from each of them, `None` when they do not count.
    Alone(Option<Vec<Option<Value>>>),
    /// Other rows may have their key: all that they say.
    Fields(Vec<(Option<String>, Field)>),
}

/// A field of a row, as far as a result may depend on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    /// A text that no other row has in this column: whatever it says.
    OnlyHere,
    /// Anything else: what it says, and whether it counts.
    Says(Option<Value>, Admission),
}

/// Stands for any text that no other row has.
const ONLY_HERE: &str = "solo qui";

/// The kind of each row: two rows differ when a value differs, or a text that other rows have too; rows whose key no
/// other row has, when the formula takes something else from them.
fn alike(ground: Ground<'_>, admitted: &Admitted, indicator: &Indicator) -> Alike {
    let entries = || admitted.entries.values().flatten().filter_map(|entry| Some((entry, entry.id.row?)));
    let mut texts: BTreeMap<(&VoceKey, &Option<String>, String), usize> = BTreeMap::new();
    for (entry, _) in entries() {
        if let Some(value @ Value::Text(_)) = &entry.value {
            *texts.entry((&entry.id.voce, &entry.id.column, value.joining_key())).or_default() += 1;
        }
    }
    let alone = |entry: &AdmittedEntry| match (&entry.value, &entry.admission) {
        (Some(value @ Value::Text(_)), Admission::Admitted) => {
            let key = value.joining_key();
            !key.is_empty() && texts.get(&(&entry.id.voce, &entry.id.column, key)) == Some(&1)
        }
        _ => false,
    };
    let mut rows: BTreeMap<_, Vec<(&AdmittedEntry, bool)>> = BTreeMap::new();
    for (entry, row) in entries() {
        rows.entry((&entry.office, &entry.id.voce, row)).or_default().push((entry, alone(entry)));
    }
    let of = |((office, voce, row), fields): (_, Vec<(&AdmittedEntry, bool)>)| {
        let (office, voce): (&OfficeId, &VoceKey) = (office, voce);
        let kind = kind_of(ground, admitted, (indicator, indicator.voce(voce)?), &fields);
        Some(((office.clone(), voce.clone(), row), (office.clone(), voce.clone(), kind)))
    };
    rows.into_iter().filter_map(of).collect()
}

/// The kind of a row with these fields, each with whether no other row has its text.
fn kind_of(
    ground: Ground<'_>,
    admitted: &Admitted,
    (indicator, voce): (&Indicator, &Voce),
    fields: &[(&AdmittedEntry, bool)],
) -> Kind {
    let identity = voce.register.as_ref().map(|register| &register.identity);
    if !fields.iter().any(|(entry, alone)| *alone && entry.id.column.as_ref() == identity) {
        let field = |(entry, alone): &(&AdmittedEntry, bool)| {
            let says = || Field::Says(entry.value.clone(), entry.admission.clone());
            (entry.id.column.clone(), if *alone { Field::OnlyHere } else { says() })
        };
        return Kind::Fields(fields.iter().map(field).collect());
    }
    let any: Vec<AdmittedEntry> = fields
        .iter()
        .map(|(entry, alone)| {
            let value = if *alone { Some(Value::Text(ONLY_HERE.to_owned())) } else { entry.value.clone() };
            AdmittedEntry { value, ..(*entry).clone() }
        })
        .collect();
    let offices = indicator.offices.as_slice();
    let scope = Scope { admitted, offices, sharing: offices, month: ground.month };
    let fields: Vec<&AdmittedEntry> = any.iter().collect();
    Kind::Alone(taken(&scope, &ground.plan.calendar, (indicator, voce), &fields))
}

/// Makes the changes, in order; of two of the same entry the last one stands.
fn apply(admitted: &mut Admitted, changes: &[Change]) {
    let mut entries: BTreeMap<&OfficeId, BTreeMap<&EntryId, &Option<Value>>> = BTreeMap::new();
    for change in changes {
        match change {
            Change::Sent(office) => {
                admitted.entries.entry(office.clone()).or_default();
            }
            Change::Complete(office, voce, month) => {
                admitted.completeness.insert((office.clone(), voce.clone()), *month);
            }
            Change::Entry(office, id, value) => {
                entries.entry(office).or_default().insert(id, value);
            }
        }
    }
    let admission = |value: &Option<Value>| match value {
        Some(_) => Admission::Admitted,
        None => Admission::NotReported,
    };
    for (office, mut changed) in entries {
        let own = admitted.entries.entry(office.clone()).or_default();
        for entry in own.iter_mut() {
            if let Some(value) = changed.remove(&entry.id) {
                entry.value.clone_from(value);
                entry.admission = admission(value);
            }
        }
        own.extend(
            changed.into_iter().map(|(id, value)| made_up(office, id, value.clone(), admission(value))),
        );
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

//! What changes make of the rows of registers, so that trials worth the same are computed once.
//!
//! A result depends on which kinds of rows there are and how many of each, never on which row is which. So a
//! trial is known by the rows that it makes of others, however many more the register has.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, is_usable};
use super::ground::Ground;
use crate::admit::{Admission, Admitted, AdmittedEntry};
use crate::compute::taken;
use crate::model::{EntryId, OfficeId, Value, VoceKey};
use crate::plan::{Indicator, Voce};

/// An entry of an office.
pub(super) type Own = (OfficeId, EntryId);

/// A row of a register: office, register, ordinal.
type Row = (OfficeId, VoceKey, u32);

/// What is granted besides the changes of a point.
#[derive(Debug, Default)]
pub(super) struct Granted {
    /// The entries in doubt, when the others that are kept out are right as typed.
    pub but: Option<BTreeSet<Own>>,
    /// More changes.
    pub there: Vec<Change>,
}

/// The rows of the registers of an indicator, and what is kept out of it.
#[derive(Debug)]
pub(super) struct Ledger {
    /// How many entries of a column have a text, as a key.
    texts: BTreeMap<(VoceKey, Option<String>, String), usize>,
    rows: BTreeMap<Row, Vec<AdmittedEntry>>,
    /// What is kept out of each office and can be used, as typed.
    typed: BTreeMap<OfficeId, BTreeMap<EntryId, Value>>,
    /// How many entries those are.
    kept_out: usize,
}

/// What a trial makes of the entries of an indicator; two trials worth the same give the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    /// The entries outside registers that stay kept out, when the others come as typed.
    but: Option<BTreeSet<Own>>,
    /// The changes that touch no row.
    others: Vec<Change>,
    /// How many rows of each kind there are more, or less.
    rows: BTreeMap<RowKind, i32>,
}

/// What a row of a register is to a result: rows of one kind are worth the same.
type RowKind = (OfficeId, VoceKey, Kind);

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

/// What a trial puts in the columns of rows.
type Made<'c> = BTreeMap<Row, BTreeMap<&'c EntryId, &'c Option<Value>>>;

impl Ledger {
    pub(super) fn of(admitted: &Admitted, indicator: &Indicator) -> Self {
        let mut ledger =
            Self { texts: BTreeMap::new(), rows: BTreeMap::new(), typed: BTreeMap::new(), kept_out: 0 };
        for entry in admitted.entries.iter() {
            let Some(voce) = indicator.voce(&entry.id.voce) else { continue };
            if let Some(row) = row_of(&entry.office, &entry.id) {
                if let Some(value @ Value::Text(_)) = &entry.value {
                    *ledger.texts.entry(text_of(&entry.id, value)).or_default() += 1;
                }
                ledger.rows.entry(row).or_default().push(entry.clone());
            }
            let usable = |value: &&Value| is_usable(voce, entry.id.column.as_deref(), value);
            if let (Admission::Excluded(_), Some(value)) =
                (&entry.admission, entry.value.as_ref().filter(usable))
            {
                let of_office = ledger.typed.entry(entry.office.clone()).or_default();
                ledger.kept_out += usize::from(of_office.insert(entry.id.clone(), value.clone()).is_none());
            }
        }
        ledger
    }

    /// Whether anything else than the entries in doubt is kept out and can be used.
    pub(super) fn has_others(&self, doubt: &BTreeSet<Own>) -> bool {
        self.kept_out > doubt.iter().filter(|own| self.typed(own).is_some()).count()
    }

    /// What is kept out of an entry and can be used, as typed.
    fn typed(&self, (office, id): &Own) -> Option<&Value> {
        self.typed.get(office)?.get(id)
    }

    /// The entries kept out, as typed.
    pub(super) fn all_typed(&self) -> Vec<Change> {
        self.typed.keys().flat_map(|office| self.typed_of(office, &BTreeSet::new())).collect()
    }

    /// The entries of an office that are kept out, as typed, but for some.
    pub(super) fn typed_of(&self, office: &OfficeId, but: &BTreeSet<Own>) -> Vec<Change> {
        let own = self.typed.get(office).into_iter().flatten();
        let granted = own.filter(|(id, _)| !but.contains(&(office.clone(), (*id).clone())));
        granted.map(|(id, value)| Change::Entry(office.clone(), id.clone(), Some(value.clone()))).collect()
    }

    /// What a trial is worth; `None` when it puts a row more, or a text that another row has.
    pub(super) fn worth(
        &self,
        ground: Ground<'_>,
        indicator: &Indicator,
        granted: &Granted,
        changes: &[Change],
    ) -> Option<Worth> {
        let (mut made, mut others) = (Made::new(), Vec::new());
        for change in granted.there.iter().chain(changes) {
            match change {
                Change::Entry(office, id, value) if id.row.is_some() => {
                    made.entry(row_of(office, id)?).or_default().insert(id, value);
                }
                other => others.push(other.clone()),
            }
        }
        self.keeps_texts_apart(&made)?;
        let doubt = || granted.but.iter().flatten();
        let mut touched: BTreeSet<Row> = made.keys().cloned().collect();
        touched.extend(doubt().filter_map(|(office, id)| row_of(office, id)));
        let mut rows: BTreeMap<RowKind, i32> = BTreeMap::new();
        for row in touched {
            let (before, after) = self.made_of(&row, granted.but.as_ref(), made.get(&row))?;
            let voce = indicator.voce(&row.1)?;
            let kind = |fields: &[AdmittedEntry]| {
                (row.0.clone(), row.1.clone(), self.kind(ground, (indicator, voce), fields))
            };
            *rows.entry(kind(&before)).or_default() -= 1;
            *rows.entry(kind(&after)).or_default() += 1;
        }
        rows.retain(|_, number| *number != 0);
        let outside = |(_, id): &&Own| id.row.is_none();
        let but = granted.but.as_ref().map(|but| but.iter().filter(outside).cloned().collect());
        Some(Worth { but, others, rows })
    }

    /// Nothing when a trial gives a row a text that another row has, or will have.
    fn keeps_texts_apart(&self, made: &Made<'_>) -> Option<()> {
        let mut new = BTreeSet::new();
        for (row, columns) in made {
            for (id, value) in columns {
                let Some(value @ Value::Text(_)) = value else { continue };
                let text = text_of(id, value);
                let now = self.rows.get(row)?.iter().find(|entry| entry.id == **id);
                let now = now.and_then(|entry| entry.value.as_ref()).map(|now| text_of(id, now));
                let is_known = self.texts.contains_key(&text);
                if now.as_ref() != Some(&text) && (is_known || !new.insert(text)) {
                    return None;
                }
            }
        }
        Some(())
    }

    /// The fields of a row with all that is granted, and as the trial makes them; `None` when there is no
    /// such row.
    fn made_of(
        &self,
        row: &Row,
        but: Option<&BTreeSet<Own>>,
        made: Option<&BTreeMap<&EntryId, &Option<Value>>>,
    ) -> Option<(Vec<AdmittedEntry>, Vec<AdmittedEntry>)> {
        let now = self.rows.get(row)?;
        let typed = |entry: &AdmittedEntry| {
            let own = (entry.office.clone(), entry.id.clone());
            (self.typed(&own), but.is_some_and(|but| but.contains(&own)))
        };
        let with = |entry: &AdmittedEntry, value: Option<&Value>| match value {
            Some(value) => {
                AdmittedEntry { value: Some(value.clone()), admission: Admission::Admitted, ..entry.clone() }
            }
            None => entry.clone(),
        };
        let is_granted = but.is_some();
        let before = now.iter().map(|entry| with(entry, typed(entry).0.filter(|_| is_granted))).collect();
        let mut left: BTreeMap<&EntryId, &Option<Value>> = made.cloned().unwrap_or_default();
        let made = |entry: &AdmittedEntry, value: &Option<Value>| {
            let admission = if value.is_some() { Admission::Admitted } else { Admission::NotReported };
            AdmittedEntry { value: value.clone(), admission, ..entry.clone() }
        };
        let mut after: Vec<AdmittedEntry> = Vec::new();
        for entry in now {
            let (value, in_doubt) = typed(entry);
            after.push(match left.remove(&entry.id) {
                Some(value) => made(entry, value),
                None => with(entry, value.filter(|_| is_granted && !in_doubt)),
            });
        }
        for (id, value) in left {
            after.push(made(&AdmittedEntry::made_up(&row.0, id, None, Admission::NotReported), value));
        }
        Some((before, after))
    }

    /// The kind of a row with these fields: two rows differ when a value differs, or a text that other rows
    /// have too; rows whose key no other row has, when the formula takes something else from them.
    fn kind(
        &self,
        ground: Ground<'_>,
        (indicator, voce): (&Indicator, &Voce),
        fields: &[AdmittedEntry],
    ) -> Kind {
        let alone: Vec<bool> = fields.iter().map(|entry| self.is_alone(entry)).collect();
        let fields = || fields.iter().zip(&alone);
        let identity = voce.register.as_ref().map(|register| &register.identity);
        if !fields().any(|(entry, alone)| *alone && entry.id.column.as_ref() == identity) {
            let field = |(entry, alone): (&AdmittedEntry, &bool)| {
                let says = || Field::Says(entry.value.clone(), entry.admission.clone());
                let only_here = *alone && entry.admission == Admission::Admitted;
                (entry.id.column.clone(), if only_here { Field::OnlyHere } else { says() })
            };
            return Kind::Fields(fields().map(field).collect());
        }
        let any: Vec<AdmittedEntry> = fields()
            .map(|(entry, alone)| {
                let only = || Some(Value::Text(ONLY_HERE.to_owned()));
                let value = if *alone { only() } else { entry.value.clone() };
                AdmittedEntry { value, ..entry.clone() }
            })
            .collect();
        let fields: Vec<&AdmittedEntry> = any.iter().collect();
        Kind::Alone(taken((indicator, voce), &ground.plan.calendar, ground.month, &fields))
    }

    /// Whether an entry is a text that no other row has in its column.
    fn is_alone(&self, entry: &AdmittedEntry) -> bool {
        let Some(value @ Value::Text(_)) = &entry.value else { return false };
        let text = text_of(&entry.id, value);
        !text.2.is_empty() && self.texts.get(&text).is_none_or(|number| *number == 1)
    }
}

/// The row of an entry, when it is in one.
fn row_of(office: &OfficeId, id: &EntryId) -> Option<Row> {
    Some((office.clone(), id.voce.clone(), id.row?))
}

/// A text of a column, as a key.
fn text_of(id: &EntryId, value: &Value) -> (VoceKey, Option<String>, String) {
    (id.voce.clone(), id.column.clone(), value.joining_key())
}

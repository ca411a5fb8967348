//! *File ricevuti*, *Dati*, the definitions: who had sent what, every value with its place, what was asked.

use std::collections::{BTreeMap, BTreeSet};

use super::offices::offices;
use super::refused::Refused;
use super::table::Table;
use crate::memory::{Kept, KeptFile, Lost, Memory, Said, Slot, slots};
use crate::model::{
    CellRef, EntryId, IndicatorCode, OfficeId, Place, Value, VoceKey, VoceType, date_from_it,
};
use crate::plan::{Plan, Voce};
use crate::read::RawWorkbook;
use crate::report::{
    ACCEPTED, COMPLETE, COUNTS, Data, Definition, FIXED, Files, KEPT_OUT, NOT_APPLICABLE, NOT_REPORTED,
    NOT_THEIRS, REMARK, definitions,
};

/// In *Dati*, who says the values that the plan gives.
pub(super) const THE_PLAN: &str = "(piano)";

/// How the key of "complete up to month" of a register ends.
const DECLARED: &str = ".completo";

/// The files that counted.
pub(super) fn files(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let table = Table::<Files>::read(book)?;
    let offices = offices(plan, book);
    for row in table.rows() {
        if table.text(row, Files::Fate) != ACCEPTED {
            continue;
        }
        if let Some(office) = offices.get(table.text(row, Files::Office).as_str()) {
            let (name, sha256) = (table.text(row, Files::Name), table.text(row, Files::Hash));
            memory.sent.insert((*office).clone());
            memory.files.push(KeptFile { name, sha256, office: (*office).clone() });
        }
    }
    Ok(())
}

/// A row of *Dati* that an office wrote.
struct Line {
    office: OfficeId,
    id: EntryId,
    kept: Kept,
}

/// Every value, and every text beside the values.
pub(super) fn entries(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let table = Table::<Data>::read(book)?;
    let offices = offices(plan, book);
    let mut lines: BTreeMap<OfficeId, Vec<Line>> = BTreeMap::new();
    let defined = definitions(book);
    memory.voci = voci(plan, &defined);
    memory.formulas = defined.into_iter().map(|(code, own)| (code, own.formula)).collect();
    memory.renamed = renamed(plan, &table, &memory.voci);
    memory.voci.extend(memory.renamed.values().cloned());
    for row in table.rows() {
        if table.text(row, Data::Office) == THE_PLAN
            && let Some((_, voce)) = plan.voce(&memory.key_of_now(&table.text(row, Data::Key)))
        {
            let given = of_the_plan(&table, row, voce);
            memory.given.extend(given.map(|value| (voce.key.clone(), value)));
        }
        let Some(office) = offices.get(table.text(row, Data::Office).as_str()) else { continue };
        let (file, key) = (table.text(row, Data::File), table.text(row, Data::Key));
        if ![REMARK, FIXED, NOT_THEIRS].contains(&table.text(row, Data::Counts).as_str()) {
            let voce = memory.key_of_now(key.strip_suffix(DECLARED).unwrap_or(&key));
            memory.asked.entry(voce).or_default().insert((*office).clone());
        }
        // A row without a cell is what nobody sent; but a value that stands of a closed month counts.
        if file.is_empty() && ![COUNTS, NOT_APPLICABLE].contains(&table.text(row, Data::Counts).as_str()) {
            continue;
        }
        if table.text(row, Data::Counts) == REMARK {
            let key = (key, table.month(row, Data::Month));
            memory.texts.insert(((*office).clone(), key), table.text(row, Data::Typed));
        } else if let Some(voce) = key.strip_suffix(DECLARED) {
            let id = EntryId::annual(memory.key_of_now(voce));
            let slot = Slot::declared((*office).clone(), id.voce.clone());
            let said = declared(&table, row);
            memory.entries.insert(slot, Kept { due: true, ..kept(&table, row, id, said) });
        } else if let Some((_, voce)) = plan.voce(&memory.key_of_now(&key)) {
            let id = id(&table, row, voce);
            let said = said(&table, row, voce, &id);
            let kept = kept(&table, row, id.clone(), said);
            if !(kept.due || kept.said != Said::Nothing || kept.kept_out.is_some()) {
                continue;
            }
            let line = Line { office: (*office).clone(), id, kept };
            lines.entry((*office).clone()).or_default().push(line);
        } else if table.said(row, Data::Value) != Said::Nothing {
            memory.lost.push(lost(&table, row, (*office).clone(), VoceKey::from_text(&key)));
        }
    }
    for (office, lines) in lines {
        let said: Vec<(EntryId, Said)> =
            lines.iter().map(|line| (line.id.clone(), line.kept.said.clone())).collect();
        for (line, slot) in lines.into_iter().zip(slots(plan, &office, &said)) {
            let known = slot.map(|slot| memory.entries.insert(slot, line.kept));
            if known.flatten().is_some() {
                let whose = plan.office_name(&line.office).to_owned();
                return Err(Refused::Forged(format!("in «Dati» un valore di {whose} c'è due volte")));
            }
        }
    }
    Ok(())
}

/// The voci of this plan that the plan of the issue had too: its definitions name them. An issue without
/// definitions, of before there were, is taken to have asked for all.
fn voci(plan: &Plan, defined: &BTreeMap<IndicatorCode, Definition>) -> BTreeSet<VoceKey> {
    let had = |key: &VoceKey, scheda: u8| {
        let own =
            defined.iter().filter(|(code, _)| code.as_str().split('.').next() == Some(&scheda.to_string()));
        own.into_iter().any(|(_, then)| then.voci.contains_key(key.name()))
    };
    let all = plan.voci().map(|(indicator, voce)| (&voce.key, indicator.scheda));
    all.filter(|(key, scheda)| defined.is_empty() || had(key, *scheda)).map(|(key, _)| key.clone()).collect()
}

/// The voci of the issue that the plan has under another key: the same words, in the same scheda, of one that
/// the issue did not have, and of no other.
fn renamed(plan: &Plan, table: &Table<'_, Data>, had: &BTreeSet<VoceKey>) -> BTreeMap<VoceKey, VoceKey> {
    let mut renamed = BTreeMap::new();
    for row in table.rows() {
        let key = table.text(row, Data::Key);
        let key = VoceKey::from_text(key.strip_suffix(DECLARED).unwrap_or(&key));
        if renamed.contains_key(&key) || plan.voce(&key).is_some() {
            continue;
        }
        let words = table.text(row, Data::Voce);
        let words = words.strip_suffix(COMPLETE).unwrap_or(&words);
        let is_it = |own: &&Voce| {
            own.key.scheda() == key.scheda() && own.label.trim() == words && !had.contains(&own.key)
        };
        let mut alike = plan.voci().map(|(_, voce)| voce).filter(is_it);
        if let (Some(own), None) = (alike.next(), alike.next()) {
            renamed.insert(key, own.key.clone());
        }
    }
    let mut times: BTreeMap<VoceKey, usize> = BTreeMap::new();
    renamed.values().for_each(|now| *times.entry(now.clone()).or_default() += 1);
    renamed.retain(|_, now| times.get(now) == Some(&1));
    renamed
}

/// A value of a voce that the plan does not have.
fn lost(table: &Table<'_, Data>, row: u32, office: OfficeId, voce: VoceKey) -> Lost {
    let id = EntryId {
        voce,
        month: table.month(row, Data::Month),
        row: table.count(row, Data::Row),
        column: Some(table.text(row, Data::Column)).filter(|label| !label.is_empty()),
    };
    let cell = CellRef::parse(&table.text(row, Data::Cell));
    let place = cell.map(|cell| Place { sheet: table.text(row, Data::Sheet), cell });
    let said = table.said(row, Data::Value);
    Lost { office, id, said, was: place.map(|place| (table.text(row, Data::File), place)) }
}

fn id(table: &Table<'_, Data>, row: u32, voce: &Voce) -> EntryId {
    let label = table.text(row, Data::Column);
    let columns = voce.register.as_ref().map_or(&[][..], |register| register.columns.as_slice());
    let column = columns.iter().find(|column| column.label.trim() == label).map(|column| column.key.clone());
    EntryId {
        voce: voce.key.clone(),
        month: table.month(row, Data::Month),
        row: table.count(row, Data::Row),
        column: column.or(Some(label).filter(|label| !label.is_empty())),
    }
}

/// A value that the plan gave.
pub(super) fn of_the_plan(table: &Table<'_, Data>, row: u32, voce: &Voce) -> Option<Value> {
    match table.said(row, Data::Value) {
        Said::Value(Value::Text(text)) if voce.kind == VoceType::SiNo => Some(Value::Flag(text == "Sì")),
        Said::Value(value) => Some(value),
        _ => None,
    }
}

/// What an entry said, as *Dati* keeps it.
fn said(table: &Table<'_, Data>, row: u32, voce: &Voce, id: &EntryId) -> Said {
    let counts = table.text(row, Data::Counts);
    if counts == NOT_APPLICABLE {
        return Said::NotApplicable;
    }
    let kind = voce.kind_of(id.column.as_deref());
    match (table.said(row, Data::Value), kind) {
        (Said::Value(Value::Text(text)), VoceType::SiNo) => Said::Value(Value::Flag(text == "Sì")),
        // A day too old for a cell is a text there.
        (Said::Value(Value::Text(text)), VoceType::Data) => {
            date_from_it(&text).map_or(Said::Other(text), |day| Said::Value(Value::Date(day)))
        }
        (Said::Nothing, _) if counts == NOT_REPORTED => Said::Nothing,
        (Said::Nothing, _) => Said::typed(&table.text(row, Data::Typed)),
        (said, _) => said,
    }
}

fn declared(table: &Table<'_, Data>, row: u32) -> Said {
    match table.said(row, Data::Value) {
        Said::Nothing => Said::typed(&table.text(row, Data::Typed)),
        said => said,
    }
}

fn kept(table: &Table<'_, Data>, row: u32, id: EntryId, said: Said) -> Kept {
    let counts = table.text(row, Data::Counts);
    let code = counts.strip_prefix(KEPT_OUT).and_then(|rest| rest.strip_prefix(" da "));
    let cell = CellRef::parse(&table.text(row, Data::Cell));
    let due = id.row.is_none() && table.text(row, Data::Due) == "sì" && said != Said::NotApplicable;
    Kept {
        id,
        said,
        kept_out: code.map(str::to_owned),
        due,
        file: table.text(row, Data::File),
        place: cell.map(|cell| Place { sheet: table.text(row, Data::Sheet), cell }),
    }
}

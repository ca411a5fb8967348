//! *Dal mese scorso*: what was consolidated of the offices that the issue lacks, and what they had explained.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{before, month_in_words, slot};
use super::offices::offices;
use super::refused::Refused;
use super::table::Table;
use crate::memory::{Away, Kept, Lost, Memory, Slot, Told};
use crate::model::{CellRef, EntryId, OfficeId, Place, VoceKey};
use crate::plan::Plan;
use crate::read::RawWorkbook;
use crate::report::{BESIDE, Kind, OUT, Previous};

/// What the issue hands on of each office.
pub(super) fn away(plan: &Plan, book: &RawWorkbook, memory: &mut Memory) -> Result<(), Refused> {
    let Some(table) = Table::<Previous>::find(book)? else { return Ok(()) };
    let offices = offices(plan, book);
    for row in table.rows() {
        let kind = table.text(row, Previous::Kind);
        if kind == Kind::Gone.label() {
            gone(plan, &table, row, &offices, memory);
            continue;
        }
        let explained = kind == Kind::Explained.label();
        if !explained && kind != Kind::HandedOn.label() {
            continue;
        }
        let office = offices.get(table.text(row, Previous::Office).as_str());
        let from = month_in_words(&table.text(row, Previous::From));
        let (Some(office), Some(from)) = (office, from) else { continue };
        if from >= memory.month || memory.sent.contains(*office) {
            let whose = plan.office_name(office).to_owned();
            return Err(Refused::Forged(format!(
                "dice che {whose} manca, e che cosa ne era consolidato, ma non è così"
            )));
        }
        let own = memory.away.entry((*office).clone()).or_insert_with(|| Away::empty(from));
        let key = table.text(row, Previous::Key);
        if explained {
            own.explained
                .extend(told(&table, row, office, &key).map(|told| Told { since: Some(from), ..told }));
            continue;
        }
        own.month = own.month.max(from);
        let found = slot(plan, memory, &table, row, office);
        let own = memory.away.entry((*office).clone()).or_insert_with(|| Away::empty(from));
        match found {
            Some(slot) => {
                let kept = kept(plan, &table, row, &slot);
                own.entries.insert(slot, kept);
            }
            None if table.text(row, Previous::Subject) == BESIDE => {
                let month = table.month(row, Previous::Month);
                own.texts.insert((key, month), table.text(row, Previous::Before));
            }
            None => memory.lost.push(lost(&table, row, office, &key)),
        }
    }
    memory.away.values_mut().for_each(|away| number_rows(&mut away.entries));
    Ok(())
}

/// A value of a voce that the plan does not have any more.
fn lost(table: &Table<'_, Previous>, row: u32, office: &OfficeId, key: &str) -> Lost {
    let column = Some(table.text(row, Previous::Column)).filter(|column| !column.is_empty());
    let voce = VoceKey::from_text(key);
    let id = EntryId { voce, month: table.month(row, Previous::Month), row: None, column };
    let place = place(table, row).map(|place| (table.text(row, Previous::ThenFile), place));
    Lost { office: office.clone(), id, said: table.said(row, Previous::Before), was: place }
}

/// A field of a row that was taken away. Which row it was is not known any more.
fn gone(
    plan: &Plan,
    table: &Table<'_, Previous>,
    row: u32,
    offices: &BTreeMap<String, &OfficeId>,
    memory: &mut Memory,
) {
    let office = offices.get(table.text(row, Previous::Office).as_str());
    let Some(slot) = office.and_then(|office| slot(plan, memory, table, row, office)) else { return };
    let own = kept(plan, table, row, &slot);
    let id = EntryId { row: None, ..own.id.clone() };
    memory.gone.insert(slot, Kept { id, ..own });
}

fn kept(plan: &Plan, table: &Table<'_, Previous>, row: u32, slot: &Slot) -> Kept {
    Kept {
        id: EntryId {
            voce: slot.voce.clone(),
            month: slot.month,
            row: slot.row.as_ref().map(|_| 1),
            column: slot.column.clone(),
        },
        said: before(plan, table, row, slot),
        kept_out: table.text(row, Previous::State).strip_prefix(OUT).map(str::to_owned),
        due: false,
        file: table.text(row, Previous::ThenFile),
        place: place(table, row),
    }
}

/// Where it stood.
fn place(table: &Table<'_, Previous>, row: u32) -> Option<Place> {
    let text = table.text(row, Previous::ThenCell);
    let (sheet, cell) = text.rsplit_once('!')?;
    let sheet = sheet.strip_prefix('\'')?.strip_suffix('\'')?.to_owned();
    Some(Place { sheet, cell: CellRef::parse(cell)? })
}

/// The rows of a register in the order in which they stood.
fn number_rows(entries: &mut BTreeMap<Slot, Kept>) {
    let mut stood: BTreeMap<VoceKey, BTreeSet<(Option<CellRef>, String)>> = BTreeMap::new();
    let first = |slot: &Slot, kept: &Kept| {
        let row = kept.place.as_ref().map(|place| CellRef { row: place.cell.row, col: 0 });
        (row, slot.row.clone().unwrap_or_default())
    };
    for (slot, kept) in entries.iter().filter(|(slot, _)| slot.row.is_some()) {
        stood.entry(slot.voce.clone()).or_default().insert(first(slot, kept));
    }
    for (slot, kept) in entries.iter_mut().filter(|(slot, _)| slot.row.is_some()) {
        let place =
            stood.get(&slot.voce).and_then(|rows| rows.iter().position(|own| *own == first(slot, kept)));
        kept.id.row = place.and_then(|place| u32::try_from(place + 1).ok());
    }
}

/// A finding that the office had explained: its subject is its key.
fn told(table: &Table<'_, Previous>, row: u32, office: &OfficeId, key: &str) -> Option<Told> {
    Some(Told {
        found: table.text(row, Previous::Before),
        answers: vec![(office.clone(), table.text(row, Previous::Why))],
        ..Told::about(key)?
    })
}

//! Finds entries by key and month header, never by position, and keeps note of what is not where it was.

use std::collections::{BTreeMap, BTreeSet};

use super::cell;
use super::layout::{Layout, SheetLayout};
use super::manifest::{Manifest, Slot};
use super::register_rows::register_rows;
use super::submission::{EntryState, StructureFact};
use crate::model::{CellRef, Month, Place, VoceKey, VoceType};
use crate::plan::{Column, Register};
use crate::read::{RawCell, RawSheet, RawWorkbook};

/// Where an entry was found.
pub(super) struct Found<'a> {
    pub place: Place,
    pub cell: Option<&'a RawCell>,
    /// Its row or column is missing, or stands more than once.
    pub lost: bool,
}

/// The finder of one workbook.
pub(super) struct Finder<'a> {
    manifest: &'a Manifest,
    /// The sheet of each scheda; absent when missing.
    sheets: BTreeMap<u8, &'a SheetLayout<'a>>,
    /// The sheet of each register that has one of its own, and not its scheda's; `None` when missing.
    registers: BTreeMap<String, Option<&'a SheetLayout<'a>>>,
    /// Other sheets with keys of a scheda, or of a register, that has its own.
    copies: Vec<Copied<'a>>,
    facts: Vec<StructureFact>,
    /// Missing rows and columns already told, duplicated keys and months.
    told: BTreeSet<(String, Option<Month>)>,
    /// Rows that stand elsewhere: by sheet, key and place now.
    moved: BTreeMap<String, BTreeMap<String, Moved>>,
    /// Rows inserted in registers: by sheet, the row under them and how many.
    room: BTreeMap<String, Vec<(u32, u32)>>,
}

/// Another sheet with the keys of a scheda, or of one of its registers.
struct Copied<'a> {
    scheda: u8,
    register: Option<String>,
    layout: &'a SheetLayout<'a>,
}

/// Where a row stood in the template, and where it stands now.
#[derive(Clone, Copy)]
struct Moved {
    home: u32,
    now: u32,
}

impl<'a> Finder<'a> {
    /// A finder for the schede of an office.
    pub(super) fn new(
        schede: impl Iterator<Item = u8>,
        manifest: &'a Manifest,
        layout: &'a Layout<'a>,
        raw: &RawWorkbook,
    ) -> Self {
        let mut finder = Self::empty(manifest);
        for number in schede {
            finder.place_sheet(number, layout, raw);
            let prefix = format!("S{number:02}.");
            let registers = manifest.register_sheets().into_iter();
            for (register, expected) in registers.filter(|(key, _)| key.starts_with(&prefix)) {
                finder.place_register(number, register, expected, layout);
            }
        }
        for sheet in &raw.sheets {
            if let Some(what) = &sheet.damage {
                finder
                    .facts
                    .push(StructureFact::SheetDamaged { sheet: sheet.name.clone(), what: what.clone() });
            }
        }
        finder
    }

    fn place_sheet(&mut self, scheda: u8, layout: &'a Layout<'a>, raw: &RawWorkbook) {
        let expected = format!("Scheda {scheda}");
        let prefix = format!("S{scheda:02}.");
        let holding: Vec<_> = layout.holding(&prefix).collect();
        let named = holding.iter().find(|found| found.sheet.name.eq_ignore_ascii_case(&expected));
        if let Some(found) = named {
            self.sheets.insert(scheda, found);
            let others = holding.iter().filter(|other| other.sheet.name != found.sheet.name);
            self.copies.extend(others.map(|layout| Copied { scheda, register: None, layout }));
        } else if let [found] = holding.as_slice() {
            self.sheets.insert(scheda, found);
            let found = found.sheet.name.clone();
            self.facts.push(StructureFact::SheetRenamed { scheda, expected, found });
        } else {
            // None, or several copies under other names: nobody can tell which one counts.
            let nearest = raw
                .sheets
                .iter()
                .filter(|sheet| !layout.serves_others(sheet, &prefix))
                .filter(|sheet| {
                    sheet.name.eq_ignore_ascii_case(&expected) || !is_named_as_a_scheda(&sheet.name)
                })
                .map(|sheet| {
                    (strsim::damerau_levenshtein(&sheet.name.to_lowercase(), &expected.to_lowercase()), sheet)
                })
                .filter(|(distance, _)| *distance <= 3)
                .min_by_key(|(distance, _)| *distance)
                .map(|(_, sheet)| sheet.name.clone());
            let listed = self.manifest.cells.keys().any(|slot| slot.key.starts_with(&prefix));
            self.facts.push(StructureFact::SheetMissing { scheda, expected, nearest, listed });
        }
    }

    fn place_register(&mut self, scheda: u8, register: &str, expected: &str, layout: &'a Layout<'a>) {
        let holding: Vec<_> = layout.registers(register).collect();
        let named = holding.iter().find(|found| found.sheet.name.eq_ignore_ascii_case(expected)).copied();
        let expected = expected.to_owned();
        let own = named.or(if let [found] = holding.as_slice() { Some(*found) } else { None });
        match (named, own) {
            (Some(found), _) => {
                let others = holding.iter().filter(|other| other.sheet.name != found.sheet.name);
                let copied = |layout| Copied { scheda, register: Some(register.to_owned()), layout };
                self.copies.extend(others.map(|other| copied(*other)));
            }
            (None, Some(found)) => {
                let found = found.sheet.name.clone();
                self.facts.push(StructureFact::SheetRenamed { scheda, expected, found });
            }
            (None, None) => {
                let missing = StructureFact::SheetMissing { scheda, expected, nearest: None, listed: true };
                self.facts.push(missing);
            }
        }
        self.registers.insert(register.to_owned(), own);
    }

    /// The sheet in which the rows of a register, or of anything else of a scheda, stand.
    fn sheet_of(&self, scheda: u8, register: &str) -> Option<&'a SheetLayout<'a>> {
        self.registers.get(register).copied().unwrap_or_else(|| self.sheets.get(&scheda).copied())
    }

    /// The sheets of registers that have one of their own, with the key of each.
    pub(super) fn register_layouts(&self) -> impl Iterator<Item = (&str, &'a SheetLayout<'a>)> {
        self.registers.iter().filter_map(|(key, layout)| Some((key.as_str(), (*layout)?)))
    }

    /// The sheet of each scheda that has one.
    pub(super) fn sheets(&self) -> impl Iterator<Item = (u8, &'a RawSheet)> {
        self.sheets.iter().map(|(scheda, layout)| (*scheda, layout.sheet))
    }

    /// A finder for each other sheet with keys of a scheda that has its own: the scheda, the name, the
    /// finder.
    pub(super) fn copies(&self) -> Vec<(u8, String, Self)> {
        let nowhere = || self.registers.keys().map(|key| (key.clone(), None)).collect();
        let of = |Copied { scheda, register, layout }: &Copied<'a>| {
            let mut finder = Self { registers: nowhere(), ..Self::empty(self.manifest) };
            match register {
                Some(register) => drop(finder.registers.insert(register.clone(), Some(*layout))),
                None => drop(finder.sheets.insert(*scheda, *layout)),
            }
            (*scheda, layout.sheet.name.clone(), finder)
        };
        self.copies.iter().map(of).collect()
    }

    fn empty(manifest: &'a Manifest) -> Self {
        Self {
            manifest,
            sheets: BTreeMap::new(),
            registers: BTreeMap::new(),
            copies: Vec::new(),
            facts: Vec::new(),
            told: BTreeSet::new(),
            moved: BTreeMap::new(),
            room: BTreeMap::new(),
        }
    }

    /// What was found in the sheet of a scheda.
    pub(super) fn layout(&self, scheda: u8) -> Option<&'a SheetLayout<'a>> {
        self.sheets.get(&scheda).copied()
    }

    /// A text under its own key; else in the manifest's column of the row of another one.
    pub(super) fn aside(&mut self, scheda: u8, key: &str, row: &str) -> Option<Found<'a>> {
        let slot = Slot { key: key.to_owned(), ..Slot::default() };
        if self.layout(scheda).is_some_and(|layout| layout.keys.contains_key(key)) {
            return Some(self.find_quietly(scheda, &slot)).filter(|found| !found.lost);
        }
        let (sheet, home) = self.manifest.cells.get(&slot)?;
        self.at_row_of(scheda, row, self.moved_with_months(scheda, row, (sheet.as_str(), home.col)))
    }

    /// Notes that the row of a text is gone, when the workbook's own list has it.
    pub(super) fn note_gone(&mut self, scheda: u8, row: &str, key: &str) {
        let slot = Slot { key: key.to_owned(), ..Slot::default() };
        let Some(layout) = self.sheets.get(&scheda).copied() else { return };
        let home = self.manifest.cells.get(&slot).cloned();
        if home.is_some() && !layout.keys.contains_key(row) && !layout.keys.contains_key(key) {
            self.tell_missing(layout, row, None, home.as_ref());
        }
    }

    /// Where a column of the template stands now: it moves with the last month before it, when a column is
    /// put in or taken out.
    fn moved_with_months(&self, scheda: u8, row: &str, (sheet, col): (&str, u16)) -> u16 {
        let found = || {
            let layout = self.layout(scheda)?;
            let at = layout.keys.get(row)?.first()?;
            let (month, home) = self.manifest.month_up_to(sheet, col)?;
            let now = layout.column(*at, Some(month)).ok().flatten()?;
            (col - home).checked_add(now)
        };
        found().unwrap_or(col)
    }

    /// A cell of the row of a key, in a column.
    fn at_row_of(&self, scheda: u8, key: &str, col: u16) -> Option<Found<'a>> {
        let layout = self.layout(scheda)?;
        let [row] = layout.keys.get(key)?.as_slice() else { return None };
        let cell = CellRef { row: *row, col };
        let place = Place { sheet: layout.sheet.name.clone(), cell };
        Some(Found { place, cell: layout.sheet.cell(cell), lost: false })
    }

    /// Everything noted, in order.
    pub(super) fn into_facts(self) -> Vec<StructureFact> {
        let mut facts = self.facts;
        for (sheet, rows) in self.moved {
            let mut gone = rows_gone(&facts, &sheet);
            if headless(&facts, &sheet) {
                // The row of the months stood above the first one that went up.
                gone.extend(rows.values().map(|moved| moved.home).min().and_then(|home| home.checked_sub(1)));
            }
            let shuffled = are_shuffled(&rows);
            let room = self.room.get(&sheet).map_or(&[][..], Vec::as_slice);
            let rows: Vec<(String, CellRef)> = rows
                .into_iter()
                .filter(|(_, moved)| !moved.only_followed(&gone, room))
                .map(|(key, moved)| (key, CellRef { row: moved.now, col: 0 }))
                .collect();
            if !rows.is_empty() {
                facts.push(StructureFact::RowsMoved { sheet, rows, shuffled });
            }
        }
        facts
    }

    /// The entry of a slot, noting what is missing, doubled or moved.
    pub(super) fn find(&mut self, scheda: u8, slot: &Slot) -> Found<'a> {
        self.locate(scheda, slot, None, true)
    }

    /// The same without noting anything: for notes and evidence, which decide nothing.
    pub(super) fn find_quietly(&mut self, scheda: u8, slot: &Slot) -> Found<'a> {
        self.locate(scheda, slot, None, false)
    }

    /// A field of a register's row: its column is found by its label.
    pub(super) fn find_field(
        &mut self,
        scheda: u8,
        key: &str,
        row: u32,
        register: &Register,
        column: &Column,
    ) -> Found<'a> {
        let slot =
            Slot { key: key.to_owned(), month: None, row: Some(row), column: Some(column.key.clone()) };
        let col = self.sheet_of(scheda, key).and_then(|layout| {
            let labelled = |column: &Column| layout.register_column(key, &column.label);
            labelled(column).or_else(|| {
                // The label was changed: the template's column is good only where the row has not moved
                // and no other column of the register stands there now.
                let (_, cell) = self.manifest.cells.get(&slot)?;
                let at_home =
                    layout.keys.get(&format!("{key}#{row}")).is_some_and(|rows| rows == &[cell.row]);
                let taken = register.columns.iter().any(|other| labelled(other) == Some(cell.col));
                (at_home && !taken).then_some(cell.col)
            })
        });
        self.locate(scheda, &slot, Some(col), true)
    }

    /// The rows of a register with a key: the template's and those that an office added; and those without
    /// one, each with its row in the sheet, noting where they stand.
    pub(super) fn register_rows(
        &mut self,
        scheda: u8,
        voce: &VoceKey,
        register: &Register,
    ) -> (BTreeSet<u32>, Vec<(u32, u32)>) {
        let key = voce.as_str();
        let layout = self.sheet_of(scheda, key);
        let found = register_rows(layout, self.manifest, key);
        let Some(layout) = layout else { return (found.keyed, Vec::new()) };
        let columns: Vec<u16> = register
            .columns
            .iter()
            .filter_map(|column| self.field_column(layout, key, register, column))
            .collect();
        let typed = |row: &u32| {
            columns.iter().any(|col| {
                let cell = layout.sheet.cell(CellRef { row: *row, col: *col });
                cell.is_some_and(|cell| !is_blank(cell))
            })
        };
        let first = found.first_free(self.manifest, key);
        let (rows, blank): (Vec<u32>, Vec<u32>) = found.keyless.into_iter().partition(typed);
        let rows: Vec<(u32, u32)> = (first..).zip(rows).collect();
        let sheet = layout.sheet.name.clone();
        self.room.entry(sheet.clone()).or_default().extend(found.inserted);
        if !rows.is_empty() || !blank.is_empty() {
            let (register, rows) = (voce.clone(), rows.clone());
            self.facts.push(StructureFact::RowsWithoutKey { sheet, register, rows, blank });
        }
        (found.keyed, rows)
    }

    /// A field of a row without a key.
    pub(super) fn field_at(
        &self,
        scheda: u8,
        key: &str,
        row: u32,
        register: &Register,
        column: &Column,
    ) -> Option<Found<'a>> {
        let layout = self.sheet_of(scheda, key)?;
        let cell = CellRef { row, col: self.field_column(layout, key, register, column)? };
        let place = Place { sheet: layout.sheet.name.clone(), cell };
        Some(Found { place, cell: layout.sheet.cell(cell), lost: false })
    }

    /// The column of a register under its label; without it the template's, where no other one stands now.
    fn field_column(
        &self,
        layout: &SheetLayout<'_>,
        key: &str,
        register: &Register,
        column: &Column,
    ) -> Option<u16> {
        let labelled = |column: &Column| layout.register_column(key, &column.label);
        labelled(column).or_else(|| {
            let home = self.manifest.column(key, &column.key)?;
            let taken = register.columns.iter().any(|other| labelled(other) == Some(home));
            (!taken).then_some(home)
        })
    }

    /// The cell that shows a value fixed by the plan.
    pub(super) fn shown(&self, scheda: u8, key: &str) -> Option<(Place, Option<&'a RawCell>)> {
        let layout = *self.sheets.get(&scheda)?;
        let row = *layout.keys.get(key)?.first()?;
        let cell = CellRef { row, col: layout.column(row, None).ok().flatten()? };
        Some((Place { sheet: layout.sheet.name.clone(), cell }, layout.sheet.cell(cell)))
    }

    /// The row of a key that the office should not have, with what is typed in its months, or in its year.
    pub(super) fn row_with(
        &self,
        sheets: &Layout<'_>,
        scheda: u8,
        key: &str,
        by_month: bool,
    ) -> Option<(String, Vec<CellRef>)> {
        let layout = match self.sheets.get(&scheda) {
            Some(layout) => layout,
            None => sheets.holding(&format!("S{scheda:02}.")).next()?,
        };
        let row = *layout.keys.get(key)?.first()?;
        let periods: Vec<Option<Month>> =
            if by_month { Month::all().map(Some).collect() } else { vec![None] };
        let columns: BTreeSet<u16> =
            periods.into_iter().filter_map(|period| layout.column(row, period).ok().flatten()).collect();
        let cells: Vec<CellRef> =
            layout.typed_in(row).into_iter().filter(|cell| columns.contains(&cell.col)).collect();
        (!cells.is_empty()).then(|| (layout.sheet.name.clone(), cells))
    }

    /// Notes a fact found elsewhere.
    pub(super) fn note(&mut self, fact: StructureFact) {
        self.facts.push(fact);
    }

    fn locate(&mut self, scheda: u8, slot: &Slot, column: Option<Option<u16>>, loud: bool) -> Found<'a> {
        let template = self.manifest.cells.get(slot).cloned();
        let key = match slot.row {
            Some(row) => format!("{}#{row}", slot.key),
            None => slot.key.clone(),
        };
        let own = if slot.row.is_some() { self.sheet_of(scheda, &slot.key) } else { self.layout(scheda) };
        let Some(layout) = own else {
            return lost(template, scheda);
        };
        let Some(row) = self.row(layout, &key, template.as_ref(), loud) else {
            return lost(template, scheda);
        };
        let at_home = template.as_ref().is_some_and(|(_, cell)| cell.row == row);
        let col = match column {
            Some(col) => col,
            None => match layout.column(row, slot.month) {
                Ok(Some(col)) => Some(col),
                // No header row at all: the template's column is good only where the row has not moved.
                Ok(None) if at_home => template.as_ref().map(|(_, cell)| cell.col),
                Ok(None) | Err(()) => None,
            },
        };
        let Some(col) = col else {
            if let Some(headings) = slot.month.and_then(|month| layout.doubled(row, month)) {
                return self.doubled_month(layout, row, slot.month, headings, loud);
            }
            if loud && column.is_none() && !layout.has_header() {
                self.tell_headless(layout, scheda);
            } else if loud {
                self.tell_missing(layout, &key, slot.month, template.as_ref());
            }
            return lost(template, scheda);
        };
        if loud && template.is_some() && !at_home {
            let home = template.as_ref().map_or(row, |(_, cell)| cell.row);
            let moved = Moved { home, now: row };
            self.moved.entry(layout.sheet.name.clone()).or_default().insert(key, moved);
        }
        let cell = CellRef { row, col };
        Found {
            place: Place { sheet: layout.sheet.name.clone(), cell },
            cell: layout.sheet.cell(cell),
            lost: false,
        }
    }

    /// The one row with a key; when there is none, or more than one, that is told if `loud`.
    fn row(
        &mut self,
        layout: &SheetLayout<'_>,
        key: &str,
        template: Option<&(String, CellRef)>,
        loud: bool,
    ) -> Option<u32> {
        match layout.keys.get(key).map_or(&[][..], Vec::as_slice) {
            [row] => return Some(*row),
            [] if loud => self.tell_missing(layout, key, None, template),
            rows if loud && self.told.insert((key.to_owned(), None)) => {
                let cells = rows.iter().map(|row| CellRef { row: *row, col: 0 }).collect();
                let (sheet, key) = (layout.sheet.name.clone(), key.to_owned());
                self.facts.push(StructureFact::Duplicated { sheet, key, cells });
            }
            _ => {}
        }
        None
    }

    /// An entry whose month is headed twice: nobody can tell which column counts.
    fn doubled_month(
        &mut self,
        layout: &SheetLayout<'_>,
        row: u32,
        month: Option<Month>,
        headings: Vec<CellRef>,
        loud: bool,
    ) -> Found<'a> {
        let col = headings.first().map_or(0, |heading| heading.col);
        let place = Place { sheet: layout.sheet.name.clone(), cell: CellRef { row, col } };
        let told = (format!("{} {headings:?}", layout.sheet.name), month);
        if let Some(month) = month.filter(|_| loud && self.told.insert(told)) {
            self.facts.push(StructureFact::MonthTwice { sheet: place.sheet.clone(), month, headings });
        }
        Found { place, cell: None, lost: true }
    }

    /// A sheet without the row of the months: told once, whatever it makes unreadable.
    fn tell_headless(&mut self, layout: &SheetLayout<'_>, scheda: u8) {
        let sheet = layout.sheet.name.clone();
        if !headless(&self.facts, &sheet) {
            self.facts.push(StructureFact::HeaderMissing { scheda, sheet });
        }
    }

    fn tell_missing(
        &mut self,
        layout: &SheetLayout<'_>,
        key: &str,
        month: Option<Month>,
        template: Option<&(String, CellRef)>,
    ) {
        if self.told.insert((key.to_owned(), month)) {
            let cell = template.map(|(_, cell)| *cell);
            let row = layout.keys.get(key).and_then(|rows| rows.first());
            let heading = row.zip(month).and_then(|(row, month)| layout.overwritten(*row, month));
            self.facts.push(StructureFact::Missing {
                sheet: layout.sheet.name.clone(),
                key: key.to_owned(),
                month,
                cell,
                heading,
                row_stands: row.is_some(),
            });
        }
    }
}

impl Moved {
    /// Whether it only went up to close the room of the rows taken away above it, or down to make room for
    /// the rows that a register got: they are the cause.
    fn only_followed(self, gone: &BTreeSet<u32>, room: &[(u32, u32)]) -> bool {
        let closed = u64::try_from(gone.range(..self.home).count()).unwrap_or(u64::MAX);
        let made: u64 =
            room.iter().filter(|(under, _)| *under <= self.now).map(|(_, rows)| u64::from(*rows)).sum();
        let moved = u64::from(self.now).saturating_add(closed) == u64::from(self.home).saturating_add(made);
        moved && closed.saturating_add(made) > 0
    }
}

/// Whether a sheet has the name of a scheda: it is not another one under a wrong name.
fn is_named_as_a_scheda(name: &str) -> bool {
    name.strip_prefix("Scheda ").is_some_and(|rest| rest.parse::<u8>().is_ok())
}

/// Whether rows stand in another order than in the template.
fn are_shuffled(rows: &BTreeMap<String, Moved>) -> bool {
    let mut by_home: Vec<&Moved> = rows.values().collect();
    by_home.sort_by_key(|moved| moved.home);
    !by_home.is_sorted_by_key(|moved| moved.now)
}

/// Whether a sheet has lost the row of the months.
fn headless(facts: &[StructureFact], sheet: &str) -> bool {
    facts.iter().any(|fact| matches!(fact, StructureFact::HeaderMissing { sheet: own, .. } if own == sheet))
}

/// The rows of the template that are in the sheet no more.
fn rows_gone(facts: &[StructureFact], sheet: &str) -> BTreeSet<u32> {
    let gone = facts.iter().filter_map(|fact| match fact {
        StructureFact::Missing { sheet: own, month: None, cell, .. } if own == sheet => {
            cell.map(|cell| cell.row)
        }
        _ => None,
    });
    gone.collect()
}

/// Whether a cell says nothing, whatever is wanted there.
fn is_blank(cell: &RawCell) -> bool {
    matches!(cell::read(VoceType::Testo, Some(cell), false).state, EntryState::Blank)
}

fn lost<'a>(template: Option<(String, CellRef)>, scheda: u8) -> Found<'a> {
    let (sheet, cell) = template.unwrap_or_else(|| (format!("Scheda {scheda}"), CellRef { row: 0, col: 0 }));
    Found { place: Place { sheet, cell }, cell: None, lost: true }
}

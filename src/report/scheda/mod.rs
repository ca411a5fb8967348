//! `S01` … `S13`: a sheet for each scheda, from the printed page down to the last term.
//!
//! Block after block on the same columns: the scheda as it is printed, the charts, how the plan is read; then every
//! figure twice (the engine's and a live formula), the offices' contributions, the months. The figures of each
//! indicator are a table, so that a page never holds rows without their header.

mod colour;
mod contents;
mod contributions;
mod degree;
mod formula_terms;
mod milestones;
mod months;
mod places;
mod printed;
mod readings;
mod recalc;
mod second;
mod trend;

pub(super) use degree::{Term, ratio, scheda_degree, terms, total, word_of};
pub(super) use months::mean;
pub(super) use places::{Figure, IndicatorPlaces, Places};

use crate::aggregate::IndicatorResult;
use crate::model::CellRef;
use crate::plan::{Indicator, Scheda};

use super::Run;
use super::height;
use super::index::Index;
use super::registers::Registers;
use super::sheet::{Cell, Chart, Frozen, Paper, Row, RowKind, Sheet, TabKind};
use super::spot::{Area, Target};
use super::table::{BODY, names, top};
use contents::{Block, Entry};
use trend::Slot;

/// Widths of the columns that all the blocks share; on paper they take a page at 64 %.
const WIDTHS: [u16; 14] = [8, 22, 27, 14, 24, 11, 14, 11, 14, 15, 16, 11, 11, 9];

/// Width of a column of which the formula of another plan needs more.
const MORE: u16 = 11;

/// Points of rows that a page holds under the repeated title, with the heading of a table.
const PAGE: u32 = 690;

/// A sheet being built, block after block.
struct Builder<'a, 'b> {
    run: &'b Run<'a>,
    index: &'b Index<'a>,
    registers: &'b Registers<'a>,
    scheda: &'a Scheda,
    name: &'static str,
    rows: Vec<Row>,
    tables: Vec<Area>,
    /// The heading of each table, in order.
    contents: Vec<Entry>,
    /// The first row of the room left for the contents.
    contents_at: u32,
    charts: Vec<Chart>,
    /// Where the charts will stand.
    slots: Vec<Slot>,
    places: &'b mut Places,
}

/// The sheets of the schede, and where their figures stand.
pub(super) fn sheets(run: &Run<'_>, index: &Index<'_>, registers: &Registers<'_>) -> (Vec<Sheet>, Places) {
    let mut places = Places::default();
    let sheets =
        run.plan.schede.iter().map(|scheda| sheet(run, index, registers, scheda, &mut places)).collect();
    (sheets, places)
}

fn sheet<'a>(
    run: &Run<'a>,
    index: &Index<'a>,
    registers: &Registers<'a>,
    scheda: &'a Scheda,
    places: &mut Places,
) -> Sheet {
    let name = names::scheda(scheda.number);
    let mut builder = Builder {
        run,
        index,
        registers,
        scheda,
        name,
        rows: Vec::new(),
        tables: Vec::new(),
        contents: Vec::new(),
        contents_at: 0,
        charts: Vec::new(),
        slots: Vec::new(),
        places,
    };
    builder.blocks();
    Sheet {
        name,
        tab: TabKind::Reading,
        widths: widths(&builder.rows),
        rows: builder.rows,
        frozen: Some(Frozen { rows: BODY - 1, columns: 1 }),
        // Several tables, none of which heads all the pages: the title does.
        repeat: Some(0),
        paper: Paper::Whole,
        tables: builder.tables,
        charts: builder.charts,
        sparklines: Vec::new(),
    }
}

/// The columns of the sheet: wider where a formula has many terms.
fn widths(rows: &[Row]) -> Vec<u16> {
    let mut widths = WIDTHS.to_vec();
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    widths.resize(columns.max(WIDTHS.len()), MORE);
    widths
}

/// The ways out of the sheet.
fn ways() -> Row {
    let way = |text: &str, sheet| Cell::link(text, Some(top(sheet)));
    let cells = vec![
        way("← Copertina", names::COVER).over(2),
        Cell::blank(),
        way("← Sintesi", names::SUMMARY),
        Cell::blank(),
        way("← Risultati", names::RESULTS),
    ];
    Row::of(RowKind::Space, cells)
}

fn span() -> u16 {
    u16::try_from(WIDTHS.len()).unwrap_or(1)
}

impl<'a> Builder<'a, '_> {
    /// The blocks, in the order in which they are read.
    fn blocks(&mut self) {
        self.head();
        self.printed();
        self.leave_room_for_trend();
        self.readings();
        self.milestones();
        let cells = self.recalculation();
        self.contributions();
        let months = self.months(&cells);
        self.trend(&months);
        self.lead_down();
        self.tell_contents();
    }

    /// The ways down to the figures and their formulas: beside the ways out, and from each row of the scheda.
    fn lead_down(&mut self) {
        let figures = |entry: &&Entry| entry.block == Block::Figures;
        let first = self.contents.iter().find(figures).map(|entry| entry.target);
        if let Some(row) = self.rows.iter_mut().find(|row| **row == ways()).filter(|_| first.is_some()) {
            row.cells.push(Cell::link("Ricalcolo ↓", first).over(2));
        }
        for entry in self.contents.iter().filter(figures) {
            let printed = self.places.indicators.iter().find(|(code, _)| code.as_str() == entry.label);
            let row = printed.and_then(|(_, own)| usize::try_from(own.printed?.cell.row).ok());
            let cell = row.and_then(|row| self.rows.get_mut(row)?.cells.first_mut());
            if let Some(cell) = cell {
                *cell = Cell::link(entry.label.as_str(), Some(entry.target)).strong();
            }
        }
    }

    /// The indicators of the scheda with their results, in the plan's order.
    fn indicators(&self) -> Vec<(&'a Indicator, &'a IndicatorResult)> {
        let results = self.run.consolidation;
        let of = |indicator: &'a Indicator| Some((indicator, results.indicator(&indicator.code)?));
        self.scheda.indicators().filter_map(of).collect()
    }

    /// The title of a block, after a little room.
    fn heading(&mut self, text: &str) {
        self.rows.push(Row::space());
        self.rows.push(Row::line(RowKind::Heading, 0, text, span()));
    }

    /// The heading of a table, right above it: the contents under the title of the sheet lead there. The first of a
    /// block has a little room over it.
    fn head_table(&mut self, block: Block, label: impl Into<String>, text: &str) {
        if self.contents.last().is_none_or(|last| last.block != block) {
            self.rows.push(Row::space());
        }
        let target = Target { sheet: self.name, cell: self.next_cell(0) };
        self.contents.push(Entry { block, label: label.into(), target });
        self.rows.push(Row::line(RowKind::Heading, 0, text, span()));
    }

    /// A table of rows that no formula names: its heading, a line of text unless it is empty, its header, its rows.
    /// One that is longer than a page goes on in another, with a header of its own.
    fn table(&mut self, block: Block, title: &str, text: &str, header: &Row, body: Vec<Row>) {
        let columns = header.cells.len();
        for (place, part) in parts(body).into_iter().enumerate() {
            if place == 0 {
                self.head_table(block, "", title);
                if !text.is_empty() {
                    self.prose(text);
                }
            } else {
                self.head_table(block, "", &format!("{title} (segue)"));
            }
            let top = self.next_row();
            self.rows.push(header.clone());
            self.rows.extend(part);
            self.mark(top, columns);
        }
    }

    /// A line of running text.
    fn prose(&mut self, text: impl Into<String>) {
        self.rows.push(Row::line(RowKind::Prose, 0, text, span()));
    }

    /// The row where the next one will stand, from 0.
    fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// The cell in a column of the next row.
    fn next_cell(&self, column: u16) -> CellRef {
        CellRef { row: self.next_row(), col: column }
    }
}

/// The rows that a page holds, and those of the next ones.
fn parts(body: Vec<Row>) -> Vec<Vec<Row>> {
    let mut parts: Vec<Vec<Row>> = Vec::new();
    let mut used = PAGE;
    for row in body {
        let points = height::of(&row, &WIDTHS).points;
        match parts.last_mut().filter(|_| used + points <= PAGE) {
            Some(part) => part.push(row),
            None => {
                parts.push(vec![row]);
                used = 0;
            }
        }
        used += points;
    }
    parts
}

#[cfg(test)]
mod tests;

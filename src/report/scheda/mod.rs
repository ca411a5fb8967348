//! `S01` … `S13`: a sheet for each scheda, from the printed page down to the last term.
//!
//! Block after block on the same columns: the scheda as it is printed, the charts, how the plan is read; then
//! every figure twice (the engine's and a live formula), the offices' contributions, the months. The figures
//! of each indicator are a table, so that a page never holds rows without their header.

mod builder;
mod colour;
mod contents;
mod contributions;
mod degree;
mod formula_terms;
mod milestones;
mod months;
mod page;
pub(super) mod places;
mod printed;
mod readings;
mod recalc;
mod second;
mod trend;
mod twins;

pub(super) use degree::{Term, mean, paced_terms, ratio, scheda_degree, terms, total, word_of};

use crate::plan::Scheda;

use super::index::Index;
use super::registers::Registers;
use crate::book::height::FULL;
use crate::book::table::{BODY, names};
use crate::book::{Cell, Frozen, Leaf, Paper, Row, Sheet, TabKind};
use crate::certify::Run;
use builder::{Block, Builder, Entry, PAPER, WIDTHS, ways};
use places::Places;

/// Width of a column of which the formula of another plan needs more.
const MORE: u16 = 11;

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
        page: 0,
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
        leaf: Some(Leaf { rows: builder.page, columns: PAPER, pages: 1, upright: true, letters: FULL }),
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

impl<'a> Builder<'a, '_> {
    /// The blocks, in the order in which they are read.
    fn blocks(&mut self) {
        self.head();
        self.printed();
        self.leave_room_for_trend();
        self.words();
        self.leave_room_for_contents();
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
}

#[cfg(test)]
mod tests;

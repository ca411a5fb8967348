//! `S01` … `S13`: a sheet for each scheda, from the printed page down to the last term.
//!
//! Block after block on the same columns: the scheda as it is printed, the charts, how the plan is read; then every
//! figure twice (the engine's and a live formula), the offices' contributions, the months.

mod contributions;
mod months;
mod places;
mod printed;
mod readings;
mod recalc;
mod trend;

pub(super) use months::mean;
pub(super) use places::{Figure, IndicatorPlaces, Places};

use crate::aggregate::IndicatorResult;
use crate::model::CellRef;
use crate::plan::{Indicator, Scheda};

use super::Run;
use super::index::Index;
use super::registers::Registers;
use super::sheet::{Area, Cell, Chart, Frozen, Paper, Row, RowKind, Sheet, TabKind, Target};
use super::table::{BODY, names, top};
use trend::Slot;

/// Widths of the columns that all the blocks share; on paper they take a page at 64 %.
const WIDTHS: [u16; 13] = [8, 23, 27, 14, 24, 12, 14, 11, 16, 18, 19, 11, 11];

/// A sheet being built, block after block.
struct Builder<'a, 'b> {
    run: &'b Run<'a>,
    index: &'b Index<'a>,
    registers: &'b Registers<'a>,
    scheda: &'a Scheda,
    name: &'static str,
    rows: Vec<Row>,
    tables: Vec<Area>,
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
        charts: Vec::new(),
        slots: Vec::new(),
        places,
    };
    builder.blocks();
    Sheet {
        name,
        tab: TabKind::Reading,
        widths: WIDTHS.to_vec(),
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
        let title = self.next_row().saturating_add(1);
        let cells = self.recalculation();
        self.lead_down(title);
        self.contributions();
        let months = self.months(&cells);
        self.trend(&months);
    }

    /// Beside the ways out, the way down to the figures and their formulas.
    fn lead_down(&mut self, title: u32) {
        let below = Target { sheet: self.name, cell: CellRef { row: title, col: 0 } };
        if let Some(row) = self.rows.iter_mut().find(|row| **row == ways()) {
            row.cells.push(Cell::link("Ricalcolo ↓", Some(below)));
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

#[cfg(test)]
mod tests;

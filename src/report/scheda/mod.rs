//! `S01` … `S13`: a sheet for each scheda, from the printed page down to the last term.
//!
//! Block after block on the same columns: the scheda as it is printed, how the plan is read, the charts; then every
//! figure twice (the engine's and a live formula), the offices' contributions, the months.

mod contributions;
mod months;
mod places;
mod recalc;

pub(super) use months::mean;
pub(super) use places::{Figure, IndicatorPlaces, Places, SchedaPlaces};

use crate::model::CellRef;
use crate::plan::Scheda;

use super::Run;
use super::index::Index;
use super::registers::Registers;
use super::sheet::{Area, Chart, Frozen, Paper, Row, Sheet, TabKind};
use super::table::{BODY, heading, names};

/// Widths of the columns that all the blocks share.
const WIDTHS: [u16; 13] = [9, 24, 28, 14, 21, 13, 13, 12, 20, 21, 19, 11, 11];

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
        rows: heading(&format!("Scheda {}: {}", scheda.number, scheda.title), &scheda.perspective, span()),
        tables: Vec::new(),
        charts: Vec::new(),
        places,
    };
    builder.blocks();
    Sheet {
        name,
        tab: TabKind::Reading,
        widths: WIDTHS.to_vec(),
        rows: builder.rows,
        frozen: Some(Frozen { rows: BODY - 1, columns: 1 }),
        repeat: None,
        paper: Paper::Wide,
        tables: builder.tables,
        charts: builder.charts,
        sparklines: Vec::new(),
    }
}

fn span() -> u16 {
    u16::try_from(WIDTHS.len()).unwrap_or(1)
}

impl Builder<'_, '_> {
    /// The blocks, in the order in which they are read.
    fn blocks(&mut self) {
        let cells = self.recalculation();
        self.contributions();
        self.months(&cells);
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

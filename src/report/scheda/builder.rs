//! A sheet of a scheda while it is built, block after block.

use crate::aggregate::IndicatorResult;
use crate::book::height;
use crate::book::table::{names, top};
use crate::book::{Cell, Chart, Row, RowKind};
use crate::certify::Run;
use crate::excel::{Area, Target};
use crate::model::{CellRef, IndicatorCode};
use crate::plan::{Indicator, Scheda};
use crate::report::index::Index;
use crate::report::registers::Registers;

use super::places::Places;

/// Widths of the columns that all the blocks share; the first ones are those of the printed page.
pub(super) const WIDTHS: [u16; 14] = [8, 25, 24, 14, 14, 14, 14, 14, 17, 17, 16, 11, 11, 8];

/// How many columns the printed page has.
pub(super) const PAPER: u16 = 8;

/// Points of rows that a page holds under the repeated title, with the heading of a table.
pub(super) const PAGE: u32 = 690;

/// A sheet being built, block after block.
pub(super) struct Builder<'a, 'b> {
    pub run: &'b Run<'a>,
    pub index: &'b Index<'a>,
    pub registers: &'b Registers<'a>,
    pub scheda: &'a Scheda,
    pub name: &'static str,
    pub rows: Vec<Row>,
    pub tables: Vec<Area>,
    /// The heading of each table, in order.
    pub contents: Vec<Entry>,
    /// The first row of the room left for the contents.
    pub contents_at: u32,
    pub charts: Vec<Chart>,
    /// How many rows the printed page has.
    pub page: u32,
    /// Where the charts will stand.
    pub slots: Vec<Slot>,
    pub places: &'b mut Places,
}

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// The scheda as printed.
    Printed,
    /// How the plan is read.
    Readings,
    /// The dated phases.
    Milestones,
    /// The figures of an indicator, twice.
    Figures,
    /// The contributions of the offices to an indicator.
    Offices,
    /// The months of an indicator, or of the whole scheda.
    Months,
}

/// A table of the sheet.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub block: Block,
    /// The code of its indicator; `scheda`; empty when it is of them all.
    pub label: String,
    /// Its heading.
    pub target: Target,
}

/// Room left for the chart of an indicator.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub code: IndicatorCode,
    pub row: u32,
    /// Which one it is of those abreast, and how many they are.
    pub abreast: (usize, usize),
}

/// Running text and titles stand over the columns of the printed page.
pub(super) fn span() -> u16 {
    PAPER
}

/// The ways out of the sheet.
pub(super) fn ways() -> Row {
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

impl<'a> Builder<'a, '_> {
    /// The indicators of the scheda with their results, in the plan's order.
    pub(super) fn indicators(&self) -> Vec<(&'a Indicator, &'a IndicatorResult)> {
        let results = self.run.consolidation;
        let of = |indicator: &'a Indicator| Some((indicator, results.indicator(&indicator.code)?));
        self.scheda.indicators().filter_map(of).collect()
    }

    /// The title of a block, after a little room.
    pub(super) fn heading(&mut self, text: &str) {
        self.rows.push(Row::line(RowKind::Heading, 0, text, span()));
    }

    /// The heading of a table, right above it: the contents under the title of the sheet lead there. The
    /// first of a block has a little room over it.
    pub(super) fn head_table(&mut self, block: Block, label: impl Into<String>, text: &str) {
        let target = Target { sheet: self.name, cell: self.next_cell(0) };
        self.contents.push(Entry { block, label: label.into(), target });
        self.rows.push(Row::line(RowKind::Heading, 0, text, span()));
    }

    /// A table of rows that no formula names: its heading, a line of text unless it is empty, its header, its
    /// rows. One that is longer than a page goes on in another, with a header of its own.
    pub(super) fn table(&mut self, block: Block, title: &str, text: &str, header: &Row, body: Vec<Row>) {
        let columns = header.cells.len();
        // The scheda as printed is on one page, whatever it takes.
        let whole = block == Block::Printed;
        for (place, part) in (if whole { vec![body] } else { parts(body) }).into_iter().enumerate() {
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
    pub(super) fn prose(&mut self, text: impl Into<String>) {
        self.rows.push(Row::line(RowKind::Prose, 0, text, span()));
    }

    /// The row where the next one will stand, from 0.
    pub(super) fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// The cell in a column of the next row.
    pub(super) fn next_cell(&self, column: u16) -> CellRef {
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

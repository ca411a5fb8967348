//! A figure beside its live twin, and the cells that others compute on.

use std::ops::Range;

use crate::aggregate::VoceTotal;
use crate::book::{Cell, Format, Row, RowKind};
use crate::excel::{Area, Target};
use crate::excel::{Formula, absolute, difference};
use crate::model::{CellRef, Number};
use crate::plan::Voce;
use crate::report::live::TermCells;

use super::degree::total;
use super::places::Figure;

/// Where the live figures of an indicator stand that others compute on.
#[derive(Clone, Default)]
pub(super) struct LiveCells {
    pub terms: TermCells,
    pub threshold: Option<Formula>,
    pub degree: Option<Target>,
}

/// The live twin of an engine's cell, and their difference.
pub(super) fn twins(engine: &Cell, formula: Option<Formula>, figure: Figure) -> (Cell, Cell) {
    let gap = if formula.is_some() { gap(&[figure]) } else { Cell::blank() };
    (twin(engine, formula), gap)
}

/// The live twin of an engine's cell.
pub(super) fn twin(engine: &Cell, formula: Option<Formula>) -> Cell {
    match formula {
        Some(formula) => engine.clone().live(formula),
        None => Cell::text(crate::book::UNSAID),
    }
}

/// The difference of a figure's twins, or the sum of those of several, none of which undoes another; blank of
/// none.
pub(super) fn gap(figures: &[Figure]) -> Cell {
    let mut apart: Vec<Formula> =
        figures.iter().map(|figure| difference(figure.engine, figure.live)).collect();
    if apart.len() > 1 {
        apart = apart.into_iter().map(absolute).collect();
    }
    match total(apart) {
        Some(formula) => of_difference(formula),
        None => Cell::blank(),
    }
}

/// The cell of a difference: 0, as it must be.
pub(super) fn of_difference(formula: Formula) -> Cell {
    Cell::number(Number::zero(), Format::General).live(formula)
}

/// The header of a table; the names of these columns stand at the right, over numbers.
pub(super) fn headed(names: Vec<String>, numbers: Range<usize>) -> Row {
    let cell = |(place, name): (usize, String)| {
        let cell = Cell::text(name);
        if numbers.contains(&place) { cell.at_right() } else { cell }
    };
    Row::of(RowKind::Header, names.into_iter().enumerate().map(cell).collect())
}

/// Cells of a column, from a row to another.
pub(super) fn column(first: u32, last: u32, column: u16) -> Area {
    Area { first: CellRef { row: first, col: column }, last: CellRef { row: last, col: column } }
}

/// The engine's value of a voce, as its cell shows it.
pub(super) fn engine(voce: &Voce, totals: &[VoceTotal]) -> Cell {
    let format = Format::of_entry(voce.kind);
    let total = totals.iter().find(|total| total.key == voce.key);
    Cell::value(total.and_then(|total| total.value.as_ref()), format)
}

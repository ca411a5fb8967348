//! The live formulas computed on the report itself: to fill the steps of which the engine keeps nothing, and
//! to prove (O02) that each of the others gives what the engine says.
#![expect(clippy::float_arithmetic, reason = "recomputes as Excel does, in binary; decides nothing")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::sheet::{Content, Named, Report, Sheet, status_text};
use crate::excel::{
    Call, Cells, Computed, Formula, Places, Sign, Target, as_number, cell_of_day, cells_of, computed,
    day_in_cell, places_of,
};
use crate::model::{CellRef, Number};

/// A formula that does not give the engine's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// The sheet.
    pub sheet: &'static str,
    /// The cell.
    pub cell: CellRef,
    /// What the engine says.
    pub engine: Computed,
    /// What the formula gives.
    pub live: Computed,
}

/// How far apart two numbers may be and still be the same: a share of the greater, when it is more than 1.
const SAME: f64 = 1e-9;

/// Fills the steps with what their formulas give.
pub fn settle(report: &mut Report) {
    let steps: Vec<(usize, CellRef, Computed)> = {
        let book = Book::of(report);
        let live = live_cells(report).filter(|(_, _, live)| !live.engine);
        live.map(|(sheet, cell, live)| (sheet, cell, book.cell_at(sheet, cell, &live.formula))).collect()
    };
    for (sheet, at, computed) in steps {
        let row = usize::try_from(at.row).unwrap_or(usize::MAX);
        let cells = report.sheets.get_mut(sheet).and_then(|sheet| sheet.rows.get_mut(row));
        let cell = cells.and_then(|row| row.cells.get_mut(usize::from(at.col)));
        if let Some(Content::Live(live)) = cell.map(|cell| &mut cell.content) {
            live.value = shaped(&live.value, computed);
        }
    }
}

/// The engine's cells whose formula gives something else.
pub fn disagreements(report: &Report) -> Vec<Disagreement> {
    let book = Book::of(report);
    let known = live_cells(report).filter(|(_, _, live)| live.engine);
    known
        .filter_map(|(sheet, cell, live)| {
            let engine = constant(&live.value);
            let computed = book.cell_at(sheet, cell, &live.formula);
            let name = report.sheets.get(sheet)?.name;
            let scale = book.scale(&live.formula);
            (!same(&engine, &computed, scale)).then_some(Disagreement {
                sheet: name,
                cell,
                engine,
                live: computed,
            })
        })
        .collect()
}

fn live_cells(report: &Report) -> impl Iterator<Item = (usize, CellRef, &super::sheet::Live)> {
    report.sheets.iter().enumerate().flat_map(|(place, sheet)| {
        sheet.rows.iter().zip(0_u32..).flat_map(move |(row, at)| {
            row.cells.iter().zip(0_u16..).filter_map(move |(cell, col)| match &cell.content {
                Content::Live(live) => Some((place, CellRef { row: at, col }, live.as_ref())),
                _ => None,
            })
        })
    })
}

/// A computed value as a cell of the same shape shows it.
fn shaped(shape: &Content, computed: Computed) -> Content {
    match (shape, computed) {
        (_, Computed::Text(text)) if !text.is_empty() => Content::Text(text),
        (Content::Date(_), Computed::Number(serial)) => {
            day_in_cell(serial).map_or(Content::Blank, Content::Date)
        }
        (Content::Number(_, format), Computed::Number(number)) => {
            Number::from_f64(number).map_or(Content::Blank, |number| Content::Number(number, *format))
        }
        _ => Content::Blank,
    }
}

/// What a cell without a formula holds.
fn constant(content: &Content) -> Computed {
    match content.shown() {
        Content::Blank | Content::Live(_) => Computed::Blank,
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) => Computed::Text(text.clone()),
        Content::Number(number, _) => Computed::Number(number.to_f64()),
        Content::Date(date) => Computed::Number(cell_of_day(*date)),
        Content::Status(light, word) => Computed::Text(status_text(*light, word)),
        Content::Severity(severity) => Computed::Text(severity.label().to_owned()),
    }
}

/// Whether two numbers are the same result of a formula, computed by whatever program: as near as floats
/// bring them, also after taking one from another that is almost as great.
pub fn same_result(one: f64, other: f64) -> bool {
    near(one, other, 1.0)
}

/// Whether two results of a formula over numbers as great as `scale` are the same.
fn near(one: f64, other: f64, scale: f64) -> bool {
    (one - other).abs() <= SAME * one.abs().max(other.abs()).max(scale)
}

fn same(engine: &Computed, live: &Computed, scale: f64) -> bool {
    match (engine, live) {
        (Computed::Number(one), Computed::Number(other)) => near(*one, *other, scale),
        (Computed::Blank, Computed::Text(text)) => text.is_empty(),
        _ => engine == live,
    }
}

/// The report as a spreadsheet sees it.
struct Book<'a> {
    sheets: BTreeMap<&'static str, (usize, &'a Sheet)>,
    by_place: Vec<&'a Sheet>,
    names: BTreeMap<&'static str, Named>,
    cells: RefCell<BTreeMap<(usize, CellRef), Computed>>,
    columns: RefCell<BTreeMap<&'static str, Rc<Vec<Computed>>>>,
    places: RefCell<BTreeMap<&'static str, Places>>,
}

impl<'a> Book<'a> {
    fn of(report: &'a Report) -> Self {
        Self {
            sheets: report
                .sheets
                .iter()
                .enumerate()
                .map(|(place, sheet)| (sheet.name, (place, sheet)))
                .collect(),
            by_place: report.sheets.iter().collect(),
            names: report.names.iter().map(|named| (named.name, *named)).collect(),
            cells: RefCell::default(),
            columns: RefCell::default(),
            places: RefCell::default(),
        }
    }

    fn cell_at(&self, sheet: usize, cell: CellRef, formula: &Formula) -> Computed {
        if let Some(known) = self.cells.borrow().get(&(sheet, cell)) {
            return known.clone();
        }
        let computed = computed(formula, self);
        self.cells.borrow_mut().insert((sheet, cell), computed.clone());
        computed
    }

    /// The greatest number that a formula takes from another, at least 1: what is left has no more digits
    /// than that.
    fn scale(&self, formula: &Formula) -> f64 {
        match formula {
            Formula::Cell(Target { sheet, cell }) => {
                self.formula_of(sheet, *cell).map_or(1.0, |formula| self.scale(formula))
            }
            Formula::Signed(left, Sign::Less, right) => [left, right]
                .into_iter()
                .filter_map(|side| as_number(&computed(side, self)))
                .fold(1.0, |greatest, number| greatest.max(number.abs())),
            Formula::Call(Call::If | Call::IfError, arguments) => {
                arguments.iter().map(|argument| self.scale(argument)).fold(1.0, f64::max)
            }
            _ => 1.0,
        }
    }

    /// The formula of a cell that has one.
    fn formula_of(&self, name: &str, at: CellRef) -> Option<&'a Formula> {
        let (_, sheet) = self.sheets.get(name)?;
        let row = sheet.rows.get(usize::try_from(at.row).ok()?)?;
        match &row.cells.get(usize::from(at.col))?.content {
            Content::Live(live) => Some(&live.formula),
            _ => None,
        }
    }

    fn cell_of(&self, place: usize, at: CellRef) -> Computed {
        let row = usize::try_from(at.row).unwrap_or(usize::MAX);
        let rows = self.by_place.get(place).and_then(|sheet| sheet.rows.get(row));
        match rows.and_then(|row| row.cells.get(usize::from(at.col))).map(|cell| &cell.content) {
            None => Computed::Blank,
            Some(Content::Live(live)) => self.cell_at(place, at, &live.formula),
            Some(other) => constant(other),
        }
    }
}

impl Cells for Book<'_> {
    fn cell(&self, target: Target) -> Computed {
        let Some((place, _)) = self.sheets.get(target.sheet) else { return Computed::Error };
        self.cell_of(*place, target.cell)
    }

    fn named(&self, name: &'static str) -> Rc<Vec<Computed>> {
        if let Some(known) = self.columns.borrow().get(name) {
            return Rc::clone(known);
        }
        let found = self.names.get(name).map_or_else(Vec::new, |Named { sheet, area, .. }| {
            cells_of(area.first, area.last).map(|cell| self.cell(Target { sheet, cell })).collect()
        });
        let found = Rc::new(found);
        self.columns.borrow_mut().insert(name, Rc::clone(&found));
        found
    }

    fn places(&self, name: &'static str) -> Places {
        if let Some(known) = self.places.borrow().get(name) {
            return Rc::clone(known);
        }
        let places = Rc::new(places_of(&self.named(name)));
        self.places.borrow_mut().insert(name, Rc::clone(&places));
        places
    }
}

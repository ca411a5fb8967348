//! The live cells of a sheet of the office's workbook: each formula as it is spelt, with the result that
//! follows from what is typed.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::fill::{Fill, FillKey, FillValue};
use super::layout::{Layout, Line, YEAR};
use super::places::{Edition, Page};
use crate::excel::{Cells, Computed, Formula, cell_of_day, computed, spelt};
use crate::model::{CellRef, Number, TimeKind, Value, VoceKey};

/// A formula without the equals sign, and what it gives.
pub(super) struct Live {
    pub formula: String,
    /// As the workbooks sent before have it, where it is another.
    pub before: Option<String>,
    /// `None` is a blank.
    pub result: Option<f64>,
}

/// The live cells of a sheet.
pub(super) struct LiveCells<'a> {
    page: Page<'a>,
    cells: BTreeMap<CellRef, Live>,
}

impl<'a> LiveCells<'a> {
    /// Those of `layout` with `fill` typed in.
    pub(super) fn of(layout: &'a Layout<'a>, fill: &Fill) -> Self {
        let page = Page::of(layout, Edition::Today);
        let formulas = page.formulas();
        let before = before(layout);
        let sheet = Sheet { typed: typed(layout, fill), formulas: &formulas, known: RefCell::default() };
        let live = |(cell, formula): (&CellRef, &Formula)| {
            let before = before.get(cell).filter(|before| *before != formula);
            let live = Live {
                formula: spelt(formula, ""),
                before: before.map(|before| spelt(before, "")),
                result: match sheet.own(*cell) {
                    Computed::Number(number) => Number::from_f64(number).map(|number| number.to_f64()),
                    _ => None,
                },
            };
            (*cell, live)
        };
        let cells = formulas.iter().map(live).collect();
        Self { page, cells }
    }

    /// The formula of a cell.
    pub(super) fn at(&self, cell: CellRef) -> Option<&Live> {
        self.cells.get(&cell)
    }

    /// The columns beside a register, with their titles.
    pub(super) fn columns(&self, register: &VoceKey) -> impl Iterator<Item = (u16, &'static str)> {
        self.page.columns(register).iter().map(|column| (column.col, column.title))
    }
}

/// The formulas of the workbooks sent before, for a sheet where some of them are others.
fn before(layout: &Layout<'_>) -> BTreeMap<CellRef, Formula> {
    let differs = layout.lines.iter().any(|line| match line {
        Line::Voce(voce) => voce.time == TimeKind::Consistenza,
        Line::RegisterTitle(_) => true,
        _ => false,
    });
    if differs { Page::of(layout, Edition::Before).formulas() } else { BTreeMap::new() }
}

/// What is typed in the sheet, by the offices and by the plan.
fn typed(layout: &Layout<'_>, fill: &Fill) -> BTreeMap<CellRef, Computed> {
    let mut typed = BTreeMap::new();
    for input in layout.inputs() {
        let key = FillKey { key: input.key, month: input.month, row: input.row, column: input.column };
        let shown = match fill.get(&key) {
            FillValue::Number(number) => Computed::Number(*number),
            FillValue::Date(date) => Computed::Number(cell_of_day(*date)),
            FillValue::Text(text) => Computed::Text(text.clone()),
            FillValue::Blank => continue,
        };
        typed.insert(input.cell, shown);
    }
    for (row, line) in layout.rows() {
        let Line::Voce(voce) = line else { continue };
        let Some(fixed) = &voce.fixed else { continue };
        let shown = match &fixed.value {
            Value::Number(number) => Computed::Number(number.to_f64()),
            Value::Date(date) => Computed::Number(cell_of_day(*date)),
            Value::Flag(_) | Value::Text(_) => Computed::Text(fixed.value.to_people()),
        };
        typed.insert(CellRef { row, col: YEAR }, shown);
    }
    typed
}

/// A sheet as a spreadsheet sees it.
struct Sheet<'a> {
    typed: BTreeMap<CellRef, Computed>,
    formulas: &'a BTreeMap<CellRef, Formula>,
    known: RefCell<BTreeMap<CellRef, Computed>>,
}

impl Cells for Sheet<'_> {
    fn own(&self, cell: CellRef) -> Computed {
        if let Some(known) = self.known.borrow().get(&cell) {
            return known.clone();
        }
        let shown = match self.formulas.get(&cell) {
            Some(formula) => computed(formula, self),
            None => self.typed.get(&cell).cloned().unwrap_or(Computed::Blank),
        };
        self.known.borrow_mut().insert(cell, shown.clone());
        shown
    }
}

//! The live cells of an office's workbook: each formula as it is spelt, with the result that follows from
//! what is typed, whichever sheet it asks.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::asked::Input;
use super::extent::Extent;
use super::fill::{Fill, FillKey, FillValue};
use super::layout::{CODES, Layout, Line, SENTENCE, TYPED, YEAR, at_month};
use super::names::{self, Sum};
use super::places::Page;
use super::{aids, cover};
use crate::excel::{Cells, Computed, Formula, cell_of_day, cells_of, computed, spelt};
use crate::model::{CellRef, Month, Number, Value};

/// A formula without the equals sign, and what it gives.
pub(super) struct Live {
    pub formula: String,
    pub result: Shown,
    /// Whether it only helps who types.
    pub aid: bool,
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    Blank,
    Number(f64),
    Text(String),
}

/// A sheet before it is written.
#[derive(Default)]
struct Sheet {
    typed: BTreeMap<CellRef, Computed>,
    formulas: BTreeMap<CellRef, Formula>,
    aids: BTreeSet<CellRef>,
}

/// The live cells of all the sheets of a workbook.
pub(super) struct LiveBook {
    sheets: BTreeMap<String, Sheet>,
    names: BTreeMap<String, (String, CellRef, CellRef)>,
    known: RefCell<BTreeMap<(String, CellRef), Computed>>,
    extent: Extent,
}

impl LiveBook {
    /// Those of an office with `fill` typed in.
    pub(super) fn of(layouts: &[Layout<'_>], cover: &cover::Cover<'_>, fill: &Fill, extent: Extent) -> Self {
        let mut book =
            Self { sheets: BTreeMap::new(), names: BTreeMap::new(), known: RefCell::default(), extent };
        for layout in layouts {
            book.scheda(layout, fill);
        }
        book.cover(cover, fill);
        book
    }

    fn scheda(&mut self, layout: &Layout<'_>, fill: &Fill) {
        let name = layout.name();
        let mut typed = typed(&layout.inputs(), fill);
        typed.extend(given(layout));
        let sheet = Sheet::of(typed, Page::of(layout).formulas(), aids::aids(layout, self.extent));
        self.sheets.insert(name.clone(), sheet.hidden_from(CODES));
        for (col, sum) in aids::SUMS {
            let cell = CellRef { row: SENTENCE, col };
            self.names.insert(Sum::name(sum, layout.scheda.number), (name.clone(), cell, cell));
        }
        for register in &layout.registers {
            if let Some((row, _)) = layout.register(&register.voce.key) {
                let cell = CellRef { row, col: TYPED };
                self.names.insert(names::declared(&register.voce.key), (name.clone(), cell, cell));
            }
            let sheet = Sheet::of(
                super::live::typed(&register.inputs(), fill),
                register.figures(),
                register.aids(self.extent),
            );
            self.sheets.insert(register.name.clone(), sheet.hidden_from(register.codes()));
            for (own, first, last) in register.names() {
                self.names.insert(own, (register.name.clone(), first, last));
            }
        }
    }

    fn cover(&mut self, cover: &cover::Cover<'_>, fill: &Fill) {
        let mut typed = typed(&cover.inputs(), fill);
        typed.extend(cover.given().into_iter().map(|(cell, text)| (cell, Computed::Text(text))));
        let sheet = Sheet::of(typed, BTreeMap::new(), cover.aids());
        self.sheets.insert(cover::NAME.to_owned(), sheet);
        for (name, cell) in cover.names() {
            self.names.insert(name, (cover::NAME.to_owned(), cell, cell));
        }
    }

    /// The formula of a cell.
    pub(super) fn at(&self, sheet: &str, cell: CellRef) -> Option<Live> {
        let own = self.sheets.get(sheet)?;
        let formula = own.formulas.get(&cell)?;
        let aid = own.aids.contains(&cell);
        if aid && self.extent == Extent::Figures {
            return Some(Live { formula: String::new(), result: Shown::Blank, aid });
        }
        let result = match self.shown(sheet, cell) {
            Computed::Number(number) => {
                Number::from_f64(number).map_or(Shown::Blank, |own| Shown::Number(own.to_f64()))
            }
            Computed::Text(text) if !text.is_empty() => Shown::Text(text),
            _ => Shown::Blank,
        };
        Some(Live { formula: spelt(formula, ""), result, aid })
    }

    /// The cells of a sheet with a formula.
    pub(super) fn cells(&self, sheet: &str) -> Vec<CellRef> {
        self.sheets.get(sheet).map(|own| own.formulas.keys().copied().collect()).unwrap_or_default()
    }

    /// The names that the workbook gives: each with its sheet, its first cell and its last.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, CellRef, CellRef)> {
        self.names.iter().map(|(name, (sheet, first, last))| (name.as_str(), sheet.as_str(), *first, *last))
    }

    fn shown(&self, sheet: &str, cell: CellRef) -> Computed {
        let Some(own) = self.sheets.get(sheet) else { return Computed::Error };
        let Some(formula) = own.formulas.get(&cell) else {
            return own.typed.get(&cell).cloned().unwrap_or(Computed::Blank);
        };
        let place = (sheet.to_owned(), cell);
        if let Some(known) = self.known.borrow().get(&place) {
            return known.clone();
        }
        let shown = computed(formula, &Within { book: self, sheet });
        self.known.borrow_mut().insert(place, shown.clone());
        shown
    }
}

impl Sheet {
    fn of(
        typed: BTreeMap<CellRef, Computed>,
        mut formulas: BTreeMap<CellRef, Formula>,
        aids: BTreeMap<CellRef, Formula>,
    ) -> Self {
        let names = aids.keys().copied().collect();
        formulas.extend(aids);
        Self { typed, formulas, aids: names }
    }
}

impl Sheet {
    /// The hidden columns are no figures: those that are seen follow from them.
    fn hidden_from(mut self, first: u16) -> Self {
        self.aids.extend(self.formulas.keys().filter(|cell| cell.col >= first));
        self
    }
}

/// A sheet of the workbook, as its own formulas see it.
struct Within<'b> {
    book: &'b LiveBook,
    sheet: &'b str,
}

impl Cells for Within<'_> {
    fn own(&self, cell: CellRef) -> Computed {
        self.book.shown(self.sheet, cell)
    }

    fn known(&self, name: &str) -> Computed {
        let place = self.book.names.get(name);
        place.map_or(Computed::Error, |(sheet, first, _)| self.book.shown(sheet, *first))
    }

    fn many(&self, name: &str) -> Rc<Vec<Computed>> {
        let Some((sheet, first, last)) = self.book.names.get(name) else { return Rc::default() };
        Rc::new(cells_of(*first, *last).map(|cell| self.book.shown(sheet, cell)).collect())
    }
}

/// What is typed in the input cells.
fn typed(inputs: &[Input], fill: &Fill) -> BTreeMap<CellRef, Computed> {
    let of = |input: &Input| {
        let shown = match fill.get(&FillKey::of(input)) {
            FillValue::Number(number) => Computed::Number(*number),
            FillValue::Date(date) => Computed::Number(cell_of_day(*date)),
            FillValue::Text(text) => Computed::Text(text.clone()),
            FillValue::Blank => return None,
        };
        Some((input.cell, shown))
    };
    inputs.iter().filter_map(of).collect()
}

/// What the sheet holds besides: the values of the plan, the names of the months.
fn given(layout: &Layout<'_>) -> BTreeMap<CellRef, Computed> {
    let name = |month: Month| {
        let cell = CellRef { row: SENTENCE, col: at_month(TYPED, month) };
        (cell, Computed::Text(month.name().to_owned()))
    };
    let mut given: BTreeMap<CellRef, Computed> = Month::all().map(name).collect();
    for (row, line) in layout.rows() {
        let Line::Voce(_, voce) = line else { continue };
        let Some(fixed) = &voce.fixed else { continue };
        let shown = match &fixed.value {
            Value::Number(number) => Computed::Number(number.to_f64()),
            Value::Date(date) => Computed::Number(cell_of_day(*date)),
            Value::Flag(_) | Value::Text(_) => Computed::Text(fixed.value.to_people()),
        };
        given.insert(CellRef { row, col: YEAR }, shown);
    }
    given
}

//! The live cells of an office's workbook: each formula as it is spelt, with the result that follows from
//! what is typed, whichever sheet it asks.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

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

/// The formulas of a sheet, and what it holds whatever is typed: the same for all who have this sheet.
#[derive(Debug, Default)]
struct SheetForm {
    given: BTreeMap<CellRef, Computed>,
    formulas: BTreeMap<CellRef, Formula>,
    aids: BTreeSet<CellRef>,
}

/// Names of cells: each with its sheet, its first cell and its last.
type Names = BTreeMap<String, (String, CellRef, CellRef)>;

/// The live cells of a scheda's sheets, or of the first sheet, before anything is typed.
#[derive(Debug)]
pub(super) struct Form {
    sheets: Vec<(String, Arc<SheetForm>)>,
    names: Arc<Names>,
}

/// What is typed in a sheet, by cell.
pub(super) type Typed = BTreeMap<CellRef, Computed>;

/// A sheet with what is typed in it.
struct Sheet {
    typed: Typed,
    form: Arc<SheetForm>,
    known: RefCell<BTreeMap<CellRef, Computed>>,
}

/// The live cells of all the sheets of a workbook.
pub(super) struct LiveBook {
    sheets: BTreeMap<String, Sheet>,
    names: Vec<Arc<Names>>,
    extent: Extent,
}

impl Form {
    /// That of a scheda: its own sheet, then those of its registers.
    pub(super) fn of(layout: &Layout<'_>, extent: Extent) -> Self {
        let name = layout.name();
        let mut names = Names::new();
        let own = SheetForm::of(Page::of(layout).formulas(), aids::aids(layout, extent));
        let own = SheetForm { given: given(layout), ..own.hidden_from(CODES) };
        let mut sheets = vec![(name.clone(), Arc::new(own))];
        for (col, sum) in aids::SUMS {
            let cell = CellRef { row: SENTENCE, col };
            names.insert(Sum::name(sum, layout.scheda.number), (name.clone(), cell, cell));
        }
        for register in &layout.registers {
            if let Some((row, _)) = layout.register(&register.voce.key) {
                let cell = CellRef { row, col: TYPED };
                names.insert(names::declared(&register.voce.key), (name.clone(), cell, cell));
            }
            let own = SheetForm::of(register.figures(), register.aids(extent)).hidden_from(register.codes());
            sheets.push((register.name.clone(), Arc::new(own)));
            for (own, first, last) in register.names() {
                names.insert(own, (register.name.clone(), first, last));
            }
        }
        Self { sheets, names: Arc::new(names) }
    }

    /// That of the first sheet.
    pub(super) fn of_cover(cover: &cover::Cover<'_>) -> Self {
        let given = cover.given().into_iter().map(|(cell, text)| (cell, Computed::Text(text))).collect();
        let own = SheetForm { given, ..SheetForm::of(BTreeMap::new(), cover.aids()) };
        let place = |(name, cell)| (name, (cover::NAME.to_owned(), cell, cell));
        let names = cover.names().into_iter().map(place).collect();
        Self { sheets: vec![(cover::NAME.to_owned(), Arc::new(own))], names: Arc::new(names) }
    }

    /// Nothing typed in any of its sheets.
    pub(super) fn untyped(&self) -> Vec<Typed> {
        self.sheets.iter().map(|_| Typed::new()).collect()
    }
}

impl LiveBook {
    /// Those of an office with `fill` typed in.
    pub(super) fn of(layouts: &[Layout<'_>], cover: &cover::Cover<'_>, fill: &Fill, extent: Extent) -> Self {
        let mut book = Self::with(extent);
        for layout in layouts {
            let registers = layout.registers.iter().map(|register| typed(&register.inputs(), fill));
            let typed = std::iter::once(typed(&layout.inputs(), fill)).chain(registers);
            book.add(&Form::of(layout, extent), typed);
        }
        book.add(&Form::of_cover(cover), [typed(&cover.inputs(), fill)]);
        book
    }

    /// Those of no sheet yet.
    pub(super) fn with(extent: Extent) -> Self {
        Self { sheets: BTreeMap::new(), names: Vec::new(), extent }
    }

    /// Adds the sheets of a form, each with what is typed in it.
    pub(super) fn add(&mut self, form: &Form, typed: impl IntoIterator<Item = Typed>) {
        for ((name, form), typed) in form.sheets.iter().zip(typed) {
            let sheet = Sheet { typed, form: Arc::clone(form), known: RefCell::default() };
            self.sheets.insert(name.clone(), sheet);
        }
        self.names.push(Arc::clone(&form.names));
    }

    /// The formula of a cell.
    pub(super) fn at(&self, sheet: &str, cell: CellRef) -> Option<Live> {
        let own = self.sheets.get(sheet)?;
        let formula = own.form.formulas.get(&cell)?;
        let aid = own.form.aids.contains(&cell);
        if aid && self.extent == Extent::Figures {
            return Some(Live { formula: String::new(), result: Shown::Blank, aid });
        }
        Some(Live { formula: spelt(formula, ""), result: self.result(sheet, cell), aid })
    }

    /// What the formula of a cell gives.
    pub(super) fn result(&self, sheet: &str, cell: CellRef) -> Shown {
        match self.shown(sheet, cell) {
            Computed::Number(number) => {
                Number::from_f64(number).map_or(Shown::Blank, |own| Shown::Number(own.to_f64()))
            }
            Computed::Text(text) if !text.is_empty() => Shown::Text(text),
            _ => Shown::Blank,
        }
    }

    /// The cells of a sheet with a formula.
    pub(super) fn cells(&self, sheet: &str) -> Vec<CellRef> {
        self.sheets.get(sheet).map(|own| own.form.formulas.keys().copied().collect()).unwrap_or_default()
    }

    /// The names that the workbook gives: each with its sheet, its first cell and its last.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, CellRef, CellRef)> {
        let all: BTreeMap<&String, &(String, CellRef, CellRef)> =
            self.names.iter().flat_map(|names| names.iter()).collect();
        all.into_iter().map(|(name, (sheet, first, last))| (name.as_str(), sheet.as_str(), *first, *last))
    }

    /// The place of a name.
    fn named(&self, name: &str) -> Option<&(String, CellRef, CellRef)> {
        self.names.iter().rev().find_map(|names| names.get(name))
    }

    fn shown(&self, sheet: &str, cell: CellRef) -> Computed {
        self.sheets.get(sheet).map_or(Computed::Error, |own| self.shown_in(own, cell))
    }

    fn shown_in(&self, sheet: &Sheet, cell: CellRef) -> Computed {
        let Some(formula) = sheet.form.formulas.get(&cell) else {
            let held = sheet.form.given.get(&cell).or_else(|| sheet.typed.get(&cell));
            return held.cloned().unwrap_or(Computed::Blank);
        };
        if let Some(known) = sheet.known.borrow().get(&cell) {
            return known.clone();
        }
        let shown = computed(formula, &Within { book: self, sheet });
        sheet.known.borrow_mut().insert(cell, shown.clone());
        shown
    }
}

impl SheetForm {
    fn of(mut formulas: BTreeMap<CellRef, Formula>, aids: BTreeMap<CellRef, Formula>) -> Self {
        let names = aids.keys().copied().collect();
        formulas.extend(aids);
        Self { given: BTreeMap::new(), formulas, aids: names }
    }

    /// The hidden columns are no figures: those that are seen follow from them.
    fn hidden_from(mut self, first: u16) -> Self {
        self.aids.extend(self.formulas.keys().filter(|cell| cell.col >= first));
        self
    }
}

/// A sheet of the workbook, as its own formulas see it.
struct Within<'b> {
    book: &'b LiveBook,
    sheet: &'b Sheet,
}

impl Cells for Within<'_> {
    fn own(&self, cell: CellRef) -> Computed {
        self.book.shown_in(self.sheet, cell)
    }

    fn known(&self, name: &str) -> Computed {
        let place = self.book.named(name);
        place.map_or(Computed::Error, |(sheet, first, _)| self.book.shown(sheet, *first))
    }

    fn many(&self, name: &str) -> Rc<Vec<Computed>> {
        let Some((sheet, first, last)) = self.book.named(name) else { return Rc::default() };
        Rc::new(cells_of(*first, *last).map(|cell| self.book.shown(sheet, cell)).collect())
    }
}

/// What is typed in the input cells.
fn typed(inputs: &[Input], fill: &Fill) -> Typed {
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

//! A register: a sheet of its own, one row for each event, what it counts for and its verdict beside it.

use std::collections::BTreeMap;

use super::asked::{Input, KEY};
use super::cells::{any, is_declared, looked_up, own};
use super::extent::Extent;
use super::input;
use super::names::{self, known};
use super::verdict::{self, Asked, Code};
use crate::excel::{Call, Formula, Own, Sign, fits};
use crate::formula::{Expr, RowExpr};
use crate::interpret::REGISTER_SHEET;
use crate::model::{CellRef, OfficeId, VoceType};
use crate::plan::{Indicator, Order, Plan, Register, Voce};

/// Rows of a register in a new workbook.
pub(super) const ROWS: u32 = 40;
/// The row of the sentence.
pub(super) const SENTENCE: u32 = 1;
/// The row of the headings.
pub(super) const HEAD: u32 = 2;
/// The first row of the register.
pub(super) const FIRST: u32 = 3;
/// The ordinal of each row.
pub(super) const ORDINAL: u16 = 1;
/// The first field.
pub(super) const FIELDS: u16 = 2;

/// A register's sheet.
pub(super) struct RegisterLayout<'a> {
    pub plan: &'a Plan,
    pub voce: &'a Voce,
    pub shape: &'a Register,
    pub name: String,
    /// The rows that it has.
    pub rows: u32,
    /// What formulas ask of it, each thing once.
    asked: Vec<&'a Expr>,
    /// The dates of which one may not come before the other.
    orders: Vec<Order<'a>>,
    /// Its columns, made once: their formulas are as many as pairs of rows.
    columns: Vec<Column<'a>>,
}

/// A column of what each row gives to a formula.
pub(super) struct Column<'a> {
    pub col: u16,
    pub place: usize,
    pub title: &'static str,
    pub asked: &'a Expr,
    /// From the first row.
    pub cells: Vec<Formula>,
}

impl<'a> RegisterLayout<'a> {
    /// The registers of an indicator, each with so many rows.
    pub(super) fn of_indicator(
        plan: &'a Plan,
        office: &'a OfficeId,
        indicator: &'a Indicator,
        rows: u32,
    ) -> Vec<Self> {
        let own = indicator.voci.iter().filter_map(|voce| Some((voce, voce.register.as_ref()?)));
        let scheda = plan.schede.iter().find(|scheda| scheda.number == indicator.scheda);
        let of = |(place, (voce, shape)): (usize, (&'a Voce, &'a Register))| {
            let more = if place == 0 { String::new() } else { format!(" ({})", place + 1) };
            let mut asked: Vec<&Expr> = Vec::new();
            for other in scheda.into_iter().flat_map(|scheda| scheda.indicators_of(office)) {
                for node in other.formula.expr().asked_of(&voce.key) {
                    if !asked.contains(&node) {
                        asked.push(node);
                    }
                }
            }
            let orders = indicator.orders().into_iter().filter(|order| order.voce.key == voce.key);
            let name = format!("{REGISTER_SHEET}{}{more}", indicator.code);
            let orders = orders.collect();
            let mut own = Self { plan, voce, shape, name, rows, asked, orders, columns: Vec::new() };
            own.columns = own.made_columns();
            own
        };
        own.enumerate().map(of).collect()
    }

    fn fields(&self) -> u16 {
        u16::try_from(self.shape.columns.len()).unwrap_or(0)
    }

    /// The locked column after the last one in which something is typed; no formula stands before it.
    pub(super) fn end(&self) -> u16 {
        FIELDS + self.fields()
    }

    fn live(&self) -> u16 {
        self.end() + 1
    }

    /// The column of the verdict.
    pub(super) fn check(&self) -> u16 {
        self.live() + u16::try_from(self.asked.len()).unwrap_or(0)
    }

    /// Hidden: the codes of the fields; the hidden columns begin here.
    pub(super) fn codes(&self) -> u16 {
        self.check() + 1
    }

    /// Hidden: the worst code of the row.
    pub(super) fn worst(&self) -> u16 {
        self.codes() + self.fields()
    }

    /// Hidden: what is typed.
    fn typed(&self) -> u16 {
        self.worst() + 1
    }

    /// The last column.
    pub(super) fn last(&self) -> u16 {
        self.worst() + self.fields()
    }

    /// The last row of the register.
    pub(super) fn last_row(&self) -> u32 {
        FIRST + self.rows.saturating_sub(1)
    }

    /// The column of the field at a place.
    pub(super) fn field(place: usize) -> u16 {
        FIELDS + u16::try_from(place).unwrap_or(0)
    }

    /// What is typed in a field of a row.
    fn cell(&self, row: u32, key: &str) -> Option<Formula> {
        let place = self.shape.columns.iter().position(|column| column.key == key)?;
        Some(own(row, self.typed() + u16::try_from(place).ok()?))
    }

    /// Every input cell, in the order of the sheet.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let key = self.voce.key.as_str();
        let field = |ordinal: u32| {
            self.shape.columns.iter().enumerate().map(move |(place, column)| Input {
                key: key.to_owned(),
                month: None,
                row: Some(ordinal),
                column: Some(column.key.clone()),
                kind: column.kind,
                cell: CellRef { row: FIRST + ordinal - 1, col: Self::field(place) },
            })
        };
        (1..=self.rows).flat_map(field).collect()
    }

    /// The key of a row.
    pub(super) fn row_key(&self, ordinal: u32) -> String {
        format!("{}#{ordinal}", self.voce.key)
    }

    /// The columns of what each row gives; one that a spreadsheet could not take is left out.
    pub(super) fn columns(&self) -> &[Column<'a>] {
        &self.columns
    }

    fn made_columns(&self) -> Vec<Column<'a>> {
        let column = |(place, asked): (usize, &'a Expr)| {
            let (col, title) = (self.live() + u16::try_from(place).ok()?, title(asked)?);
            let cells = (0..self.rows).map(|ordinal| {
                let formula = self.formula(asked, ordinal, col)?;
                fits(&formula, "").then_some(formula)
            });
            Some(Column { col, place, title, asked, cells: cells.collect::<Option<_>>()? })
        };
        self.asked.iter().copied().enumerate().filter_map(column).collect()
    }

    /// The figures that the formulas of the scheda read, with the cells that they come from.
    pub(super) fn figures(&self) -> BTreeMap<CellRef, Formula> {
        let mut figures = BTreeMap::new();
        for row in FIRST..=self.last_row() {
            for place in 0..self.shape.columns.len() {
                let col = self.typed() + u16::try_from(place).unwrap_or(0);
                figures.insert(CellRef { row, col }, looked_up(row, Self::field(place), self.end()));
            }
        }
        for Column { col, cells, .. } in self.columns() {
            figures.extend((FIRST..).map(|row| CellRef { row, col: *col }).zip(cells.iter().cloned()));
        }
        figures
    }

    /// The cells that only help: codes, verdicts, the sentence.
    pub(super) fn aids(&self, extent: Extent) -> BTreeMap<CellRef, Formula> {
        let mut aids = BTreeMap::new();
        let rows = Formula::OwnRange(Own::at(FIRST, self.worst()), Own::at(self.last_row(), self.worst()));
        let wrong =
            Formula::call(Call::CountIfs, [rows, Formula::text(format!(">={}", Code::Missing.number()))]);
        aids.insert(CellRef { row: SENTENCE, col: self.worst() }, wrong);
        aids.insert(CellRef { row: SENTENCE, col: ORDINAL }, self.sentence());
        for row in FIRST..=self.last_row() {
            if extent == Extent::Figures {
                let places = (self.codes()..=self.worst()).chain([self.check()]);
                aids.extend(places.map(|col| (CellRef { row, col }, Formula::none())));
                continue;
            }
            for (place, code) in self.row_codes(row).into_iter().enumerate() {
                let col = self.codes() + u16::try_from(place).unwrap_or(0);
                aids.insert(CellRef { row, col }, code);
            }
            let codes = Formula::OwnRange(Own::at(row, self.codes()), Own::at(row, self.worst() - 1));
            aids.insert(CellRef { row, col: self.worst() }, Formula::call(Call::Max, [codes]));
            aids.insert(CellRef { row, col: self.check() }, self.verdict(row));
        }
        aids
    }

    /// The cells that other sheets ask for by a name.
    pub(super) fn names(&self) -> Vec<(String, CellRef, CellRef)> {
        let sum = CellRef { row: SENTENCE, col: self.worst() };
        let mut names = vec![(names::wrong(&self.voce.key), sum, sum)];
        for Column { col, place, .. } in self.columns() {
            let at = |row| CellRef { row, col: *col };
            names.push((names::live(&self.voce.key, *place), at(FIRST), at(self.last_row())));
        }
        names
    }

    fn sentence(&self) -> Formula {
        let wrong = own(SENTENCE, self.worst());
        let told = Formula::text("▲ Righe da sistemare: ").signed(Sign::And, wrong.clone());
        let fine =
            Formula::text("● Nessuna riga da sistemare; nella scheda scrivi fino a che mese è completo");
        Formula::choose(wrong.is(Formula::whole(0)), fine, told)
    }

    /// When something is typed in a row.
    fn is_begun(&self, row: u32) -> Formula {
        let filled = (0..self.fields())
            .map(|place| own(row, self.typed() + place).signed(Sign::Unlike, Formula::none()));
        any(filled.collect()).unwrap_or(Formula::Flag(false))
    }

    /// The code of each field of a row.
    fn row_codes(&self, row: u32) -> Vec<Formula> {
        let needed = self.shape.needed();
        let of = |(place, column): (usize, &crate::plan::Column)| {
            let domain = self.voce.domain(Some(&column.key));
            let due = needed.contains(&column.key.as_str()).then(|| self.is_begun(row));
            let over = self.orders.iter().find(|order| order.to.key == column.key).and_then(|order| {
                let (from, to) = (self.cell(row, &order.from.key)?, self.cell(row, &order.to.key)?);
                Some(Formula::choose(
                    from.clone().is_number(),
                    to.signed(Sign::Under, from),
                    Formula::Flag(false),
                ))
            });
            let typed = own(row, self.typed() + u16::try_from(place).unwrap_or(0));
            let twice = (column.key == self.shape.identity).then(|| self.is_there_above(row)).flatten();
            verdict::code(&Asked { due, over, twice, ..Asked::alone(typed, &domain) })
        };
        self.shape.columns.iter().enumerate().map(of).collect()
    }

    /// When a row above says the same in every field; of the first rows alone, as formulas can bear.
    fn is_there_above(&self, row: u32) -> Option<Formula> {
        let field = |row: u32, place: u16| own(row, self.typed() + place);
        let same = |above: u32| {
            let fields = (0..self.fields()).map(|place| match self.shape.columns.get(usize::from(place)) {
                Some(column) if column.kind == VoceType::Testo => {
                    trimmed(field(above, place)).is(trimmed(field(row, place)))
                }
                _ => field(above, place).is(field(row, place)),
            });
            Formula::Call(Call::And, fields.collect())
        };
        any((FIRST..row.min(FIRST + ROWS)).filter(|_| row < FIRST + ROWS).map(same).collect())
    }

    /// The verdict of a row: the worst of its fields, by its heading.
    fn verdict(&self, row: u32) -> Formula {
        let worst = own(row, self.worst());
        let mut told = Formula::text("● in ordine");
        for (place, column) in self.shape.columns.iter().enumerate().rev() {
            let code = own(row, self.codes() + u16::try_from(place).unwrap_or(0));
            let label = column.label.to_lowercase();
            let domain = self.voce.domain(Some(&column.key));
            let from = self.orders.iter().find(|order| order.to.key == column.key);
            let words = vec![
                code.clone(),
                Formula::text("○"),
                Formula::text(format!("▲ manca: {label}")),
                Formula::text("▲"),
                Formula::text("▲ sembra una riga già scritta sopra"),
                Formula::text("▲"),
                Formula::text(from.map_or_else(String::new, |order| {
                    format!("■ {label}: viene prima di «{}»", order.from.label)
                })),
                Formula::text("■"),
                Formula::text(format!("■ {label}: è dopo il mese scelto")),
                Formula::text(format!("■ {label}: {}", verdict::decimals(&domain))),
                Formula::text(format!("■ {label}: {}", input::wanted(&domain))),
                Formula::text(format!("■ {label}: è una data diventata numero")),
                Formula::text(format!("■ {label}: {}", input::wanted(&domain))),
            ];
            told = Formula::choose(
                Formula::call(
                    Call::And,
                    [code.clone().is(worst.clone()), code.signed(Sign::Above, Formula::whole(0))],
                ),
                Formula::Call(Call::Choose, words),
                told,
            );
        }
        Formula::choose(self.is_begun(row), told, Formula::none())
    }

    fn declaration(&self) -> Formula {
        known(&names::declared(&self.voce.key))
    }

    /// The last day up to which rows count: of the month up to which the register is declared complete, and
    /// not after the chosen one.
    fn as_of(&self) -> Formula {
        let until = Formula::call(Call::Min, [self.declaration(), known(names::UP_TO)]);
        let next = until.signed(Sign::Plus, Formula::whole(1));
        Formula::call(Call::Date, [Formula::whole(self.plan.year.into()), next, Formula::whole(0)])
    }

    /// What a row gives, from 0, in its column: nothing until it counts, with its key and a date that has
    /// come.
    fn formula(&self, asked: &Expr, ordinal: u32, live: u16) -> Option<Formula> {
        let row = FIRST + ordinal;
        let (event, key) = (self.cell(row, &self.shape.event)?, self.cell(row, &self.shape.identity)?);
        let named = trimmed(key).signed(Sign::Unlike, Formula::none());
        let known = [is_declared(&self.declaration()), event.clone().is_number(), named];
        let come = event.signed(Sign::AtMost, self.as_of());
        let gives = Formula::choose(come, self.gives(asked, ordinal, live)?, Formula::none());
        Some(Formula::choose(Formula::call(Call::And, known), gives, Formula::none()))
    }

    fn gives(&self, asked: &Expr, ordinal: u32, live: u16) -> Option<Formula> {
        let row = FIRST + ordinal;
        match asked {
            Expr::Over(_, _, RowExpr::Days { from, to, .. }) => {
                let (from, to) = (self.cell(row, from)?, self.cell(row, to)?);
                let end = Formula::call(Call::Min, [to.clone(), self.as_of()]);
                let end = Formula::choose(to.is_number(), end, self.as_of());
                let days = end.signed(Sign::Less, from.clone());
                Some(Formula::choose(from.is_number(), days, Formula::none()))
            }
            Expr::Over(_, _, RowExpr::Column(column)) => {
                let cell = self.cell(row, column)?;
                Some(Formula::choose(cell.clone().is_number(), cell, Formula::none()))
            }
            Expr::Distinct(_, column) => self.first_of_its_name(ordinal, column, live),
            _ => None,
        }
    }

    /// 1 on the first of the rows that count with the same text. Excel takes off blanks, one kind of them,
    /// and case; the key under which rows are united folds more, and V08 tells the office of two rows that
    /// only it unites.
    fn first_of_its_name(&self, ordinal: u32, column: &str, live: u16) -> Option<Formula> {
        let (one, none) = (Formula::whole(1), Formula::none());
        let name = trimmed(self.cell(FIRST + ordinal, column)?);
        let above = (FIRST..FIRST + ordinal).map(|above| {
            let same = trimmed(self.cell(above, column)?).is(name.clone());
            let counted = own(above, live).is(one.clone());
            Some(Formula::call(Call::And, [same, counted]))
        });
        Some(match any(above.collect::<Option<_>>()?) {
            Some(seen) => Formula::choose(seen, none, one),
            None => one,
        })
    }
}

/// Width of a column, in pixels.
pub(super) fn width(register: &RegisterLayout<'_>, col: u16) -> u32 {
    let place = col.checked_sub(FIELDS).map(usize::from);
    match place.and_then(|place| register.shape.columns.get(place)) {
        Some(column) if column.kind == VoceType::Testo => 250,
        Some(_) => 104,
        None if col == KEY => 190,
        None if col == ORDINAL => 36,
        None if col == register.check() => 250,
        None if col == register.end() => 6,
        None => 64,
    }
}

fn title(asked: &Expr) -> Option<&'static str> {
    match asked {
        Expr::Over(_, _, RowExpr::Days { working: true, .. }) => None,
        Expr::Over(_, _, RowExpr::Days { .. }) => Some("Giorni"),
        _ => Some("Conta"),
    }
}

fn trimmed(formula: Formula) -> Formula {
    Formula::call(Call::Trim, [formula])
}

//! The formulas of a scheda's sheet in an office's workbook, over the cells where entries are typed.
//!
//! Only functions that Excel 2010, LibreOffice 7.4 and the other spreadsheets share, and no arrays. A formula
//! is blank while a term is missing.

use std::collections::BTreeMap;

use super::layout::{Layout, Line, TOTAL, YEAR, field_col, live_col, month_col};
use crate::excel::{Call, Formula, Own, Sign, fits};
use crate::formula::{Expr, Fold, RowExpr};
use crate::live::{self, Entries, Terms};
use crate::model::{CellRef, Month, OfficeRule, TimeKind, Value, VoceKey, VoceType};
use crate::plan::{Indicator, MONTHS, Register, Voce};

/// Which workbooks a formula is of: it gives the same in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// Those made now.
    Today,
    /// Those sent before, with arrays that Excel and LibreOffice compute and other programs do not.
    Before,
}

/// A sheet, as its formulas see it.
pub(super) struct Page<'a> {
    layout: &'a Layout<'a>,
    edition: Edition,
    columns: BTreeMap<&'a VoceKey, Vec<Column<'a>>>,
}

/// A column beside a register: what each row gives to a formula.
pub(super) struct Column<'a> {
    pub col: u16,
    pub title: &'static str,
    asked: &'a Expr,
    /// From the first row.
    cells: Vec<Formula>,
}

/// A voce with its row.
type Placed<'a> = (u32, &'a Voce);

impl<'a> Page<'a> {
    /// The sheet of `layout`.
    pub(super) fn of(layout: &'a Layout<'a>, edition: Edition) -> Self {
        let registers = layout.lines.iter().filter_map(|line| match line {
            Line::RegisterRow(voce, _, 1) => Some((&voce.key, columns(layout, edition, &voce.key))),
            _ => None,
        });
        Self { layout, edition, columns: registers.collect() }
    }

    /// The columns beside a register.
    pub(super) fn columns(&self, register: &VoceKey) -> &[Column<'a>] {
        self.columns.get(register).map_or(&[], Vec::as_slice)
    }

    /// Every formula, by its cell.
    pub(super) fn formulas(&self) -> BTreeMap<CellRef, Formula> {
        let mut formulas = BTreeMap::new();
        for (row, line) in self.layout.rows() {
            match line {
                Line::Voce(voce) if voce.time.by_month() && voce.is_input() => {
                    formulas.insert(CellRef { row, col: TOTAL }, self.total((row, voce)));
                }
                Line::RegisterRow(voce, _, 1) => {
                    for column in self.columns(&voce.key) {
                        let cells = (row..).map(|row| CellRef { row, col: column.col });
                        formulas.extend(cells.zip(column.cells.iter().cloned()));
                    }
                }
                Line::Result(indicator) => {
                    formulas.extend(self.result(indicator).map(|own| (CellRef { row, col: YEAR }, own)));
                }
                _ => {}
            }
        }
        formulas
    }

    /// The year to date of a monthly or stock voce.
    fn total(&self, voce: Placed<'_>) -> Formula {
        let value = match voce.1.time {
            TimeKind::Consistenza => self.level(voce, &[voce]),
            _ => Formula::call(Call::Sum, [months(voce)]),
        };
        live::unless_none(self, &voce, value)
    }

    /// The value of an indicator on this office's entries; `None` when the sheet cannot compute it.
    fn result(&self, indicator: &'a Indicator) -> Option<Formula> {
        let levels: Vec<Placed<'_>> =
            live::levels(indicator).into_iter().filter_map(|voce| self.layout.voce(&voce.key)).collect();
        let value = live::value(&Figures { page: self, levels }, indicator.formula.expr())?;
        (self.edition == Edition::Before || fits(&value, "")).then_some(value)
    }

    /// A level at the last month in which all of `levels` are typed.
    fn level(&self, voce: Placed<'_>, levels: &[Placed<'_>]) -> Formula {
        Formula::call(Call::Index, [months(voce), Formula::whole(1), self.last_month(voce, levels)])
    }

    /// The ordinal of the last month in which all of `levels` are typed; 0 when there is none.
    fn last_month(&self, voce: Placed<'_>, levels: &[Placed<'_>]) -> Formula {
        let last = levels.iter().map(|(_, level)| level.last_counting(Month::DECEMBER)).min();
        if self.edition == Edition::Today {
            return live::last_month(self, levels, last.unwrap_or(Month::DECEMBER).up_to());
        }
        let column = |cells| Formula::call(Call::Column, [cells]);
        let place = column(months(voce)).signed(Sign::Less, column(month(voce, Month::JANUARY)));
        let place = place.signed(Sign::Plus, Formula::whole(1));
        let typed = levels.iter().map(|level| months(*level).is_number());
        let months = typed.chain([place]).reduce(|all, one| all.signed(Sign::Times, one));
        Formula::call(Call::SumProduct, [Formula::Call(Call::Max, months.into_iter().collect())])
    }
}

impl<'a> Entries for Page<'a> {
    type Voce = Placed<'a>;

    fn count(&self, voce: &Placed<'a>) -> Formula {
        Formula::call(Call::Count, [months(*voce)])
    }

    fn has(&self, voce: &Placed<'a>, at: Month) -> Formula {
        month(*voce, at).is_number()
    }
}

/// The terms of an indicator in its sheet.
struct Figures<'p, 'a> {
    page: &'p Page<'a>,
    /// The levels of the formula: when they are more than one, taken at the same month.
    levels: Vec<Placed<'a>>,
}

impl Figures<'_, '_> {
    fn is_at_common_month(&self, voce: &Voce) -> bool {
        voce.time == TimeKind::Consistenza && self.levels.len() > 1
    }

    /// When a voce is missing; an answer is when all of the formula's are.
    fn absent(&self, key: &VoceKey, answers: &mut Vec<Formula>) -> Option<Formula> {
        let (row, voce) = self.page.layout.voce(key).filter(|(_, voce)| voce.is_input())?;
        match (voce.time, voce.kind) {
            _ if self.is_at_common_month(voce) => {
                Some(self.page.last_month((row, voce), &self.levels).is(Formula::whole(0)))
            }
            (TimeKind::Mensile | TimeKind::Consistenza, _) => Some(own(row, TOTAL).is(Formula::none())),
            (TimeKind::Annuale, VoceType::SiNo) => {
                answers.push(own(row, YEAR).is(Formula::none()));
                None
            }
            (TimeKind::Annuale, _) => Some(own(row, YEAR).is_number().negated()),
            (TimeKind::Costante | TimeKind::Registro, _) => None,
        }
    }

    /// When a register gives nothing: not declared, or without a row of which a mean could be taken.
    fn silent(&self, node: &Expr, key: &VoceKey) -> Vec<Formula> {
        let Some((declared, ..)) = self.page.layout.register(key) else { return Vec::new() };
        let mut silent = vec![is_declared(&own(declared, YEAR)).negated()];
        if matches!(node, Expr::Over(Fold::Max | Fold::Min | Fold::Mean, ..)) {
            let rows = self.rows(node, key).map(|rows| Formula::call(Call::Count, [rows]));
            silent.extend(rows.map(|count| count.is(Formula::whole(0))));
        }
        silent
    }

    /// The column of what each row gives.
    fn rows(&self, node: &Expr, key: &VoceKey) -> Option<Formula> {
        let (_, first, ..) = self.page.layout.register(key)?;
        let column = self.page.columns(key).iter().find(|column| column.asked == node)?;
        let last = first + self.page.layout.register_rows - 1;
        Some(Formula::OwnRange(Own::at(first, column.col), Own::at(last, column.col)))
    }
}

impl Terms for Figures<'_, '_> {
    fn term(&self, key: &VoceKey) -> Option<Formula> {
        let (row, voce) = self.page.layout.voce(key)?;
        let year = own(row, YEAR);
        if let Some(fixed) = &voce.fixed {
            return match fixed.value {
                Value::Number(_) | Value::Date(_) => Some(year),
                Value::Flag(_) => Some(one_if(year.is(Formula::text("Sì")))),
                Value::Text(_) => None,
            };
        }
        match (voce.time, voce.kind) {
            _ if self.is_at_common_month(voce) => Some(self.page.level((row, voce), &self.levels)),
            (TimeKind::Mensile | TimeKind::Consistenza, _) => Some(own(row, TOTAL)),
            // A blank counts 0 once one of the answers of the formula is given.
            (TimeKind::Annuale, VoceType::SiNo) => {
                Some(one_if(Formula::call(Call::Or, YES.map(|yes| year.clone().is(Formula::text(yes))))))
            }
            (TimeKind::Annuale, _) if voce.rule == OfficeRule::Conta => Some(Formula::whole(1)),
            (TimeKind::Annuale, _) => Some(year),
            (TimeKind::Costante | TimeKind::Registro, _) => None,
        }
    }

    fn fold(&self, node: &Expr) -> Option<Formula> {
        let (key, call) = match node {
            Expr::Distinct(key, _) | Expr::Over(Fold::Sum, key, _) => (key, Call::Sum),
            Expr::Over(Fold::Count, key, _) => (key, Call::Count),
            Expr::Over(Fold::Max, key, _) => (key, Call::Max),
            Expr::Over(Fold::Min, key, _) => (key, Call::Min),
            Expr::Over(Fold::Mean, key, _) => (key, Call::Average),
            _ => return None,
        };
        Some(Formula::call(call, [self.rows(node, key)?]))
    }

    fn missing(&self, expr: &Expr) -> Option<Formula> {
        let (mut missing, mut answers) = (Vec::new(), Vec::new());
        for leaf in expr.leaves() {
            match leaf {
                Expr::Voce(key) => missing.extend(self.absent(key, &mut answers)),
                Expr::Days { from, to, .. } => {
                    missing.extend([from, to].into_iter().filter_map(|key| self.absent(key, &mut answers)));
                }
                Expr::Over(_, key, _) | Expr::Distinct(key, _) => missing.extend(self.silent(leaf, key)),
                Expr::Number(_) | Expr::Negate(_) | Expr::Binary(..) => {}
            }
        }
        if !answers.is_empty() {
            missing.push(Formula::Call(Call::And, answers));
        }
        any(missing)
    }

    fn sound(&self, expr: &Expr, value: Formula) -> Option<Formula> {
        let zero = expr.divisors().into_iter().map(|divisor| live::number(self, divisor));
        let zero = zero.map(|divisor| Some(divisor?.is(Formula::whole(0)))).collect::<Option<_>>()?;
        Some(match any(zero) {
            Some(zero) => Formula::choose(zero, Formula::none(), value),
            None => value,
        })
    }

    /// In brackets, as in the workbooks sent before.
    fn part(&self, operation: Formula) -> Formula {
        Formula::Bracketed(Box::new(operation))
    }
}

/// The columns beside a register; one that a spreadsheet could not take is left out.
fn columns<'a>(layout: &Layout<'a>, edition: Edition, key: &VoceKey) -> Vec<Column<'a>> {
    let Some((declared, first, _, register)) = layout.register(key) else { return Vec::new() };
    let rows = Rows { edition, register, declared, first, year: layout.plan.year };
    let column = |(place, asked): (usize, &'a Expr)| {
        let (col, title) = (live_col(register, place), title(asked)?);
        let cells = (0..layout.register_rows).map(|ordinal| {
            let formula = rows.formula(asked, ordinal, col)?;
            (edition == Edition::Before || fits(&formula, "")).then_some(formula)
        });
        Some(Column { col, title, asked, cells: cells.collect::<Option<_>>()? })
    };
    layout.asked_of(key).into_iter().enumerate().filter_map(column).collect()
}

fn title(asked: &Expr) -> Option<&'static str> {
    match asked {
        Expr::Over(_, _, RowExpr::Days { working: true, .. }) => None,
        Expr::Over(_, _, RowExpr::Days { .. }) => Some("Giorni"),
        _ => Some("Conta"),
    }
}

/// The rows of a register where they stand.
struct Rows<'a> {
    edition: Edition,
    register: &'a Register,
    /// The row of its declaration.
    declared: u32,
    first: u32,
    year: i32,
}

impl Rows<'_> {
    /// What a row gives, from 0, in its column: nothing until it counts, with its key and a date that has
    /// come.
    fn formula(&self, asked: &Expr, ordinal: u32, live: u16) -> Option<Formula> {
        let (event, key) =
            (self.cell(ordinal, &self.register.event)?, self.cell(ordinal, &self.register.identity)?);
        let named = trimmed(Formula::Own(key)).signed(Sign::Unlike, Formula::none());
        let known = [self.is_declared(), Formula::Own(event).is_number(), named];
        let come = Formula::Own(event).signed(Sign::AtMost, self.as_of());
        let gives = Formula::choose(come, self.gives(asked, ordinal, live)?, Formula::none());
        Some(Formula::choose(Formula::call(Call::And, known), gives, Formula::none()))
    }

    fn gives(&self, asked: &Expr, ordinal: u32, live: u16) -> Option<Formula> {
        match asked {
            Expr::Over(_, _, RowExpr::Days { from, to, .. }) => {
                let (from, to) =
                    (Formula::Own(self.cell(ordinal, from)?), Formula::Own(self.cell(ordinal, to)?));
                let end = Formula::call(Call::Min, [to.clone(), self.as_of()]);
                let end = Formula::choose(to.is_number(), end, self.as_of());
                let days = end.signed(Sign::Less, from.clone());
                Some(Formula::choose(from.is_number(), days, Formula::none()))
            }
            Expr::Over(_, _, RowExpr::Column(column)) => {
                let cell = Formula::Own(self.cell(ordinal, column)?);
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
        let own = trimmed(Formula::Own(self.cell(ordinal, column)?));
        if self.edition == Edition::Before && ordinal > 0 {
            let last = self.first + ordinal - 1;
            let above = |col| Formula::OwnRange(Own::fixed(self.first, col), Own::at(last, col));
            let same = trimmed(above(field_col(self.register, column)?)).is(own);
            let seen = same.signed(Sign::Times, above(live).is(one.clone()));
            let seen = Formula::call(Call::SumProduct, [seen]);
            return Some(Formula::choose(seen.is(Formula::whole(0)), one, none));
        }
        let above = (0..ordinal).map(|above| {
            let same = trimmed(Formula::Own(self.cell(above, column)?)).is(own.clone());
            let counted = Formula::Own(Own::at(self.first + above, live)).is(one.clone());
            Some(Formula::call(Call::And, [same, counted]))
        });
        Some(match any(above.collect::<Option<_>>()?) {
            Some(seen) => Formula::choose(seen, none, one),
            None => one,
        })
    }

    fn cell(&self, ordinal: u32, column: &str) -> Option<Own> {
        Some(Own::at(self.first + ordinal, field_col(self.register, column)?))
    }

    fn declaration(&self) -> Formula {
        Formula::Own(Own::fixed(self.declared, YEAR))
    }

    fn is_declared(&self) -> Formula {
        is_declared(&self.declaration())
    }

    /// The last day of the month up to which the register is declared complete.
    fn as_of(&self) -> Formula {
        let next = self.declaration().signed(Sign::Plus, Formula::whole(1));
        Formula::call(Call::Date, [Formula::whole(self.year.into()), next, Formula::whole(0)])
    }
}

/// What the offices type for yes; Excel does not tell upper from lower case.
const YES: [&str; 4] = ["Sì", "Si", "Sí", "Si'"];

/// Whether the cell of a declaration holds a whole number from 1 to 12.
fn is_declared(cell: &Formula) -> Formula {
    let bound = |sign, limit: &u8| cell.clone().signed(sign, Formula::whole(i64::from(*limit)));
    let whole = cell.clone().is(Formula::call(Call::Int, [cell.clone()]));
    let month = Formula::call(
        Call::And,
        [bound(Sign::AtLeast, MONTHS.start()), bound(Sign::AtMost, MONTHS.end()), whole],
    );
    Formula::choose(cell.clone().is_number(), month, Formula::Flag(false))
}

/// The months of a row that count.
fn months((row, voce): Placed<'_>) -> Formula {
    let at = |month| Own::at(row, month_col(month));
    Formula::OwnRange(at(Month::JANUARY), at(voce.last_counting(Month::DECEMBER)))
}

fn month((row, _): Placed<'_>, month: Month) -> Formula {
    own(row, month_col(month))
}

fn own(row: u32, col: u16) -> Formula {
    Formula::Own(Own::at(row, col))
}

fn trimmed(formula: Formula) -> Formula {
    Formula::call(Call::Trim, [formula])
}

fn one_if(condition: Formula) -> Formula {
    Formula::choose(condition, Formula::whole(1), Formula::whole(0))
}

/// Whether one of some conditions holds, each asked once; `None` of none.
fn any(conditions: Vec<Formula>) -> Option<Formula> {
    let mut once: Vec<Formula> = Vec::new();
    for condition in conditions {
        if !once.contains(&condition) {
            once.push(condition);
        }
    }
    match <[Formula; 1]>::try_from(once) {
        Ok([only]) => Some(only),
        Err(many) => (!many.is_empty()).then_some(Formula::Call(Call::Or, many)),
    }
}

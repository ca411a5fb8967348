//! The formulas of a scheda's sheet that give its figures: what counts, the year to date, the results.
//!
//! Only functions that Excel 2010, LibreOffice 7.4 and the other spreadsheets share, and no arrays. A formula
//! is blank while a term is missing. All of them read what is typed through hidden cells that look it up in
//! their own row, so that who cuts and pastes breaks none.

use std::collections::BTreeMap;

use super::cells::{any, is_declared, is_one_of, looked_up, looked_up_or, one_if, own};
use super::layout::{COUNTED, END, Layout, Line, TOTAL, TYPED, YEAR, at_month, month_col};
use super::names::{self, known, many};
use crate::excel::{Call, Formula, Own, Sign, fits};
use crate::formula::{Expr, Fold};
use crate::live::{self, Entries, Terms};
use crate::model::{CellRef, Month, OfficeId, OfficeRule, Span, TimeKind, Value, VoceKey, VoceType};
use crate::plan::{Indicator, Pair, Voce, YES_WORDS};

/// A sheet, as its formulas see it.
pub(super) struct Page<'p, 'a> {
    layout: &'p Layout<'a>,
}

/// A voce with its row.
type Placed<'a> = (u32, &'a Voce);

impl<'p, 'a> Page<'p, 'a> {
    /// The sheet of `layout`.
    pub(super) fn of(layout: &'p Layout<'a>) -> Self {
        Self { layout }
    }

    /// Every figure, by its cell.
    pub(super) fn formulas(&self) -> BTreeMap<CellRef, Formula> {
        let mut formulas = BTreeMap::new();
        for (row, line) in self.layout.rows() {
            let mut put = |col, formula| drop(formulas.insert(CellRef { row, col }, formula));
            match line {
                Line::Voce(_, voce) if voce.time.by_month() && voce.is_input() => {
                    for month in Month::all() {
                        let blank = self.blank(voce, month);
                        put(at_month(TYPED, month), looked_up_or(row, month_col(month), END, blank));
                        put(at_month(COUNTED, month), counted(row, month));
                    }
                    put(TOTAL, self.total((row, voce)));
                }
                Line::Voce(_, voce) if voce.is_input() => put(TYPED, looked_up(row, YEAR, END)),
                Line::Declared(_) => put(TYPED, looked_up(row, YEAR, END)),
                Line::Band(indicator) => {
                    if let Some(result) = self.result(indicator) {
                        put(TOTAL, result);
                    }
                }
                _ => {}
            }
        }
        formulas
    }

    /// What a blank of a month stands for: nothing, or the zero of a month without activity.
    fn blank(&self, voce: &Voce, month: Month) -> Formula {
        let idle = self.layout.is_idle(month).filter(|_| voce.is_zero_when_idle());
        idle.map_or(Formula::none(), |idle| Formula::choose(idle, Formula::whole(0), Formula::none()))
    }

    /// The year to date of a monthly or stock voce.
    fn total(&self, voce: Placed<'a>) -> Formula {
        let value = match voce.1.time {
            TimeKind::Consistenza => self.level(voce, &[voce]),
            _ => Formula::call(Call::Sum, [months(self.layout.office, voce)]),
        };
        live::unless_none(self, &voce, value)
    }

    /// The value of an indicator on this office's entries; `None` when the sheet cannot compute it.
    fn result(&self, indicator: &'a Indicator) -> Option<Formula> {
        let levels: Vec<Placed<'a>> =
            live::levels(indicator).into_iter().filter_map(|voce| self.layout.voce(&voce.key)).collect();
        let value = live::value(&Figures { page: self, levels }, indicator.formula.expr())?;
        let value = match self.half(indicator) {
            Some(half) => Formula::choose(half, Formula::none(), value),
            None => value,
        };
        fits(&value, "").then_some(value)
    }

    /// Whether in a month one side of a ratio is typed and the other is not: neither counts without the
    /// other, and no number comes of it. `None` of what is no ratio of flows.
    fn half(&self, indicator: &Indicator) -> Option<Formula> {
        let pair = indicator.pair().filter(Pair::is_of_flows)?;
        let rows: Vec<u32> =
            pair.all().map(|voce| Some(self.layout.voce(&voce.key)?.0)).collect::<Option<_>>()?;
        let all = Formula::whole(i64::try_from(rows.len()).ok()?);
        let months = pair.months(Month::DECEMBER).map(|month| {
            let typed = rows.iter().map(|row| own(*row, at_month(COUNTED, month)));
            let typed = Formula::Call(Call::Count, typed.collect());
            let some = typed.clone().signed(Sign::Above, Formula::whole(0));
            Formula::call(Call::And, [some, typed.signed(Sign::Under, all.clone())])
        });
        any(months.collect())
    }

    /// A level at the last month in which all of `levels` are typed.
    fn level(&self, voce: Placed<'a>, levels: &[Placed<'a>]) -> Formula {
        Formula::call(Call::Index, [from_january(voce), Formula::whole(1), self.last_month(levels)])
    }

    /// The ordinal of the last month in which all of `levels` are typed; 0 when there is none.
    fn last_month(&self, levels: &[Placed<'a>]) -> Formula {
        let months = levels.iter().map(|(_, level)| level.counting(self.layout.office, Month::DECEMBER));
        let both = months.reduce(|one, other| one?.and(other?)).unwrap_or(Some(Span::YEAR));
        live::last_month(self, levels, both.unwrap_or(Span::YEAR).months())
    }
}

impl<'a> Entries for Page<'_, 'a> {
    type Voce = Placed<'a>;

    fn count(&self, voce: &Placed<'a>) -> Formula {
        Formula::call(Call::Count, [months(self.layout.office, *voce)])
    }

    fn has(&self, (row, _): &Placed<'a>, at: Month) -> Formula {
        own(*row, at_month(COUNTED, at)).is_number()
    }
}

/// The terms of an indicator in its sheet.
struct Figures<'p, 'l, 'a> {
    page: &'p Page<'l, 'a>,
    /// The levels of the formula: when they are more than one, taken at the same month.
    levels: Vec<Placed<'a>>,
}

impl Figures<'_, '_, '_> {
    fn is_at_common_month(&self, voce: &Voce) -> bool {
        voce.time == TimeKind::Consistenza && self.levels.len() > 1
    }

    /// When a voce is missing; an answer is when all of the formula's are.
    fn absent(&self, key: &VoceKey, answers: &mut Vec<Formula>) -> Option<Formula> {
        let (row, voce) = self.page.layout.voce(key).filter(|(_, voce)| voce.is_input())?;
        match (voce.time, voce.kind) {
            _ if self.is_at_common_month(voce) => {
                Some(self.page.last_month(&self.levels).is(Formula::whole(0)))
            }
            (TimeKind::Mensile | TimeKind::Consistenza, _) => Some(own(row, TOTAL).is(Formula::none())),
            (TimeKind::Annuale, VoceType::SiNo) => {
                answers.push(own(row, TYPED).is(Formula::none()));
                None
            }
            (TimeKind::Annuale, _) => Some(own(row, TYPED).is_number().negated()),
            (TimeKind::Costante | TimeKind::Registro, _) => None,
        }
    }

    /// When a register gives nothing: not declared, or without a row of which a mean could be taken.
    fn silent(&self, node: &Expr, key: &VoceKey) -> Vec<Formula> {
        if self.page.layout.register(key).is_none() {
            return Vec::new();
        }
        let mut silent = vec![is_declared(&known(&names::declared(key))).negated()];
        if matches!(node, Expr::Over(Fold::Max | Fold::Min | Fold::Mean, ..)) {
            let rows = self.rows(node, key).map(|rows| Formula::call(Call::Count, [rows]));
            silent.extend(rows.map(|count| count.is(Formula::whole(0))));
        }
        silent
    }

    /// The column of what each row gives.
    fn rows(&self, node: &Expr, key: &VoceKey) -> Option<Formula> {
        let (_, register) = self.page.layout.register(key)?;
        let place = register.columns().iter().find(|column| column.asked == node)?.place;
        Some(many(&names::live(key, place)))
    }
}

impl Terms for Figures<'_, '_, '_> {
    fn term(&self, key: &VoceKey) -> Option<Formula> {
        let (row, voce) = self.page.layout.voce(key)?;
        if let Some(fixed) = &voce.fixed {
            let year = own(row, YEAR);
            return match fixed.value {
                Value::Number(_) | Value::Date(_) => Some(year),
                Value::Flag(_) => Some(one_if(year.is(Formula::text("Sì")))),
                Value::Text(_) => None,
            };
        }
        let year = own(row, TYPED);
        match (voce.time, voce.kind) {
            _ if self.is_at_common_month(voce) => Some(self.page.level((row, voce), &self.levels)),
            (TimeKind::Mensile | TimeKind::Consistenza, _) => Some(own(row, TOTAL)),
            // A blank counts 0 once one of the answers of the formula is given.
            (TimeKind::Annuale, VoceType::SiNo) => Some(one_if(is_one_of(&year, &YES_WORDS))),
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
}

/// What is typed in a month that counts.
fn counted(row: u32, month: Month) -> Formula {
    let counts = known(names::UP_TO).signed(Sign::AtLeast, Formula::whole(month.number().into()));
    Formula::choose(counts, own(row, at_month(TYPED, month)), Formula::none())
}

/// The months of a row that count, of those for which the office answers.
fn months(office: &OfficeId, (row, voce): Placed<'_>) -> Formula {
    let at = |month| Own::at(row, at_month(COUNTED, month));
    let months = voce.counting(office, Month::DECEMBER).unwrap_or(Span::YEAR);
    Formula::OwnRange(at(months.first), at(months.last))
}

/// The months of a row up to the last one that counts, each at its ordinal.
fn from_january((row, voce): Placed<'_>) -> Formula {
    let at = |month| Own::at(row, at_month(COUNTED, month));
    Formula::OwnRange(at(Month::JANUARY), at(voce.last_counting(Month::DECEMBER)))
}

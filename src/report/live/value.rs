//! An indicator's formula over the cells of its terms.

use std::collections::BTreeMap;

use crate::formula::{Expr, Fold, Operation};
use crate::live::{self, Terms};
use crate::model::{Number, OfficeRule, TimeKind, VoceKey, VoceType};
use crate::plan::Voce;
use crate::report::registers::can_say;

use super::terms::{Reach, all};
use crate::excel::{Call, Formula, Sign};

/// Where the terms of an indicator stand.
pub(in crate::report) type TermCells = BTreeMap<VoceKey, Formula>;

/// The indicator's value; the empty text when there is none. `None` when Excel has no plain way to say it.
pub(in crate::report) fn value(reach: &Reach<'_>, terms: &TermCells) -> Option<Formula> {
    live::value(&Figures { reach, terms }, reach.indicator.formula.expr())
}

/// The figures of an indicator's terms, in cells of their own.
struct Figures<'a> {
    reach: &'a Reach<'a>,
    terms: &'a TermCells,
}

impl Terms for Figures<'_> {
    fn term(&self, key: &VoceKey) -> Option<Formula> {
        self.terms.get(key).cloned()
    }

    /// An open event: the days so far.
    fn until(&self, key: &VoceKey) -> Option<Formula> {
        let (to, as_of) = (self.term(key)?, Formula::date(self.reach.month.last_day(self.reach.plan.year)));
        Some(Formula::choose(to.clone().is_number(), to, as_of))
    }

    /// Over the rows of *Registri*.
    fn fold(&self, node: &Expr) -> Option<Formula> {
        if !can_say(self.reach.indicator, node) {
            return None;
        }
        let (key, call) = match node {
            Expr::Distinct(key, _) | Expr::Over(Fold::Sum | Fold::Count, key, _) => (key, Call::Sum),
            Expr::Over(Fold::Max, key, _) => (key, Call::Large),
            Expr::Over(Fold::Min, key, _) => (key, Call::Small),
            Expr::Over(Fold::Mean, key, _) => (key, Call::Average),
            _ => return None,
        };
        let Some(rows) = self.reach.registers.values(key, node, self.reach.span()) else {
            return Some(if call == Call::Sum { Formula::whole(0) } else { Formula::none() });
        };
        let mut arguments = vec![rows];
        if matches!(call, Call::Large | Call::Small) {
            arguments.push(Formula::whole(1));
        }
        Some(Formula::Call(call, arguments))
    }

    /// Reported by nobody; a formula of one term says so by itself.
    fn missing(&self, expr: &Expr) -> Option<Formula> {
        if matches!(expr, Expr::Voce(_)) {
            return None;
        }
        let indicator = self.reach.indicator;
        let inputs = indicator.formula.inputs().iter();
        let wanted = inputs.filter(|key| indicator.voce(key).is_none_or(|voce| !waits(voce)));
        let wanted: Vec<Formula> = wanted.filter_map(|key| self.term(key)).collect();
        let number = Formula::whole(i64::try_from(wanted.len()).unwrap_or(i64::MAX));
        (!wanted.is_empty()).then(|| Formula::call(Call::Count, wanted).signed(Sign::Under, number))
    }

    fn sound(&self, expr: &Expr, value: Formula) -> Option<Formula> {
        Some(if matches!(expr, Expr::Voce(_)) { value } else { value.or(Formula::none()) })
    }
}

/// Whether a voce without a value waits for its date, instead of missing.
pub(super) fn waits(voce: &Voce) -> bool {
    voce.time == TimeKind::Annuale
        && voce.kind == VoceType::Data
        && voce.rule != OfficeRule::Conta
        && voce.fixed.is_none()
}

/// Decimals that a term has at least, whatever it has on the day of issue: whoever tries a correction in
/// *Dati* may type them where only whole numbers stood.
pub(super) const LEAST: u32 = 6;

/// A fraction that is compared without dividing, with how many decimals each part can have and how great it
/// is.
pub(super) struct Fraction {
    pub over: Formula,
    pub under: Option<Formula>,
    pub over_decimals: u32,
    pub under_decimals: u32,
    /// At least as great as every step of the sum; `None` where the terms do not say.
    pub over_size: Option<Number>,
    /// The same of the denominator, 1 without one.
    pub under_size: Option<Number>,
}

/// The value as a fraction whose terms have `least` decimals or more; `None` when it is not one of exact
/// parts.
pub(super) fn fraction(
    reach: &Reach<'_>,
    terms: &TermCells,
    exact: &BTreeMap<VoceKey, Number>,
    least: u32,
) -> Option<Fraction> {
    let (over, under) = match reach.indicator.formula.expr() {
        Expr::Binary(Operation::Divide, over, under) => (over.as_ref(), Some(under.as_ref())),
        other => (other, None),
    };
    let figures = Figures { reach, terms };
    Some(Fraction {
        over: live::number(&figures, over)?,
        over_decimals: decimals(over, exact, least)?,
        under: match under {
            Some(under) => Some(live::number(&figures, under)?),
            None => None,
        },
        under_decimals: under.map_or(Some(0), |under| decimals(under, exact, least))?,
        over_size: size(over, exact),
        under_size: under.map_or_else(|| Some(Number::one()), |under| size(under, exact)),
    })
}

/// The exact denominator, when the formula is a division of terms.
pub(super) fn denominator(reach: &Reach<'_>, exact: &BTreeMap<VoceKey, Number>) -> Option<Number> {
    match reach.indicator.formula.expr() {
        Expr::Binary(Operation::Divide, _, under) => exactly(under, exact),
        _ => None,
    }
}

fn exactly(expr: &Expr, exact: &BTreeMap<VoceKey, Number>) -> Option<Number> {
    match expr {
        Expr::Number(number) => Some(number.clone()),
        Expr::Voce(key) => exact.get(key).cloned(),
        Expr::Negate(inner) => exactly(inner, exact).map(|number| -number),
        Expr::Binary(operation, left, right) => {
            let (left, right) = (exactly(left, exact)?, exactly(right, exact)?);
            match operation {
                Operation::Add => Some(left + &right),
                Operation::Subtract => Some(left - &right),
                Operation::Multiply => Some(left * &right),
                Operation::Divide => left.divided_by(&right),
            }
        }
        Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => None,
    }
}

/// How many decimals an expression can have when each term has `least` or more; `None` when it divides.
fn decimals(expr: &Expr, exact: &BTreeMap<VoceKey, Number>, least: u32) -> Option<u32> {
    match expr {
        Expr::Number(number) => number_decimals(number),
        Expr::Voce(key) => Some(exact.get(key).map_or(Some(0), number_decimals)?.max(least)),
        Expr::Negate(inner) => decimals(inner, exact, least),
        Expr::Binary(Operation::Divide, ..) => None,
        Expr::Binary(Operation::Multiply, left, right) => {
            Some(decimals(left, exact, least)? + decimals(right, exact, least)?)
        }
        Expr::Binary(_, left, right) => {
            Some(decimals(left, exact, least)?.max(decimals(right, exact, least)?))
        }
        Expr::Over(Fold::Mean, ..) => None,
        // Numbers typed in a register's column keep the decimals of hours and minutes.
        Expr::Over(_, _, crate::formula::RowExpr::Column(_)) => Some(least.max(4)),
        // Whole days and counts: but a day can be typed with its hour.
        Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => Some(least),
    }
}

/// At least as great as an expression and every step towards it; `None` where its terms do not say.
fn size(expr: &Expr, exact: &BTreeMap<VoceKey, Number>) -> Option<Number> {
    Some(match expr {
        Expr::Number(number) => number.abs(),
        Expr::Voce(key) => exact.get(key).map_or_else(Number::zero, Number::abs),
        Expr::Negate(inner) => size(inner, exact)?,
        Expr::Binary(Operation::Multiply, left, right) => size(left, exact)? * &size(right, exact)?,
        Expr::Binary(Operation::Add | Operation::Subtract, left, right) => {
            size(left, exact)? + &size(right, exact)?
        }
        _ => return None,
    })
}

/// The decimals of a number that ends, at most 15; `None` of one that does not.
pub(super) fn number_decimals(number: &Number) -> Option<u32> {
    let decimals = u32::try_from(number.terminating_decimals()?).ok()?;
    (decimals <= 15).then_some(decimals)
}

/// The sum of formulas, for those who count.
pub(in crate::report) fn total(formulas: Vec<Formula>) -> Formula {
    all(Sign::Plus, formulas)
}

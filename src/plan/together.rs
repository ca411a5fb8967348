//! What entries must be together, as data: a part within its whole, two terms that count only as a pair, a
//! stock that is worked off, the two days between which time is counted, the columns without which a row is
//! none. R03, R04, Y07 and D01 ask it.

use chrono::NaiveDate;

use super::types::{Column, Indicator, Register, Voce};
use crate::formula::{Expr, Operation, RowExpr};
use crate::model::{Month, Nature, Number, TimeKind, VoceKey};

/// A part and its whole.
#[derive(Clone, Copy, Debug)]
pub struct Part<'p> {
    /// The part.
    pub part: &'p Voce,
    /// The whole.
    pub whole: &'p Voce,
}

/// A formula that is a division between voci.
#[derive(Clone, Debug)]
pub struct Pair<'p> {
    /// The voci above.
    pub over: Vec<&'p Voce>,
    /// The voci below.
    pub under: Vec<&'p Voce>,
}

/// Two date columns of a register between which a formula counts the days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<'p> {
    /// The register.
    pub voce: &'p Voce,
    /// The column of the day from which it counts.
    pub from: &'p Column,
    /// The column of the day to which it counts.
    pub to: &'p Column,
}

/// A stock that is worked off during the year.
#[derive(Clone, Debug)]
pub struct Backlog<'p> {
    /// What was there when the year began: one value.
    pub opening: &'p Voce,
    /// What came during the year.
    pub arrived: Vec<&'p Voce>,
    /// What was dealt with.
    pub handled: Vec<&'p Voce>,
}

impl Backlog<'_> {
    /// What is left of it, of the totals that `of` gives; `None` where one is missing, or where more was
    /// dealt with than there was (R12).
    pub fn closing(&self, of: &dyn Fn(&VoceKey) -> Option<Number>) -> Option<Number> {
        let sum = |voci: &[&Voce]| voci.iter().map(|voce| of(&voce.key)).sum::<Option<Number>>();
        let there = of(&self.opening.key)? + &sum(&self.arrived)?;
        let handled = sum(&self.handled)?;
        (handled <= there).then(|| there - &handled)
    }
}

impl Indicator {
    /// The stock that it works off: its formula is what was dealt with over what was there and what came.
    pub fn backlog(&self) -> Option<Backlog<'_>> {
        if self.formula.nature() != Nature::Misto || !is_quotient_of_sums(self.formula.expr()) {
            return None;
        }
        let Pair { over, under } = self.pair()?;
        let is_flow = |voce: &&Voce| voce.time == TimeKind::Mensile;
        let (arrived, stocks): (Vec<&Voce>, Vec<&Voce>) = under.into_iter().partition(is_flow);
        let [opening] = stocks[..] else { return None };
        over.iter().all(is_flow).then_some(Backlog { opening, arrived, handled: over })
    }

    /// Every part that has its whole here.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.voci.iter().filter_map(|part| Some(Part { part, whole: self.voce(part.part_of.as_ref()?)? }))
    }

    /// Numerator and denominator, when the formula is a division whose both sides name voci.
    pub fn pair(&self) -> Option<Pair<'_>> {
        let (over, under) = self.formula.ratio()?;
        let voci = |keys: Vec<VoceKey>| keys.iter().map(|key| self.voce(key)).collect::<Option<Vec<_>>>();
        let pair = Pair { over: voci(over)?, under: voci(under)? };
        (!pair.over.is_empty() && !pair.under.is_empty()).then_some(pair)
    }

    /// The columns between which the formula counts days, each two once.
    pub fn orders(&self) -> Vec<Order<'_>> {
        self.orders_in(self.formula.expr())
    }

    fn orders_in(&self, expr: &Expr) -> Vec<Order<'_>> {
        let mut found = Vec::new();
        match expr {
            Expr::Over(_, key, RowExpr::Days { from, to, .. }) => found.extend(self.order(key, from, to)),
            Expr::Negate(inner) => found = self.orders_in(inner),
            Expr::Binary(_, left, right) => {
                found = self.orders_in(left);
                found.extend(self.orders_in(right));
                found.dedup();
            }
            Expr::Number(_) | Expr::Voce(_) | Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => {}
        }
        found
    }

    fn order(&self, key: &VoceKey, from: &str, to: &str) -> Option<Order<'_>> {
        let voce = self.voce(key)?;
        let column = |key: &str| voce.register.as_ref()?.column(key);
        Some(Order { voce, from: column(from)?, to: column(to)? })
    }
}

impl Part<'_> {
    /// Whether they meet month by month; else over the year so far.
    pub fn is_monthly(self) -> bool {
        self.part.time.by_month() && self.whole.time.by_month() && self.whole.is_input()
    }

    /// Whether a part fits in a whole.
    pub fn admits(self, part: &Number, whole: &Number) -> bool {
        part <= whole
    }
}

impl<'p> Pair<'p> {
    /// Whether both sides are flows: they meet month by month, and neither counts without the other.
    pub fn is_of_flows(&self) -> bool {
        self.all().all(|voce| voce.time == TimeKind::Mensile && voce.is_input())
    }

    /// Whether both sides have an entry each month.
    pub fn is_monthly(&self) -> bool {
        self.all().all(|voce| voce.time.by_month() && voce.is_input())
    }

    /// The periods in which the sides meet up to `month`: its months, or the year so far (`None`).
    pub fn periods(&self, month: Month) -> Vec<Option<Month>> {
        if self.is_monthly() { self.months(month).map(Some).collect() } else { vec![None] }
    }

    /// The months up to `month` that count for every voce.
    pub fn months(&self, month: Month) -> impl Iterator<Item = Month> + use<> {
        let last = self.all().map(|voce| voce.last_counting(month)).min();
        last.unwrap_or(month).up_to()
    }

    /// Its voci, both sides.
    pub fn all(&self) -> impl Iterator<Item = &'p Voce> {
        self.over.iter().chain(&self.under).copied()
    }
}

impl Order<'_> {
    /// Whether the second day is not before the first.
    pub fn admits(self, from: NaiveDate, to: NaiveDate) -> bool {
        from <= to
    }
}

impl Register {
    /// The columns without which a row does not count: its key, and the date that makes it count.
    pub fn needed(&self) -> [&str; 2] {
        [&self.identity, &self.event]
    }
}

/// Whether it is a sum of voci over another.
fn is_quotient_of_sums(expr: &Expr) -> bool {
    fn is_sum(expr: &Expr) -> bool {
        match expr {
            Expr::Voce(_) => true,
            Expr::Binary(Operation::Add, left, right) => is_sum(left) && is_sum(right),
            _ => false,
        }
    }
    matches!(expr, Expr::Binary(Operation::Divide, over, under) if is_sum(over) && is_sum(under))
}

#[cfg(test)]
mod tests {
    use crate::model::Number;
    use crate::plan::{DEFAULT_PLAN, read_plan};

    #[test]
    fn what_is_left_of_a_stock_that_is_worked_off() {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let all: Vec<_> =
            plan.indicators().filter_map(|own| Some((own.code.as_str(), own.backlog()?))).collect();
        let [(code, backlog)] = &all[..] else { panic!("one stock is worked off") };
        let names =
            |voci: &[&crate::plan::Voce]| voci.iter().map(|voce| voce.key.to_string()).collect::<Vec<_>>();
        assert_eq!((*code, backlog.opening.key.as_str()), ("11.2", "S11.verbali_pendenti"));
        assert_eq!(names(&backlog.arrived), ["S11.verbali_ricevuti"]);
        assert_eq!(names(&backlog.handled), ["S11.verbali_istruiti"]);
        let with = |opening: u32, arrived: u32, handled: u32| {
            let of = |key: &crate::model::VoceKey| match key.name() {
                "verbali_pendenti" => Some(Number::from(opening)),
                "verbali_ricevuti" => Some(Number::from(arrived)),
                _ => Some(Number::from(handled)),
            };
            backlog.closing(&of)
        };
        assert_eq!(with(318, 240, 288), Some(Number::from(270_u32)));
        assert_eq!(with(318, 240, 558), Some(Number::from(0_u32)));
        assert_eq!(with(318, 240, 559), None, "more than there was");
        assert_eq!(backlog.closing(&|_| None), None);
    }
}

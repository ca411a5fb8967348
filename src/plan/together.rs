//! What entries must be together, as data: a part within its whole, two terms that count only as a pair, the
//! two days between which time is counted, the columns without which a row is none. R03, R04 and D01 ask it.

use chrono::NaiveDate;

use super::types::{Column, Indicator, Register, Voce};
use crate::formula::{Expr, RowExpr};
use crate::model::{Month, Number, TimeKind, VoceKey};

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

impl Indicator {
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

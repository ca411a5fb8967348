//! Between which values the result of a formula lies, whatever the offices report: interval arithmetic on
//! exact numbers, with what the plan declares (`parte_di`, shares, yes/no, limits of a value).

use super::domain::Domain;
use super::types::Voce;
use crate::formula::{Expr, Fold, Operation, RowExpr};
use crate::model::{Number, OfficeRule, TimeKind, VoceKey, VoceType};

/// The lowest and the highest value, ends included; `None` where there is no end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub low: Option<Number>,
    pub high: Option<Number>,
}

/// The voci of an indicator, and how many offices report them.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub voci: &'a [Voce],
    pub offices: usize,
}

/// A sum of voci (and of a number, without a key), each times a number.
type Linear<'a> = Vec<(Option<&'a VoceKey>, Number)>;

impl Bounds {
    fn point(number: Number) -> Self {
        Self { low: Some(number.clone()), high: Some(number) }
    }

    fn from_zero(high: Option<Number>) -> Self {
        Self { low: Some(Number::zero()), high }
    }

    fn exact(&self) -> Option<&Number> {
        self.low.as_ref().filter(|low| self.high.as_ref() == Some(low))
    }

    fn negated(self) -> Self {
        Self { low: self.high.map(|high| -high), high: self.low.map(|low| -low) }
    }

    fn plus(&self, other: &Self) -> Self {
        let add = |a: &Option<Number>, b: &Option<Number>| Some(a.clone()? + b.as_ref()?);
        Self { low: add(&self.low, &other.low), high: add(&self.high, &other.high) }
    }

    fn scaled(self, by: &Number) -> Self {
        let times = |end: Option<Number>| end.map(|end| end * by);
        let scaled = Self { low: times(self.low), high: times(self.high) };
        if by.is_negative() { Self { low: scaled.high, high: scaled.low } } else { scaled }
    }

    fn times(self, other: Self) -> Self {
        if let Some(factor) = other.exact() {
            return self.scaled(&factor.clone());
        }
        if let Some(factor) = self.exact() {
            return other.scaled(&factor.clone());
        }
        let positive = |bounds: &Self| bounds.low.as_ref().is_some_and(|low| !low.is_negative());
        if !positive(&self) || !positive(&other) {
            return Self::default();
        }
        let product = |a: Option<Number>, b: Option<Number>| Some(a? * &b?);
        Self { low: product(self.low, other.low), high: product(self.high, other.high) }
    }
}

impl Ground<'_> {
    /// The bounds of an expression.
    pub(super) fn of(&self, expr: &Expr) -> Bounds {
        match expr {
            Expr::Number(number) => Bounds::point(number.clone()),
            Expr::Voce(key) => self.voce(key).map(|voce| self.of_voce(voce)).unwrap_or_default(),
            Expr::Negate(inner) => self.of(inner).negated(),
            Expr::Binary(operation, left, right) => self.binary(*operation, left, right),
            Expr::Over(fold, key, row) => self.over(*fold, key, row),
            Expr::Distinct(..) => Bounds::from_zero(None),
            Expr::Days { .. } => Bounds::default(),
        }
    }

    fn voce(&self, key: &VoceKey) -> Option<&Voce> {
        self.voci.iter().find(|voce| &voce.key == key)
    }

    fn of_voce(&self, voce: &Voce) -> Bounds {
        if voce.time == TimeKind::Costante {
            let value = voce.fixed.as_ref().and_then(|fixed| fixed.value.number());
            return value.map(Bounds::point).unwrap_or_default();
        }
        // One value alone, that nothing is added to.
        let summed = voce.rule == OfficeRule::Somma && self.offices > 1;
        let alone = voce.time != TimeKind::Mensile && !summed;
        match (voce.domain(None), voce.rule) {
            (Domain::Number(numbers), _) if numbers.is_signed() => {
                Bounds { low: numbers.least().filter(|_| alone), high: numbers.most().filter(|_| alone) }
            }
            (_, OfficeRule::Conta) => Bounds::from_zero(Some(Number::from(self.offices))),
            (Domain::Answer, OfficeRule::Condivisa) => Bounds::from_zero(Some(Number::one())),
            (Domain::Number(numbers), _) => Bounds::from_zero(numbers.most().filter(|_| alone)),
            // No sum of these: a rule that does not suit them is told elsewhere.
            (Domain::Day(_) | Domain::Answer | Domain::Text | Domain::Month, _) => Bounds::default(),
        }
    }

    fn binary(&self, operation: Operation, left: &Expr, right: &Expr) -> Bounds {
        let (a, b) = (self.of(left), self.of(right));
        match operation {
            Operation::Add => a.plus(&b),
            Operation::Subtract => {
                let difference = a.plus(&b.negated());
                let within = self.most(right, left).is_some_and(|most| most <= Number::one());
                if within { Bounds { low: Some(Number::zero()), ..difference } } else { difference }
            }
            Operation::Multiply => a.times(b),
            Operation::Divide => match b.exact().and_then(|divisor| Number::one().divided_by(divisor)) {
                Some(inverse) => a.scaled(&inverse),
                None => self.quotient(left, right, &a),
            },
        }
    }

    /// A quotient is bounded when what is over is a part of what is under.
    fn quotient(&self, over: &Expr, under: &Expr, bounds: &Bounds) -> Bounds {
        let low = bounds.low.clone().filter(|low| !low.is_negative()).map(|_| Number::zero());
        let positive = self.of(under).low.is_some_and(|low| !low.is_negative());
        if positive { Bounds { low, high: self.most(over, under) } } else { Bounds::default() }
    }

    /// The smallest number of times `whole` that `part` can never exceed, when the plan says that there is
    /// one.
    fn most(&self, part: &Expr, whole: &Expr) -> Option<Number> {
        let (part, mut whole) = (self.linear(part)?, self.linear(whole)?);
        if whole.iter().any(|(_, times)| times <= &Number::zero()) {
            return None;
        }
        let mut most = Number::zero();
        for (key, times) in part.into_iter().filter(|(_, times)| !times.is_negative()) {
            let own = whole.iter().position(|(other, _)| *other == key);
            let at = own.or_else(|| whole.iter().position(|(other, _)| self.is_part(key, *other)))?;
            let (_, of) = whole.swap_remove(at);
            most = most.max(times.divided_by(&of)?);
        }
        Some(most)
    }

    /// Whether one voce is, at any remove, a part of another.
    fn is_part(&self, key: Option<&VoceKey>, whole: Option<&VoceKey>) -> bool {
        let (Some(mut key), Some(whole)) = (key, whole) else { return false };
        for _ in 0..=self.voci.len() {
            let Some(next) = self.voce(key).and_then(|voce| voce.part_of.as_ref()) else { return false };
            if next == whole {
                return true;
            }
            key = next;
        }
        false
    }

    /// The expression as a sum of voci that are never negative, each times a number.
    fn linear<'e>(&self, expr: &'e Expr) -> Option<Linear<'e>> {
        let scaled = |expr: &'e Expr, by: &Number| {
            let terms = self.linear(expr)?.into_iter();
            Some(terms.map(|(key, times)| (key, times * by)).collect::<Linear<'e>>())
        };
        match expr {
            Expr::Number(number) => Some(vec![(None, number.clone())]),
            Expr::Voce(key) => {
                let positive = self.of(expr).low.is_some_and(|low| !low.is_negative());
                positive.then(|| vec![(Some(key), Number::one())])
            }
            Expr::Negate(inner) => scaled(inner, &-Number::one()),
            Expr::Binary(operation, left, right) => match operation {
                Operation::Add => Some([self.linear(left)?, self.linear(right)?].concat()),
                Operation::Subtract => Some([self.linear(left)?, scaled(right, &-Number::one())?].concat()),
                Operation::Multiply => match (self.of(left).exact(), self.of(right).exact()) {
                    (Some(factor), _) => scaled(right, factor),
                    (None, Some(factor)) => scaled(left, factor),
                    (None, None) => None,
                },
                Operation::Divide => {
                    let divisor = self.of(right).exact().cloned()?;
                    scaled(left, &Number::one().divided_by(&divisor)?)
                }
            },
            Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => None,
        }
    }

    fn over(&self, fold: Fold, key: &VoceKey, row: &RowExpr) -> Bounds {
        let RowExpr::Column(column) = row else {
            return if fold == Fold::Count { Bounds::from_zero(None) } else { Bounds::default() };
        };
        if fold != Fold::Count && self.voce(key).is_some_and(|voce| voce.free_sign) {
            return Bounds::default();
        }
        let register = self.voce(key).and_then(|voce| voce.register.as_ref());
        let kind = register.and_then(|register| register.column(column)).map(|column| column.kind);
        let one_row = matches!(fold, Fold::Max | Fold::Min | Fold::Mean);
        let share = matches!(kind, Some(VoceType::Percentuale | VoceType::SiNo));
        Bounds::from_zero((one_row && share).then(Number::one))
    }
}

/// The number by which a formula multiplies what it measures: 100 for `a / b * 100`, 1 for `a / b`.
pub(super) fn factor(expr: &Expr) -> Number {
    match expr {
        Expr::Number(number) => number.clone(),
        Expr::Negate(inner) => factor(inner),
        Expr::Binary(Operation::Multiply, left, right) => factor(left) * &factor(right),
        Expr::Binary(Operation::Divide, left, right) => {
            factor(left).divided_by(&factor(right)).unwrap_or_else(Number::one)
        }
        Expr::Binary(_, left, right) => {
            let (left, right) = (factor(left), factor(right));
            if left == right { left } else { Number::one() }
        }
        Expr::Voce(_) | Expr::Over(..) | Expr::Distinct(..) | Expr::Days { .. } => Number::one(),
    }
}

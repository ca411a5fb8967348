//! Fractions in lowest terms: in machine integers while they fit, else as great as they must be.
//!
//! Nearly every number of a plan fits, and what decides is computed some hundred thousand times in a month.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{Signed, ToPrimitive};

/// A fraction. One value has one form: `Small` whenever its terms fit, so that equal fractions are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fraction {
    /// Numerator and denominator, in lowest terms; the denominator is above zero.
    Small(i64, i64),
    /// One of which a term does not fit.
    Big(Box<BigRational>),
}

use Fraction::{Big, Small};

impl Fraction {
    /// A whole number.
    pub(super) fn whole(number: i64) -> Self {
        Small(number, 1)
    }

    /// `over / under`; `under` is not zero.
    pub(super) fn of(over: i128, under: i128) -> Self {
        let divisor = common(over.unsigned_abs(), under.unsigned_abs());
        let term = |whole: i128| {
            let part = whole.unsigned_abs().checked_div(divisor)?;
            i128::try_from(part).ok()
        };
        let (Some(above), Some(below)) = (term(over), term(under)) else {
            return Self::great(BigRational::new(over.into(), under.into()));
        };
        let above = if (over < 0) == (under < 0) { above } else { -above };
        match (i64::try_from(above), i64::try_from(below)) {
            (Ok(above), Ok(below)) => Small(above, below),
            _ => Self::great(BigRational::new(over.into(), under.into())),
        }
    }

    /// The same of a fraction of any size.
    pub(super) fn great(fraction: BigRational) -> Self {
        match (fraction.numer().to_i64(), fraction.denom().to_i64()) {
            (Some(over), Some(under)) => Small(over, under),
            _ => Big(Box::new(fraction)),
        }
    }

    /// As a fraction of any size.
    pub(super) fn to_great(&self) -> BigRational {
        match self {
            Small(over, under) => BigRational::new_raw((*over).into(), (*under).into()),
            Big(fraction) => fraction.as_ref().clone(),
        }
    }

    /// The terms in machine integers, when they fit.
    pub(super) fn small(&self) -> Option<(i64, i64)> {
        match self {
            Small(over, under) => Some((*over, *under)),
            Big(_) => None,
        }
    }

    /// The denominator.
    pub(super) fn under(&self) -> BigInt {
        match self {
            Small(_, under) => (*under).into(),
            Big(fraction) => fraction.denom().clone(),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Small(0, _))
    }

    pub(super) fn is_integer(&self) -> bool {
        match self {
            Small(_, under) => *under == 1,
            Big(fraction) => fraction.is_integer(),
        }
    }

    pub(super) fn is_negative(&self) -> bool {
        match self {
            Small(over, _) => *over < 0,
            Big(fraction) => fraction.is_negative(),
        }
    }

    /// The nearest float; none when there is none.
    pub(super) fn to_f64(&self) -> Option<f64> {
        match self {
            Small(over, under) => Ratio::new_raw(*over, *under).to_f64(),
            Big(fraction) => fraction.to_f64(),
        }
    }

    pub(super) fn abs(&self) -> Self {
        if self.is_negative() { self.negated() } else { self.clone() }
    }

    pub(super) fn negated(&self) -> Self {
        match self {
            Small(over, under) => Self::of(-i128::from(*over), i128::from(*under)),
            Big(fraction) => Self::great(-fraction.as_ref().clone()),
        }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        match self.terms_with(other) {
            Some((a, b, c, d)) if b == d => Self::of(a + c, b),
            // Terms of 63 bits: neither a product nor a sum of two passes 127.
            Some((a, b, c, d)) => Self::of(a * d + c * b, b * d),
            None => Self::great(self.to_great() + other.to_great()),
        }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        match self.terms_with(other) {
            Some((a, b, c, d)) if b == d => Self::of(a - c, b),
            Some((a, b, c, d)) => Self::of(a * d - c * b, b * d),
            None => Self::great(self.to_great() - other.to_great()),
        }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        match self.terms_with(other) {
            Some((a, b, c, d)) => Self::of(a * c, b * d),
            None => Self::great(self.to_great() * other.to_great()),
        }
    }

    /// `self / other`; none by zero.
    pub(super) fn over(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        Some(match self.terms_with(other) {
            Some((a, b, c, d)) => Self::of(a * d, b * c),
            None => Self::great(self.to_great() / other.to_great()),
        })
    }

    /// The terms of both, when all fit.
    fn terms_with(&self, other: &Self) -> Option<(i128, i128, i128, i128)> {
        let ((a, b), (c, d)) = self.small().zip(other.small())?;
        Some((a.into(), b.into(), c.into(), d.into()))
    }
}

/// The greatest common divisor; of zero and another, the other.
fn common(one: u128, other: u128) -> u128 {
    let (mut one, mut other) = (one, other);
    loop {
        // In words of the machine as soon as both fit: division of greater ones is slow.
        if let (Ok(one), Ok(other)) = (u64::try_from(one), u64::try_from(other)) {
            return common_of_words(one, other).into();
        }
        let Some(rest) = one.checked_rem(other) else { return one };
        (one, other) = (other, rest);
    }
}

fn common_of_words(one: u64, other: u64) -> u64 {
    let (mut one, mut other) = (one, other);
    while other != 1 {
        let Some(rest) = one.checked_rem(other) else { return one };
        (one, other) = (other, rest);
    }
    1
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.terms_with(other) {
            Some((a, b, c, d)) => (a * d).cmp(&(c * b)),
            None => self.to_great().cmp(&other.to_great()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Small(over, 1) => write!(f, "{over}"),
            Small(over, under) => write!(f, "{over}/{under}"),
            Big(fraction) => write!(f, "{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use num_rational::BigRational;
    use num_traits::{Signed, ToPrimitive, Zero};

    use super::{Fraction, common};

    /// Fractions at which machine integers begin to lack.
    fn edges() -> Vec<Fraction> {
        let terms = [0, 1, -1, 2, 3, -7, 10, 46_341, i64::MAX, i64::MAX - 1, i64::MIN, i64::MIN + 1];
        let under = [1, 2, 3, 10, 46_341, i64::MAX, i64::MAX - 1];
        let all = terms.iter().flat_map(|over| under.iter().map(|under| (*over, *under)));
        let mut edges: Vec<Fraction> = all.map(|(a, b)| Fraction::of(a.into(), b.into())).collect();
        // And beyond them.
        edges.extend(edges.clone().iter().map(|one| one.times(&Fraction::whole(i64::MAX))));
        edges
    }

    #[test]
    fn what_fits_is_computed_as_what_does_not() {
        let edges = edges();
        for one in &edges {
            let great = one.to_great();
            assert_eq!(one, &Fraction::great(BigRational::new(great.numer().clone(), great.denom().clone())));
            assert_eq!(one.negated(), Fraction::great(-great.clone()));
            assert_eq!(one.abs(), Fraction::great(great.abs()));
            assert_eq!(one.to_f64(), great.to_f64());
            assert_eq!(one.to_string(), great.to_string());
            assert_eq!((one.is_zero(), one.is_integer()), (great.is_zero(), great.is_integer()));
            assert_eq!((one.is_negative(), one.under()), (great.is_negative(), great.denom().clone()));
            for other in &edges {
                let far = other.to_great();
                assert_eq!(one.plus(other), Fraction::great(&great + &far));
                assert_eq!(one.minus(other), Fraction::great(&great - &far));
                assert_eq!(one.times(other), Fraction::great(&great * &far));
                assert_eq!(one.cmp(other), great.cmp(&far), "{one} {other}");
                assert_eq!(one.over(other), (!far.is_zero()).then(|| Fraction::great(&great / &far)));
            }
        }
    }

    #[test]
    fn one_value_has_one_form() {
        let beyond = Fraction::whole(i64::MAX).times(&Fraction::whole(2));
        assert!(beyond.small().is_none());
        let back = beyond.over(&Fraction::whole(2));
        assert_eq!(back.and_then(|back| back.small()), Some((i64::MAX, 1)));
        assert_eq!(Fraction::of(-4, -6).small(), Some((2, 3)));
        assert_eq!(Fraction::of(4, -6).small(), Some((-2, 3)));
        assert_eq!(Fraction::of(0, -6).small(), Some((0, 1)));
    }

    #[test]
    fn a_common_divisor_is_the_greatest() {
        let big = u128::from(u64::MAX) + 1;
        for (one, other, expected) in [
            (0, 5, 5),
            (5, 0, 5),
            (0, 0, 0),
            (12, 18, 6),
            (18, 12, 6),
            (7, 1, 1),
            (1, 7, 1),
            (big * 6, big * 4, big * 2),
            (big * 6, 9, 3),
            (9, big * 6, 3),
        ] {
            assert_eq!(common(one, other), expected, "{one} {other}");
        }
    }
}

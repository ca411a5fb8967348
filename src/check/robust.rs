//! How far a number is from its peers, with statistics that one odd value cannot bend: median and MAD, exact.
//!
//! Counts are noisy as a matter of course: the spread is never taken smaller than that of a count with the same
//! median (its square root), and nothing is unusual that is not far in absolute terms and by a factor as well.

use crate::model::Number;
use crate::plan::Thresholds;

/// Why a subject is not judged when there is not enough to compare it with.
pub(super) const TOO_FEW: &str = "troppo pochi valori per un confronto";

/// A count below this, or a difference below this, says nothing.
pub(super) const SMALL: u32 = 10;

/// How many times the median of the distances from the median (MAD) a spread is: of a normal sample it is then the
/// standard deviation.
pub fn spread_per_mad() -> Option<Number> {
    Number::ratio(7413, 5000)
}

/// Median and spread of a group of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peers {
    /// The middle value.
    pub(super) median: Number,
    /// The square of the spread.
    variance: Number,
    /// The smallest and the largest.
    ends: (Number, Number),
}

/// The middle value; the half-way point of the two in the middle when they are even.
pub(super) fn median(mut values: Vec<Number>) -> Option<Number> {
    values.sort();
    let middle = values.len() / 2;
    let upper = values.get(middle)?.clone();
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = values.get(middle.checked_sub(1)?)?;
    (upper + lower).divided_by(&Number::from(2_u32))
}

impl Peers {
    /// The group of these numbers; `None` when they are none.
    pub(super) fn of(values: &[Number]) -> Option<Self> {
        let middle = median(values.to_vec())?;
        let gaps: Vec<Number> = values.iter().map(|value| (value.clone() - &middle).abs()).collect();
        let spread = median(gaps)? * &spread_per_mad()?;
        let variance = (spread.clone() * &spread).max(middle.abs()).max(Number::one());
        let ends = (values.iter().min()?.clone(), values.iter().max()?.clone());
        Some(Self { median: middle, variance, ends })
    }

    /// Whether `value` is far from the group in every sense: in spreads, by a factor, in absolute terms, and
    /// from the nearest of them too (twice, or half): a series with peaks of its own is allowed another one.
    pub(super) fn are_far_from(&self, value: &Number, thresholds: &Thresholds) -> bool {
        let gap = (value.clone() - &self.median).abs();
        let times = &thresholds.times;
        let (twice, (least, most)) = (Number::from(2_u32), &self.ends);
        let above = *value > self.median.clone() * times && *value > most.clone() * &twice;
        let below = value.clone() * times < self.median && value.clone() * &twice < *least;
        let by_factor = above || below;
        let limit = thresholds.deviations.clone() * &thresholds.deviations * &self.variance;
        by_factor && gap >= Number::from(SMALL) && gap.clone() * &gap > limit
    }
}

#[cfg(test)]
mod tests {
    use super::{Peers, median};
    use crate::model::Number;
    use crate::plan::Thresholds;

    fn numbers(values: &[i64]) -> Vec<Number> {
        values.iter().map(|value| Number::from(*value)).collect()
    }

    fn far(value: i64, peers: &[i64]) -> bool {
        Peers::of(&numbers(peers)).unwrap().are_far_from(&Number::from(value), &Thresholds::default())
    }

    #[test]
    fn the_median_is_exact() {
        assert_eq!(median(numbers(&[9, 1, 5])), Some(Number::from(5_i64)));
        assert_eq!(median(numbers(&[1, 2])), Number::ratio(3, 2));
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn one_odd_value_does_not_bend_the_others() {
        let peers = Peers::of(&numbers(&[100, 102, 98, 101, 5000])).unwrap();
        assert_eq!(peers.median, Number::from(101_i64));
        assert!(far(5000, &[100, 102, 98, 101, 99]));
        assert!(far(10_001, &[100, 102, 98, 101, 5000]));
        assert!(!far(10_000, &[100, 102, 98, 101, 5000]), "a series with peaks");
    }

    #[test]
    fn small_counts_and_wide_series_are_never_unusual() {
        assert!(!far(9, &[0, 1, 0, 1, 1]), "a small gap");
        assert!(!far(11, &[2, 3, 1, 2, 2, 4]), "less than ten more");
        assert!(!far(120, &[5, 80, 20, 160, 40, 0]), "a series that varies by itself");
        assert!(!far(160, &[40, 41, 39, 40, 40]), "four times");
        assert!(far(205, &[40, 41, 39, 40, 40]), "more than five times");
        assert!(far(8, &[100, 102, 98, 101, 99]), "downwards too");
    }
}

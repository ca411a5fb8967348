//! How far a number is from its peers, with statistics that one odd value cannot bend: median and MAD, exact.
//!
//! Counts are noisy as a matter of course: the spread is never taken smaller than that of a count with the
//! same median (its square root), and nothing is unusual that is not far in absolute terms and by a factor as
//! well.

use crate::model::Number;
use crate::plan::Thresholds;

/// Why a subject is not judged when there is not enough to compare it with.
pub(super) const TOO_FEW: &str = "troppo pochi valori per un confronto";

/// A count below this, or a difference below this, says nothing.
pub(super) const SMALL: u32 = 10;

/// How many times the median of the distances from the median (MAD) a spread is: of a normal sample it is
/// then the standard deviation.
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
    middle(values.len(), |place| values.get(place).cloned())
}

/// The same of as many values in order, each known by its place.
fn middle(many: usize, value: impl Fn(usize) -> Option<Number>) -> Option<Number> {
    let upper = value(many / 2)?;
    if many % 2 == 1 {
        return Some(upper);
    }
    let lower = value((many / 2).checked_sub(1)?)?;
    (upper + &lower).divided_by(&Number::from(2_u32))
}

/// Numbers in order, but one of them.
struct Others<'a> {
    sorted: &'a [Number],
    own: usize,
}

impl Others<'_> {
    fn len(&self) -> usize {
        self.sorted.len().saturating_sub(1)
    }

    fn get(&self, place: usize) -> Option<&Number> {
        self.sorted.get(if place < self.own { place } else { place + 1 })
    }
}

/// So many numbers in order, each by its place.
type Rising<'f> = (usize, &'f dyn Fn(usize) -> Option<Number>);

/// The number at a place of two rising lists put together.
fn nth_of_two(place: usize, (many, left): Rising<'_>, (others, right): Rising<'_>) -> Option<Number> {
    let (mut taken, mut most) = (place.saturating_sub(others), place.min(many));
    while taken < most {
        let half = (taken + most) / 2;
        if left(half)? < right(place - half - 1)? { taken = half + 1 } else { most = half }
    }
    let left = if taken < many { left(taken) } else { None };
    let right = if place - taken < others { right(place - taken) } else { None };
    left.into_iter().chain(right).min()
}

impl Peers {
    /// The group of these numbers; `None` when they are none.
    pub(super) fn of(values: &[Number]) -> Option<Self> {
        let middle = median(values.to_vec())?;
        let gaps: Vec<Number> = values.iter().map(|value| (value.clone() - &middle).abs()).collect();
        let spread = median(gaps)? * &spread_per_mad()?;
        let ends = (values.iter().min()?.clone(), values.iter().max()?.clone());
        Some(Self::with(middle, spread, ends))
    }

    /// The group of all these numbers, in order, but one of them (by its place).
    fn without(sorted: &[Number], own: usize) -> Option<Self> {
        let others = Others { sorted, own };
        let middle = middle(others.len(), |place| others.get(place).cloned())?;
        // On either side of the middle the gaps grow from it outwards.
        let (mut below, mut end) = (0, others.len());
        while below < end {
            let half = (below + end) / 2;
            if *others.get(half)? <= middle { below = half + 1 } else { end = half }
        }
        let left = |place: usize| Some(middle.clone() - others.get(below.checked_sub(place + 1)?)?);
        let right = |place: usize| Some(others.get(below + place)?.clone() - &middle);
        let gap = |place| nth_of_two(place, (below, &left), (others.len() - below, &right));
        let spread = self::middle(others.len(), gap)? * &spread_per_mad()?;
        let ends = (others.get(0)?.clone(), others.get(others.len().checked_sub(1)?)?.clone());
        Some(Self::with(middle, spread, ends))
    }

    /// Of each number the group of all the others, in their order: `None` where there are none.
    pub(super) fn of_each(values: &[&Number]) -> Vec<Option<Self>> {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by_key(|place| values.get(*place));
        let sorted: Vec<Number> =
            order.iter().filter_map(|place| values.get(*place).copied().cloned()).collect();
        let mut peers: Vec<(usize, Option<Self>)> =
            order.iter().enumerate().map(|(own, place)| (*place, Self::without(&sorted, own))).collect();
        peers.sort_by_key(|(place, _)| *place);
        peers.into_iter().map(|(_, peers)| peers).collect()
    }

    fn with(median: Number, spread: Number, ends: (Number, Number)) -> Self {
        let variance = (spread.clone() * &spread).max(median.abs()).max(Number::one());
        Self { median, variance, ends }
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
    fn the_others_of_each_are_all_but_that_one() {
        let mut dice = 7_i64;
        for many in 1..40_usize {
            let values: Vec<Number> = (0..many)
                .map(|_| {
                    dice = (dice * 1_103 + 12_345) % 65_537;
                    Number::from(dice % 50)
                })
                .collect();
            let each = Peers::of_each(&values.iter().collect::<Vec<_>>());
            assert_eq!(each.len(), many);
            for (place, peers) in each.iter().enumerate() {
                let mut others = values.clone();
                others.remove(place);
                assert_eq!(*peers, Peers::of(&others), "{place} of {values:?}");
            }
        }
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

//! The last month that an office has filled in, as against a cell typed by mistake far beyond it.

use std::collections::BTreeMap;

use crate::model::Month;

/// The most cells that may have strayed into a month.
const STRAY: usize = 2;

/// Blank months after which one or two cells have strayed, however few the office fills in a month: when it
/// has filled more months than are blank.
const FAR: usize = 3;

/// The last month filled in earnest, from the months of all the cells typed, one for each cell.
///
/// One or two cells beyond a wholly blank month have strayed when they are less than half of what the office
/// has filled in a month before, or when three months or more, but fewer than it has filled, are blank
/// between.
pub fn last_in_earnest(typed: impl Iterator<Item = Month>) -> Option<Month> {
    let mut cells: BTreeMap<Month, usize> = BTreeMap::new();
    typed.for_each(|month| *cells.entry(month).or_default() += 1);
    while let Some((last, number)) = cells.pop_last() {
        let Some((before, _)) = cells.last_key_value() else { return Some(last) };
        let blank = Month::all().filter(|month| before < month && *month < last).count();
        let usual = cells.values().max().copied().unwrap_or_default();
        let alone = blank > 0 && number <= STRAY && number < cells.values().sum();
        let far = blank >= FAR && cells.len() > blank;
        if !(alone && (far || number * 2 < usual)) {
            return Some(last);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::last_in_earnest;
    use crate::model::Month;

    /// Cells typed in each month, January first.
    fn last(cells: &[usize]) -> Option<u32> {
        let typed = (1..).zip(cells).flat_map(|(month, number)| vec![Month::new(month).unwrap(); *number]);
        last_in_earnest(typed).map(Month::number)
    }

    #[test]
    fn one_or_two_cells_far_ahead_have_strayed() {
        assert_eq!(last(&[5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0, 2]), Some(6));
        assert_eq!(last(&[5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0, 1]), Some(6));
        assert_eq!(last(&[5, 5, 5, 5, 5, 5, 0, 0, 1, 0, 0, 1]), Some(6));
        assert_eq!(last(&[5, 5, 5, 5, 5, 5, 0, 1]), Some(6));
        // An office that fills one cell in a month.
        assert_eq!(last(&[1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1]), Some(6));
    }

    #[test]
    fn a_month_skipped_and_a_month_begun_are_in_earnest() {
        assert_eq!(last(&[4, 4, 4, 0, 4]), Some(5));
        assert_eq!(last(&[1, 1, 1, 0, 1]), Some(5));
        assert_eq!(last(&[4, 4, 4, 0, 0, 0, 0, 4]), Some(8));
        // The month after, begun.
        assert_eq!(last(&[4, 4, 4, 1]), Some(4));
        assert_eq!(last(&[0, 0, 0, 0, 0, 1]), Some(6));
        assert_eq!(last(&[1, 0, 0, 0, 0, 1]), Some(6));
        assert_eq!(last(&[1, 1, 0, 0, 0, 1]), Some(6));
        assert_eq!(last(&[]), None);
    }
}

//! Excel's day numbers, where they may be taken for something else.

use std::ops::RangeInclusive;

use chrono::{Datelike, Duration, NaiveDate};

/// Days between the two calendars of Excel.
const BETWEEN: i64 = 1_462;

/// The numbers by which Excel counts the days from the year before `year` to the one after, from 1900.
pub fn serials_near(year: i32) -> RangeInclusive<i64> {
    let serial = |year, month, day| {
        let date = NaiveDate::from_ymd_opt(year, month, day).zip(epoch());
        date.map_or(0, |(date, epoch)| (date - epoch).num_days())
    };
    serial(year - 1, 1, 1)..=serial(year + 1, 12, 31)
}

/// The day that a number is, when it falls from the year before `year` to the one after; and whether it counts from
/// 1904. The calendar of the file is tried first.
pub fn day_near(number: i64, year: i32, date1904: bool) -> Option<(NaiveDate, bool)> {
    let of = |from_1904: bool| {
        let days = if from_1904 { number.checked_add(BETWEEN)? } else { number };
        let date = epoch()?.checked_add_signed(Duration::try_days(days)?)?;
        (year - 1..=year + 1).contains(&date.year()).then_some((date, from_1904))
    };
    of(date1904).or_else(|| of(!date1904))
}

fn epoch() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1899, 12, 30)
}

#[cfg(test)]
mod tests {
    use super::{day_near, serials_near};

    #[test]
    fn the_days_of_three_years_are_known_in_both_calendars() {
        // 1 January 2018 and 31 December 2020.
        assert_eq!(serials_near(2019), 43_101..=44_196);
        let day =
            |number, from_1904| day_near(number, 2019, from_1904).map(|(day, of)| (day.to_string(), of));
        assert_eq!(day(43_558, false), Some(("2019-04-03".to_owned(), false)));
        assert_eq!(day(42_096, false), Some(("2019-04-03".to_owned(), true)));
        assert_eq!(day(42_096, true), Some(("2019-04-03".to_owned(), true)));
        for far in [43_100, 44_197, 41_638, 42_735, 0, -1, i64::MAX, i64::MIN] {
            assert_eq!(day(far, false), None, "{far}");
        }
    }
}

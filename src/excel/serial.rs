//! The days as Excel counts them: numbers from a day of 1899, and from 1904 in files of an old Macintosh.

use std::ops::RangeInclusive;

use chrono::{Datelike, Duration, NaiveDate};

use crate::model::Number;

/// Days between the two calendars of Excel.
const BETWEEN: i64 = 1_462;

/// The number of a 29 February 1900 that never was: those before it count from another day.
const LAST_BEFORE_MARCH: i64 = 60;

/// The last day that Excel knows, 31 December 9999.
const LAST: i64 = 2_958_465;

/// The number of a date, from 1900; the same number as Excel's from March of that year.
pub fn serial_of(date: NaiveDate) -> i64 {
    epoch().map_or(0, |epoch| (date - epoch).num_days())
}

/// The day of a number in a file that counts from 1900 or from 1904; none when Excel has none. It believes
/// that 29 February 1900 existed: its number is the day before.
pub fn day_in_file(number: i64, date1904: bool) -> Option<NaiveDate> {
    (0..=LAST).contains(&number).then_some(())?;
    let base = if date1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else if number > LAST_BEFORE_MARCH {
        epoch()?
    } else {
        epoch()?.succ_opt()?
    };
    base.checked_add_signed(Duration::try_days(number)?)
}

/// The numbers by which Excel counts the days from the year before `year` to the one after, from 1900.
pub fn serials_near(year: i32) -> RangeInclusive<i64> {
    let serial = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).map_or(0, serial_of);
    serial(year - 1, 1, 1)..=serial(year + 1, 12, 31)
}

/// The day that a number is, when it falls from the year before `year` to the one after; and whether it
/// counts from
/// 1904. The calendar of the file is tried first.
pub fn day_near(number: i64, year: i32, date1904: bool) -> Option<(NaiveDate, bool)> {
    let of = |from_1904: bool| {
        let days = if from_1904 { number.checked_add(BETWEEN)? } else { number };
        let date = epoch()?.checked_add_signed(Duration::try_days(days)?)?;
        (year - 1..=year + 1).contains(&date.year()).then_some((date, from_1904))
    };
    of(date1904).or_else(|| of(!date1904))
}

/// The day that a number counts from 1900, after February of that year.
pub fn day_of(number: i64) -> Option<NaiveDate> {
    let days = Some(number).filter(|days| *days > LAST_BEFORE_MARCH).and_then(Duration::try_days)?;
    epoch()?.checked_add_signed(days)
}

/// The day that the number of a cell is, when it has no time of day; none before March 1900.
pub fn day_in_cell(number: f64) -> Option<NaiveDate> {
    day_of(Number::from_f64(number)?.to_i64()?)
}

/// The number of a date as a cell holds it, the inverse of [`day_in_file`] from 1900.
pub fn cell_of_day(date: NaiveDate) -> f64 {
    let serial = serial_of(date);
    Number::from(if serial > LAST_BEFORE_MARCH { serial } else { serial - 1 }).to_f64()
}

fn epoch() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(1899, 12, 30)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{cell_of_day, day_in_cell, day_in_file, day_near, day_of, serial_of, serials_near};

    #[test]
    fn dates_are_counted_as_excel_does() {
        // In Excel 1/1/2019 is 43466, and 1 counts 1 January 1900.
        let new_year = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
        assert_eq!(serial_of(new_year), 43_466);
        let day = |number, from_1904| day_in_file(number, from_1904).map(|day| day.to_string());
        assert_eq!(day(43_466, false).as_deref(), Some("2019-01-01"));
        assert_eq!(day(42_004, true).as_deref(), Some("2019-01-01"));
        assert_eq!(day(1, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(61, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(2_958_465, false).as_deref(), Some("9999-12-31"));
        assert_eq!((day(-1, false), day(2_958_466, false)), (None, None));
    }

    /// What is read of a cell and written again is the same day.
    #[test]
    fn a_day_goes_in_a_cell_and_comes_back() {
        for (number, day) in [
            (1, (1900, 1, 1)),
            (13, (1900, 1, 13)),
            (59, (1900, 2, 28)),
            (61, (1900, 3, 1)),
            (43_466, (2019, 1, 1)),
        ] {
            let (year, month, day) = day;
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            assert_eq!(day_in_file(number, false), Some(date));
            assert_eq!(cell_of_day(date), f64::from(i32::try_from(number).unwrap()));
        }
    }

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

    #[test]
    fn a_day_is_counted_from_1900_and_none_before_its_march() {
        let day = |number| day_of(number).map(|day| day.to_string());
        assert_eq!(day(43_558).as_deref(), Some("2019-04-03"));
        assert_eq!(day(61).as_deref(), Some("1900-03-01"));
        for none in [60, 0, -1, i64::MAX, i64::MIN] {
            assert_eq!(day(none), None, "{none}");
        }
        let new_year = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
        assert_eq!((cell_of_day(new_year), day_in_cell(43_466.0)), (43_466.0, Some(new_year)));
        assert_eq!([day_in_cell(43_466.5), day_in_cell(60.0), day_in_cell(f64::NAN)], [None; 3]);
    }
}

//! Dates as offices type them: cells, or text as day, month and year.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use regex::{Captures, Regex};

use super::duration::{DAY, to_second};
use super::submission::{Fault, Normalisation};
use super::tidy::tidy;
use crate::excel::day_in_file;
use crate::model::{Month, date_it};

/// A date read, with what was normalised.
pub(super) type Read = Result<(NaiveDate, Option<Normalisation>), Fault>;

macro_rules! pattern {
    ($name:ident, $text:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect($text));
    };
}

pattern!(
    NUMERIC,
    r"^(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<y>\d{2}|\d{4})(?P<t>,? (?:(?:alle )?ore )?\d{1,2}[:.]\d{2}(?::\d{2})?)?$"
);
pattern!(
    WORDED,
    r"^(?P<d>\d{1,2})°?\s+(?P<m>[a-z]+)\s+(?P<y>\d{4})(?P<t>,? (?:(?:alle )?ore )?\d{1,2}[:.]\d{2}(?::\d{2})?)?$"
);

pattern!(
    YEAR_FIRST,
    r"^(?P<y>\d{4})\s*[/.\-]\s*(?P<m>\d{1,2})\s*[/.\-]\s*(?P<d>\d{1,2})(?P<t>(?:[t ]|, ?)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:z|[+\-]\d{2}:?\d{2})?)?$"
);

/// The date of a cell: whole days since the workbook's epoch; a time of day is cut off and listed.
///
/// A serial is rounded once, to the second, before day and hour are taken apart: a hair below midnight is
/// midnight.
pub(super) fn from_serial(serial: f64, date1904: bool) -> Read {
    let seconds = to_second(serial).ok_or(Fault::NoSuchDay)?;
    let date = day_in_file(seconds.div_euclid(DAY), date1904).ok_or(Fault::NoSuchDay)?;
    Ok((date, (seconds.rem_euclid(DAY) != 0).then(|| time_cut(date))))
}

fn time_cut(date: NaiveDate) -> Normalisation {
    let rule = "data con l'ora: l'ora è stata tolta";
    Normalisation { code: "C13", rule, taken: date_it(date), is_text: false }
}

/// A day that a cell can hold.
fn in_calendar(date: NaiveDate) -> Result<NaiveDate, Fault> {
    (1900..=9999).contains(&date.year()).then_some(date).ok_or(Fault::NoSuchDay)
}

/// A date stored as ISO text, with or without its time; that, too, is rounded to the second.
pub(super) fn from_iso(text: &str) -> Read {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let date = in_calendar(day.parse().map_err(|_| Fault::NotADate)?)?;
    let Ok(time) = NaiveTime::parse_from_str(time.trim_end_matches(['Z', 'z']), "%H:%M:%S%.f") else {
        let timed = time.bytes().any(|b| (b'1'..=b'9').contains(&b));
        return Ok((date, timed.then(|| time_cut(date))));
    };
    let seconds = i64::from(time.num_seconds_from_midnight()) + i64::from(time.nanosecond() >= 500_000_000);
    let date = if seconds < DAY { date } else { date.succ_opt().ok_or(Fault::NoSuchDay)? };
    Ok((date, (seconds % DAY != 0).then(|| time_cut(date))))
}

/// Day, month, year: `3/5/2019`, `30.09.19`, `3 maggio 2019`; or, with the year first, `2019-05-03`; with or
/// without a time. The text is already trimmed.
pub(super) fn from_text(text: &str) -> Read {
    let lower = text.to_lowercase();
    let rule = match YEAR_FIRST.is_match(&lower) {
        true => "testo letto come anno-mese-giorno",
        false => "testo letto come giorno/mese/anno",
    };
    let parts = parts(&lower).ok_or(Fault::NotADate)?;
    let (year, month, day) = numbers(&parts);
    let date =
        year.zip(month).zip(day).and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day));
    let date = in_calendar(date.ok_or(Fault::NotADate)?)?;
    // Midnight is no time of day.
    if parts.name("t").is_some_and(|time| time.as_str().bytes().any(|b| (b'1'..=b'9').contains(&b))) {
        return Ok((date, Some(time_cut(date))));
    }
    Ok((date, Some(Normalisation { code: "C09", rule, taken: date_it(date), is_text: true })))
}

/// The three parts of a date and its time, as they stand in a text in small letters.
fn parts(lower: &str) -> Option<Captures<'_>> {
    YEAR_FIRST.captures(lower).or_else(|| NUMERIC.captures(lower)).or_else(|| WORDED.captures(lower))
}

/// Year, month and day; the month also by its name.
fn numbers(parts: &Captures<'_>) -> (Option<i32>, Option<u32>, Option<u32>) {
    let group = |name: &str| parts.name(name).map_or("", |m| m.as_str());
    let month = group("m").parse::<u32>().ok().or_else(|| Month::from_name(group("m")).map(Month::number));
    let year = group("y").parse::<i32>().ok().map(|year| if year < 100 { 2000 + year } else { year });
    (year, month, group("d").parse::<u32>().ok())
}

/// Why a day, a month and a year are together no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSuchDate {
    /// The month has not that day.
    Day {
        /// The day, as it is typed.
        day: u32,
        /// The month.
        month: Month,
        /// The year.
        year: i32,
    },
    /// There is no such month.
    Month {
        /// The month, as it is typed.
        month: String,
        /// The date that it is with day and month exchanged.
        exchanged: Option<NaiveDate>,
    },
}

/// Why a text with a day, a month and a year is no date; nothing when one of them is not there, or it is a
/// date.
pub fn no_such_date(text: &str) -> Option<NoSuchDate> {
    let lower = tidy(text).to_lowercase();
    let parts = parts(&lower)?;
    let (year, month, day) = numbers(&parts);
    let (year, day) = (year?, day?);
    let Some(known) = month.and_then(Month::new) else {
        let exchanged = month.and_then(|month| NaiveDate::from_ymd_opt(year, day, month));
        return Some(NoSuchDate::Month { month: parts.name("m")?.as_str().to_owned(), exchanged });
    };
    let none = NaiveDate::from_ymd_opt(year, known.number(), day).is_none();
    none.then_some(NoSuchDate::Day { day, month: known, year })
}

#[cfg(test)]
mod tests {
    use super::{from_iso, from_serial, from_text};

    fn text(text: &str) -> Option<String> {
        from_text(text).ok().map(|(date, _)| date.to_string())
    }

    #[test]
    fn day_month_year_only() {
        for (typed, date) in [
            ("03/05/2019", "2019-05-03"),
            ("30.09.19", "2019-09-30"),
            ("3-5-2019", "2019-05-03"),
            ("3 maggio 2019", "2019-05-03"),
            ("1° giugno 2019", "2019-06-01"),
            ("31/5/2019 17:42", "2019-05-31"),
            ("31 maggio 2019, ore 17.42", "2019-05-31"),
        ] {
            assert_eq!(text(typed).as_deref(), Some(date), "{typed}");
        }
        for typed in [
            "fine maggio",
            "2019-13-03",
            "2019-02-30",
            "2019-05",
            "19-05-2019T",
            "2019-05-03T",
            "31/02/2019",
            "13/13/2019",
            "maggio 2019",
            "5/2019",
            "3/5",
            "",
            "3/5/2019 sera",
        ] {
            assert_eq!(text(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_year_may_come_first() {
        let read = |typed: &str| from_text(typed).map(|(date, read)| (date.to_string(), read.unwrap().code));
        for typed in [
            "2019-03-29",
            "2019/03/29",
            "2019.3.29",
            "2019-03-29T00:00:00",
            "2019-03-29 00:00",
            "2019-03-29T00:00:00.000Z",
        ] {
            assert_eq!(read(typed), Ok(("2019-03-29".to_owned(), "C09")), "{typed}");
        }
        for typed in ["2019-03-29T17:42:00", "2019-03-29 17:42", "2019-03-29T17:42:00+02:00"] {
            assert_eq!(read(typed), Ok(("2019-03-29".to_owned(), "C13")), "{typed}");
        }
        let rule = from_text("2019-03-29").unwrap().1.unwrap().rule;
        assert_eq!(rule, "testo letto come anno-mese-giorno");
    }

    #[test]
    fn a_hair_below_midnight_is_the_day_that_begins() {
        let read = |serial| from_serial(serial, false).map(|(date, read)| (date.to_string(), read.is_some()));
        // 43 621 is 5 June 2019: 43 617 is 1 June.
        for serial in [43_620.999_999_999_8, 43_620.999_996, 43_621.000_000_000_2, 43_621.0] {
            assert_eq!(read(serial), Ok(("2019-06-05".to_owned(), false)), "{serial}");
        }
        // 23:59:59, and one second past midnight: the time is cut off and listed.
        assert_eq!(read(43_620.999_988_4), Ok(("2019-06-04".to_owned(), true)));
        assert_eq!(read(43_621.000_011_6), Ok(("2019-06-05".to_owned(), true)));
        let iso = |text| from_iso(text).map(|(date, read)| (date.to_string(), read.is_some()));
        assert_eq!(iso("2019-06-04T23:59:59.9999"), Ok(("2019-06-05".to_owned(), false)));
        assert_eq!(iso("2019-06-04T23:59:59"), Ok(("2019-06-04".to_owned(), true)));
        assert_eq!(iso("2019-06-04T00:00:00Z"), Ok(("2019-06-04".to_owned(), false)));
    }

    #[test]
    fn serials_of_both_epochs() {
        // 43 617 is 1 June 2019 in Excel's 1900 system; 42 155 in the 1904 system.
        let day = |serial, epoch| from_serial(serial, epoch).ok().map(|(date, _)| date.to_string());
        assert_eq!(day(43_617.0, false).as_deref(), Some("2019-06-01"));
        assert_eq!(day(42_155.0, true).as_deref(), Some("2019-06-01"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(-1.0, false), None);
        assert_eq!(day(1e12, false), None);
        let (date, normalised) = from_serial(43_617.75, false).unwrap();
        assert_eq!((date.to_string().as_str(), normalised.unwrap().code), ("2019-06-01", "C13"));
        let (date, normalised) = from_iso("2019-06-01T00:00:00").unwrap();
        assert_eq!((date.to_string().as_str(), normalised), ("2019-06-01", None));
        assert_eq!(from_iso("2019-06-01T17:42:00").unwrap().1.unwrap().code, "C13");
        assert_eq!(from_iso("2024-02-30").ok(), None);
    }
}

//! Working days: weekends, national holidays, the patron saints of the seats.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

/// The calendar of the plan's seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Patron saints as (month, day) with their name.
    patrons: BTreeMap<(u32, u32), String>,
}

/// National holidays with a fixed date.
const FIXED: [(u32, u32, &str); 10] = [
    (1, 1, "Capodanno"),
    (1, 6, "Epifania"),
    (4, 25, "Festa della Liberazione"),
    (5, 1, "Festa del lavoro"),
    (6, 2, "Festa della Repubblica"),
    (8, 15, "Ferragosto"),
    (11, 1, "Ognissanti"),
    (12, 8, "Immacolata Concezione"),
    (12, 25, "Natale"),
    (12, 26, "Santo Stefano"),
];

/// From this year 4 October is a holiday again (law 151/2025).
const SAINT_FRANCIS_FROM: i32 = 2026;

impl Calendar {
    /// A calendar with these patron saints, as (month, day, name).
    pub fn new(patrons: impl IntoIterator<Item = (u32, u32, String)>) -> Self {
        Self { patrons: patrons.into_iter().map(|(month, day, name)| ((month, day), name)).collect() }
    }

    /// The name of the holiday that falls on `day`, weekends aside.
    pub fn holiday(&self, day: NaiveDate) -> Option<&str> {
        let fixed = FIXED.iter().find(|(month, date, _)| (*month, *date) == (day.month(), day.day()));
        if let Some((_, _, name)) = fixed {
            return Some(name);
        }
        if day.year() >= SAINT_FRANCIS_FROM && (day.month(), day.day()) == (10, 4) {
            return Some("San Francesco");
        }
        if easter(day.year()).and_then(|easter| easter.succ_opt()) == Some(day) {
            return Some("Lunedì dell'Angelo");
        }
        self.patrons.get(&(day.month(), day.day())).map(String::as_str)
    }

    /// Whether `day` is neither a weekend nor a holiday.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && self.holiday(day).is_none()
    }

    /// Every holiday of `year` with its name, in order.
    pub fn holidays(&self, year: i32) -> Vec<(NaiveDate, String)> {
        NaiveDate::from_ymd_opt(year, 1, 1)
            .into_iter()
            .flat_map(|first| first.iter_days())
            .take_while(|day| day.year() == year)
            .filter_map(|day| Some((day, self.holiday(day)?.to_owned())))
            .collect()
    }
}

/// Easter Sunday of the Gregorian calendar (anonymous algorithm of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Calendar, easter};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn venice_and_rovigo() -> Calendar {
        Calendar::new([(4, 25, "San Marco".to_owned()), (11, 26, "San Bellino".to_owned())])
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, date) in [
            (2018, "2018-04-01"),
            (2019, "2019-04-21"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(date)), "{year}");
        }
    }

    #[test]
    fn the_working_days_of_2019() {
        let calendar = venice_and_rovigo();
        assert!(!calendar.is_working_day(day("2019-04-22")), "Easter Monday");
        assert!(!calendar.is_working_day(day("2019-11-26")), "San Bellino");
        assert!(!calendar.is_working_day(day("2019-06-01")), "a Saturday");
        assert!(calendar.is_working_day(day("2019-05-31")));
        assert!(calendar.is_working_day(day("2019-10-04")), "not yet a holiday");
        assert!(!calendar.is_working_day(day("2027-10-04")));
        // 2019: 261 weekdays; holidays on weekdays: 1/1, Easter Monday, 25/4, 1/5, 15/8, 1/11, 25/12, 26/12,
        // 26/11.
        let working = day("2019-01-01").iter_days().take(365).filter(|d| calendar.is_working_day(*d)).count();
        assert_eq!(working, 252);
        assert_eq!(calendar.holidays(2019).len(), 12);
    }
}

//! Months of the plan's year.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A month of the year, 1–12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u8);

const NAMES: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

impl Month {
    /// January.
    pub const JANUARY: Month = Month(1);
    /// December: with it the year is closed.
    pub const DECEMBER: Month = Month(12);

    /// The month numbered `number`; `None` outside 1–12.
    pub fn new(number: u32) -> Option<Self> {
        u8::try_from(number).ok().filter(|n| (1..=12).contains(n)).map(Self)
    }

    /// 1–12.
    pub fn number(self) -> u32 {
        u32::from(self.0)
    }

    /// The Italian name in lower case: `giugno`.
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0) - 1).copied().unwrap_or_default()
    }

    /// The Italian name cut to three letters with a capital, as in the header of a sheet: `Giu`.
    pub fn short(self) -> String {
        let mut letters: Vec<char> = self.name().chars().take(3).collect();
        if let Some(first) = letters.first_mut() {
            first.make_ascii_uppercase();
        }
        letters.into_iter().collect()
    }

    /// The month named `text` (full name or at least its first three letters, any case), or `None`.
    pub fn from_name(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        let found = NAMES.iter().position(|name| text.chars().count() >= 3 && name.starts_with(&text))?;
        Month::new(u32::try_from(found).ok()? + 1)
    }

    /// All twelve, in order.
    pub fn all() -> impl DoubleEndedIterator<Item = Month> + Clone {
        (1..=12).map(Month)
    }

    /// From January to this month, in order.
    pub fn up_to(self) -> impl DoubleEndedIterator<Item = Month> + Clone {
        (1..=self.0).map(Month)
    }

    /// The month of `date` when it falls in `year`.
    pub fn of(date: NaiveDate, year: i32) -> Option<Self> {
        (date.year() == year).then(|| Month::new(date.month())).flatten()
    }

    /// The last day of this month in `year`.
    pub fn last_day(self, year: i32) -> NaiveDate {
        let (next_year, next) = if self.0 == 12 { (year + 1, 1) } else { (year, self.number() + 1) };
        NaiveDate::from_ymd_opt(next_year, next, 1).and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
    }
}

/// `giugno`; with `{:#}` after its preposition, `a giugno` and `ad aprile`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match (f.alternate(), name.starts_with('a')) {
            (false, _) => f.write_str(name),
            (true, false) => write!(f, "a {name}"),
            (true, true) => write!(f, "ad {name}"),
        }
    }
}

/// The reporting month with its year; written `2019-06`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    /// The plan's year.
    pub year: i32,
    /// The month.
    pub month: Month,
}

impl YearMonth {
    /// Reads `AAAA-MM`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return None;
        }
        Some(Self { year: year.parse().ok()?, month: Month::new(month.parse().ok()?)? })
    }

    /// Whether the year is closed with this month (December).
    pub fn closes_year(self) -> bool {
        self.month == Month::DECEMBER
    }

    /// The last day of the month.
    pub fn last_day(self) -> NaiveDate {
        self.month.last_day(self.year)
    }

    /// Whether a deadline is over at the end of this month: its day has gone by, or the year is closed. One
    /// of the last day of December is over only then.
    pub fn is_over(self, deadline: NaiveDate) -> bool {
        self.closes_year() || self.last_day() > deadline
    }

    /// For people: `giugno 2019`.
    pub fn in_words(self) -> String {
        format!("{} {}", self.month.name(), self.year)
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month.number())
    }
}

#[cfg(test)]
mod tests {
    use super::{Month, YearMonth};

    #[test]
    fn a_deadline_of_the_last_day_is_over_after_it_or_when_the_year_is_closed() {
        let over = |month: &str, day: &str| YearMonth::parse(month).unwrap().is_over(day.parse().unwrap());
        assert!(!over("2019-06", "2019-06-30") && over("2019-07", "2019-06-30"));
        assert!(!over("2019-11", "2019-12-31") && over("2019-12", "2019-12-31"));
    }

    #[test]
    fn months_are_read_by_name_and_number() {
        assert_eq!(Month::from_name("Giu"), Month::new(6));
        assert_eq!(Month::from_name(" SETTEMBRE "), Month::new(9));
        assert_eq!(Month::from_name("ma"), None);
        assert_eq!(Month::from_name("totale"), None);
        assert_eq!(Month::new(13), None);
        assert_eq!(Month::new(6).unwrap().short(), "Giu");
    }

    #[test]
    fn a_reporting_month_is_written_as_year_and_month() {
        let june = YearMonth::parse("2019-06").unwrap();
        assert_eq!(june.to_string(), "2019-06");
        assert_eq!(june.last_day().to_string(), "2019-06-30");
        assert_eq!(YearMonth::parse("2019-12").unwrap().last_day().to_string(), "2019-12-31");
        for wrong in ["2019-6", "2019-13", "06-2019", "2019/06", "", "2019-00", "+019-06"] {
            assert_eq!(YearMonth::parse(wrong), None, "{wrong}");
        }
    }
}

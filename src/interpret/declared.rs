//! The month up to which a register is declared complete, as offices write it: `6`, `giugno`, `fino a
//! giugno`.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::{Captures, Regex};

use super::cell::{self, Typed};
use super::date;
use super::submission::{EntryState, Normalisation};
use super::tidy::tidy;
use crate::model::{Month, Number, Value, VoceType};
use crate::read::{RawCell, RawContent};

macro_rules! pattern {
    ($name:ident, $text:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect($text));
    };
}

// The words that may stand before the month, and after it.
pattern!(
    UP_TO,
    r"^(?:(?:registro )?complet[oa] ?)?(?:(?:(?:fino|sino) )?(?:a tutto |al mese di |a fine |alla fine di |al |ad |a )|fino |sino |tutto )?(?:mese (?:di )?|il )?(?P<month>.+?)(?: (?:compreso|incluso))?$"
);
pattern!(NAMED, r"^(?:(?P<d>\d{1,2})°? )?(?P<m>[a-z]+)\.?(?:[ /\-'’]+(?P<y>\d{4}|\d{2}))?$");
pattern!(NUMBERED, r"^(?P<m>\d{1,2})°?(?: mese)?(?: ?[/\-] ?(?P<y>\d{4}|\d{2}))?$");
pattern!(YEAR_FIRST, r"^(?P<y>\d{4}) ?[/\-] ?(?P<m>\d{1,2})$");

/// Reads the declaration of a register in a plan of `year`: a number as any other, else a month in words.
/// What is neither stays as it was found wrong.
pub(super) fn read(cell: Option<&RawCell>, year: i32, date1904: bool) -> Typed {
    let typed = cell::read(VoceType::Conteggio, cell, date1904);
    if !matches!(typed.state, EntryState::Wrong(_)) {
        return typed;
    }
    let month = cell.and_then(|cell| match &cell.content {
        RawContent::Text(text) => of_text(text, year),
        RawContent::Serial(serial) | RawContent::Duration(serial) => {
            of_date(date::from_serial(*serial, date1904).ok()?.0, year, true)
        }
        RawContent::IsoDate(text) => of_date(date::from_iso(text).ok()?.0, year, true),
        _ => None,
    });
    let Some(month) = month else { return typed };
    let (number, taken) = (Number::from(month.number()), month.number().to_string());
    let rule = "mese scritto in altro modo, letto come numero";
    Typed {
        raw: typed.raw,
        state: EntryState::Value(Value::Number(number)),
        normalised: Some(Normalisation { code: "C02", rule, taken, is_text: true }),
    }
}

fn of_text(text: &str, year: i32) -> Option<Month> {
    let lower = tidy(text).to_lowercase();
    let lower = lower.trim_end_matches('.');
    let words = UP_TO.captures(lower)?.name("month")?.as_str();
    if let Ok((date, _)) = date::from_text(words) {
        return of_date(date, year, false);
    }
    let found =
        YEAR_FIRST.captures(words).or_else(|| NUMBERED.captures(words)).or_else(|| NAMED.captures(words))?;
    let group = |name: &str| found.name(name).map(|found| found.as_str());
    let month = group("m")?;
    let month = month.parse().ok().and_then(Month::new).or_else(|| Month::from_name(month))?;
    (is_of(&found, year) && group("d").is_none_or(|day| is_last(day, month, year))).then_some(month)
}

/// Whether the year, when one is said, is the plan's.
fn is_of(found: &Captures<'_>, year: i32) -> bool {
    let said = found.name("y").and_then(|said| said.as_str().parse::<i32>().ok());
    said.is_none_or(|said| said == year || said + 2000 == year)
}

fn is_last(day: &str, month: Month, year: i32) -> bool {
    day.parse() == Ok(month.last_day(year).day())
}

/// The month of its last day; of a real date of its first one too, which is what Excel makes of `6/2019` and
/// `giu-19`.
fn of_date(date: NaiveDate, year: i32, real: bool) -> Option<Month> {
    let month = Month::of(date, year)?;
    (date == month.last_day(year) || (real && date.day() == 1)).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::interpret::EntryState;
    use crate::model::Value;
    use crate::read::{RawCell, RawContent};

    /// The month read, and the check that lists the reading.
    fn month(content: RawContent) -> Option<(i64, Option<&'static str>)> {
        let typed = read(Some(&RawCell { content, formula: None }), 2019, false);
        let EntryState::Value(Value::Number(number)) = typed.state else { return None };
        Some((number.to_i64()?, typed.normalised.map(|normalised| normalised.code)))
    }

    fn text(text: &str) -> Option<i64> {
        month(RawContent::Text(text.to_owned())).map(|(month, _)| month)
    }

    #[test]
    fn a_month_is_read_however_it_is_written() {
        for typed in [
            "giugno",
            "GIUGNO",
            " Giugno ",
            "giu",
            "giu.",
            "06",
            "6/2019",
            "06/2019",
            "6-2019",
            "6/19",
            "2019-06",
            "giugno 2019",
            "giu-19",
            "fino a giugno",
            "Fino al mese di giugno 2019",
            "completo fino a giugno",
            "fino al 6",
            "a tutto giugno",
            "a fine giugno",
            "giugno compreso",
            "mese di giugno",
            "6° mese",
            "30/6/2019",
            "2019-06-30",
            "fino al 30 giugno",
            "30 giugno 2019",
        ] {
            assert_eq!(text(typed), Some(6), "{typed}");
        }
        assert_eq!(text("fino ad aprile"), Some(4));
        assert_eq!(text("sino ad agosto"), Some(8));
        assert_eq!(month(RawContent::Text("giugno".to_owned())), Some((6, Some("C02"))));
        assert_eq!(month(RawContent::Number(6.0)), Some((6, None)));
        // 43 617 is 1 June 2019, what Excel makes of «6/2019»; 43 646 is 30 June.
        assert_eq!(month(RawContent::Serial(43_617.0)), Some((6, Some("C02"))));
        assert_eq!(month(RawContent::Serial(43_646.0)), Some((6, Some("C02"))));
    }

    #[test]
    fn what_names_no_month_of_the_year_is_not_guessed() {
        for typed in [
            "ma",
            "boh",
            "tutto",
            "giugno 2018",
            "6/2018",
            "13/2019",
            "15/6/2019",
            "1/6/2019",
            "15 giugno",
            "giugno e luglio",
            "primo semestre",
            "sì",
            "",
            "n.a.",
        ] {
            assert_eq!(text(typed), None, "{typed}");
        }
        // 15 June 2019, and 30 June 2018.
        assert_eq!(month(RawContent::Serial(43_631.0)), None);
        assert_eq!(month(RawContent::Serial(43_281.0)), None);
        // A number is judged as a number, whatever it is.
        assert_eq!(month(RawContent::Number(13.0)), Some((13, None)));
        let blank = read(None, 2019, false);
        assert_eq!(blank.state, EntryState::Blank);
    }
}

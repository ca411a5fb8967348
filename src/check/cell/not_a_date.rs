//! C08: something that is not a date where a date is wanted.

use chrono::NaiveDate;

use crate::check::walk::Item;
use crate::excel::{day_of, serials_near};
use crate::interpret::{EntryState, Fault, NoSuchDate, no_such_date};
use crate::model::{date_it, quoted};

/// What is wanted, and what is said of something else.
pub(super) fn told(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::NotADate) = &item.entry.state else { return None };
    let mut what = format!("qui serve una data: hai scritto {}", quoted(&item.entry.raw));
    if let Some(why) = no_such_date(&item.entry.raw) {
        what.push_str(&format!(", ma {}", words(&why)));
    }
    if let Some(day) = day_meant(&item.entry.raw, item.desk.month.year) {
        what.push_str(&format!(", che è il numero del giorno {}", date_it(day)));
    }
    Some(("una data (giorno/mese/anno)".to_owned(), what))
}

/// The day whose number is shown by a cell that has lost the format of a date, near a year.
fn day_meant(raw: &str, year: i32) -> Option<NaiveDate> {
    let number = raw.trim().parse().ok().filter(|number| serials_near(year).contains(number))?;
    day_of(number)
}

/// What is wrong with a date that has all its three parts.
fn words(why: &NoSuchDate) -> String {
    match why {
        NoSuchDate::Day { day, month, year } => format!("{month} {year} non ha il giorno {day}"),
        NoSuchDate::Month { month, .. } if month.parse::<u32>().is_err() => {
            format!("il mese {} non esiste", quoted(month))
        }
        NoSuchDate::Month { month, exchanged: None } => format!("il mese {month} non esiste"),
        NoSuchDate::Month { month, exchanged: Some(date) } => format!(
            "il mese {month} non esiste: forse giorno e mese sono scambiati, e la data è {}",
            date_it(*date)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{day_meant, words};
    use crate::interpret::no_such_date;

    fn told(text: &str) -> Option<String> {
        no_such_date(text).map(|why| words(&why))
    }

    #[test]
    fn a_date_with_all_its_parts_is_told_what_is_wrong_with_it() {
        for (text, words) in [
            ("31/06/2019", "giugno 2019 non ha il giorno 31"),
            (" 29 Febbraio  2019 ", "febbraio 2019 non ha il giorno 29"),
            ("2019-02-30", "febbraio 2019 non ha il giorno 30"),
            ("0/6/2019", "giugno 2019 non ha il giorno 0"),
            (
                "07/15/2019",
                "il mese 15 non esiste: forse giorno e mese sono scambiati, e la data è 15/7/2019",
            ),
            (
                "2019-13-05",
                "il mese 13 non esiste: forse giorno e mese sono scambiati, e la data è 13/5/2019",
            ),
            ("13/13/2019", "il mese 13 non esiste"),
            ("5/0/2019", "il mese 0 non esiste"),
            ("5 brumaio 2019", "il mese «brumaio» non esiste"),
        ] {
            assert_eq!(told(text).as_deref(), Some(words), "{text}");
        }
    }

    #[test]
    fn the_number_of_a_day_is_told_as_the_day() {
        // 29/3/2019 is 43,553 days after 30/12/1899.
        let day = chrono::NaiveDate::from_ymd_opt(2019, 3, 29);
        for (raw, meant) in
            [("43553", day), (" 43553 ", day), ("7", None), ("2019", None), ("43553,5", None), ("", None)]
        {
            assert_eq!(day_meant(raw, 2019), meant, "{raw}");
        }
    }

    #[test]
    fn what_lacks_a_part_or_is_a_date_is_told_as_it_is() {
        for text in ["fine maggio", "giugno 2019", "5/6", "3/5/2019 sera", "", "3/5/2019", "29/2/2020"] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}

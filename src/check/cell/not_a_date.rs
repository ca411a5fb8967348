//! C08: something that is not a date where a date is wanted.

use crate::check::walk::Item;
use crate::interpret::{EntryState, Fault, NoSuchDate, no_such_date};
use crate::model::{date_it, quoted};

/// What is wanted, and what is said of something else.
pub(super) fn told(item: &Item<'_>) -> Option<(String, String)> {
    let EntryState::Wrong(Fault::NotADate) = &item.entry.state else { return None };
    let mut what = format!("qui serve una data: hai scritto {}", quoted(&item.entry.raw));
    if let Some(why) = no_such_date(&item.entry.raw) {
        what.push_str(&format!(", ma {}", words(&why)));
    }
    Some(("una data (giorno/mese/anno)".to_owned(), what))
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
    use super::words;
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
    fn what_lacks_a_part_or_is_a_date_is_told_as_it_is() {
        for text in ["fine maggio", "giugno 2019", "5/6", "3/5/2019 sera", "", "3/5/2019", "29/2/2020"] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}

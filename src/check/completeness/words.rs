//! Dates and personal data inside what offices write in words.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

use crate::excel::day_of;

type Pattern = LazyLock<Option<Regex>>;

static DATE: Pattern =
    LazyLock::new(|| Regex::new(r"\b(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})\b").ok());
static ISO: Pattern = LazyLock::new(|| Regex::new(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$").ok());
/// What comes before a date that is a term, not something done.
static TERM: Pattern =
    LazyLock::new(|| Regex::new(r"(?i)(entro|scaden\S*|termine|fino|previst\S*)\W+(\w+\W+){0,2}$").ok());
static TAX_CODE: Pattern = LazyLock::new(|| {
    let digit = "[0-9LMNPQRSTUV]";
    let text = format!(r"(?i)\b[A-Z]{{6}}{digit}{{2}}[ABCDEHLMPRST]{digit}{{2}}[A-Z]{digit}{{3}}[A-Z]\b");
    Regex::new(&text).ok()
});
static MAIL: Pattern = LazyLock::new(|| Regex::new(r"(?i)\b([\w.+\-]+)@([\w\-]+\.)+[a-z]{2,}\b").ok());
/// A number introduced as a telephone, with an international prefix, or written as mobiles are.
static PHONE: Pattern = LazyLock::new(|| {
    let introduced = r"\b(?:tel|telefono|cell|cellulare|cel|mobile)\b[.:]?\s*(?:n\.\s*)?\+?\d[\d ./\-]{6,}\d";
    let abroad = r"\+39[ .\-]?\d[\d ./\-]{7,}\d";
    let mobile = r"\b3\d{2}[ ./\-]\d{3}[ .\-]?\d{3,4}\b";
    Regex::new(&format!("(?i){introduced}|{abroad}|{mobile}")).ok()
});
/// A mailbox of an office, not of a person.
const MAILBOXES: [&str; 12] = [
    "info",
    "protocollo",
    "segreteria",
    "urp",
    "pec",
    "posta",
    "ufficio",
    "cciaa",
    "camera",
    "registro",
    "noreply",
    "assistenza",
];

/// The date that a sign-off cell names: as typed, as ISO text, or as the number Excel keeps.
pub(super) fn signed_on(text: &str) -> Option<NaiveDate> {
    if let Some(found) = DATE.as_ref()?.captures(text) {
        return day(&found, [3, 2, 1]);
    }
    if let Some(found) = ISO.as_ref()?.captures(text.trim()) {
        return day(&found, [1, 2, 3]);
    }
    let serial = text.trim().split(['.', ',']).next()?.parse::<i64>().ok()?;
    // From 2000 to 2100: anything else is not the date of a signature.
    (36_526..73_051).contains(&serial).then_some(())?;
    day_of(serial)
}

/// The dates that a text names as done: not those by which something is to be done.
pub(super) fn dates_in(text: &str) -> Vec<NaiveDate> {
    let (Some(dates), Some(term)) = (DATE.as_ref(), TERM.as_ref()) else { return Vec::new() };
    let done = |found: &Captures<'_>| {
        let before = found.get(0).and_then(|whole| text.get(..whole.start()));
        !before.is_some_and(|before| term.is_match(before))
    };
    dates.captures_iter(text).filter(done).filter_map(|found| day(&found, [3, 2, 1])).collect()
}

fn day(found: &Captures<'_>, [year, month, day]: [usize; 3]) -> Option<NaiveDate> {
    let number = |group: usize| found.get(group)?.as_str().parse::<u32>().ok();
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// What in a text looks like personal data, by its kind; the data itself is never said again.
pub(super) fn personal(text: &str) -> Vec<&'static str> {
    let mut kinds = Vec::new();
    if TAX_CODE.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
        kinds.push("un codice fiscale");
    }
    if MAIL.as_ref().is_some_and(|pattern| pattern.captures_iter(text).any(|found| is_of_a_person(&found))) {
        kinds.push("un indirizzo e-mail");
    }
    if PHONE.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
        kinds.push("un numero di telefono");
    }
    kinds
}

fn is_of_a_person(found: &Captures<'_>) -> bool {
    let local = found.get(1).map_or("", |local| local.as_str()).to_lowercase();
    !MAILBOXES.iter().any(|mailbox| local.starts_with(mailbox))
}

#[cfg(test)]
mod tests {
    use super::{dates_in, personal, signed_on};

    #[test]
    fn a_sign_off_date_is_read_as_typed() {
        let read = |text: &str| signed_on(text).map(|date| date.to_string());
        for text in
            ["2/7/2019", "02-07-2019", "2019-07-02", "2019-07-02T00:00:00", "43648", "43648.5", "il 2.7.2019"]
        {
            assert_eq!(read(text).as_deref(), Some("2019-07-02"), "{text}");
        }
        for text in ["luglio", "31/2/2019", "12", "2019", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_term_is_not_a_date_of_something_done() {
        let days = |text: &str| dates_in(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(days("Determina n. 12 del 5/6/2019, prot. n. 9100/2019"), ["2019-06-05"]);
        assert_eq!(days("verbale 3/5/2019 e verbale 4-5-2019"), ["2019-05-03", "2019-05-04"]);
        assert!(days("da chiudere entro il 30/9/2019").is_empty());
        assert!(days("scadenza del bando: 30/9/2019").is_empty());
        assert!(days("prot. n. 9100/2019").is_empty());
    }

    #[test]
    fn personal_data_are_recognised_by_shape() {
        assert_eq!(personal("istanza di RSSMRA80A01H501U"), ["un codice fiscale"]);
        assert_eq!(personal("scrivere a mario.rossi@example.it"), ["un indirizzo e-mail"]);
        assert_eq!(personal("cell. 333 1234567"), ["un numero di telefono"]);
        assert_eq!(personal("tel. 041/2576111"), ["un numero di telefono"]);
        assert_eq!(personal("+39 041 2576111"), ["un numero di telefono"]);
    }

    #[test]
    fn protocols_firms_and_offices_are_not_people() {
        for text in [
            "prot. n. 12345/2019",
            "prot. 3401234567 del 3/5/2019",
            "P.IVA 01234567890, REA VE-123456",
            "determina 2019/000345/12",
            "urp@dl.camcom.it",
            "protocollo@ve.legalmail.camcom.it",
            "Registro presenze, pagine 333-350",
            "",
        ] {
            assert!(personal(text).is_empty(), "{text}");
        }
    }
}

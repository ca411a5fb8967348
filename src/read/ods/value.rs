//! The value of a cell of an OpenDocument workbook: what its attributes say, by the type that they say.

use chrono::{NaiveDate, NaiveTime, Timelike};

use crate::excel::{bounds, serial_of};
use crate::model::{Number, squeezed};
use crate::read::raw::RawContent;

/// What a cell says of its value, as spelled.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The type: `float`, `date`, `string`.
    pub(super) kind: Option<String>,
    pub(super) number: Option<String>,
    pub(super) date: Option<String>,
    pub(super) time: Option<String>,
    pub(super) boolean: Option<String>,
    pub(super) string: Option<String>,
    /// Whether the program says that it is an error.
    pub(super) is_error: bool,
    /// Whether a formula gives it.
    pub(super) calculated: bool,
    /// Whether its format counts hours beyond the day.
    pub(super) is_duration: bool,
    /// Whether it has a text at all, an empty one included.
    pub(super) written: bool,
}

/// The errors of formulas, in the words of the programs of this country and in Excel's.
const ERRORS: [(&str, &str); 8] = [
    ("#DIV/0!", "#DIV/0!"),
    ("#N/D", "#N/A"),
    ("#N/A", "#N/A"),
    ("#NOME?", "#NAME?"),
    ("#NAME?", "#NAME?"),
    ("#RIF!", "#REF!"),
    ("#VALORE!", "#VALUE!"),
    ("#NULLO!", "#NULL!"),
];

impl Said {
    /// The value; `shown` is the text of the cell.
    pub(super) fn content(&self, shown: &str) -> RawContent {
        let unreadable = |why: &str| RawContent::Unreadable(why.to_owned());
        let missing = || unreadable("il tipo della cella non è quello del suo valore");
        // Some programs write an error as a number, and only show it.
        if self.calculated && ERRORS.iter().any(|(own, _)| *own == shown) {
            return error(shown, true).map_or(RawContent::Empty, RawContent::Error);
        }
        match self.kind.as_deref() {
            // LibreOffice gives no type to the empty text of a formula; one never calculated has no text.
            None if self.calculated && self.written && shown.is_empty() && !self.has_value() => text(""),
            None if shown.is_empty() && !self.has_value() => RawContent::Empty,
            None if self.has_value() => missing(),
            None => text(shown),
            Some("float" | "percentage" | "currency") => self.number.as_deref().map_or_else(missing, number),
            Some("date") => self.date.as_deref().map_or_else(missing, |date| {
                serial(date).map_or_else(|| RawContent::IsoDate(date.to_owned()), RawContent::Serial)
            }),
            Some("time") => match self.time.as_deref().map(days) {
                None => missing(),
                Some(None) => unreadable("l'ora non è scritta come prevede il formato"),
                Some(Some(days)) if self.is_duration => RawContent::Duration(days),
                Some(Some(days)) => RawContent::Serial(days),
            },
            Some("boolean") => match self.boolean.as_deref() {
                Some("true") => RawContent::Bool(true),
                Some("false") => RawContent::Bool(false),
                Some(_) => unreadable("il valore non è né vero né falso"),
                None => missing(),
            },
            Some("string") => self.text(shown),
            Some("void") => RawContent::Empty,
            Some(_) => unreadable("il tipo della cella non è previsto dal formato"),
        }
    }

    fn has_value(&self) -> bool {
        [&self.number, &self.date, &self.time, &self.boolean, &self.string]
            .iter()
            .any(|value| value.is_some())
    }

    /// A text, or the error of a formula, which is written as one.
    fn text(&self, shown: &str) -> RawContent {
        let said = self.string.as_deref();
        if self.is_error || self.calculated {
            let words = said.filter(|said| !said.is_empty()).unwrap_or(shown);
            if let Some(error) = error(words, self.is_error) {
                return RawContent::Error(error);
            }
        }
        match said {
            // Programs show the one or the other.
            Some(said) if !shown.is_empty() && squeezed(said) != squeezed(shown) => RawContent::Unreadable(
                "il testo della cella è scritto due volte, in due modi diversi".to_owned(),
            ),
            Some(said) => text(said),
            None => text(shown),
        }
    }
}

/// The error that a text is, in Excel's words; one that the program says to be an error is one in any words.
fn error(words: &str, said: bool) -> Option<String> {
    let known = ERRORS.iter().find(|(own, _)| *own == words).map(|(_, excel)| *excel);
    let numbered =
        || words.starts_with("Err:") || words.starts_with("#NUM!") || words.starts_with("#GETTING");
    known.map(str::to_owned).or_else(|| (numbered() || said).then(|| words.to_owned()))
}

fn text(own: &str) -> RawContent {
    // Never fewer bytes than UTF-16 units.
    let length = if own.len() > bounds::CELL_TEXT { own.encode_utf16().count() } else { 0 };
    if length > bounds::CELL_TEXT { RawContent::Oversize(length) } else { RawContent::Text(own.to_owned()) }
}

fn number(text: &str) -> RawContent {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => RawContent::Number(number),
        Ok(_) => RawContent::Unreadable("il numero non è finito".to_owned()),
        Err(_) => RawContent::Unreadable("il numero non è scritto come prevede il formato".to_owned()),
    }
}

/// The days that Excel counts to a date, with or without an hour: `2019-03-05`, `2019-03-05T10:30:00`. Before
/// March 1900 they are LibreOffice's, one more: a number under a format of dates is again the number typed.
pub(super) fn serial(text: &str) -> Option<f64> {
    let (day, hour) = text.split_once('T').map_or((text, None), |(day, hour)| (day, Some(hour)));
    let day = Number::from(serial_of(date(day)?));
    let Some(hour) = hour else { return Some(day.to_f64()) };
    let hour = NaiveTime::parse_from_str(hour, "%H:%M:%S%.f").ok()?;
    let nanoseconds = i64::from(hour.num_seconds_from_midnight()) * SECOND + i64::from(hour.nanosecond());
    Some((day + &Number::ratio(nanoseconds, 86_400 * SECOND)?).to_f64())
}

/// `2019-03-05`; years that Excel has not are written too: `10000-01-01`, `-0001-12-31`.
fn date(text: &str) -> Option<NaiveDate> {
    let (sign, bare) = text.strip_prefix('-').map_or((1, text), |bare| (-1, bare));
    let parts: Vec<&str> = bare.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let plain = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !plain || !(4..=6).contains(&year.len()) || month.len() != 2 || day.len() != 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(sign * year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The nanoseconds of a second.
const SECOND: i64 = 1_000_000_000;

/// The days of a length of time: `PT36H30M00S`, `-PT0.5S`, `P1DT2H`.
pub(super) fn days(text: &str) -> Option<f64> {
    let (sign, text) = text.strip_prefix('-').map_or((1_i64, text), |text| (-1, text));
    let (days, hours) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
    let mut sum = Number::zero();
    let mut any = false;
    for (part, units) in [(days, &[('D', 86_400_i64)][..]), (hours, &[('H', 3_600), ('M', 60), ('S', 1)][..])]
    {
        let mut rest = part;
        for (unit, seconds) in units {
            if let Some((own, after)) = rest.split_once(*unit) {
                let plain = own.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
                let own = Number::parse(own).filter(|_| plain && own.len() <= 20)?;
                sum = sum + &(own * &Number::from(*seconds));
                (rest, any) = (after, true);
            }
        }
        if !rest.is_empty() {
            return None;
        }
    }
    let days = (sum * &Number::from(sign)).divided_by(&Number::from(86_400_i64))?.to_f64();
    (any && days.is_finite()).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::{RawContent, Said, days, serial};

    fn said(kind: &str) -> Said {
        Said { kind: Some(kind.to_owned()), ..Said::default() }
    }

    fn text(text: &str) -> RawContent {
        RawContent::Text(text.to_owned())
    }

    #[test]
    fn days_and_hours_are_the_numbers_that_excel_counts() {
        // 5 March 2019 is day 43529 of Excel's; noon is half a day.
        assert_eq!(serial("2019-03-05"), Some(43_529.0));
        assert_eq!(serial("2019-03-05T12:00:00"), Some(43_529.5));
        assert_eq!(serial("2019-03-05T00:00:00.000"), Some(43_529.0));
        assert_eq!((serial("1900-01-11"), serial("1899-12-30")), (Some(12.0), Some(0.0)));
        // The day after the last one of Excel, and one before there were years.
        assert_eq!((serial("10000-01-01"), serial("-0001-12-31")), (Some(2_958_466.0), Some(-693_960.0)));
        for wrong in
            ["2019-02-30", "5/3/2019", "", "+12019-06-01", "2019-3-5", "2019-03-05T25:00:00", "2019-03-05T"]
        {
            assert_eq!(serial(wrong), None, "{wrong}");
        }
        assert_eq!(days("PT36H00M00S"), Some(1.5));
        assert_eq!(days("-PT6H"), Some(-0.25));
        assert_eq!(days("P1DT0H1M30.0S"), Some(1.001_041_666_666_666_7));
        for wrong in ["", "P", "PT", "36:00", "PT1M1H", "PT1e3S", "PT-1S", "P1Y", "PT1H2"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_value_is_what_its_type_says() {
        let number = |kind: &str, own: &str| Said { number: Some(own.to_owned()), ..said(kind) }.content("x");
        assert_eq!(number("float", "12.5"), RawContent::Number(12.5));
        assert_eq!(number("percentage", "0.125"), RawContent::Number(0.125));
        assert_eq!(number("currency", "1e3"), RawContent::Number(1_000.0));
        for (kind, own) in
            [("float", "inf"), ("float", "NaN"), ("float", "1,5"), ("boolean", "1"), ("x", "1")]
        {
            assert!(matches!(number(kind, own), RawContent::Unreadable(_)), "{kind} {own}");
        }
        let boolean = |own: &str| Said { boolean: Some(own.to_owned()), ..said("boolean") }.content("VERO");
        assert_eq!((boolean("true"), boolean("false")), (RawContent::Bool(true), RawContent::Bool(false)));
        assert!(matches!(boolean("-1"), RawContent::Unreadable(_)));
        let time = Said { time: Some("PT12H".to_owned()), ..said("time") };
        assert_eq!(time.content("12:00"), RawContent::Serial(0.5));
        assert_eq!(Said { is_duration: true, ..time }.content("12:00"), RawContent::Duration(0.5));
        let date = |own: &str| Said { date: Some(own.to_owned()), ..said("date") }.content("5/3/19");
        assert_eq!(date("2019-03-05"), RawContent::Serial(43_529.0));
        assert_eq!(date("fine maggio"), RawContent::IsoDate("fine maggio".to_owned()));
        assert_eq!(Said::default().content(""), RawContent::Empty);
        assert_eq!(Said::default().content("12"), text("12"));
        let result = Said { calculated: true, ..Said::default() };
        assert_eq!(result.content(""), RawContent::Empty);
        assert_eq!(Said { written: true, ..result }.content(""), text(""));
        let untyped = Said { number: Some("1".to_owned()), ..Said::default() };
        assert!(matches!(untyped.content(""), RawContent::Unreadable(_)));
    }

    #[test]
    fn a_text_is_one_text_and_an_error_is_an_error() {
        let string = |own: &str| Said { string: Some(own.to_owned()), ..said("string") };
        assert_eq!(said("string").content("n.a."), text("n.a."));
        assert_eq!(string("a  b").content("a b"), text("a  b"));
        assert_eq!(string("a").content(""), text("a"));
        assert!(matches!(string("12").content("21"), RawContent::Unreadable(_)));
        let error = |words: &str| RawContent::Error(words.to_owned());
        let failed = Said { is_error: true, calculated: true, ..string("") };
        assert_eq!(failed.content("#DIV/0!"), error("#DIV/0!"));
        assert_eq!(failed.content("#RIF!"), error("#REF!"));
        assert_eq!(failed.content("Err:508"), error("Err:508"));
        // Without the word of the program: the result of a formula is an error, a text typed is a text.
        let result = Said { calculated: true, ..string("#VALORE!") };
        assert_eq!(result.content("#VALORE!"), error("#VALUE!"));
        assert_eq!(string("#VALORE!").content("#VALORE!"), text("#VALORE!"));
        assert_eq!(said("string").content(&"x".repeat(40_000)), RawContent::Oversize(40_000));
    }
}

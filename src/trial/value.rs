//! A value of a page as a hand types it in a cell.

use crate::excel::serial_of;
use chrono::NaiveDate;

use crate::model::Number;
use crate::read::RawContent;

/// What is typed: a content, and the formula that gives it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    pub formula: Option<String>,
    pub content: RawContent,
}

/// Types `value` as Excel would take it: `"…"` text, `12,5` a number, `15%` a share, `31/5/2019` a date
/// (`31/5/2019 17:42` with its time), `36:00` a duration,
/// `#DIV/0!` an error, `=A1/0 → #DIV/0!` a formula with its result; the rest is text; nothing clears.
pub(super) fn typed(value: &str) -> Typed {
    if let Some(rest) = value.strip_prefix('=')
        && let Some((formula, result)) = rest.split_once('→')
    {
        return Typed { formula: Some(formula.trim().to_owned()), content: content(result.trim()) };
    }
    Typed { formula: None, content: content(value) }
}

pub(super) fn content(value: &str) -> RawContent {
    if value.is_empty() {
        return RawContent::Empty;
    }
    if let Some(text) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return RawContent::Text(text.to_owned());
    }
    if value.starts_with('#') {
        return RawContent::Error(value.to_owned());
    }
    if let Some(serial) = serial(value) {
        return RawContent::Serial(f64::from(serial));
    }
    if let Some((day, time)) = value.split_once(' ').and_then(|(day, time)| serial(day).zip(clock(time))) {
        return RawContent::Serial((Number::from(i64::from(day)) + &time).to_f64());
    }
    if let Some(days) = clock(value) {
        return RawContent::Duration(days.to_f64());
    }
    match number(value) {
        Some(number) => RawContent::Number(number.to_f64()),
        None => RawContent::Text(value.to_owned()),
    }
}

/// The pieces of a text: `~~1~~2` a struck one and a plain one, `12^1^` a raised one at the end.
pub(super) fn pieces(value: &str) -> Vec<(Option<&'static str>, &str)> {
    let mut pieces = Vec::new();
    for (index, struck) in value.split("~~").enumerate() {
        for (inner, text) in struck.split('^').enumerate() {
            let font = match (index % 2 == 1, inner % 2 == 1) {
                (true, _) => Some("strike"),
                (false, true) => Some("vertAlign"),
                (false, false) => None,
            };
            if !text.is_empty() {
                pieces.push((font, text));
            }
        }
    }
    pieces
}

/// A number or a share.
pub(super) fn number(value: &str) -> Option<Number> {
    let percent = value.strip_suffix('%');
    let number = Number::parse(&percent.unwrap_or(value).trim().replace(',', "."))?;
    match percent {
        Some(_) => number.divided_by(&Number::from(100_i64)),
        None => Some(number),
    }
}

/// A date, day/month/year.
pub(super) fn date(value: &str) -> Option<NaiveDate> {
    let mut parts = value.split('/').map(|part| part.parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn serial(value: &str) -> Option<i32> {
    i32::try_from(serial_of(date(value)?)).ok()
}

/// `36:00` in days.
fn clock(value: &str) -> Option<Number> {
    let (hours, minutes) = value.split_once(':')?;
    let number = |text: &str| text.parse::<u16>().ok().map(i64::from);
    Number::ratio(number(hours)? * 60 + number(minutes)?, 24 * 60)
}

/// A sum, difference, product or quotient, taken from left to right: `+5`, `*10`, `{S04.prove}+1`. `own` is
/// what the cell holds, `other` what another entry holds; `None` when the text is nothing of the kind.
pub(super) fn relative<E>(
    value: &str,
    own: impl FnOnce() -> Result<Number, E>,
    other: impl Fn(&str) -> Result<Number, E>,
) -> Option<Result<Number, E>> {
    let starts = value.starts_with(['+', '-', '*']) && value.len() > 1 || value.starts_with('{');
    let steps = if starts { steps(value)? } else { return None };
    let begun = match steps.first() {
        Some((None, _)) => Ok(Number::zero()),
        _ => own(),
    };
    steps.into_iter().try_fold(begun, |total, (operation, term)| {
        let Ok(total) = total else { return Some(total) };
        let term = match term {
            Term::Number(number) => number,
            Term::Entry(name) => match other(&name) {
                Ok(number) => number,
                Err(trouble) => return Some(Err(trouble)),
            },
        };
        Some(Ok(match operation {
            None => term,
            Some('+') => total + &term,
            Some('-') => total - &term,
            Some('*') => total * &term,
            _ => total.divided_by(&term)?,
        }))
    })
}

enum Term {
    Number(Number),
    /// The key of another entry, with a month after a blank when it is another one.
    Entry(String),
}

fn steps(value: &str) -> Option<Vec<(Option<char>, Term)>> {
    let mut steps = Vec::new();
    let mut rest = value.trim();
    while !rest.is_empty() {
        let operation = rest.chars().next().filter(|c| "+-*/".contains(*c));
        if operation.is_none() && !steps.is_empty() {
            return None;
        }
        rest = rest.get(operation.map_or(0, char::len_utf8)..)?.trim_start();
        let term = if let Some(inner) = rest.strip_prefix('{') {
            let (name, after) = inner.split_once('}')?;
            rest = after.trim_start();
            Term::Entry(name.trim().to_owned())
        } else {
            let end = rest.find(['+', '-', '*', '/']).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            rest = after;
            Term::Number(number(text.trim())?)
        };
        steps.push((operation, term));
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::{content, pieces, relative, typed};
    use crate::model::Number;
    use crate::read::RawContent;

    #[test]
    fn a_value_is_taken_as_excel_takes_it() {
        assert_eq!(content("15%"), RawContent::Number(0.15));
        assert_eq!(content("-3"), RawContent::Number(-3.0));
        assert_eq!(content("1/1/2019"), RawContent::Serial(43_466.0));
        assert_eq!(content("1/1/2019 12:00"), RawContent::Serial(43_466.5));
        assert_eq!(content("36:00"), RawContent::Duration(1.5));
        assert_eq!(content("\"12\""), RawContent::Text("12".to_owned()));
        assert_eq!(content("3 kg"), RawContent::Text("3 kg".to_owned()));
        assert_eq!(typed("=B1/0 → #DIV/0!").content, RawContent::Error("#DIV/0!".to_owned()));
        assert_eq!(typed("=B1/0 →").content, RawContent::Empty);
    }

    #[test]
    fn a_text_is_taken_in_its_pieces() {
        assert_eq!(pieces("~~1~~2"), [(Some("strike"), "1"), (None, "2")]);
        assert_eq!(pieces("12^1^"), [(None, "12"), (Some("vertAlign"), "1")]);
        assert_eq!(pieces("12"), [(None, "12")]);
    }

    #[test]
    fn a_value_may_start_from_another() {
        let found = |value: &str| {
            let other = |name: &str| if name == "A.b" { Ok(Number::from(7_i64)) } else { Err(()) };
            relative(value, || Ok(Number::from(12_i64)), other).map(|result| result.map(|n| n.to_plain()))
        };
        assert_eq!(found("+5"), Some(Ok("17".to_owned())));
        assert_eq!(found("-3"), Some(Ok("9".to_owned())));
        assert_eq!(found("*1,5"), Some(Ok("18".to_owned())));
        assert_eq!(found("{A.b}+1"), Some(Ok("8".to_owned())));
        assert_eq!(found("{A.b}*0-3"), Some(Ok("-3".to_owned())));
        assert_eq!(found("-{A.b}"), Some(Ok("5".to_owned())));
        assert_eq!(found("{C.d}"), Some(Err(())));
        for plain in ["12", "-", "- 5 circa", "circa 5+3", "+39 041", ""] {
            assert_eq!(found(plain), None, "{plain}");
        }
    }
}

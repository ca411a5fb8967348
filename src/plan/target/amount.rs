//! The value in a target: a number with its unit, or a date. Small Italian shapes, read whole or refused.

use chrono::NaiveDate;

use super::said::{THRESHOLDS, TargetError, TargetUnit};
use crate::model::{Month, Number, quoted};

/// A number with its unit, or a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Number(Number, TargetUnit),
    Date(NaiveDate),
}

/// Reads `text` (lower case, single blanks) as one value, with nothing left over.
pub(super) fn amount(text: &str) -> Result<Amount, TargetError> {
    if let Some(date) = date(text)? {
        return Ok(Amount::Date(date));
    }
    let euro = ["€", "euro "].iter().find_map(|prefix| text.strip_prefix(prefix));
    let counted = || ["n.", "n°"].iter().find_map(|prefix| text.strip_prefix(prefix));
    let bare = euro.or_else(counted).unwrap_or(text).trim_start();
    let digits_end = bare
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit() || matches!(c, '.' | ',') || (*at == 0 && matches!(c, '-' | '−')))
        })
        .map_or(bare.len(), |(at, _)| at);
    let (digits, rest) = bare.split_at(digits_end);
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return Err(no_number(text));
    }
    let unit = match (unit(rest.trim(), text)?, euro) {
        (TargetUnit::Plain, Some(_)) => TargetUnit::Euro,
        (unit, None) => unit,
        (_, Some(_)) => return Err(unclear(rest.trim(), text)),
    };
    if unit == TargetUnit::Percent && digits.contains('.') {
        return Err(TargetError::new(
            format!("in {} il punto può essere un decimale o un separatore di migliaia", quoted(text)),
            "scrivi i decimali con la virgola, senza punti",
            [text.replace(',', "").replace('.', ",")],
        ));
    }
    let number = number(digits).map_err(|error| error.around(text, digits))?;
    Ok(match unit {
        TargetUnit::Percent => Amount::Number(hundredth(&number), unit),
        _ => Amount::Number(number, unit),
    })
}

/// A percentage as a fraction.
pub(super) fn hundredth(number: &Number) -> Number {
    number.divided_by(&Number::from(100_i64)).unwrap_or_else(Number::zero)
}

/// Italian number: decimal comma, dots only between groups of three digits.
pub(super) fn number(text: &str) -> Result<Number, TargetError> {
    let refused = || {
        TargetError::new(
            format!("il numero {} non si legge in un solo modo", quoted(text)),
            "scrivi i decimali con la virgola, e i punti solo fra le migliaia",
            [text.replace('.', ","), text.replace(['.', ','], "")],
        )
    };
    let negative = text.starts_with(['-', '−']);
    let unsigned = text.trim_start_matches(['-', '−']);
    let (whole, decimals) = match unsigned.split_once(',') {
        Some((_, "")) => return Err(refused()),
        Some((whole, decimals)) => (whole, decimals),
        None => (unsigned, ""),
    };
    let groups: Vec<&str> = whole.split('.').collect();
    let grouped = match groups.as_slice() {
        [only] => !only.is_empty(),
        [first, others @ ..] => {
            (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && others.iter().all(|group| group.len() == 3)
        }
        [] => false,
    };
    let plain = format!("{}.{decimals}", groups.concat());
    let read =
        Number::parse(plain.trim_end_matches('.')).filter(|_| grouped && !decimals.contains(['.', ',']));
    read.map(|number| if negative { -number } else { number }).ok_or_else(refused)
}

fn unit(text: &str, whole: &str) -> Result<TargetUnit, TargetError> {
    let words: Vec<&str> = text.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [] => Ok(TargetUnit::Plain),
        ["€" | "euro"] => Ok(TargetUnit::Euro),
        ["minuti" | "minuto" | "min"] => Ok(TargetUnit::Minutes),
        ["%"] | ["per", "cento"] => Ok(TargetUnit::Percent),
        ["gg" | "giorni" | "giorno"] | ["gg" | "giorni", "di", "calendario"] => Ok(TargetUnit::Days),
        ["gg" | "giorni" | "giorno", "lavorativi" | "lavorativo" | "lav"] => Ok(TargetUnit::WorkingDays),
        ["ore" | "ora" | "h"] => Err(TargetError::new(
            format!("in {} l'unità è l'ora, che il target non nomina", quoted(whole)),
            "scrivi solo il numero: le ore sono l'unità delle voci",
            [whole.trim_end_matches(char::is_alphabetic).trim_end(), ">= 4"],
        )),
        _ => Err(unclear(text, whole)),
    }
}

fn unclear(text: &str, whole: &str) -> TargetError {
    TargetError::new(
        format!("in {} non si capisce {}", quoted(whole), quoted(text)),
        "dopo il numero può stare solo %, gg., gg. lavorativi, minuti, €, o una nota fra parentesi",
        whole.strip_suffix(text).map(|number| format!("{} ({text})", number.trim_end())),
    )
}

fn no_number(text: &str) -> TargetError {
    let month_first = text.split(' ').next().is_some_and(|word| Month::from_name(word).is_some());
    if month_first {
        return TargetError::new(
            format!("la scadenza {} non ha il giorno", quoted(text)),
            "scrivi giorno, mese e anno",
            ["entro il 30/9/2019"],
        );
    }
    TargetError::new(
        format!("in {} non c'è un valore che si possa confrontare", quoted(text)),
        "scrivi un confronto con una soglia",
        THRESHOLDS,
    )
}

/// A date, when the text has the shape of one; an error when it has, but is not a date.
fn date(text: &str) -> Result<Option<NaiveDate>, TargetError> {
    let Some((day, month, year)) = date_parts(text) else { return Ok(None) };
    let refused = |message: String| {
        TargetError::new(message, "scrivi giorno, mese e anno a quattro cifre", ["30/11/2019"])
    };
    if year.is_empty() {
        return Err(refused(format!("la data {} non ha l'anno", quoted(text))));
    }
    if year.len() != 4 {
        return Err(refused(format!("la data {} non ha l'anno a quattro cifre", quoted(text))));
    }
    let read = year
        .parse()
        .ok()
        .zip(day.parse().ok())
        .and_then(|(year, day)| NaiveDate::from_ymd_opt(year, month?, day));
    read.map(Some).ok_or_else(|| refused(format!("la data {} non esiste", quoted(text))))
}

/// Day, month (when it can be one) and year of `1/6/2019`, `1.6.2019`, `1-6-2019`, `1/6`, `1 giugno 2019`.
fn date_parts(text: &str) -> Option<(&str, Option<u32>, &str)> {
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    for separator in ['/', '.', '-'] {
        let parts: Vec<&str> = text.split(separator).collect();
        match parts.as_slice() {
            [day, month, year] if [day, month, year].iter().all(|part| digits(part)) => {
                // Groups of three digits are thousands, not a date.
                let thousands = separator == '.' && month.len() == 3;
                return (!thousands).then(|| (*day, month.parse().ok(), *year));
            }
            [day, month] if separator == '/' && digits(day) && digits(month) => {
                return Some((day, month.parse().ok(), ""));
            }
            _ => {}
        }
    }
    let mut words = text.split(' ');
    let day = words.next()?.trim_end_matches('°');
    let month = Month::from_name(words.next()?)?;
    let year = words.next().unwrap_or_default();
    (digits(day) && words.next().is_none()).then(|| (day, Some(month.number()), year))
}

/// A number in Italian notation, decimal comma and points between groups of three digits: `1.234,5`.
pub(in crate::plan) fn italian_number(text: &str) -> Option<Number> {
    number(text).ok()
}

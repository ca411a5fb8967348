//! Texts that are no title: what a spreadsheet makes of a text that it takes for a number or for a date.

use super::date;
use super::duration::Clock;
use super::tidy::tidy;

/// What stands in the place of a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untitled {
    /// A number.
    Number,
    /// A number written with its exponent, or of more figures than a spreadsheet keeps: its last ones are
    /// lost.
    Rounded,
    /// A date, with or without its time.
    Date,
    /// A time or a duration.
    Time,
    /// True or false.
    Flag,
    /// Signs, without a letter or a figure.
    Signs,
}

/// The figures that a number in a cell keeps.
const FIGURES: usize = 15;

/// What a text is, when it is no title: `43599`, `8E+21`, `14/5/2019`, `10:30`, `VERO`.
pub fn untitled(text: &str) -> Option<Untitled> {
    let text = tidy(text);
    let text = text.strip_suffix(" (data)").or_else(|| text.strip_suffix(" (ora)")).unwrap_or(&text);
    if ["VERO", "FALSO", "TRUE", "FALSE"].contains(&text) {
        return Some(Untitled::Flag);
    }
    if !text.is_empty() && !text.contains(char::is_alphanumeric) {
        return Some(Untitled::Signs);
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | ',' | '.')) {
        return None;
    }
    if is_exponential(text) || (text.len() > FIGURES && text.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(Untitled::Rounded);
    }
    if Clock::from_text(text).is_some() {
        return Some(Untitled::Time);
    }
    if date::from_text(text).is_ok() || date::from_iso(text).is_ok() {
        return Some(Untitled::Date);
    }
    let plain = text.strip_suffix('%').unwrap_or(text);
    let marks = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | ',' | '.' | ' '));
    (marks && plain.contains(|c: char| c.is_ascii_digit())).then_some(Untitled::Number)
}

/// `8E+21`, `1,2e-05`.
fn is_exponential(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let is = |text: &str, more: &[char]| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || more.contains(&c))
    };
    is(number.trim_start_matches(['+', '-', '−']), &[',', '.'])
        && is(power.trim_start_matches(['+', '-', '−']), &[])
}

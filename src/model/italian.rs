//! Italian words that several rooms need: counts with their noun, dates, lists.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::Number;

/// A date as Italians write it: `1/6/2019`.
pub fn date_it(date: NaiveDate) -> String {
    format!("{}/{}/{}", date.day(), date.month(), date.year())
}

/// The date that [`date_it`] has written; `None` for anything else.
pub fn date_from_it(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%d/%m/%Y").ok()
}

/// A number with its noun: `1 rilievo`, `3 rilievi`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", Number::from(number).to_italian(0), if number == 1 { one } else { many })
}

/// A list in words: `aprile, maggio e giugno`.
pub fn join_it<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let head: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} e {}", head.join(", "), last.as_ref())
        }
    }
}

/// What an office typed, between angle quotes and cut at 80 characters: `«circa venti»`; an end of line as
/// `⏎`, a tab as a blank.
pub fn quoted(text: &str) -> String {
    let one_line = text.replace("\r\n", "⏎").replace(['\r', '\n'], "⏎").replace('\t', " ");
    let clean: String = one_line.chars().filter(|c| !c.is_control()).collect();
    if clean.chars().count() > 80 {
        let head: String = clean.chars().take(79).collect();
        format!("«{head}…»")
    } else {
        format!("«{clean}»")
    }
}

/// A text on one line: its words with one blank between them.
pub fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with what cannot be seen in it, or changes how the rest is seen, spelt out: `⟨U+0001⟩`.
///
/// Control characters (tabs and ends of lines stay), marks of direction, invisible characters that begin a
/// text, and those that no XML may hold.
pub fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
            || matches!(
                c,
                '\u{061c}'
                    | '\u{200e}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}'
                    | '\u{2066}'..='\u{2069}'
                    | '\u{feff}'
                    | '\u{fdd0}'..='\u{fdef}'
            )
            || u32::from(c) & 0xFFFE == 0xFFFE
    };
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let spelt = |c: char| if hidden(c) { format!("⟨U+{:04X}⟩", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(spelt).collect())
}

/// A fraction as a percentage: `46,82 %`.
pub fn ratio_it(fraction: &Number) -> String {
    format!("{} %", (fraction.clone() * &Number::from(100_i64)).to_italian(2))
}

/// An amount in euro without its sign: `12.500,00`; with all its decimals when it has more than cents.
pub fn euro_it(number: &Number) -> String {
    match number.terminating_decimals() {
        Some(decimals) if decimals > 2 => number.to_italian_exact(),
        _ => number.to_italian_fixed(2),
    }
}

/// The same with its article: `il 50 %`, `lo 0 %`, `l'85 %`.
pub fn the_ratio_it(fraction: &Number) -> String {
    let words = ratio_it(fraction);
    let whole = words.split([',', ' ']).next().unwrap_or_default();
    // Of the shares below a thousand only these are read with a vowel: otto, ottanta…, ottocento…, undici.
    let article = match whole {
        "0" => "lo ",
        "11" => "l'",
        _ if whole.starts_with('8') => "l'",
        _ => "il ",
    };
    format!("{article}{words}")
}

/// The same text with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{count, join_it, quoted, ratio_it, the_ratio_it, visible};
    use crate::model::Number;

    #[test]
    fn words_agree_with_their_number() {
        assert_eq!(count(1, "rilievo", "rilievi"), "1 rilievo");
        assert_eq!(count(0, "rilievo", "rilievi"), "0 rilievi");
        assert_eq!(count(1200, "voce", "voci"), "1.200 voci");
        assert_eq!(join_it(&["aprile", "maggio", "giugno"]), "aprile, maggio e giugno");
        assert_eq!(join_it::<&str>(&[]), "");
        assert_eq!(ratio_it(&Number::ratio(4682, 10000).unwrap()), "46,82 %");
        let the = |percent: i64| the_ratio_it(&Number::ratio(percent, 100).unwrap());
        assert_eq!([0, 50, 100, 18].map(the), ["lo 0 %", "il 50 %", "il 100 %", "il 18 %"]);
        assert_eq!([8, 11, 80, 85].map(the), ["l'8 %", "l'11 %", "l'80 %", "l'85 %"]);
        assert_eq!(the_ratio_it(&Number::ratio(1, 200).unwrap()), "lo 0,5 %");
        assert_eq!(visible("a\u{1}\u{202e}b\u{ffff}\tè"), "a⟨U+0001⟩⟨U+202E⟩b⟨U+FFFF⟩\tè");
        assert_eq!(quoted("a\u{7}b"), "«ab»");
        assert_eq!(quoted("1\r\n2\n3\t4"), "«1⏎2⏎3 4»");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), 82);
    }
}

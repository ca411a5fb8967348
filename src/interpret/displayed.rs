//! What a number format lets see of a number: enough to tell when a cell shows something else than it holds.

use super::format_sections::{Section, sections};
use crate::model::Number;

/// How a number format shows numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// As many digits as needed, or something not worth judging.
    Whole,
    /// With at most this many decimals; multiplied by 100 when it is a percentage.
    Fixed {
        /// Decimals shown.
        decimals: u32,
        /// Whether as a percentage.
        percent: bool,
        /// By how many thousands it is divided.
        thousands: u32,
    },
    /// As a date: which of day, month and year it shows.
    Date {
        /// Day, month and year are all there.
        whole: bool,
    },
    /// With texts of the format that are read as part of the number: what is seen.
    Beside(String),
    /// Always the same text, whatever the number.
    Text(String),
    /// Nothing at all.
    Nothing,
}

impl Display {
    /// Reads the part of a number format that applies to `number`.
    pub(super) fn of(format: &str, number: &Number) -> Self {
        let sections = sections(format);
        let conditional = sections.iter().any(|section| section.condition.is_some());
        let second = !conditional && sections.len() > 1 && number.is_negative();
        let section = match (sections.len(), number.is_zero()) {
            _ if conditional => sections.iter().find(|section| section.holds(number)),
            _ if second => sections.get(1),
            (3.., true) => sections.get(2),
            _ => sections.first(),
        };
        section.map_or(Display::Whole, |section| read(section, sections.len() > 1, number, second))
    }

    /// What is seen of `number`, for people, when it is not the number itself.
    pub(super) fn hides(&self, number: &Number) -> Option<String> {
        match self {
            Display::Whole | Display::Date { whole: true } => None,
            Display::Date { whole: false } => Some("una data senza giorno, mese o anno".to_owned()),
            Display::Nothing => Some(String::new()),
            Display::Text(seen) | Display::Beside(seen) => Some(seen.clone()),
            Display::Fixed { decimals, percent, thousands } => {
                let (shown, seen) = fixed(number, *decimals, *percent, *thousands);
                let whole = shown.rounded(*decimals) == shown && *thousands == 0;
                let sign = if *percent { "%" } else { "" };
                (!whole).then(|| format!("{seen}{sign}"))
            }
        }
    }

    /// Whether nothing is seen of the number.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Display::Nothing | Display::Text(_))
    }

    /// Whether it shows numbers without decimals.
    pub(super) fn is_whole_number(&self) -> bool {
        matches!(self, Display::Fixed { decimals: 0, percent: false, .. })
    }

    /// Whether it shows a percentage.
    pub(super) fn is_percent(&self) -> bool {
        matches!(self, Display::Fixed { percent: true, .. })
    }
}

/// A number as it is scaled by its format, and its digits as they are shown.
fn fixed(number: &Number, decimals: u32, percent: bool, thousands: u32) -> (Number, String) {
    let mut shown = number.clone();
    for _ in 0..thousands {
        shown = shown.divided_by(&Number::from(1000_i64)).unwrap_or(shown);
    }
    if percent {
        shown = shown * &Number::from(100_i64);
    }
    let seen = shown.rounded(decimals).to_italian_fixed(decimals);
    (shown, seen)
}

/// Whether a format shows nothing of a text: its fourth section has no place for it.
pub(super) fn hides_text(format: &str) -> bool {
    sections(format).get(3).is_some_and(|section| !section.marks().contains('@'))
}

const DIGITS: [char; 3] = ['0', '#', '?'];

fn read(section: &Section, several: bool, number: &Number, second: bool) -> Display {
    let lower = section.marks().to_lowercase();
    if section.white {
        return Display::Nothing;
    }
    if section.is_blank() {
        return if several { Display::Nothing } else { Display::Whole };
    }
    if lower.contains("general") || lower.contains("standard") || lower.contains('@') {
        return beside(section, number.to_italian_exact()).unwrap_or(Display::Whole);
    }
    let date = |letters: &[char]| lower.contains(letters);
    if date(&['d', 'y', 'g', 'a']) || date(&['m']) || date(&['h', 's']) {
        let whole = date(&['d', 'g']) && date(&['m']) && date(&['y', 'a']);
        return Display::Date { whole };
    }
    if lower.contains(['/', 'e']) {
        return Display::Whole;
    }
    if !lower.contains(DIGITS) {
        // Only a text: whatever the number, it reads the same.
        let seen = section.shown().trim().to_owned();
        return if seen.is_empty() { Display::Nothing } else { Display::Text(seen) };
    }
    let (_, after) = lower.split_once('.').unwrap_or((&lower, ""));
    let decimals = u32::try_from(after.chars().filter(|c| DIGITS.contains(c)).count()).unwrap_or(0);
    let last = lower.rfind(DIGITS).and_then(|at| lower.get(at + 1..)).unwrap_or_default();
    let thousands = u32::try_from(last.chars().take_while(|c| *c == ',').count()).unwrap_or(0);
    let percent = lower.contains('%');
    let (_, seen) = fixed(&number.abs(), decimals, percent, thousands);
    let minus = if number.is_negative() && !second { "-" } else { "" };
    let unsigned = second && !section.red && !section.shown().contains(['-', '−', '(']);
    let seen = || format!("{minus}{seen}");
    if unsigned {
        return Display::Beside(seen());
    }
    let signed = !number.is_negative() && section.before().trim_start().starts_with(['-', '−', '–', '(']);
    let told = if signed { Some(Display::Beside(section.around(&seen()))) } else { beside(section, seen()) };
    told.unwrap_or(Display::Fixed { decimals, percent, thousands })
}

/// What is seen of a number with the texts of its format, when they are read as part of it: digits, signs of
/// shares, marks between the digits.
fn beside(section: &Section, number: String) -> Option<Display> {
    if section.splits_digits() {
        return Some(Display::Beside(section.filled(&number)));
    }
    let counts = |text: &String| text.contains(|c: char| c.is_ascii_digit() || matches!(c, '%' | '‰'));
    section.texts().any(counts).then(|| Display::Beside(section.around(&number)))
}

#[cfg(test)]
mod tests {
    use super::{Display, hides_text};
    use crate::model::Number;

    fn seen(format: &str, number: &str) -> Option<String> {
        let number = Number::parse(number).unwrap();
        Display::of(format, &number).hides(&number)
    }

    #[test]
    fn a_text_is_hidden_by_a_fourth_section_without_a_place_for_it() {
        for (format, hidden) in
            [(";;;", true), ("0;-0;0;", true), ("General;;;@", false), ("0;;", false), ("@", false)]
        {
            assert_eq!(hides_text(format), hidden, "{format}");
        }
    }

    #[test]
    fn the_texts_of_a_format_may_be_read_as_the_number() {
        for (format, number, shown) in [
            ("0\"0\"", "1", "10"),
            ("\"1\"0", "2", "12"),
            ("0\\0", "1", "10"),
            ("#,##0\".000\"", "7", "7.000"),
            ("0.0\"5\"", "1.5", "1,55"),
            ("General\"0\"", "2.5", "2,50"),
            ("0\"%\"", "12", "12%"),
            ("0\".\"0", "12", "1.2"),
            ("0*0", "1", "100…"),
            ("\"-\"0", "5", "-5"),
            ("-0", "5", "-5"),
            ("(0)", "5", "(5)"),
            ("0;0", "-5", "5"),
            ("\"12\"", "1", "12"),
            ("\"12\"", "12", "12"),
            ("\"vedi nota\"", "3", "vedi nota"),
            ("\" \"", "3", ""),
            ("[White]0", "3", ""),
            ("[Bianco]#,##0", "3", ""),
            ("[Color 2]0;0", "3", ""),
            ("[White]dd/mm/yyyy", "43617", ""),
            ("[>0]\"12\";0", "1", "12"),
            ("[=1]0\"0\";0", "1", "10"),
        ] {
            assert_eq!(seen(format, number).as_deref(), Some(shown), "{format}");
        }
        for (format, number) in [
            ("0\" h\"", "2"),
            ("\"n. \"0", "2"),
            ("0\" m²\"", "2"),
            ("#,##0.00\\ €", "2"),
            ("[$€-410] #,##0.00", "2"),
            ("0;-0", "-5"),
            ("0;(0)", "-5"),
            ("#,##0;[Red]#,##0", "-5"),
            ("[>5]\"12\";0", "1"),
            ("[White]0;-0", "-5"),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", "5"),
            ("#\\ ##0", "1234"),
            ("#\".\"000", "1234"),
        ] {
            assert_eq!(seen(format, number), None, "{format}");
        }
    }

    #[test]
    fn a_format_hides_what_it_rounds() {
        assert_eq!(seen("0", "0.4").as_deref(), Some("0"));
        assert_eq!(seen("#,##0", "7"), None);
        assert_eq!(seen("#,##0.00", "7.5"), None);
        assert_eq!(seen("#,##0.00", "7.125").as_deref(), Some("7,13"));
        assert_eq!(seen("General", "7.125"), None);
        assert_eq!(seen("@", "7.125"), None);
        assert_eq!(seen(";;;", "7").as_deref(), Some(""));
        assert_eq!(seen("#,##0;-#,##0;", "0").as_deref(), Some(""));
        assert_eq!(seen("#,##0;-#,##0;", "5"), None);
        assert_eq!(seen("0,", "1500").as_deref(), Some("2"));
        assert_eq!(seen("0\" h\"", "2"), None);
        assert_eq!(seen("[Red]0;[Blue]-0", "2"), None);
        assert_eq!(seen("mmm-yy", "43617").as_deref(), Some("una data senza giorno, mese o anno"));
        assert_eq!(seen("dd/mm/yyyy", "43617"), None);
        assert!(Display::of("0.0%", &Number::one()).is_percent());
    }
}

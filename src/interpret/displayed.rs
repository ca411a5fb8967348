//! What a number format lets see of a number: enough to tell when a cell shows something else than it holds.

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
    /// Nothing at all.
    Nothing,
}

impl Display {
    /// Reads the part of a number format that applies to `number`.
    pub(super) fn of(format: &str, number: &Number) -> Self {
        let sections = sections(format);
        let section = match (sections.len(), number.is_negative(), number.is_zero()) {
            (2.., true, _) => sections.get(1),
            (3.., _, true) => sections.get(2),
            _ => sections.first(),
        };
        section.map_or(Display::Whole, |section| read(section, sections.len() > 1))
    }

    /// What is seen of `number`, for people, when it is not the number itself.
    pub(super) fn hides(&self, number: &Number) -> Option<String> {
        match self {
            Display::Whole | Display::Date { whole: true } => None,
            Display::Date { whole: false } => Some("una data senza giorno, mese o anno".to_owned()),
            Display::Nothing => Some(String::new()),
            Display::Fixed { decimals, percent, thousands } => {
                let scale = |number: Number, by: i64| number * &Number::from(by);
                let mut shown = number.clone();
                for _ in 0..*thousands {
                    shown = shown.divided_by(&Number::from(1000_i64)).unwrap_or(shown);
                }
                if *percent {
                    shown = scale(shown, 100);
                }
                let rounded = shown.rounded(*decimals);
                let text = rounded.to_italian_fixed(*decimals);
                let seen = if *percent { format!("{text}%") } else { text };
                (rounded != shown || *thousands > 0).then_some(seen)
            }
        }
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

/// Whether a format shows nothing of a text: its fourth section has no place for it.
pub(super) fn hides_text(format: &str) -> bool {
    sections(format).get(3).is_some_and(|section| !section.contains('@'))
}

/// The sections of a format, without quoted texts, colours, blanks and fillers.
fn sections(format: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        let last = sections.last_mut();
        match letter {
            '"' => {
                letters.by_ref().find(|c| *c == '"');
                last.into_iter().for_each(|section| section.push('\u{1}'));
            }
            '\\' => {
                letters.next();
                last.into_iter().for_each(|section| section.push('\u{1}'));
            }
            '_' | '*' => {
                letters.next();
            }
            '[' => {
                let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                // Elapsed hours are a time; a condition is not read.
                let mark = match inside.to_lowercase().as_str() {
                    "h" | "hh" | "m" | "mm" | "s" | "ss" => "h",
                    text if text.starts_with(['<', '>', '=']) => "/",
                    _ => "",
                };
                last.into_iter().for_each(|section| section.push_str(mark));
            }
            ';' => sections.push(String::new()),
            other => last.into_iter().for_each(|section| section.push(other)),
        }
    }
    sections
}

fn read(section: &str, several: bool) -> Display {
    let lower = section.to_lowercase();
    if lower.trim().is_empty() {
        return if several { Display::Nothing } else { Display::Whole };
    }
    if lower.contains("general") || lower.contains("standard") || lower.contains('@') {
        return Display::Whole;
    }
    let date = |letters: &[char]| lower.contains(letters);
    if date(&['d', 'y', 'g', 'a']) || date(&['m']) || date(&['h', 's']) {
        let whole = date(&['d', 'g']) && date(&['m']) && date(&['y', 'a']);
        return Display::Date { whole };
    }
    let digits = ['0', '#', '?'];
    if lower.contains(['/', 'e']) {
        return Display::Whole;
    }
    if !lower.contains(digits) {
        // Only a text: whatever the number, it reads the same.
        return Display::Nothing;
    }
    let (_, after) = lower.split_once('.').unwrap_or((&lower, ""));
    let decimals = u32::try_from(after.chars().filter(|c| digits.contains(c)).count()).unwrap_or(0);
    let last = lower.rfind(digits).and_then(|at| lower.get(at + 1..)).unwrap_or_default();
    let thousands = u32::try_from(last.chars().take_while(|c| *c == ',').count()).unwrap_or(0);
    Display::Fixed { decimals, percent: lower.contains('%'), thousands }
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

//! The number formats of an OpenDocument workbook, spelt as Excel spells them where both can say the same.

use std::collections::BTreeMap;

use crate::package::{Tag, unescaped};
use crate::read::limits;

/// A style of numbers.
#[derive(Clone, Debug, Default)]
struct Format {
    /// What it is, beside a number: a date, a duration.
    kind: Kind,
    /// As Excel spells it, without what other styles say of some numbers; nothing when Excel has no words.
    spelt: Option<String>,
    /// The styles of some numbers: the condition, the style.
    maps: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Percent,
    /// A date, or an hour of the day.
    Day,
    /// Hours that go on beyond the day.
    Duration,
}

/// The number formats of a workbook, by the name of their style.
#[derive(Debug, Default)]
pub(super) struct Formats {
    known: BTreeMap<String, Format>,
    open: Option<(String, Format)>,
    /// The text between two parts of the format in hand.
    text: Option<String>,
}

/// Styles of some numbers kept of a style.
const MAPS: usize = 4;

impl Formats {
    /// Whether the numbers of a style are durations.
    pub(super) fn is_duration(&self, name: &str) -> bool {
        self.known.get(name).is_some_and(|format| format.kind == Kind::Duration)
    }

    /// A style as Excel spells it; nothing when Excel has no words for it.
    pub(super) fn spelt(&self, name: &str) -> Option<String> {
        let format = self.known.get(name)?;
        match format.kind {
            Kind::Day => return Some("dd/mm/yyyy".to_owned()),
            Kind::Duration => return Some("[h]:mm:ss".to_owned()),
            Kind::Number | Kind::Percent => {}
        }
        let own = format.spelt.as_deref()?;
        let part = |place: usize| {
            let (_, name) = format.maps.get(place)?;
            self.known.get(name).filter(|part| part.maps.is_empty())?.spelt.as_deref()
        };
        let conditions: Vec<&str> = format.maps.iter().map(|(condition, _)| condition.as_str()).collect();
        match conditions.as_slice() {
            // A format that shows nothing must say so.
            [] => Some(if own.is_empty() { "\"\"".to_owned() } else { own.to_owned() }),
            ["value()>=0"] => Some(format!("{};{own}", part(0)?)),
            ["value()>0", "value()<0"] => Some(format!("{};{};{own}", part(0)?, part(1)?)),
            ["value()>0", "value()<0", "value()=0"] => {
                Some(format!("{};{};{};{own}", part(0)?, part(1)?, part(2)?))
            }
            _ => None,
        }
    }

    /// A style of numbers opens; `false` when there are more of them than any workbook has.
    pub(super) fn open(&mut self, start: Tag<'_>) -> bool {
        let (kind, spelt) = match start.local() {
            "number-style" | "text-style" | "currency-style" => (Kind::Number, Some(String::new())),
            "percentage-style" => (Kind::Percent, Some(String::new())),
            "time-style" if start.says("number:truncate-on-overflow") == Some(false) => {
                (Kind::Duration, None)
            }
            "date-style" | "time-style" => (Kind::Day, None),
            _ => (Kind::Number, None),
        };
        let format = Format { kind, spelt, maps: Vec::new() };
        self.open = Some((start.get("style:name").unwrap_or_default(), format));
        u64::try_from(self.known.len()).is_ok_and(|count| count <= limits::STYLES)
    }

    /// An element of the format in hand opens.
    pub(super) fn inside(&mut self, start: Tag<'_>) {
        let Some((_, format)) = &mut self.open else { return };
        match start.name() {
            "number:text" | "number:currency-symbol" => self.text = Some(String::new()),
            "number:number" => format.add(number(start)),
            "number:text-content" => format.add(Some("@".to_owned())),
            // Blanks up to the width of the cell; the colour of the number.
            "number:fill-character" | "style:text-properties" => {}
            "style:map" if format.maps.len() < MAPS => {
                let field = |name| start.get(name).unwrap_or_default();
                format.maps.push((field("style:condition"), field("style:apply-style-name")));
            }
            _ => format.spelt = None,
        }
    }

    /// A text of the format in hand.
    pub(super) fn hear(&mut self, said: &str) {
        if let Some(text) = self.text.as_mut().filter(|text| text.len() < limits::PROPERTY) {
            text.push_str(&unescaped(said));
        }
    }

    /// An element of the format in hand closes.
    pub(super) fn end_inside(&mut self) {
        if let (Some(text), Some((_, format))) = (self.text.take(), &mut self.open) {
            let percent = format.kind == Kind::Percent && text == "%";
            let spelt = match text.as_str() {
                "" => String::new(),
                text if percent => text.to_owned(),
                text => format!("\"{text}\""),
            };
            format.add(Some(spelt).filter(|_| !text.contains('"')));
        }
    }

    /// The format in hand closes.
    pub(super) fn close(&mut self) {
        self.known.extend(self.open.take());
    }
}

impl Format {
    /// The next part of it; none when Excel has no words for it.
    fn add(&mut self, part: Option<String>) {
        self.spelt = self.spelt.take().zip(part).map(|(before, part)| before + &part);
    }
}

/// Digits more than Excel shows.
const MANY: usize = 30;

/// `#,##0.00` for two decimals and thousands apart; `General` where the decimals are not said.
fn number(start: Tag<'_>) -> Option<String> {
    let own = |(name, value): (&str, &str)| match name {
        "number:decimal-places" | "number:min-decimal-places" | "number:min-integer-digits" => true,
        "number:grouping" => true,
        // Decimals that are left out where they are zeros.
        "number:decimal-replacement" => value.is_empty(),
        _ => false,
    };
    let said: Option<Vec<_>> = start.attributes().collect();
    if !said?.iter().all(|(name, value)| own((name, value))) {
        return None;
    }
    let digits = |name: &str| start.get(name).map(|text| text.parse::<usize>().ok().filter(|n| *n <= MANY));
    let whole = digits("number:min-integer-digits").unwrap_or(Some(1))?;
    let Some(decimals) = digits("number:decimal-places") else {
        return (whole <= 1).then(|| "General".to_owned());
    };
    let decimals = decimals?;
    let least = digits("number:min-decimal-places").unwrap_or(Some(decimals))?;
    let grouped = start.says("number:grouping") == Some(true);
    let front = match (whole, grouped) {
        (0, true) => "#,###".to_owned(),
        (1, true) => "#,##0".to_owned(),
        (_, true) => return None,
        (0, false) => "#".to_owned(),
        (whole, false) => "0".repeat(whole),
    };
    let optional = decimals.checked_sub(least)?;
    let point = if decimals == 0 { "" } else { "." };
    Some(format!("{front}{point}{}{}", "0".repeat(least), "#".repeat(optional)))
}

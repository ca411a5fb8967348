//! One cell, read as an entry of a given type: its raw text, its state, what was normalised.

use super::duration::{self, Clock};
use super::submission::{EntryState, Fault, Normalisation};
use super::tidy::tidy;
use super::{date, number, sum};
use crate::model::{Number, Value, VoceType, count, date_it};
use crate::plan::{ANSWERS, NO_WORDS, NOT_APPLICABLE_WORDS, PLACEHOLDER_WORDS, YES_WORDS};
use crate::read::{RawCell, RawContent};

/// What is told in the place of the value of a formula that no program has calculated.
pub const NEVER_CALCULATED: &str = "una formula mai calcolata";

/// A cell as an entry.
pub(super) struct Typed {
    pub raw: String,
    pub state: EntryState,
    pub normalised: Option<Normalisation>,
}

impl Typed {
    pub(super) fn blank() -> Self {
        Self { raw: String::new(), state: EntryState::Blank, normalised: None }
    }
}

/// Reads a cell as an entry of type `kind`; dates count from 1904 when the workbook says so.
pub(super) fn read(kind: VoceType, cell: Option<&RawCell>, date1904: bool) -> Typed {
    let Some(cell) = cell else { return Typed::blank() };
    let mut raw = raw_text(cell, kind, date1904);
    let (state, normalised) = match &cell.content {
        RawContent::Empty if cell.formula.is_none() => (EntryState::Blank, None),
        RawContent::Empty => never_calculated(kind, cell.formula.as_deref().unwrap_or_default()),
        RawContent::Error(error) => (EntryState::Wrong(Fault::ExcelError(error.clone())), None),
        RawContent::Unreadable(what) => (EntryState::Wrong(Fault::ExcelError(what.clone())), None),
        RawContent::Oversize(_) => (EntryState::Wrong(Fault::TooLong), None),
        RawContent::Text(text) => from_text(kind, text),
        RawContent::Number(float) => from_number(kind, *float),
        RawContent::Duration(days) if !duration::is_date(*days) => from_clock(kind, *days, &raw),
        RawContent::Serial(serial) if duration::is_time(*serial) => match kind {
            // From a day on it is not shown as it is: nobody can tell what was meant.
            VoceType::Ore if *serial >= 1.0 => date_elsewhere(kind, &raw),
            _ => from_clock(kind, *serial, &raw),
        },
        RawContent::Serial(serial) | RawContent::Duration(serial) => match kind {
            VoceType::Data => of_date(date::from_serial(*serial, date1904)),
            _ => date_elsewhere(kind, &raw),
        },
        RawContent::IsoDate(text) => match kind {
            VoceType::Data => of_date(date::from_iso(text)),
            _ => date_elsewhere(kind, text),
        },
        RawContent::Bool(flag) => from_bool(kind, *flag),
    };
    // A sum that no program has calculated: the formula is what was typed.
    if raw.is_empty() && matches!(state, EntryState::Value(_)) {
        raw = format!("={}", cell.formula.as_deref().unwrap_or_default());
    }
    Typed { raw, state, normalised }
}

/// What the cell holds, as a person would read it.
fn raw_text(cell: &RawCell, kind: VoceType, date1904: bool) -> String {
    match &cell.content {
        RawContent::Empty => String::new(),
        RawContent::Number(float) => float_words(*float),
        RawContent::Duration(days) if !duration::is_date(*days) => clock_text(*days, kind, true),
        RawContent::Serial(serial) if duration::is_time(*serial) => clock_text(*serial, kind, *serial < 1.0),
        RawContent::Serial(serial) | RawContent::Duration(serial) => date_text(*serial, kind, date1904),
        RawContent::IsoDate(text)
        | RawContent::Text(text)
        | RawContent::Error(text)
        | RawContent::Unreadable(text) => text.clone(),
        RawContent::Bool(true) => "VERO".to_owned(),
        RawContent::Bool(false) => "FALSO".to_owned(),
        RawContent::Oversize(length) => oversize_words(*length),
    }
}

/// A text too long to be told.
pub(super) fn oversize_words(length: usize) -> String {
    format!("un testo di {}", count(length, "carattere", "caratteri"))
}

/// A cell's number as an Italian reads it: `34,5`; `1,7E+308` where the digits would be too many to be read.
/// The one place where a raw number becomes words.
pub(super) fn float_words(float: f64) -> String {
    let far = float != 0.0 && !(LEAST..MOST).contains(&float.abs());
    match Number::from_f64(float) {
        // All its digits: those that a spreadsheet would round are what puts it beyond the bound.
        Some(_) if !far && float.abs() >= number::GREAT => format!("{float:.0}"),
        Some(number) if !far => number.to_cell(),
        _ => scientific(float),
    }
}

/// From here on a number is told by its power of ten.
const MOST: f64 = 1e21;

/// Below this a number is told by its power of ten.
const LEAST: f64 = 1e-12;

/// As a cell without a format shows it: `1,7E+308`.
fn scientific(float: f64) -> String {
    let text = format!("{float:.14e}");
    let Some((digits, power)) = text.split_once('e') else { return text };
    let digits = digits.trim_end_matches('0').trim_end_matches('.').replace('.', ",");
    let sign = if power.starts_with('-') { "" } else { "+" };
    format!("{digits}E{sign}{power}")
}

/// A date as a person reads it, with its time of day when it has one; marked where it has no business.
fn date_text(serial: f64, kind: VoceType, date1904: bool) -> String {
    match date::from_serial(serial, date1904) {
        Err(_) => float_words(serial),
        Ok((date, _)) if kind != VoceType::Data => format!("{} (data)", date_it(date)),
        Ok((date, None)) => date_it(date),
        Ok((date, Some(_))) => {
            let time = Clock::of_date(serial).map(Clock::words).unwrap_or_default();
            format!("{} {time}", date_it(date))
        }
    }
}

/// A time or a duration as a person reads it; marked where another thing is wanted, or where the hours are
/// not `clear`.
fn clock_text(days: f64, kind: VoceType, clear: bool) -> String {
    let words = Clock::of_days(days).map_or_else(|| float_words(days), Clock::words);
    match kind {
        VoceType::Data | VoceType::Testo => words,
        VoceType::Ore if clear => words,
        _ => format!("{words} (ora)"),
    }
}

type Outcome = (EntryState, Option<Normalisation>);

/// A time or a duration: hours where hours are wanted.
fn from_clock(kind: VoceType, days: f64, raw: &str) -> Outcome {
    match kind {
        VoceType::Ore => of_clock(Clock::of_days(days)),
        VoceType::Data => (EntryState::Wrong(Fault::NotADate), None),
        _ => date_elsewhere(kind, raw),
    }
}

fn of_clock(clock: Option<Clock>) -> Outcome {
    match clock.and_then(Clock::hours) {
        Some((hours, normalised)) => (EntryState::Value(Value::Number(hours)), Some(normalised)),
        None => (EntryState::Wrong(Fault::NotANumber), None),
    }
}

/// A date or a time where something else is wanted.
fn date_elsewhere(kind: VoceType, raw: &str) -> Outcome {
    match kind {
        VoceType::Testo => (EntryState::Value(Value::Text(raw.to_owned())), None),
        VoceType::SiNo => (EntryState::Wrong(Fault::NotInList { suggestion: None }), None),
        _ => (EntryState::Wrong(Fault::DateForNumber), None),
    }
}

fn from_number(kind: VoceType, float: f64) -> Outcome {
    let Some(number) = Number::from_f64(float) else {
        return (EntryState::Wrong(Fault::NotANumber), None);
    };
    if float.abs() >= number::GREAT {
        return (EntryState::Wrong(Fault::TooGreat), None);
    }
    match kind {
        VoceType::Data => (EntryState::Wrong(Fault::NotADate), None),
        VoceType::SiNo => match number.to_i64() {
            Some(flag @ (0 | 1)) => (EntryState::Value(Value::Flag(flag == 1)), normalised_flag(flag == 1)),
            _ => (EntryState::Wrong(Fault::NotInList { suggestion: None }), None),
        },
        VoceType::Testo => (EntryState::Value(Value::Text(number.to_cell())), None),
        _ => (EntryState::Value(Value::Number(number)), None),
    }
}

/// A formula without a result: one of plain numbers is computed here, any other is a fault.
fn never_calculated(kind: VoceType, formula: &str) -> Outcome {
    of_sum(kind, sum::of_formula(formula), false)
        .unwrap_or_else(|| (EntryState::Wrong(Fault::ExcelError(NEVER_CALCULATED.to_owned())), None))
}

/// A sum of plain numbers as the entry that it gives, where a number is wanted.
fn of_sum(kind: VoceType, sum: Option<Number>, is_text: bool) -> Option<Outcome> {
    if matches!(kind, VoceType::Data | VoceType::SiNo | VoceType::Testo) {
        return None;
    }
    let number = sum?;
    if number::is_great(&number) {
        return Some((EntryState::Wrong(Fault::TooGreat), None));
    }
    let (rule, taken) = ("conto di soli numeri: è stato preso il risultato", number.to_italian(6));
    Some((
        EntryState::Value(Value::Number(number)),
        Some(Normalisation { code: "C02", rule, taken, is_text }),
    ))
}

fn from_bool(kind: VoceType, flag: bool) -> Outcome {
    match kind {
        VoceType::SiNo => (EntryState::Value(Value::Flag(flag)), normalised_flag(flag)),
        VoceType::Data => (EntryState::Wrong(Fault::NotADate), None),
        VoceType::Testo => {
            (EntryState::Value(Value::Text(if flag { "VERO" } else { "FALSO" }.to_owned())), None)
        }
        _ => (EntryState::Wrong(Fault::NotANumber), None),
    }
}

/// The text inside the quotation marks that go all around it.
fn unquoted(text: &str) -> &str {
    const MARKS: [(char, char); 7] =
        [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('”', '”')];
    let all = |c: char| MARKS.iter().any(|(open, close)| c == *open || c == *close);
    let inner = MARKS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    inner.map(str::trim).filter(|inner| !inner.is_empty() && !inner.contains(all)).unwrap_or(text)
}

fn from_text(kind: VoceType, text: &str) -> Outcome {
    let tidied = tidy(text);
    let clean = unquoted(&tidied);
    let lower = clean.to_lowercase();
    if clean.is_empty() {
        return (EntryState::Blank, None);
    }
    if NOT_APPLICABLE_WORDS.contains(&lower.as_str()) {
        return (EntryState::NotApplicable, None);
    }
    if PLACEHOLDER_WORDS.contains(&lower.as_str()) {
        return (EntryState::Placeholder, None);
    }
    let (state, normalised) = from_clean(kind, clean, &lower);
    if matches!(state, EntryState::Value(Value::Number(_))) && is_on_two_lines(text) {
        return (EntryState::Wrong(Fault::AmbiguousNumber), None);
    }
    let normalised = normalised.map(|read| Normalisation { is_text: true, ..read });
    let in_quotes = clean != tidied;
    let changed = in_quotes || (normalised.is_none() && clean != text);
    if !changed || !matches!(state, EntryState::Value(_)) {
        return (state, normalised);
    }
    let rule =
        if in_quotes { "virgolette attorno al valore tolte" } else { "spazi e caratteri invisibili tolti" };
    let taken = normalised.map_or_else(|| clean.to_owned(), |normalised| normalised.taken);
    (state, Some(Normalisation { code: "C14", rule, taken, is_text: true }))
}

/// Whether a line below the first begins with a digit: two numbers, whatever they are together.
fn is_on_two_lines(text: &str) -> bool {
    let lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(tidy);
    let mut below = lines.filter(|line| !line.is_empty()).skip(1);
    below.any(|line| line.starts_with(|c: char| c.is_ascii_digit()))
}

/// Reads a text that is neither blank nor a way to say that there is nothing.
fn from_clean(kind: VoceType, clean: &str, lower: &str) -> Outcome {
    match kind {
        VoceType::Testo => (EntryState::Value(Value::Text(clean.to_owned())), None),
        VoceType::Data => of_date(date::from_text(clean)),
        VoceType::SiNo => from_word(lower),
        VoceType::Ore if Clock::from_text(clean).is_some() => of_clock(Clock::from_text(clean)),
        _ if looks_like_date(clean) => (EntryState::Wrong(Fault::DateForNumber), None),
        _ if clean.starts_with('=') => {
            of_sum(kind, sum::of_text(clean), true).unwrap_or((EntryState::Wrong(Fault::NotANumber), None))
        }
        _ => match number::from_text(clean, kind) {
            Ok((number, normalised)) => (EntryState::Value(Value::Number(number)), normalised),
            Err(fault) => (EntryState::Wrong(fault), None),
        },
    }
}

fn looks_like_date(text: &str) -> bool {
    date::from_text(text).is_ok()
}

fn of_date(read: date::Read) -> Outcome {
    match read {
        Ok((date, normalised)) => (EntryState::Value(Value::Date(date)), normalised),
        Err(fault) => (EntryState::Wrong(fault), None),
    }
}

fn from_word(lower: &str) -> Outcome {
    let flag = match lower {
        word if YES_WORDS.contains(&word) => true,
        word if NO_WORDS.contains(&word) => false,
        _ => {
            let near = ANSWERS
                .into_iter()
                .find(|word| strsim::damerau_levenshtein(lower, &word.to_lowercase()) <= 1);
            let suggestion = near.filter(|_| lower.chars().count() > 1).map(str::to_owned);
            return (EntryState::Wrong(Fault::NotInList { suggestion }), None);
        }
    };
    let exact = lower == "sì" || lower == "no";
    (EntryState::Value(Value::Flag(flag)), if exact { None } else { normalised_flag(flag) })
}

fn normalised_flag(flag: bool) -> Option<Normalisation> {
    let taken = if flag { "Sì" } else { "No" }.to_owned();
    let rule = "risposta scritta in altro modo, letta come Sì o No";
    Some(Normalisation { code: "C22", rule, taken, is_text: false })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::interpret::{EntryState, Fault};
    use crate::model::{Value, VoceType};
    use crate::read::{RawCell, RawContent};

    fn state(kind: VoceType, content: RawContent) -> EntryState {
        read(kind, Some(&RawCell { content, formula: None }), false).state
    }

    fn text(kind: VoceType, typed: &str) -> EntryState {
        state(kind, RawContent::Text(typed.to_owned()))
    }

    #[test]
    fn three_states_and_blank_is_never_zero() {
        assert_eq!(read(VoceType::Conteggio, None, false).state, EntryState::Blank);
        assert_eq!(text(VoceType::Conteggio, " \u{a0} "), EntryState::Blank);
        assert_eq!(text(VoceType::Conteggio, "N.A."), EntryState::NotApplicable);
        for word in ["n.d.", "-", "//", "idem", "…"] {
            assert_eq!(text(VoceType::Conteggio, word), EntryState::Placeholder, "{word}");
        }
        assert!(
            matches!(state(VoceType::Conteggio, RawContent::Number(0.0)), EntryState::Value(Value::Number(n)) if n.is_zero())
        );
    }

    #[test]
    fn a_fraction_turned_into_a_date_is_not_a_number() {
        assert_eq!(
            state(VoceType::Conteggio, RawContent::Serial(43_558.0)),
            EntryState::Wrong(Fault::DateForNumber)
        );
        assert_eq!(text(VoceType::Conteggio, "3/4/2019"), EntryState::Wrong(Fault::DateForNumber));
        assert_eq!(state(VoceType::Data, RawContent::Number(43_617.0)), EntryState::Wrong(Fault::NotADate));
    }

    #[test]
    fn a_duration_is_hours_only_where_hours_are_wanted() {
        let hours = |content| match state(VoceType::Ore, content) {
            EntryState::Value(Value::Number(number)) => number.to_plain(),
            other => format!("{other:?}"),
        };
        assert_eq!(hours(RawContent::Duration(1.5)), "36");
        // 7:30 in a cell shown as a time of day.
        assert_eq!(hours(RawContent::Serial(0.3125)), "7.5");
        assert_eq!(
            state(VoceType::Giorni, RawContent::Duration(1.5)),
            EntryState::Wrong(Fault::DateForNumber)
        );
        assert_eq!(state(VoceType::Data, RawContent::Duration(1.5)), EntryState::Wrong(Fault::NotADate));
        let answer = EntryState::Wrong(Fault::NotInList { suggestion: None });
        assert_eq!(state(VoceType::SiNo, RawContent::Serial(43_558.0)), answer);
    }

    #[test]
    fn a_number_is_told_with_a_comma_and_a_text_as_typed() {
        let raw = |content| read(VoceType::Ore, Some(&RawCell { content, formula: None }), false).raw;
        assert_eq!(raw(RawContent::Number(34.5)), "34,5");
        assert_eq!(raw(RawContent::Number(-1234.25)), "-1234,25", "no point, which could be one of decimals");
        assert_eq!(raw(RawContent::Number(1105.0)), "1105");
        assert_eq!(raw(RawContent::Text("34.5".to_owned())), "34.5");
        let key = state(VoceType::Testo, RawContent::Number(2.5));
        assert_eq!(key, EntryState::Value(Value::Text("2,5".to_owned())));
    }

    #[test]
    fn what_is_beyond_measure_is_a_fault_and_told_briefly() {
        for kind in [VoceType::Conteggio, VoceType::Ore, VoceType::Percentuale, VoceType::Testo] {
            for float in [1e15, -1e15, 1.7e308] {
                assert_eq!(
                    state(kind, RawContent::Number(float)),
                    EntryState::Wrong(Fault::TooGreat),
                    "{float}"
                );
            }
        }
        let near = state(VoceType::Ore, RawContent::Number(999_999_999_999_999.0));
        assert!(matches!(near, EntryState::Value(_)));
        assert_eq!(state(VoceType::Testo, RawContent::Oversize(40_000)), EntryState::Wrong(Fault::TooLong));
        let told = [1.7e308, -1e15, 1.25e-300, 1_000_000_000_000_001.0, 1.7e21, 0.0].map(super::float_words);
        assert_eq!(told, ["1,7E+308", "-1000000000000000", "1,25E-300", "1000000000000001", "1,7E+21", "0"]);
        for day in [RawContent::Serial(2_958_466.0), RawContent::Serial(-1.0), RawContent::Serial(1e300)] {
            assert_eq!(state(VoceType::Data, day.clone()), EntryState::Wrong(Fault::NoSuchDay), "{day:?}");
        }
        assert_eq!(text(VoceType::Data, "1/6/0219"), EntryState::Wrong(Fault::NoSuchDay));
        let far = RawContent::IsoDate("+12019-06-01".to_owned());
        assert!(matches!(state(VoceType::Data, far), EntryState::Wrong(_)));
    }

    #[test]
    fn numbers_on_two_lines_are_not_joined() {
        for typed in ["1\n2", "1\r\n234", "12\n\n500,5", "1\u{2028}234"] {
            assert_eq!(text(VoceType::Ore, typed), EntryState::Wrong(Fault::AmbiguousNumber), "{typed:?}");
        }
        for typed in ["12\n", "\n12", "12\nore", "1 234"] {
            assert!(matches!(text(VoceType::Ore, typed), EntryState::Value(_)), "{typed:?}");
        }
    }

    #[test]
    fn an_hour_is_told_as_an_hour() {
        let raw = |kind, serial| {
            read(kind, Some(&RawCell { content: RawContent::Serial(serial), formula: None }), false).raw
        };
        assert_eq!(raw(VoceType::Conteggio, 184.0 / 1_440.0), "03:04 (ora)");
        assert_eq!(raw(VoceType::Ore, 1.125), "27:00 (ora)");
        assert_eq!(raw(VoceType::Ore, 43_558.0), "3/4/2019 (data)");
        assert_eq!(raw(VoceType::Data, 43_558.5), "3/4/2019 12:00");
        assert_eq!(raw(VoceType::Data, 43_558.0), "3/4/2019");
    }

    #[test]
    fn a_register_cannot_be_filled_with_dashes() {
        assert_eq!(text(VoceType::Testo, "-"), EntryState::Placeholder);
        assert_eq!(text(VoceType::Testo, " Bando A"), EntryState::Value(Value::Text("Bando A".to_owned())));
    }

    #[test]
    fn blanks_taken_off_are_listed() {
        let normalised = |kind, typed: &str| {
            let cell = RawCell { content: RawContent::Text(typed.to_owned()), formula: None };
            read(kind, Some(&cell), false).normalised.map(|normalised| normalised.code)
        };
        assert_eq!(normalised(VoceType::SiNo, "\u{a0}Sì "), Some("C14"));
        assert_eq!(normalised(VoceType::SiNo, "SI"), Some("C22"));
        for plain in ["Sì", "SÌ", "sì", "No", "NO"] {
            assert_eq!(normalised(VoceType::SiNo, plain), None, "{plain}");
        }
        assert_eq!(normalised(VoceType::Conteggio, "“10”"), Some("C14"));
        assert_eq!(normalised(VoceType::Testo, "«Bando A»"), Some("C14"));
        assert_eq!(normalised(VoceType::Testo, "«Bando A» e «Bando B»"), None);
        assert_eq!(normalised(VoceType::Ore, "7:30"), Some("C12"));
        assert_eq!(normalised(VoceType::Conteggio, " 12\u{a0}"), Some("C02"));
        assert_eq!(normalised(VoceType::Testo, "Bando A"), None);
        assert_eq!(text(VoceType::Conteggio, "\u{a0} \u{200b}"), EntryState::Blank);
    }

    #[test]
    fn yes_and_no_are_tolerant() {
        for word in ["Sì", "SI", "si", "sì", "x", "X", "sí", "1"] {
            assert_eq!(text(VoceType::SiNo, word), EntryState::Value(Value::Flag(true)), "{word}");
        }
        assert_eq!(text(VoceType::SiNo, "NO"), EntryState::Value(Value::Flag(false)));
        let wrong = text(VoceType::SiNo, "conclusso");
        assert_eq!(wrong, EntryState::Wrong(Fault::NotInList { suggestion: None }));
    }

    #[test]
    fn what_an_honest_hand_writes_is_read() {
        let number = |content: RawContent, formula: Option<&str>| {
            let cell = RawCell { content, formula: formula.map(str::to_owned) };
            let typed = read(VoceType::Conteggio, Some(&cell), false);
            match typed.state {
                EntryState::Value(Value::Number(number)) => {
                    (number.to_plain(), typed.normalised.map(|read| read.taken))
                }
                other => (format!("{other:?}"), None),
            }
        };
        let eight = ("8".to_owned(), Some("8".to_owned()));
        // A formula with its result, one that no program has calculated, one in a cell of texts.
        assert_eq!(number(RawContent::Number(8.0), Some("5+3")), ("8".to_owned(), None));
        assert_eq!(number(RawContent::Empty, Some("5+3")), eight);
        assert_eq!(number(RawContent::Text("=5+3".to_owned()), None), eight);
        assert_eq!(number(RawContent::Text(" 12 ".to_owned()), None).0, "12");
        for wrong in ["=A1+3", "=1/0", "5+3"] {
            assert!(number(RawContent::Text(wrong.to_owned()), None).0.starts_with("Wrong"), "{wrong}");
        }
        assert!(number(RawContent::Text("=999999999999999+1".to_owned()), None).0.contains("TooGreat"));
        for typed in ["si", "SÌ", " Sì ", "s"] {
            assert_eq!(text(VoceType::SiNo, typed), EntryState::Value(Value::Flag(true)), "{typed}");
        }
        for typed in ["n.a. ", "N.A.", "n. a.", " N/A"] {
            assert_eq!(text(VoceType::Conteggio, typed), EntryState::NotApplicable, "{typed}");
        }
        let june = EntryState::Value(Value::Date(chrono::NaiveDate::from_ymd_opt(2019, 6, 3).unwrap()));
        for typed in ["03.06.2019", "3-6-19", "3/6/2019 "] {
            assert_eq!(text(VoceType::Data, typed), june, "{typed}");
        }
        let sum_of_a_date = text(VoceType::Data, "=5+3");
        assert_eq!(sum_of_a_date, EntryState::Wrong(Fault::NotADate));
    }

    #[test]
    fn excel_errors_and_unfinished_formulas_are_faults() {
        let error = state(VoceType::Ore, RawContent::Error("#DIV/0!".to_owned()));
        assert_eq!(error, EntryState::Wrong(Fault::ExcelError("#DIV/0!".to_owned())));
        let cell = RawCell { content: RawContent::Empty, formula: Some("A1+1".to_owned()) };
        assert!(matches!(
            read(VoceType::Ore, Some(&cell), false).state,
            EntryState::Wrong(Fault::ExcelError(_))
        ));
    }
}

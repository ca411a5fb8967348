//! One cell, read as an entry of a given type: its raw text, its state, what was normalised.

use super::submission::{EntryState, Fault, Normalisation};
use super::{date, number};
use crate::model::{Number, Value, VoceType, date_it};
use crate::read::{RawCell, RawContent};

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

/// Words for "does not apply".
const NOT_APPLICABLE: [&str; 6] = ["n.a.", "n.a", "na", "n/a", "non applicabile", "non si applica"];

/// Words and signs that stand for a value that is not there.
const PLACEHOLDERS: [&str; 24] = [
    "n.d.",
    "n.d",
    "nd",
    "n/d",
    "-",
    "--",
    "---",
    "–",
    "—",
    "//",
    "/",
    "…",
    "...",
    ".",
    "?",
    "??",
    "idem",
    "x.x",
    "da definire",
    "da comunicare",
    "non disponibile",
    "non rilevato",
    "n.r.",
    "vedi sopra",
];

/// Reads a cell as an entry of type `kind`; dates count from 1904 when the workbook says so.
pub(super) fn read(kind: VoceType, cell: Option<&RawCell>, date1904: bool) -> Typed {
    let Some(cell) = cell else { return Typed::blank() };
    let raw = raw_text(cell, kind, date1904);
    let (state, normalised) = match &cell.content {
        RawContent::Empty if cell.formula.is_none() => (EntryState::Blank, None),
        RawContent::Empty => {
            (EntryState::Wrong(Fault::ExcelError("formula senza risultato".to_owned())), None)
        }
        RawContent::Error(error) => (EntryState::Wrong(Fault::ExcelError(error.clone())), None),
        RawContent::Unreadable(what) => (EntryState::Wrong(Fault::ExcelError(what.clone())), None),
        RawContent::Text(text) => from_text(kind, text),
        RawContent::Number(float) => from_number(kind, *float),
        RawContent::Serial(serial) => match kind {
            VoceType::Data => of_date(date::from_serial(*serial, date1904)),
            VoceType::Testo => (EntryState::Value(Value::Text(raw.clone())), None),
            _ => (EntryState::Wrong(Fault::DateForNumber), None),
        },
        RawContent::IsoDate(text) => match kind {
            VoceType::Data => of_date(date::from_iso(text)),
            VoceType::Testo => (EntryState::Value(Value::Text(text.clone())), None),
            _ => (EntryState::Wrong(Fault::DateForNumber), None),
        },
        RawContent::Bool(flag) => from_bool(kind, *flag),
    };
    Typed { raw, state, normalised }
}

/// What the cell holds, as a person would read it.
fn raw_text(cell: &RawCell, kind: VoceType, date1904: bool) -> String {
    match &cell.content {
        RawContent::Empty => String::new(),
        RawContent::Number(float) => {
            Number::from_f64(*float).map_or_else(|| float.to_string(), |n| n.to_plain())
        }
        RawContent::Serial(serial) => match date::from_serial(*serial, date1904) {
            Ok(_) if kind != VoceType::Data && date::is_time(*serial) => {
                format!("{} (ora)", date::time_words(*serial))
            }
            Ok((date, _)) if kind == VoceType::Data => date_it(date),
            Ok((date, _)) => format!("{} (data)", date_it(date)),
            Err(_) => serial.to_string(),
        },
        RawContent::IsoDate(text)
        | RawContent::Text(text)
        | RawContent::Error(text)
        | RawContent::Unreadable(text) => text.clone(),
        RawContent::Bool(true) => "VERO".to_owned(),
        RawContent::Bool(false) => "FALSO".to_owned(),
    }
}

type Outcome = (EntryState, Option<Normalisation>);

fn from_number(kind: VoceType, float: f64) -> Outcome {
    let Some(number) = Number::from_f64(float) else {
        return (EntryState::Wrong(Fault::NotANumber), None);
    };
    match kind {
        VoceType::Data => (EntryState::Wrong(Fault::NotADate), None),
        VoceType::SiNo => (EntryState::Wrong(Fault::NotInList { suggestion: None }), None),
        VoceType::Testo => (EntryState::Value(Value::Text(number.to_plain())), None),
        _ => (EntryState::Value(Value::Number(number)), None),
    }
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

/// Edge blanks, hard spaces and invisible characters off; inner runs of blanks to one.
pub(super) fn tidy(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
        .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn from_text(kind: VoceType, text: &str) -> Outcome {
    let clean = tidy(text);
    let lower = clean.to_lowercase();
    if clean.is_empty() {
        return (EntryState::Blank, None);
    }
    if NOT_APPLICABLE.contains(&lower.as_str()) {
        return (EntryState::NotApplicable, None);
    }
    if PLACEHOLDERS.contains(&lower.as_str()) {
        return (EntryState::Placeholder, None);
    }
    let (state, normalised) = from_clean(kind, &clean, &lower);
    if normalised.is_none() && clean != text && matches!(state, EntryState::Value(_)) {
        let rule = "spazi e caratteri invisibili tolti";
        return (state, Some(Normalisation { code: "C14", rule, taken: clean }));
    }
    (state, normalised)
}

/// Reads a text that is neither blank nor a way to say that there is nothing.
fn from_clean(kind: VoceType, clean: &str, lower: &str) -> Outcome {
    match kind {
        VoceType::Testo => (EntryState::Value(Value::Text(clean.to_owned())), None),
        VoceType::Data => of_date(date::from_text(clean)),
        VoceType::SiNo => from_word(clean, lower),
        _ if looks_like_date(clean) => (EntryState::Wrong(Fault::DateForNumber), None),
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

fn from_word(clean: &str, lower: &str) -> Outcome {
    let flag = match lower {
        "sì" | "si" | "si'" | "sì." | "s" | "x" | "vero" | "yes" => true,
        "no" | "no." | "n" | "falso" => false,
        _ => {
            let near = ["Sì", "No"]
                .into_iter()
                .find(|word| strsim::damerau_levenshtein(lower, &word.to_lowercase()) <= 1);
            let suggestion = near.filter(|_| lower.chars().count() > 1).map(str::to_owned);
            return (EntryState::Wrong(Fault::NotInList { suggestion }), None);
        }
    };
    let exact = clean == "Sì" || clean == "No";
    (EntryState::Value(Value::Flag(flag)), if exact { None } else { normalised_flag(flag) })
}

fn normalised_flag(flag: bool) -> Option<Normalisation> {
    let taken = if flag { "Sì" } else { "No" }.to_owned();
    Some(Normalisation { code: "C22", rule: "risposta scritta in altro modo, letta come Sì o No", taken })
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
    fn an_hour_is_told_as_an_hour() {
        let raw = |kind, serial| {
            read(kind, Some(&RawCell { content: RawContent::Serial(serial), formula: None }), false).raw
        };
        assert_eq!(raw(VoceType::Conteggio, 184.0 / 1_440.0), "03:04 (ora)");
        assert_eq!(raw(VoceType::Ore, 1.125), "27:00 (ora)");
        assert_eq!(raw(VoceType::Ore, 43_558.0), "3/4/2019 (data)");
        assert_eq!(raw(VoceType::Data, 43_558.5), "3/4/2019");
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
        assert_eq!(normalised(VoceType::SiNo, "Sì"), None);
        assert_eq!(normalised(VoceType::Conteggio, " 12\u{a0}"), Some("C02"));
        assert_eq!(normalised(VoceType::Testo, "Bando A"), None);
        assert_eq!(text(VoceType::Conteggio, "\u{a0} \u{200b}"), EntryState::Blank);
    }

    #[test]
    fn yes_and_no_are_tolerant() {
        for word in ["Sì", "SI", "si", "sì", "x", "X"] {
            assert_eq!(text(VoceType::SiNo, word), EntryState::Value(Value::Flag(true)), "{word}");
        }
        assert_eq!(text(VoceType::SiNo, "NO"), EntryState::Value(Value::Flag(false)));
        let wrong = text(VoceType::SiNo, "conclusso");
        assert_eq!(wrong, EntryState::Wrong(Fault::NotInList { suggestion: None }));
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

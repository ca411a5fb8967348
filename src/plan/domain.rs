//! What an entry may be, as data: its type, its ends, its decimals, its days, its answers. The checks ask it
//! (C06, C07, V04, D03); what the office's sheet lets in, and what it says of it, is compiled from the same
//! value.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::types::Voce;
use crate::model::{Month, Number, Value, VoceType};

/// What is typed where a voce does not apply.
pub const NOT_APPLICABLE: &str = "n.a.";

/// All the words for it, in small letters: who reads takes them, and so does the sheet's verdict.
pub const NOT_APPLICABLE_WORDS: [&str; 7] =
    [NOT_APPLICABLE, "n. a.", "n.a", "na", "n/a", "non applicabile", "non si applica"];

/// All the words for yes, in small letters; the last one is «sì» with its accent apart, as some programs
/// write it.
pub const YES_WORDS: [&str; 12] =
    ["sì", "si", "si'", "sì.", "sí", "si.", "s", "x", "1", "vero", "yes", "si\u{300}"];

/// All the words for no, in small letters.
pub const NO_WORDS: [&str; 5] = ["no", "no.", "n", "0", "falso"];

/// Words and signs that stand for a value that is not there, in small letters.
pub const PLACEHOLDER_WORDS: [&str; 24] = [
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

/// What explains nothing as a note, or as the reason of an n.a.: the words for "does not apply", and the
/// signs that stand for a value. Those of more words («vedi sopra») are what an office wrote.
pub fn silent_words() -> impl Iterator<Item = &'static str> {
    NOT_APPLICABLE_WORDS.into_iter().chain(PLACEHOLDER_WORDS.into_iter().filter(|word| !word.contains(' ')))
}

/// The causes of a deviation, among which an office chooses.
pub const CAUSES: [&str; 3] = ["esogena", "endogena", "costruzione dell'indicatore"];

/// The answers to a question.
pub const ANSWERS: [&str; 2] = ["Sì", "No"];

/// The months up to which a register may be declared complete.
pub const MONTHS: RangeInclusive<u8> = 1..=12;

/// What a cell in which an office types may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain<'p> {
    /// A number of one of the types of the plan.
    Number(Numbers<'p>),
    /// The number of the month up to which a register is complete.
    Month,
    /// A day.
    Day(Period),
    /// Yes or no.
    Answer,
    /// Any text.
    Text,
}

/// Numbers: of which type, between which ends, with how many decimals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers<'p> {
    kind: VoceType,
    signed: bool,
    low: Option<&'p Number>,
    high: Option<&'p Number>,
    days: Option<RangeInclusive<i64>>,
}

/// Days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
}

/// One of the things that a value of the right type can still be wrong in; each has its check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// No more decimals than the type has (C06).
    Decimals,
    /// Nothing below zero (C07).
    Sign,
    /// Between the ends: those that the plan gives, 100 % for a share, the months of a year (V04).
    Range,
    /// Within the days that the plan admits (D03).
    Period,
}

impl Voce {
    /// The type of its entries: of a register, of those in one of its columns.
    pub fn kind_of(&self, column: Option<&str>) -> VoceType {
        let column = column.and_then(|key| self.register.as_ref()?.column(key));
        column.map_or(self.kind, |column| column.kind)
    }

    /// What its entries may be: of a register, those in one of its columns.
    pub fn domain(&self, column: Option<&str>) -> Domain<'_> {
        match self.kind_of(column) {
            VoceType::Data => Domain::Day(self.days()),
            VoceType::SiNo => Domain::Answer,
            VoceType::Testo => Domain::Text,
            kind => Domain::Number(Numbers {
                kind,
                signed: self.free_sign,
                // Below zero the sign says no already.
                low: self.min.as_ref().filter(|low| self.free_sign || !low.is_negative()),
                high: self.max.as_ref(),
                days: None,
            }),
        }
    }

    /// The days that its dates may be.
    pub fn days(&self) -> Period {
        let (first, last) = self.period;
        Period { first, last }
    }
}

impl Domain<'_> {
    /// The same without the numbers that only a date taken for a number can be: the sheet does not let them
    /// in, and C26 asks of them.
    pub fn without_days(self, days: Option<RangeInclusive<i64>>) -> Self {
        match self {
            Domain::Number(numbers) => Domain::Number(Numbers { days, ..numbers }),
            other => other,
        }
    }

    /// What is wanted, in words: `un numero intero`.
    pub fn wanted(&self) -> &'static str {
        match self {
            Domain::Month => "il numero di un mese, da 1 a 12",
            Domain::Day(_) => "una data",
            Domain::Answer => "Sì o No",
            Domain::Text => "un testo",
            Domain::Number(numbers) => match numbers.kind {
                VoceType::Conteggio => "un numero intero",
                VoceType::Ore => "un numero di ore",
                VoceType::Giorni => "un numero di giorni",
                VoceType::GiorniLavorativi => "un numero di giorni lavorativi",
                VoceType::Percentuale => "una percentuale",
                VoceType::Importo => "un importo in euro con al massimo due decimali",
                VoceType::Minuti => "un numero di minuti",
                VoceType::Numero | VoceType::Data | VoceType::SiNo | VoceType::Testo => "un numero",
            },
        }
    }

    /// Whether there is such a limit here.
    pub fn has(&self, limit: Limit) -> bool {
        match (self, limit) {
            (Domain::Number(numbers), _) => numbers.has(limit),
            (Domain::Month, _) => limit != Limit::Period,
            (Domain::Day(_), _) => limit == Limit::Period,
            (Domain::Answer | Domain::Text, _) => false,
        }
    }

    /// Whether a value goes against this limit; one of another type goes against none.
    pub fn breaks(&self, limit: Limit, value: &Value) -> bool {
        match (self, limit, value) {
            (Domain::Number(numbers), _, Value::Number(number)) => numbers.breaks(limit, number),
            (Domain::Month, Limit::Decimals, Value::Number(number)) => number.has_more_decimals(0),
            (Domain::Month, Limit::Sign, Value::Number(number)) => number.is_negative(),
            (Domain::Month, Limit::Range, _) => declared_month(value).is_none(),
            (Domain::Day(period), Limit::Period, Value::Date(date)) => !period.holds(*date),
            _ => false,
        }
    }
}

impl Numbers<'_> {
    /// Their type.
    pub fn kind(&self) -> VoceType {
        self.kind
    }

    /// Whether they may be negative.
    pub fn is_signed(&self) -> bool {
        self.signed
    }

    /// How many decimals they may have, where there is a limit.
    pub fn decimals(&self) -> Option<usize> {
        self.kind.most_decimals()
    }

    /// The lowest that the plan gives.
    pub fn low(&self) -> Option<&Number> {
        self.low
    }

    /// The lowest: zero where the plan gives none and they have no sign.
    pub fn least(&self) -> Option<Number> {
        self.low.cloned().or_else(|| (!self.signed).then(Number::zero))
    }

    /// The highest: of a share never more than 1, whatever the plan gives.
    pub fn most(&self) -> Option<Number> {
        let share = (self.kind == VoceType::Percentuale).then(Number::one);
        self.high.cloned().into_iter().chain(share).min()
    }

    /// The numbers that only a date taken for a number can be.
    pub fn days(&self) -> Option<&RangeInclusive<i64>> {
        self.days.as_ref()
    }

    fn has(&self, limit: Limit) -> bool {
        match limit {
            Limit::Decimals => self.decimals().is_some(),
            Limit::Sign => !self.signed,
            Limit::Range => self.low.is_some() || self.high.is_some() || self.kind == VoceType::Percentuale,
            Limit::Period => false,
        }
    }

    fn breaks(&self, limit: Limit, number: &Number) -> bool {
        match limit {
            Limit::Decimals => self.decimals().is_some_and(|most| number.has_more_decimals(most)),
            Limit::Sign => !self.signed && number.is_negative(),
            Limit::Range => {
                self.low.is_some_and(|low| number < low) || self.most().is_some_and(|most| *number > most)
            }
            Limit::Period => false,
        }
    }
}

impl Period {
    /// Whether a day is one of them.
    pub fn holds(self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

/// The month that a declaration of completeness names.
pub fn declared_month(value: &Value) -> Option<Month> {
    let Value::Number(number) = value else { return None };
    let month = u8::try_from(number.to_i64()?).ok().filter(|month| MONTHS.contains(month))?;
    Month::new(u32::from(month))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Domain, Limit, Period, declared_month};
    use crate::model::{Number, Value, VoceKey};
    use crate::plan::{DEFAULT_PLAN, Voce, read_plan};

    fn voce(key: &str) -> Voce {
        read_plan(DEFAULT_PLAN).unwrap().voce(&VoceKey::from_text(key)).unwrap().1.clone()
    }

    fn number(text: &str) -> Value {
        Value::Number(Number::parse(text).unwrap())
    }

    /// Whether a number goes against the decimals, the sign, the range.
    fn broken(domain: &Domain<'_>, text: &str) -> [bool; 3] {
        [Limit::Decimals, Limit::Sign, Limit::Range].map(|limit| domain.breaks(limit, &number(text)))
    }

    #[test]
    fn a_count_is_whole_and_never_below_zero() {
        let mut voce = voce("S03.prodotti");
        assert_eq!(broken(&voce.domain(None), "0"), [false; 3]);
        assert_eq!(broken(&voce.domain(None), "-0.5"), [true, true, false]);
        assert!(!voce.domain(None).has(Limit::Range), "the plan gives no end");
        voce.max = Number::parse("12");
        assert_eq!(broken(&voce.domain(None), "12"), [false; 3]);
        assert_eq!(broken(&voce.domain(None), "13"), [false, false, true]);
        // A minimum below zero does not give it a sign.
        voce.min = Number::parse("-5");
        assert_eq!(broken(&voce.domain(None), "-3"), [false, true, false]);
        voce.free_sign = true;
        assert_eq!(broken(&voce.domain(None), "-3"), [false; 3]);
        assert_eq!(broken(&voce.domain(None), "-6"), [false, false, true]);
    }

    #[test]
    fn a_share_is_never_above_the_whole_whatever_the_plan_says() {
        let mut voce = voce("S12.quota_2018");
        for (most, last, beyond) in
            [(None, "1", "1.01"), (Some("1.5"), "1", "1.2"), (Some("0.9"), "0.9", "0.91")]
        {
            voce.max = most.and_then(Number::parse);
            assert_eq!(broken(&voce.domain(None), last), [false; 3], "{most:?}");
            assert_eq!(broken(&voce.domain(None), beyond), [false, false, true], "{most:?}");
        }
    }

    #[test]
    fn a_register_has_the_domains_of_its_columns() {
        let voce = voce("S01.bandi");
        let day = |month, day| NaiveDate::from_ymd_opt(2019, month, day).unwrap();
        assert_eq!(voce.domain(Some("titolo")), Domain::Text);
        let dates = voce.domain(Some("scadenza"));
        assert_eq!(dates, Domain::Day(Period { first: day(1, 1), last: day(12, 31) }));
        assert!(!dates.breaks(Limit::Period, &Value::Date(day(12, 31))));
        assert!(dates.breaks(Limit::Period, &Value::Date(day(1, 1).pred_opt().unwrap())));
    }

    #[test]
    fn a_month_is_one_of_twelve() {
        for (text, month) in [("1", Some(1)), ("12", Some(12)), ("0", None), ("13", None), ("6.5", None)] {
            assert_eq!(declared_month(&number(text)).map(|month| month.number()), month, "{text}");
            assert_eq!(Domain::Month.breaks(Limit::Range, &number(text)), month.is_none(), "{text}");
        }
    }
}

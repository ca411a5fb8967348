//! Reading a TOML table field by field, with the line of everything, going on after a mistake.

use std::cell::RefCell;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::{Problems, suggest};
use crate::model::Number;

/// A value with the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At<T> {
    pub value: T,
    pub line: usize,
}

/// A value of a voce fixed by the plan, before its type is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    Number(Number),
    Text(String),
    Flag(bool),
    Date(NaiveDate),
}

/// What stands under a free name.
pub(super) enum Given<'a> {
    /// A text.
    Word(At<String>),
    /// A group of fields.
    Table(Fields<'a>),
}

/// From bytes to lines.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect())
    }

    /// The line, from 1, of the byte at `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.0.partition_point(|newline| *newline < offset) + 1
    }
}

/// A table being read.
pub(super) struct Fields<'a> {
    /// What the table is, for messages: `la voce`.
    pub what: &'static str,
    /// The line of the table's header.
    pub line: usize,
    table: &'a DeTable<'a>,
    lines: &'a Lines,
    problems: &'a Problems,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        what: &'static str,
        line: usize,
        table: &'a DeTable<'a>,
        lines: &'a Lines,
        problems: &'a Problems,
    ) -> Self {
        Self { what, line, table, lines, problems, known: RefCell::new(Vec::new()) }
    }

    /// Looks a field up, and remembers that it belongs here.
    fn get(&self, key: &'static str) -> Option<(&'a DeValue<'a>, usize)> {
        self.known.borrow_mut().push(key);
        let (_, value) = self.entries().find(|(name, _)| name.get_ref() == key)?;
        Some((value.get_ref(), self.lines.line(value.span().start)))
    }

    fn entries(&self) -> impl Iterator<Item = (&'a Spanned<DeString<'a>>, &'a Spanned<DeValue<'a>>)> {
        self.table.iter()
    }

    fn wrong_type(&self, key: &str, line: usize, wanted: &str) {
        let message = format!("{}: «{key}» non è scritto nel modo giusto", self.what);
        self.problems.add(line, "P00", message, format!("scrivi {wanted}"));
    }

    /// Tells that a field is missing.
    pub(super) fn missing(&self, key: &str, wanted: &str) {
        let message = format!("{}: manca «{key}»", self.what);
        self.problems.add(self.line, "P00", message, format!("aggiungi una riga con {wanted}"));
    }

    /// Whether the field is there; it still has to be read.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries().any(|(name, _)| name.get_ref() == key)
    }

    /// A text that may be absent or empty.
    pub(super) fn text_or_empty(&self, key: &'static str) -> At<String> {
        match self.get(key) {
            None => At { value: String::new(), line: self.line },
            Some((DeValue::String(text), line)) => At { value: text.trim().to_owned(), line },
            Some((_, line)) => {
                self.wrong_type(key, line, &format!("{key} = \"…\", con le virgolette"));
                At { value: String::new(), line }
            }
        }
    }

    /// A text that must be there and not be empty; when it is not, the mistake is told and the text is empty.
    pub(super) fn text(&self, key: &'static str) -> At<String> {
        let wanted = format!("{key} = \"…\", con le virgolette");
        let present = self.has(key);
        let before = self.problems.count();
        let text = self.text_or_empty(key);
        if !present {
            self.missing(key, &wanted);
        } else if text.value.is_empty() && self.problems.count() == before {
            self.wrong_type(key, text.line, &format!("un testo fra le virgolette di «{key}»"));
        }
        text
    }

    /// A whole number.
    pub(super) fn whole(&self, key: &'static str) -> Option<At<i64>> {
        let (value, line) = self.get(key)?;
        let number = value.as_integer().filter(|n| n.radix() == 10).and_then(|n| n.as_str().parse().ok());
        if number.is_none() {
            self.wrong_type(key, line, &format!("dopo {key} = un numero intero, senza virgolette"));
        }
        Some(At { value: number?, line })
    }

    /// A whole number that must be there.
    pub(super) fn whole_required(&self, key: &'static str) -> Option<At<i64>> {
        if !self.has(key) {
            self.missing(key, &format!("{key} = 1, un numero intero"));
        }
        self.whole(key)
    }

    /// A number, with the decimal point of TOML or, in quotes, with the Italian comma.
    pub(super) fn number(&self, key: &'static str) -> Option<At<Number>> {
        self.number_that(key, |_| true)
    }

    /// The same, for a number that has at most so many decimals.
    pub(super) fn number_to(&self, key: &'static str, decimals: usize) -> Option<At<Number>> {
        self.number_that(key, |number| !number.has_more_decimals(decimals))
    }

    /// A number of which some are not admitted: no remedy tells to write them.
    fn number_that(&self, key: &'static str, admits: impl Fn(&Number) -> bool) -> Option<At<Number>> {
        let (value, line) = self.get(key)?;
        if self.tells_ambiguous(key, value, line, admits) {
            return None;
        }
        match scalar(value) {
            Some(Scalar::Number(number)) => Some(At { value: number, line }),
            Some(Scalar::Text(text)) if italian(&text).is_some() => Some(At { value: italian(&text)?, line }),
            _ => {
                self.wrong_type(key, line, &format!("{key} = 12.5, un numero con il punto per i decimali"));
                None
            }
        }
    }

    /// Tells a number whose only point may stand for decimals or for thousands, with the two readings.
    fn tells_ambiguous(
        &self,
        key: &str,
        value: &DeValue<'_>,
        line: usize,
        admits: impl Fn(&Number) -> bool,
    ) -> bool {
        let Some((decimal, thousands)) = written(value).as_deref().and_then(readings) else { return false };
        let message = format!(
            "{}: «{key}» si può leggere {} oppure {}",
            self.what,
            decimal.to_italian_exact(),
            thousands.to_italian_exact()
        );
        let ways: Vec<String> = [&decimal, &thousands]
            .into_iter()
            .filter(|number| admits(number))
            .map(|number| format!("per {} scrivi {key} = {}", number.to_italian_exact(), clear(number)))
            .collect();
        let remedy = match ways.as_slice() {
            [] => "scrivi un altro numero: qui non è ammesso in nessuno dei due modi".to_owned(),
            [only] => format!("{only}; nell'altro modo qui non è ammesso"),
            both => both.join(", "),
        };
        self.problems.add(line, "P32", message, remedy);
        true
    }

    /// A number, a text, a yes/no or a date; of the numbers, those that are admitted.
    pub(super) fn scalar_that(
        &self,
        key: &'static str,
        admits: impl Fn(&Number) -> bool,
    ) -> Option<At<Scalar>> {
        let (value, line) = self.get(key)?;
        if self.tells_ambiguous(key, value, line, admits) {
            return None;
        }
        let Some(value) = scalar(value) else {
            self.wrong_type(key, line, &format!("{key} = 12, oppure un testo o una data fra virgolette"));
            return None;
        };
        Some(At { value, line })
    }

    /// A date that must be there, `"31/12/2019"`.
    pub(super) fn date(&self, key: &'static str) -> Option<At<NaiveDate>> {
        let wanted = format!("{key} = \"31/12/2019\": giorno, mese e anno");
        let Some((value, line)) = self.get(key) else {
            self.missing(key, &wanted);
            return None;
        };
        let date = match scalar(value) {
            Some(Scalar::Date(date)) => Some(date),
            Some(Scalar::Text(text)) => day_month_year(&text),
            _ => None,
        };
        if date.is_none() {
            self.wrong_type(key, line, &wanted);
        }
        Some(At { value: date?, line })
    }

    /// One of a few words; `None` also when the mistake has been told.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<At<T>> {
        let (value, line) = self.get(key)?;
        let text = value.as_str().unwrap_or_default().trim();
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("{}: «{key}» non può valere «{text}»", self.what);
            self.problems.add(line, "P00", message, suggest(text, &all));
        }
        found.map(|(_, value)| At { value: *value, line })
    }

    /// A list of texts; empty when absent.
    pub(super) fn texts(&self, key: &'static str) -> Vec<At<String>> {
        let Some((value, line)) = self.get(key) else { return Vec::new() };
        let wanted = format!("{key} = [\"…\", \"…\"]: un elenco di testi fra parentesi quadre");
        let Some(items) = value.as_array() else {
            self.wrong_type(key, line, &wanted);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let line = self.lines.line(item.span().start);
            match item.get_ref().as_str() {
                Some(text) if !text.trim().is_empty() => {
                    texts.push(At { value: text.trim().to_owned(), line });
                }
                _ => self.wrong_type(key, line, &wanted),
            }
        }
        texts
    }

    /// A list of numbers; empty when absent.
    pub(super) fn numbers(&self, key: &'static str) -> Vec<At<Number>> {
        let Some((value, line)) = self.get(key) else { return Vec::new() };
        let wanted = format!("{key} = [1, 2, 3]: un elenco di numeri fra parentesi quadre");
        let Some(items) = value.as_array() else {
            self.wrong_type(key, line, &wanted);
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for item in items.iter() {
            let line = self.lines.line(item.span().start);
            if self.tells_ambiguous(key, item.get_ref(), line, |_| true) {
                continue;
            }
            match scalar(item.get_ref()) {
                Some(Scalar::Number(value)) => numbers.push(At { value, line }),
                _ => self.wrong_type(key, line, &wanted),
            }
        }
        numbers
    }

    /// Every field of a table whose names are free, each a text or a group of fields; `what` is such a group.
    pub(super) fn given(&self, what: &'static str, wanted: &str) -> Vec<(At<String>, Given<'a>)> {
        let mut all = Vec::new();
        for (name, value) in self.entries() {
            let line = self.lines.line(name.span().start);
            let name = name.get_ref().to_string();
            let given = match (value.get_ref().as_str(), value.get_ref().as_table()) {
                (Some(text), _) => Given::Word(At { value: text.trim().to_owned(), line }),
                (None, Some(table)) => {
                    Given::Table(Fields::new(what, line, table, self.lines, self.problems))
                }
                (None, None) => {
                    self.wrong_type(&name, line, &format!("{name} = {wanted}"));
                    continue;
                }
            };
            all.push((At { value: name, line }, given));
        }
        all
    }

    /// A list of texts and of groups of fields; empty when absent. `what` is such a group.
    pub(super) fn items(&self, key: &'static str, what: &'static str) -> Vec<Given<'a>> {
        let Some((value, line)) = self.get(key) else { return Vec::new() };
        let wanted = format!(
            "{key} = [\"…\", \"…\"]: un elenco di testi fra parentesi quadre; con i mesi, {{ id = \"…\", dal = \"…\" }}"
        );
        let Some(items) = value.as_array() else {
            self.wrong_type(key, line, &wanted);
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in items.iter() {
            let line = self.lines.line(item.span().start);
            match (item.get_ref().as_str(), item.get_ref().as_table()) {
                (Some(text), _) if !text.trim().is_empty() => {
                    all.push(Given::Word(At { value: text.trim().to_owned(), line }));
                }
                (None, Some(table)) => {
                    all.push(Given::Table(Fields::new(what, line, table, self.lines, self.problems)));
                }
                _ => self.wrong_type(key, line, &wanted),
            }
        }
        all
    }

    /// Remembers that a field belongs here, also when nobody asks for it.
    pub(super) fn knows(&self, key: &'static str) {
        self.known.borrow_mut().push(key);
    }

    /// Whether the field is just this word.
    pub(super) fn is_word(&self, key: &str, word: &str) -> bool {
        self.entries().any(|(name, value)| name.get_ref() == key && value.get_ref().as_str() == Some(word))
    }

    /// Whether the field is `[]`.
    pub(super) fn is_empty_list(&self, key: &str) -> bool {
        let empty = |value: &DeValue<'_>| value.as_array().is_some_and(|items| items.is_empty());
        self.entries().any(|(name, value)| name.get_ref() == key && empty(value.get_ref()))
    }

    /// A list of tables (`[[…]]`), each as fields of its own.
    pub(super) fn tables(&self, key: &'static str, what: &'static str) -> Vec<Fields<'a>> {
        let Some((value, line)) = self.get(key) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.wrong_type(key, line, &format!("[[{key}]] con due parentesi quadre per ogni elemento"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            let line = self.lines.line(item.span().start);
            match item.get_ref().as_table() {
                Some(table) => tables.push(Fields::new(what, line, table, self.lines, self.problems)),
                None => self.wrong_type(key, line, &format!("[[{key}]], oppure {{ … }} per ogni elemento")),
            }
        }
        tables
    }

    /// A table (`[…]` or `{ … }`).
    pub(super) fn table(&self, key: &'static str, what: &'static str) -> Option<Fields<'a>> {
        let (value, line) = self.get(key)?;
        let Some(table) = value.as_table() else {
            self.wrong_type(key, line, &format!("[{key}] e sotto le sue righe, oppure {key} = {{ … }}"));
            return None;
        };
        Some(Fields::new(what, line, table, self.lines, self.problems))
    }

    /// Tells the fields that do not belong here; to be called after all the others.
    pub(super) fn finish(&self) {
        let known = self.known.borrow();
        for (name, _) in self.entries().filter(|(name, _)| !known.contains(&name.get_ref().as_ref())) {
            let line = self.lines.line(name.span().start);
            let message = format!("{}: il campo «{}» non esiste", self.what, name.get_ref());
            self.problems.add(line, "P00", message, suggest(name.get_ref(), &known));
        }
    }
}

fn scalar(value: &DeValue<'_>) -> Option<Scalar> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => {
            Number::parse(number.as_str().trim_start_matches('+')).map(Scalar::Number)
        }
        DeValue::Float(number) => Number::parse(number.as_str().trim_start_matches('+')).map(Scalar::Number),
        DeValue::String(text) => Some(Scalar::Text(text.trim().to_owned())),
        DeValue::Boolean(flag) => Some(Scalar::Flag(*flag)),
        DeValue::Datetime(day) => {
            let date = day.date.filter(|_| day.time.is_none())?;
            NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
                .map(Scalar::Date)
        }
        DeValue::Integer(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// A number in text, when it can be read in one way only: `12,5`, `12.5`, `12.500,00`, `1.234.567`.
pub(super) fn italian(text: &str) -> Option<Number> {
    if readings(text).is_some() {
        return None;
    }
    if text.contains(',') || text.matches('.').count() > 1 {
        return super::target::italian_number(text);
    }
    Number::parse(text)
}

/// A number or a text as it is written in the file.
fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::String(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// The two readings of a number with one point and three digits after it, `12.500`: with decimals, with
/// thousands.
fn readings(text: &str) -> Option<(Number, Number)> {
    let (whole, after) = text.trim_start_matches(['+', '-']).split_once('.')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && after.len() == 3;
    let decimal = text.trim_start_matches('+');
    let read = |text: &str| Number::parse(text);
    (grouped && digits(whole) && digits(after))
        .then(|| Some((read(decimal)?, read(&decimal.replace('.', ""))?)))?
}

/// The number as the file can hold it without doubt: `12.5`, `12500`; three decimals become four.
fn clear(number: &Number) -> String {
    let plain = number.to_plain();
    if readings(&plain).is_some() { format!("{plain}0") } else { plain }
}

/// `31/12/2019`.
pub(super) fn day_month_year(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('/');
    let day = parts.next()?.trim().parse().ok()?;
    let month = parts.next()?.trim().parse().ok()?;
    let year = parts.next().map(str::trim).filter(|year| year.len() == 4)?.parse().ok()?;
    parts.next().is_none().then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

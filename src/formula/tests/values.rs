//! Values, worked out by hand.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::compiled;
use crate::formula::{Outcome, Row, Term, Terms};
use crate::model::{Number, Value, VoceKey};

const VOCI: &str = "f conteggio mensile somma; g conteggio mensile somma; a conteggio annuale condivisa; \
                    ok si_no annuale condivisa; d data annuale ultima; e data annuale condivisa; \
                    uffici data annuale conta; \
                    r registro titolo:testo inizio:data fine:data n:conteggio";

/// Terms by name; working days are Monday to Friday; the day is 30/6/2019.
#[derive(Default)]
pub(super) struct Given(BTreeMap<String, Term>);

impl Given {
    pub(super) fn with(mut self, name: &str, term: Term) -> Self {
        self.0.insert(name.to_owned(), term);
        self
    }

    fn number(self, name: &str, value: i64) -> Self {
        self.with(name, Term::Value(Value::Number(Number::from(value))))
    }

    fn date(self, name: &str, text: &str) -> Self {
        self.with(name, Term::Value(date(text)))
    }
}

impl Terms for Given {
    fn term(&self, key: &VoceKey) -> Cow<'_, Term> {
        self.0.get(key.name()).map_or(Cow::Owned(Term::Missing), Cow::Borrowed)
    }

    fn as_of(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(2019, 6, 30).unwrap()
    }

    fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

fn date(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

fn row(titolo: &str, inizio: &str, fine: &str, n: Option<i64>) -> Row {
    let mut row = Row::new();
    if !titolo.is_empty() {
        row.insert("titolo".to_owned(), Value::Text(titolo.to_owned()));
    }
    for (name, text) in [("inizio", inizio), ("fine", fine)] {
        if !text.is_empty() {
            row.insert(name.to_owned(), date(text));
        }
    }
    row.extend(n.map(|n| ("n".to_owned(), Value::Number(Number::from(n)))));
    row
}

fn ratio(numerator: i64, denominator: i64) -> Outcome {
    Outcome::Value(Value::Number(Number::ratio(numerator, denominator).unwrap()))
}

fn missing(names: &[&str]) -> Outcome {
    Outcome::Missing(names.iter().map(|name| VoceKey::new(1, name)).collect())
}

#[test]
fn scalars_are_exact() {
    let given = || Given::default().number("f", 70).number("g", 3).number("a", 300);
    for (text, expected) in [
        ("f / a", ratio(70, 300)),
        ("f / (g + a)", ratio(70, 303)),
        ("(f - g) * 0,5", ratio(335, 10)),
        ("f - g - g", ratio(64, 1)),
        ("f / g / g", ratio(70, 9)),
        ("-f + a", ratio(230, 1)),
    ] {
        assert_eq!(compiled(text, VOCI).eval(&given()), expected, "{text}");
    }
    let zero = Given::default().number("f", 5).number("g", 0);
    assert_eq!(compiled("f / g", VOCI).eval(&zero), Outcome::DivisionByZero);
    assert_eq!(compiled("g / f", VOCI).eval(&zero), ratio(0, 1));
}

#[test]
fn missing_voci_are_all_named_before_anything_else() {
    let given = Given::default().number("f", 5).with("d", Term::Pending);
    assert_eq!(compiled("f / (g + a)", VOCI).eval(&given), missing(&["g", "a"]));
    assert_eq!(compiled("conta(r.n)", VOCI).eval(&given), missing(&["r"]));
    assert_eq!(compiled("f / 2 + g", VOCI).eval(&given), missing(&["g"]));
}

#[test]
fn yes_is_one_and_a_date_is_a_date() {
    let given = Given::default().with("ok", Term::Value(Value::Flag(true))).date("d", "2019-05-31");
    assert_eq!(compiled("ok", VOCI).eval(&given), ratio(1, 1));
    assert_eq!(compiled("ok / 2", VOCI).eval(&given), ratio(1, 2));
    assert_eq!(compiled("d", VOCI).eval(&given), Outcome::Value(date("2019-05-31")));
    let pending = Given::default().with("d", Term::Pending).number("uffici", 3);
    assert_eq!(compiled("d", VOCI).eval(&pending), Outcome::Nothing);
    assert_eq!(compiled("uffici", VOCI).eval(&pending), ratio(3, 1));
}

#[test]
fn days_leave_the_first_out_and_take_the_last_in() {
    // 1/3/2019 is a Friday; 4/3 the Monday after.
    let given = Given::default().date("d", "2019-03-01").date("e", "2019-03-04");
    assert_eq!(compiled("giorni(d; e)", VOCI).eval(&given), ratio(3, 1));
    assert_eq!(compiled("giorni_lavorativi(d; e)", VOCI).eval(&given), ratio(1, 1));
    assert_eq!(compiled("giorni(e; d)", VOCI).eval(&given), ratio(-3, 1));
    assert_eq!(compiled("giorni_lavorativi(e; d)", VOCI).eval(&given), ratio(-1, 1));
    assert_eq!(compiled("giorni(d; d)", VOCI).eval(&given), ratio(0, 1));
    // From 30/5 to the day of reference, 30/6.
    let open = Given::default().date("d", "2019-05-30").with("e", Term::Pending);
    assert_eq!(compiled("giorni(d; e)", VOCI).eval(&open), ratio(31, 1));
    assert_eq!(compiled("giorni(e; d)", VOCI).eval(&open), Outcome::Nothing);
}

#[test]
fn registers_are_read_row_by_row() {
    let rows = vec![
        row("Voucher", "2019-01-31", "2019-03-31", Some(4)), // 59 days
        row(" voucher ", "2019-02-28", "2019-03-10", None),  // 10 days
        row("Fiere", "2019-04-01", "", Some(5)),             // open: 90 days to 30/6
    ];
    let given = Given::default().with("r", Term::Rows(rows)).number("a", 2);
    for (text, expected) in [
        ("massimo(giorni(r.inizio; r.fine))", ratio(90, 1)),
        ("minimo(giorni(r.inizio; r.fine))", ratio(10, 1)),
        ("media(giorni(r.inizio; r.fine))", ratio(53, 1)),
        ("somma(r.n)", ratio(9, 1)),
        ("media(r.n)", ratio(9, 2)),
        ("conta(r.fine)", ratio(2, 1)),
        ("conta_distinti(r.titolo)", ratio(2, 1)),
        ("conta_distinti(r.inizio)", ratio(3, 1)),
        ("conta(r.fine) / conta(r.inizio)", ratio(2, 3)),
    ] {
        assert_eq!(compiled(text, VOCI).eval(&given), expected, "{text}");
    }
}

#[test]
fn an_empty_register_is_zero_or_nothing() {
    let given = Given::default().with("r", Term::Rows(Vec::new()));
    for text in ["conta(r.n)", "somma(r.n)", "conta_distinti(r.titolo)"] {
        assert_eq!(compiled(text, VOCI).eval(&given), ratio(0, 1), "{text}");
    }
    for text in ["massimo(giorni(r.inizio; r.fine))", "minimo(r.n)", "media(r.n)", "massimo(r.n) + 1"] {
        assert_eq!(compiled(text, VOCI).eval(&given), Outcome::Nothing, "{text}");
    }
    assert_eq!(compiled("somma(r.n) / conta(r.n)", VOCI).eval(&given), Outcome::DivisionByZero);
}

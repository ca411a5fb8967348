//! Properties: nothing panics, arithmetic is that of [`Number`].

use proptest::prelude::*;

use super::values::Given;
use super::{Voci, compiled};
use crate::formula::{Outcome, Row, Term, compile};
use crate::model::{Number, Value};

const VOCI: &str = "f conteggio mensile somma; g conteggio mensile somma; p percentuale annuale condivisa; \
                    d data annuale ultima; e data annuale condivisa; \
                    r registro titolo:testo inizio:data fine:data n:conteggio";

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(|number| Value::Number(Number::from(number))),
        any::<bool>().prop_map(Value::Flag),
        (0..40_000_i32).prop_filter_map("a date", |days| {
            chrono::NaiveDate::from_num_days_from_ce_opt(710_000 + days).map(Value::Date)
        }),
        "[ a-cA-C]{0,4}".prop_map(Value::Text),
    ]
}

fn any_row() -> impl Strategy<Value = Row> {
    proptest::collection::btree_map(
        prop_oneof![Just("titolo"), Just("inizio"), Just("fine"), Just("n")].prop_map(str::to_owned),
        any_value(),
        0..4,
    )
}

fn any_term() -> impl Strategy<Value = Term> {
    prop_oneof![
        any_value().prop_map(Term::Value),
        Just(Term::Missing),
        Just(Term::Pending),
        proptest::collection::vec(any_row(), 0..4).prop_map(Term::Rows),
    ]
}

/// Pieces that often make a formula.
fn any_text() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "f",
        "g",
        "p",
        "d",
        "e",
        "r",
        "r.n",
        "r.inizio",
        "r.fine",
        "r.titolo",
        "+",
        "-",
        "*",
        "/",
        "(",
        ")",
        ";",
        "massimo(",
        "media(",
        "conta(",
        "conta_distinti(",
        "somma(",
        "giorni(",
        "giorni_lavorativi(",
        "0",
        "2,5",
        ".",
        "à",
        "%",
    ]);
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn no_text_makes_the_compiler_panic(text in any::<String>(), pieces in any_text()) {
        for text in [text, pieces] {
            if let Err(errors) = compile(&text, &Voci::new(VOCI)) {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!(text.get(error.span.clone()).is_some(), "{text:?} {error:?}");
                    prop_assert!(!error.message.is_empty() && !error.remedy.is_empty());
                }
            }
        }
    }

    #[test]
    fn no_terms_make_the_evaluation_panic(
        text in any_text(),
        which in 0..8_usize,
        terms in proptest::collection::vec(any_term(), 6),
    ) {
        let known = [
            "f / (f + g)", "p * f - g", "d", "giorni(d; e) / 2", "massimo(giorni(r.inizio; r.fine))",
            "media(r.n) + f", "conta_distinti(r.titolo)", "giorni_lavorativi(d; e)",
        ];
        let mut given = Given::default();
        for (name, term) in ["f", "g", "p", "d", "e", "r"].into_iter().zip(terms) {
            given = given.with(name, term);
        }
        compiled(known[which], VOCI).eval(&given);
        if let Ok(formula) = compile(&text, &Voci::new(VOCI)) {
            formula.eval(&given);
        }
    }

    #[test]
    fn arithmetic_is_that_of_exact_numbers(f in -10_000..10_000_i64, g in -10_000..10_000_i64) {
        let (left, right) = (Number::from(f), Number::from(g));
        let number = |number: Number| Term::Value(Value::Number(number));
        let given = Given::default().with("f", number(left.clone())).with("g", number(right.clone()));
        let eval = |text: &str| compiled(text, VOCI).eval(&given);
        let value = |number: Number| Outcome::Value(Value::Number(number));
        prop_assert_eq!(eval("f + g"), value(left.clone() + &right));
        prop_assert_eq!(eval("f - g"), value(left.clone() - &right));
        prop_assert_eq!(eval("f * g"), value(left.clone() * &right));
        let quotient = left.divided_by(&right).map_or(Outcome::DivisionByZero, value);
        prop_assert_eq!(eval("f / g"), quotient);
    }
}

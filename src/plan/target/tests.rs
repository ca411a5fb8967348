//! All the targets of the 2019 plan, and those of other bodies.

use super::{Operator, Target, TargetUnit, Threshold};
use crate::model::Number;

/// Code, as printed, operator, implicit, threshold, unit, in words.
const PLAN_2019: [(&str, &str, &str, bool, &str, TargetUnit, &str); 40] = {
    use TargetUnit::{Date, Days, Percent, Plain, WorkingDays};
    [
        ("1.1", "<= 90 gg.", "<=", false, "90", Days, "al massimo 90 giorni"),
        ("1.2", ">= 1", ">=", false, "1", Plain, "almeno 1"),
        ("1.3", ">= 250", ">=", false, "250", Plain, "almeno 250"),
        ("1.4", ">= 300", ">=", false, "300", Plain, "almeno 300"),
        ("2.1", ">= 10", ">=", false, "10", Plain, "almeno 10"),
        ("2.2", "<= 90 gg.", "<=", false, "90", Days, "al massimo 90 giorni"),
        ("2.3", ">= 40", ">=", false, "40", Plain, "almeno 40"),
        ("3.1", ">= 20%", ">=", false, "0.2", Percent, "almeno 20 %"),
        ("3.2", ">=10", ">=", false, "10", Plain, "almeno 10"),
        ("3.3", ">= 20", ">=", false, "20", Plain, "almeno 20"),
        (
            "4.1",
            "entro il 1/6/2019",
            "entro",
            false,
            "2019-06-01",
            Date,
            "entro il 1/6/2019 (giorno compreso)",
        ),
        ("4.2", "100%", ">=", true, "1", Percent, "almeno 100 % (operatore implicito)"),
        ("4.3", "100%", ">=", true, "1", Percent, "almeno 100 % (operatore implicito)"),
        ("5.1", ">= 40 (+ 30 rispetto al 2018)", ">=", false, "40", Plain, "almeno 40"),
        ("5.2", "entro 1 giorno lavorativo", "<=", false, "1", WorkingDays, "al massimo 1 giorno lavorativo"),
        ("6.1", ">= 40%", ">=", false, "0.4", Percent, "almeno 40 %"),
        ("6.2", ">= 10%", ">=", false, "0.1", Percent, "almeno 10 %"),
        ("6.3", ">= 40%", ">=", false, "0.4", Percent, "almeno 40 %"),
        ("7.1", ">=10", ">=", false, "10", Plain, "almeno 10"),
        ("7.2", ">= 6", ">=", false, "6", Plain, "almeno 6"),
        ("7.3", ">=10", ">=", false, "10", Plain, "almeno 10"),
        ("7.4", ">=6", ">=", false, "6", Plain, "almeno 6"),
        ("7.5", ">= 100", ">=", false, "100", Plain, "almeno 100"),
        ("8.1", ">= 80%", ">=", false, "0.8", Percent, "almeno 80 %"),
        ("8.2", "100%", ">=", true, "1", Percent, "almeno 100 % (operatore implicito)"),
        (
            "8.3",
            "Entro 30/11/2019",
            "entro",
            false,
            "2019-11-30",
            Date,
            "entro il 30/11/2019 (giorno compreso)",
        ),
        (
            "8.4",
            "Entro il 30/11/2019",
            "entro",
            false,
            "2019-11-30",
            Date,
            "entro il 30/11/2019 (giorno compreso)",
        ),
        ("9.1", ">= 4", ">=", false, "4", Plain, "almeno 4"),
        ("9.2", "<= 16,27 gg. (anno 2017)", "<=", false, "16.27", Days, "al massimo 16,27 giorni"),
        ("10.1", ">=90%", ">=", false, "0.9", Percent, "almeno 90 %"),
        ("10.2", "<= 2gg. lavorativi", "<=", false, "2", WorkingDays, "al massimo 2 giorni lavorativi"),
        ("11.1", ">= 4", ">=", false, "4", Plain, "almeno 4"),
        ("11.2", ">46,82% (dato bench sistema PARETO 2017)", ">", false, "0.4682", Percent, "più di 46,82 %"),
        (
            "11.3",
            "<8,36 gg. (dato bench sistema PARETO 2017)",
            "<",
            false,
            "8.36",
            Days,
            "meno di 8,36 giorni",
        ),
        ("11.4", "<=3 gg.", "<=", false, "3", Days, "al massimo 3 giorni"),
        ("11.5", "=0 gg.", "=", false, "0", Days, "esattamente 0 giorni"),
        (
            "12.1",
            "30% (+15% rispetto al 2018)",
            ">=",
            true,
            "0.3",
            Percent,
            "almeno 30 % (operatore implicito)",
        ),
        ("13.1", ">= (anno 2018)", ">=", false, "anno 2018", Plain, "almeno il valore del 2018, da inserire"),
        ("13.2", ">= 30%", ">=", false, "0.3", Percent, "almeno 30 %"),
        ("13.3", "100%", ">=", true, "1", Percent, "almeno 100 % (operatore implicito)"),
    ]
};

fn threshold(target: &Target) -> String {
    match &target.threshold {
        Threshold::Number(number) => number.to_plain(),
        Threshold::Date(date) => date.to_string(),
        Threshold::Baseline { year } => format!("anno {year}"),
        Threshold::Open => "da decidere".to_owned(),
    }
}

fn read(printed: &str) -> Target {
    Target::parse(printed).unwrap_or_else(|error| panic!("{printed}: {error:?}"))
}

#[test]
fn every_target_of_the_plan_is_read() {
    for (code, printed, operator, implicit, limit, unit, words) in PLAN_2019 {
        let target = read(printed);
        assert_eq!(
            (target.operator.symbol(), target.implicit, threshold(&target).as_str(), target.unit),
            (operator, implicit, limit, unit),
            "{code}"
        );
        assert_eq!(target.printed, printed);
        assert_eq!(target.read_in_words(), words, "{code}");
        let bracket = printed.split_once('(').map(|(_, rest)| rest.trim_end_matches(')'));
        assert_eq!(target.annotation.as_deref(), bracket, "{code}");
        assert_eq!(target.second.is_some(), ["5.1", "12.1"].contains(&code), "{code}");
    }
}

#[test]
fn second_conditions_are_taken_apart() {
    let second = read(">= 40 (+ 30 rispetto al 2018)").second.unwrap();
    assert_eq!((second.increase, second.percent, second.year), (Number::from(30_i64), false, 2018));
    assert_eq!(second.text, "+ 30 rispetto al 2018");
    let second = read("30% (+15% rispetto al 2018)").second.unwrap();
    assert_eq!((second.increase, second.percent, second.year), (Number::ratio(15, 100).unwrap(), true, 2018));
}

#[test]
fn clear_targets_of_other_bodies_are_read() {
    use TargetUnit::{Date, Days, Euro, Minutes, Percent, Plain, WorkingDays};
    for (printed, operator, implicit, limit, unit) in [
        ("≥ 60,00", Operator::AtLeast, false, "60", Plain),
        ("≤\u{a0}8,5%", Operator::AtMost, false, "0.085", Percent),
        ("maggiore o uguale a 90,00%", Operator::AtLeast, false, "0.9", Percent),
        ("Maggiore di 5", Operator::Over, false, "5", Plain),
        ("non superiore a 30 giorni", Operator::AtMost, false, "30", Days),
        ("almeno 5 giorni", Operator::AtLeast, false, "5", Days),
        ("almeno 3", Operator::AtLeast, false, "3", Plain),
        ("100", Operator::AtLeast, true, "100", Plain),
        ("4,00", Operator::AtLeast, true, "4", Plain),
        ("n. 1", Operator::AtLeast, true, "1", Plain),
        ("2.355", Operator::AtLeast, true, "2355", Plain),
        ("€ 1.821.008,38", Operator::AtLeast, true, "1821008.38", Euro),
        ("1.821.008,38 €", Operator::AtLeast, true, "1821008.38", Euro),
        (">= 10.000,00 €", Operator::AtLeast, false, "10000", Euro),
        ("<= euro 12.500", Operator::AtMost, false, "12500", Euro),
        (">= -500,50 €", Operator::AtLeast, false, "-500.5", Euro),
        ("<= 15 minuti", Operator::AtMost, false, "15", Minutes),
        ("entro 12,5 min.", Operator::AtMost, false, "12.5", Minutes),
        ("< 1 minuto", Operator::Under, false, "1", Minutes),
        ("31.12.2020", Operator::By, true, "2020-12-31", Date),
        ("entro il 31-12-2020", Operator::By, false, "2020-12-31", Date),
        ("<= 30/11/2019", Operator::By, false, "2019-11-30", Date),
        ("entro il 30 novembre 2019", Operator::By, false, "2019-11-30", Date),
        ("entro l'8/12/2019", Operator::By, false, "2019-12-08", Date),
        ("entro 30 gg.", Operator::AtMost, false, "30", Days),
        ("<= 5 gg lavorativi", Operator::AtMost, false, "5", WorkingDays),
        ("<= -15,36 gg.", Operator::AtMost, false, "-15.36", Days),
        ("> (anno 2018)", Operator::Over, false, "anno 2018", Plain),
        ("  >=   10 % ", Operator::AtLeast, false, "0.1", Percent),
        ("= 100%", Operator::Exactly, false, "1", Percent),
        (">= 20% (media nazionale)", Operator::AtLeast, false, "0.2", Percent),
    ] {
        let target = read(printed);
        assert_eq!(
            (target.operator, target.implicit, threshold(&target).as_str(), target.unit),
            (operator, implicit, limit, unit),
            "{printed}"
        );
    }
}

/// What is printed, what is said of it, and what remedy names.
pub(in crate::plan) const REFUSED: [(&str, &str, &str); 56] = [
    ("€ 10 gg.", "non si capisce", "nota fra parentesi"),
    ("15 minuti", "massimo o un minimo", "«<= 15 minuti»"),
    (">= 12.50 €", "un solo modo", "«>= 12,50 €»"),
    ("", "vuoto", "confronto"),
    ("   ", "vuoto", "confronto"),
    ("n.d.", "non è definito", "confronto"),
    ("-", "non è definito", "confronto"),
    ("On", "non dice che cosa", "si_no vale 1 se è Sì), o una scadenza: «>= 1»"),
    ("On/Off", "non dice che cosa", "si_no vale 1 se è Sì), o una scadenza: «>= 1»"),
    ("Sì", "non dice che cosa", "si_no vale 1 se è Sì), o una scadenza: «>= 1»"),
    ("100%* (-15%)", "tolleranza", ">= 85%"),
    ("100% (-15%)", "tolleranza", ">= 85%"),
    ("100% (±5%)", "tolleranza", "soglia"),
    ("100%*", "nota", "soglia"),
    ("95 > x ≥ 80", "due confronti", "«≥ 80»"),
    (">= 80 <= 95", "due confronti", ">= 80"),
    ("x >= 80", "non sta all'inizio", "prima il segno e poi la soglia: «>= 80»"),
    (">=", "troncato", "completalo"),
    ("entro", "troncato", "completalo"),
    (">= (media nazionale)", "troncato", "anno"),
    ("(anno 2018)", "senza un confronto", ">= (anno 2018)"),
    ("Aumento del 25% rispetto alla baseline", "variazione", "rispetto al 2018"),
    ("Incremento di almeno 80 imprese", "variazione", "soglia"),
    ("+10.000 servizi per un totale di almeno 290.000", "variazione", "soglia"),
    ("+5%", "variazione", "soglia"),
    ("30% (incremento del 15% rispetto al 2018)", "non si legge", "(+ 30 rispetto al 2018)"),
    ("30% (-15% rispetto al 2018)", "non si legge", "(+ 30 rispetto al 2018)"),
    (">= 40 (+ 30% rispetto al 2018)", "non va d'accordo", "stessa unità"),
    ("<= 40 (+ 30 rispetto al 2018)", "non va d'accordo", "soglia minima"),
    ("entro 5", "entro che cosa", "una data"),
    ("90 gg.", "massimo o un minimo", "«<= 90 gg.»"),
    (">= 30/11/2019", "non è una scadenza", "«entro il 30/11/2019»"),
    ("entro il 30.09.19", "quattro cifre", "30/11/2019"),
    ("entro il 31/6/2019", "non esiste", "quattro cifre"),
    ("entro il 6/13/2019", "non esiste", "quattro cifre"),
    ("entro il 1/6", "non ha l'anno", "quattro cifre"),
    ("entro settembre 2019", "non ha il giorno", "entro il 30/9/2019"),
    (">= 46.82%", "il punto", "virgola, senza punti: «>= 46,82%»"),
    (">= 1.5", "un solo modo", "«>= 1,5»"),
    (">= 0.450", "un solo modo", "virgola"),
    (">= 1,2,3", "un solo modo", "virgola"),
    (">= 4 ore", "l'ora", "voci: «>= 4»"),
    ("entro 24 ore", "l'ora", "solo il numero"),
    (">= 20 imprese", "non si capisce «imprese»", "«>= 20 (imprese)»"),
    (">= 10 (a) (b)", "parentesi", "una sola nota"),
    (">= 10 (a", "parentesi", "una sola nota"),
    (">= 10 (a) circa", "parentesi", "«>= 10 (nota)»"),
    ("circa 20", "non c'è un valore", "confronto"),
    ("10-20", "non si capisce", "dopo"),
    (">= 20% e <= 40%", "due confronti", "«>= 20%» oppure «<= 40%»"),
    ("entro 20%", "entro che cosa", "una data"),
    ("entro giugno", "non ha il giorno", "30/9/2019"),
    ("100% (−15%)", "tolleranza", "soglia"),
    ("100% (+/- 5%)", "tolleranza", "soglia"),
    ("raggiunto", "non c'è un valore", "confronto"),
    (">= molti", "non c'è un valore", "confronto"),
];

#[test]
fn what_is_not_clear_is_refused_with_its_remedy() {
    for (printed, message, remedy) in REFUSED {
        let error = Target::parse(printed).expect_err(printed);
        assert!(error.message.contains(message), "{printed}: {}", error.message);
        assert!(error.remedy().contains(remedy), "{printed}: {}", error.remedy());
        for example in &error.examples {
            assert!(Target::parse(example).is_ok(), "{printed}: {example}");
        }
    }
}

#[test]
fn a_target_reads_the_same_from_what_it_prints() {
    for (_, printed, ..) in PLAN_2019 {
        let target = read(printed);
        assert_eq!(read(&target.printed), target);
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,40}", shaped in "[<>=≥ entro0-9.,/%()+ggalmo-]{0,24}") {
        for text in [text, shaped] {
            if let Err(error) = Target::parse(&text) {
                proptest::prop_assert!(!error.message.is_empty() && !error.advice.is_empty());
                for example in &error.examples {
                    proptest::prop_assert!(Target::parse(example).is_ok(), "{text}: {example}");
                }
            }
        }
    }
}

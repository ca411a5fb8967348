//! Each remedy printed for a target is tried where the target stands: the plan that follows it is accepted.

use crate::plan::target::tests::REFUSED;
use crate::plan::{PlanProblem, read_plan};

/// A formula with its voci: key, type, time, and further lines.
type Case = (&'static str, &'static [(&'static str, &'static str, &'static str, &'static str)]);

const PART: &str = "parte_di = \"b\"";

/// One of each kind of place.
const PLACES: [Case; 18] = [
    ("a", &[("a", "conteggio", "mensile", "")]),
    ("a / b", &[("a", "conteggio", "mensile", ""), ("b", "conteggio", "mensile", "")]),
    ("a / b", &[("a", "conteggio", "mensile", PART), ("b", "conteggio", "mensile", "")]),
    ("a / b * 100", &[("a", "conteggio", "mensile", PART), ("b", "conteggio", "mensile", "")]),
    ("a", &[("a", "percentuale", "annuale", "")]),
    ("a", &[("a", "ore", "mensile", "")]),
    ("a", &[("a", "giorni", "annuale", "massimo = 30")]),
    ("a / b", &[("a", "giorni_lavorativi", "mensile", ""), ("b", "conteggio", "mensile", "")]),
    ("a", &[("a", "data", "annuale", "fra_uffici = \"ultima\"")]),
    ("a", &[("a", "data", "annuale", "fra_uffici = \"conta\"")]),
    ("a", &[("a", "si_no", "annuale", "fra_uffici = \"condivisa\"")]),
    ("(a + b) / 2", &[("a", "si_no", "annuale", ""), ("b", "si_no", "annuale", "")]),
    (
        "a / b",
        &[
            ("a", "conteggio", "mensile", PART),
            ("b", "conteggio", "mensile", ""),
            ("q", "percentuale", "annuale", "ruolo = \"base\"\nvalore = \"1193/1270\"\nfonte = \"2018\""),
        ],
    ),
    ("a", &[("a", "importo", "mensile", "")]),
    ("a - b", &[("a", "importo", "mensile", ""), ("b", "importo", "mensile", "segno = \"libero\"")]),
    ("a / b", &[("a", "minuti", "mensile", ""), ("b", "conteggio", "mensile", "")]),
    ("a", &[("a", "numero", "annuale", "segno = \"libero\"\nminimo = -5\nmassimo = 5")]),
    ("a / b", &[("a", "importo", "mensile", PART), ("b", "importo", "mensile", "")]),
];

/// Targets that can be read, and that some of the places refuse.
const READABLE: [&str; 20] = [
    ">= 10.000,00 €",
    "entro 15 minuti",
    ">= -500,00 €",
    ">= 60,00",
    "100",
    ">= 100%",
    "<= 1",
    "<= 100%",
    "> 100%",
    "< 0%",
    ">= 0%",
    ">= 150%",
    "= 2",
    ">= 46,82%",
    "<= 90 gg.",
    "<= 2 gg. lavorativi",
    "entro il 30/11/2019",
    "entro il 29/2/2020",
    ">= (anno 2018)",
    ">= 1.000.000",
];

fn plan(target: &str, (formula, voci): Case) -> String {
    let target = target.replace('\\', "\\\\").replace('"', "\\\"");
    let mut text = format!(
        "formato = 1\nente = \"CCIAA Prova\"\nanno = 2019\ntitolo = \"Prova\"\n[[uffici]]\nid = \"uno\"\nnome = \"Uno\"\n\
         [[schede]]\nnumero = 1\ntitolo = \"S\"\nprospettiva = \"P\"\nobiettivo_strategico = \"O\"\n\
         [[schede.azioni]]\ntesto = \"A\"\n[[schede.azioni.indicatori]]\ncodice = \"1.1\"\ntesto = \"prova\"\n\
         target = \"{target}\"\nuffici = [\"uno\"]\nformula = \"{formula}\"\n"
    );
    for (key, kind, time, more) in voci {
        text.push_str(&format!(
            "[[schede.azioni.indicatori.voci]]\nchiave = \"{key}\"\netichetta = \"Voce {key}\"\ntipo = \"{kind}\"\n\
             tempo = \"{time}\"\n{more}\n"
        ));
    }
    text
}

fn problems(target: &str, case: Case) -> Vec<PlanProblem> {
    read_plan(&plan(target, case)).err().unwrap_or_default()
}

/// The targets that a remedy suggests, between its marks.
fn suggested(remedy: &str) -> Vec<&str> {
    let pieces = remedy.split('«').skip(1).filter_map(|piece| piece.split_once('»'));
    pieces.map(|(text, _)| text).filter(|text| *text != "entro").collect()
}

#[test]
fn what_a_remedy_suggests_is_accepted_in_its_place() {
    let mut tried = 0;
    for case in PLACES {
        for printed in REFUSED.iter().map(|(printed, ..)| *printed).chain(READABLE) {
            if printed.trim().is_empty() {
                continue; // an empty field is told before it is read as a target
            }
            for problem in problems(printed, case) {
                let targets = suggested(&problem.remedy);
                assert!(!targets.is_empty(), "{printed} in {case:?}: {problem}");
                for target in targets {
                    let then = problems(target, case);
                    assert!(then.is_empty(), "{printed} in {case:?}: {problem}\n«{target}»: {then:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn what_else_a_remedy_asks_for_is_accepted_too() {
    let [count, ratio, share, scaled, ..] = PLACES;
    // «togli la moltiplicazione per 100 dalla formula»
    assert_eq!(problems(">= 80%", scaled).len(), 1);
    assert_eq!(problems(">= 80%", ("a / b", scaled.1)), []);
    // «dividi la voce per il suo totale»
    assert_eq!(problems(">= 80%", count).len(), 1);
    assert_eq!(problems(">= 80%", ratio), []);
    // «aggiungi una voce annuale con ruolo = "base"»
    assert_eq!(problems(">= (anno 2018)", share).len(), 1);
    assert_eq!(problems(">= (anno 2018)", PLACES[12]), []);
}

/// By hand: what each formula can be worth, and what follows for a target.
#[test]
fn a_target_out_of_the_scale_of_its_formula_is_refused() {
    let [_, ratio, share, scaled, quota, ..] = PLACES;
    let codes = |target, case| problems(target, case).iter().map(|one| one.code).collect::<Vec<_>>();
    for (target, case) in [
        (">= 60,00", share),
        ("100", share),
        (">= 60,00", quota),
        ("<= 1", share),
        ("<= 100%", share),
        ("> 1", share),
        ("> 100%", quota),
        (">= 0%", share),
        ("< 0%", share),
        ("= 2", share),
        (">= 80%", scaled),
        ("100%", scaled),
        ("> 100", scaled),
        (">= 80%", ("100 * a / b", share.1)),
        (">= 80%", ("a * 100 / b", ratio.1)),
        (">= 80%", ("a / (b / 100)", ratio.1)),
        (">= 80%", ("100 - a / b * 100", share.1)),
        (">= 60", ("1 - a / b", share.1)),
        (">= 60", ("(b - a) / b", share.1)),
        (">= 60", ("a / (a + b)", ratio.1)),
        (">= 2", PLACES[10]),
        (">= 2", PLACES[9]),
        (">= 60", PLACES[11]),
        ("<= 30 gg.", PLACES[6]),
    ] {
        assert_eq!(codes(target, case), ["P31"], "{target} {case:?}");
    }
}

#[test]
fn a_target_that_can_be_met_and_missed_is_accepted() {
    let [count, ratio, share, scaled, quota, ..] = PLACES;
    for (target, case) in [
        (">= 60%", share),
        (">= 0,6", share),
        (">= 1", share),
        ("100%", share),
        ("= 0%", share),
        ("<= 0%", quota),
        (">= 60", scaled),
        ("100", scaled),
        // Nothing says that one is a part of the other.
        (">= 60", ratio),
        (">= 150%", ratio),
        ("<= 1", ratio),
        (">= 80%", ("(a / b + a / b) / 2", share.1)),
        (">= 60", ("(a + a) / b * 50", share.1)),
        (">= 1", PLACES[10]),
        (">= 1", PLACES[9]),
        ("100%", PLACES[11]),
        ("<= 29 gg.", PLACES[6]),
        (">= 100", count),
        (">= (anno 2018)", PLACES[12]),
    ] {
        assert_eq!(problems(target, case), [], "{target} {case:?}");
    }
}

#[test]
fn euros_and_minutes_are_units_of_their_own() {
    let kinds = |formula: &'static str, a: &'static str, b: &'static str, target: &str| {
        let text = plan(target, (formula, &[]));
        let voce = |key: &str, kind: &str| {
            format!(
                "[[schede.azioni.indicatori.voci]]\nchiave = \"{key}\"\netichetta = \"Voce {key}\"\n\
                 tipo = \"{kind}\"\ntempo = \"mensile\"\n"
            )
        };
        let text = format!("{text}{}{}", voce("a", a), voce("b", b));
        read_plan(&text).err().unwrap_or_default().iter().map(|one| one.code).collect::<Vec<_>>()
    };
    for (formula, a, b, target) in [
        ("a + b", "importo", "importo", ">= 10.000,00 €"),
        ("a / b", "importo", "importo", ">= 10%"),
        ("a / b", "importo", "conteggio", "<= 2,50 €"),
        ("a / b", "minuti", "conteggio", "<= 15 minuti"),
        ("a + b", "numero", "conteggio", ">= 10"),
        ("a * b", "numero", "importo", ">= 10 €"),
    ] {
        assert_eq!(kinds(formula, a, b, target), Vec::<&str>::new(), "{formula} {a} {b}");
    }
    for (formula, a, b, target) in [
        ("a + b", "minuti", "ore", ">= 10"),
        ("a + b", "minuti", "giorni", ">= 10"),
        ("a + b", "importo", "conteggio", ">= 10 €"),
        ("a / b", "importo", "ore", ">= 10 €"),
        ("a + b", "conteggio", "conteggio", ">= 10 €"),
        ("a + b", "ore", "ore", "<= 15 minuti"),
    ] {
        assert_eq!(kinds(formula, a, b, target), ["P06"], "{formula} {a} {b}");
    }
}

#[test]
fn a_baseline_can_be_an_exact_fraction() {
    let with = |value: &str| {
        let text = plan(">= (anno 2018)", PLACES[12]).replace("\"1193/1270\"", value);
        read_plan(&text).map(|plan| {
            let (_, voce) = plan.voci().find(|(_, voce)| voce.key.name() == "q").unwrap();
            (voce.fixed.as_ref().unwrap().value.number().unwrap(), voce.fixed_words().unwrap())
        })
    };
    let exact = |over, under| crate::model::Number::ratio(over, under).unwrap();
    assert_eq!(with("\"1193/1270\"").unwrap(), (exact(1193, 1270), "93,94 % (1193/1270)".to_owned()));
    assert_eq!(with("\"3 / 4\"").unwrap(), (exact(3, 4), "75 %".to_owned()));
    assert_eq!(with("\"93,94%\"").unwrap(), (exact(9394, 10000), "93,94 %".to_owned()));
    for wrong in ["\"1270/1193\"", "\"1/0\"", "\"1/2/3\"", "\"-1/2\"", "\"/2\"", "\"a/b\"", "\"1.193/1.270\""]
    {
        assert!(with(wrong).unwrap_err().iter().all(|one| one.code == "P16"), "{wrong}");
    }
}

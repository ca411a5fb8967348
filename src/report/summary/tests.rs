//! *Sintesi* on a made-up June and a made-up December; the expected figures are computed by hand.

use super::sheet as summary;
use crate::model::{CellRef, IndicatorCode, Light, Number, Status, Value};
use crate::report::index::Index;
use crate::report::live::{Call, Formula, Sign};
use crate::report::sample::{Sample, sample};
use crate::report::scheda::{Figure, IndicatorPlaces, Places};
use crate::report::sheet::{Cell, Content, Paper, RowKind, Sheet, Target};
use crate::report::table::{BODY, names};

fn words(cell: &Cell) -> String {
    match cell.content.shown() {
        Content::Text(text) | Content::Code(text) | Content::Link(text, _) | Content::Status(_, text) => {
            text.clone()
        }
        Content::Number(number, _) => number.to_plain(),
        Content::Date(date) => date.to_string(),
        Content::Severity(_) | Content::Blank | Content::Live(_) => String::new(),
    }
}

fn made(sample: &Sample, places: &Places) -> Sheet {
    let run = sample.run();
    summary(&run, &Index::of(&run), places)
}

fn tree(sheet: &Sheet) -> Vec<&Vec<Cell>> {
    let area = sheet.tables[0];
    let rows = &sheet.rows[area.first.row as usize + 1..=area.last.row as usize];
    rows.iter().map(|row| &row.cells).collect()
}

fn risks(sheet: &Sheet) -> Vec<&Vec<Cell>> {
    let area = sheet.tables[1];
    let rows = &sheet.rows[area.first.row as usize + 1..=area.last.row as usize];
    rows.iter().map(|row| &row.cells).collect()
}

#[test]
fn the_tree_is_that_of_the_plan() {
    let sheet = made(&sample(6), &Places::default());
    let read: Vec<(String, String)> = tree(&sheet)
        .iter()
        .map(|cells| (words(&cells[0]).trim().to_owned(), words(&cells[1]).chars().take(14).collect()))
        .collect();
    let read: Vec<(&str, &str)> =
        read.iter().map(|(level, title)| (level.as_str(), title.as_str())).collect();
    assert_eq!(
        read,
        [
            ("Ente", "Tutto l'ente"),
            ("Prospettiva", "Imprese, citta"),
            ("Obiettivo", "1. Semplificaz"),
            ("Scheda 1", "Punto Impresa "),
            ("Obiettivo", "3. Promuovere "),
            ("Scheda 2", "Alternanza scu"),
            ("Obiettivo", "6. Promuovere "),
            ("Scheda 3", "Vigilanza"),
            ("Prospettiva", "Processi inter"),
            ("Obiettivo", "7. Semplificaz"),
            ("Scheda 4", "Ambiente"),
            ("Scheda 5", "Certificato di"),
            ("Scheda 6", "Qualità banca "),
            ("Obiettivo", "8. ottimizzazi"),
            ("Scheda 7", "CRM"),
            ("Scheda 8", "Sistema qualit"),
            ("Scheda 9", "Liquidazione d"),
            ("Scheda 10", "Archivio stori"),
            ("Scheda 11", "Protesti, sanz"),
            ("Scheda 12", "Moduli PDF"),
            ("Scheda 13", "Rendicontazion"),
        ]
    );
    assert_eq!(tree(&sheet).len(), super::rows(&sample(6).run()), "what the cover counts");
    let Content::Link(_, target) = tree(&sheet)[3][0].content else { panic!("no link") };
    assert_eq!(target.sheet, "S01");
    assert!(words(&tree(&sheet)[13][1]).ends_with("sistema camerale (…)"), "the aside is left out aloud");
}

#[test]
fn the_counts_add_up_to_the_indicators() {
    for month in [1, 6, 12] {
        let sample = sample(month);
        let sheet = made(&sample, &Places::default());
        for cells in tree(&sheet) {
            let sum: i64 = cells[7..11].iter().map(|cell| words(cell).parse::<i64>().unwrap()).sum();
            let number: u8 = words(&cells[0]).trim().trim_start_matches("Scheda ").parse().unwrap_or(0);
            let own = sample.plan.indicators().filter(|own| own.scheda == number).count();
            if number > 0 {
                assert_eq!(sum, i64::try_from(own).unwrap());
            }
        }
        let all: i64 = tree(&sheet)[0][7..11].iter().map(|cell| words(cell).parse::<i64>().unwrap()).sum();
        assert_eq!(all, 40);
    }
}

#[test]
fn only_a_scheda_has_a_light() {
    let sheet = made(&sample(12), &Places::default());
    for cells in tree(&sheet) {
        assert_eq!(words(&cells[0]).contains("Scheda"), !cells[4].is_blank());
    }
}

#[test]
fn it_is_one_upright_page_and_what_does_not_fit_is_counted() {
    for month in [1, 6, 12] {
        let mut sample = sample(month);
        for result in &mut sample.consolidation.indicators {
            result.status = Status::DatoMancante;
        }
        let sheet = made(&sample, &Places::default());
        assert_eq!(sheet.paper, Paper::Upright(11));
        let shown = risks(&sheet).len();
        assert!(shown >= 5, "{shown}");
        let closing = words(&sheet.rows.last().unwrap().cells[0]);
        assert_eq!(
            closing,
            format!("Altri {} indicatori sono nel foglio «Risultati», con il loro esito.", 40 - shown)
        );
    }
}

#[test]
fn a_tree_of_more_than_a_page_is_not_made_tiny() {
    let mut sample = sample(6);
    for scheda in &mut sample.plan.schede {
        scheda.title = "Semplificazione amministrativa e promozione della digitalizzazione ".repeat(6);
    }
    let sheet = made(&sample, &Places::default());
    assert_eq!(sheet.paper, Paper::UpTo(11));
    assert_ne!(sheet.rows.last().unwrap().kind, RowKind::Prose, "nothing is left out");
}

/// June with one indicator changed by `change`; the words of why it is at risk.
fn reason(month: u32, code: &str, change: impl Fn(&mut crate::aggregate::IndicatorResult)) -> String {
    let mut sample = sample(month);
    for result in &mut sample.consolidation.indicators {
        if result.code.as_str() == code {
            result.coverage.present = result.coverage.expected;
            change(result);
        } else {
            result.status = Status::InLinea;
        }
    }
    let sheet = made(&sample, &Places::default());
    let risks = risks(&sheet);
    assert_eq!((risks.len(), words(&risks[0][0])), (1, code.to_owned()));
    words(&risks[0][6])
}

#[test]
fn what_is_behind_says_what_each_month_must_give() {
    // 24 firms of 468 in six months, against a tenth: (0,1 − 24/468) ÷ 6 = 0,8120 %; 24/468 ÷ 6 = 0,8547 %.
    let told = reason(6, "6.2", |result| result.status = Status::InRitardo);
    assert_eq!(told, "serve 0,81 % al mese, siamo a 0,85 %");
}

#[test]
fn a_deadline_gone_by_says_since_when() {
    // 1 June, at the end of June.
    let told = reason(6, "4.1", |result| {
        result.status = Status::NonPiuRaggiungibile;
        result.value = None;
        result.deviation = None;
    });
    assert_eq!(told, "scadenza passata da 29 giorni");
    let told = reason(6, "4.1", |result| {
        result.status = Status::NonPiuRaggiungibile;
        result.deviation = Some(Number::one());
    });
    assert_eq!(told, "fatto in ritardo di 1 giorno");
}

#[test]
fn what_was_kept_out_or_never_came_is_said() {
    assert_eq!(reason(6, "3.1", |result| result.status = Status::NonVerificabile), "dato tenuto fuori: R03");
    let kept_out = reason(6, "3.1", |result| {
        result.status = Status::NonVerificabile;
        result.coverage.present -= 1;
    });
    assert_eq!(kept_out, "dato tenuto fuori: R03", "said once");
    let told = reason(6, "6.2", |result| {
        result.status = Status::DatoMancante;
        result.missing = result.voci.iter().map(|voce| voce.key.clone()).take(1).collect();
    });
    assert!(told.starts_with("nessuno ha rilevato «"), "{told}");
    let told = reason(12, "6.2", |result| {
        result.status = Status::NonRaggiunto;
        result.value = Some(Value::Number(Number::ratio(9, 100).unwrap()));
        result.threshold = Some(Value::Number(Number::ratio(1, 10).unwrap()));
    });
    assert_eq!(told, "sotto il target di 1 punto percentuale");
    let told = reason(12, "6.2", |result| {
        result.status = Status::NonRaggiunto;
        result.at_the_limit = true;
    });
    assert_eq!(told, "uguale al limite: serve superarlo");
}

#[test]
fn a_month_left_blank_is_named_with_how_many_offices() {
    // March is blank in one voce of scheda 2 in every office that has it; the last office of the plan sent nothing.
    let sample = sample(6);
    let run = sample.run();
    let (indicator, _) = sample.plan.voci().find(|(_, voce)| voce.key.as_str() == "S02.stage").unwrap();
    let result = sample.consolidation.indicator(&indicator.code).unwrap();
    let senders =
        indicator.offices.iter().filter(|office| sample.admitted.entries.contains_key(*office)).count();
    assert_eq!(senders, indicator.offices.len());
    let told = super::why::words(&run, indicator, result);
    let offices = if senders == 1 { "ufficio" } else { "uffici" };
    assert!(told.ends_with(&format!("manca marzo di {senders} {offices}")), "{told}");
}

#[test]
fn long_texts_end_at_a_whole_word() {
    let mut sample = sample(6);
    let long = "Tempo medio di lavorazione ".repeat(9);
    for action in sample.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions) {
        for indicator in &mut action.indicators {
            indicator.text = long.clone();
        }
    }
    let sheet = made(&sample, &Places::default());
    let text = words(&risks(&sheet)[0][1]);
    assert!(
        text.ends_with("di lavorazione (…)") || text.ends_with("medio (…)") || text.ends_with("di (…)"),
        "{text}"
    );
    assert!(text.chars().count() <= 105, "{text}");
}

#[test]
fn the_worst_come_first() {
    let sheet = made(&sample(12), &Places::default());
    let lights: Vec<u8> = risks(&sheet)
        .iter()
        .map(|cells| match cells[4].content {
            Content::Status(Light::Rosso, _) => 0,
            Content::Status(Light::Giallo, _) => 1,
            _ => 2,
        })
        .collect();
    assert!(lights.is_sorted(), "{lights:?}");
}

fn cell(sheet: &'static str, text: &str) -> Target {
    Target { sheet, cell: CellRef::parse(text).unwrap() }
}

/// Places for two indicators, in rows 10 and 11 of a made-up sheet.
fn places(codes: [&str; 2]) -> Places {
    let mut places = Places::default();
    for (code, row) in codes.into_iter().zip([10, 11]) {
        let figure = |column: &str| {
            let live = cell("S99", &format!("{column}{row}"));
            Some(Figure { engine: live, live })
        };
        let own = IndicatorPlaces {
            degree: figure("D"),
            status: figure("E"),
            present: figure("F"),
            expected: figure("G"),
            ..IndicatorPlaces::default()
        };
        places.indicators.insert(IndicatorCode::new(code), own);
    }
    places
}

fn live(cell: &Cell) -> Option<&Formula> {
    match &cell.content {
        Content::Live(live) => Some(&live.formula),
        _ => None,
    }
}

/// A scheda of two indicators.
const TWO: u8 = 5;
const TWO_CODES: [&str; 2] = ["5.1", "5.2"];

/// The live cells of the scheda of two indicators, the second of which weighs 3.
fn twins(month: u32) -> Vec<Cell> {
    let (number, codes) = (TWO, TWO_CODES);
    let mut sample = sample(month);
    let scheda = sample.plan.schede.iter_mut().find(|scheda| scheda.number == number).unwrap();
    let indicators = scheda.actions.iter_mut().flat_map(|action| &mut action.indicators);
    for indicator in indicators.filter(|indicator| indicator.code.as_str() == codes[1]) {
        indicator.weight = Number::from(3_i64);
    }
    assert_eq!(scheda.indicators().count(), 2, "the scheda of the test");
    let sheet = made(&sample, &places(codes));
    let title = format!("Scheda {number}");
    tree(&sheet).into_iter().find(|cells| words(&cells[0]).trim() == title).unwrap()[11..].to_vec()
}

fn at(text: &str) -> Formula {
    Formula::Cell(cell("S99", text))
}

fn n(text: &str) -> Formula {
    Formula::call(Call::N, [at(text)])
}

/// `N(D10)+3*N(D11)`
fn sum() -> Formula {
    n("D10").signed(Sign::Plus, Formula::whole(3).signed(Sign::Times, n("D11")))
}

#[test]
fn in_the_closed_year_all_but_the_not_to_be_judged_weigh() {
    let cells = twins(12);
    let weight = |status: &str, weight: i64| {
        Formula::choose(
            at(status).signed(Sign::Equal, Formula::text("○ non valutabile")),
            Formula::whole(0),
            Formula::whole(weight),
        )
    };
    let weights = weight("E10", 1).signed(Sign::Plus, weight("E11", 3));
    let expected = Formula::choose(
        weights.clone().signed(Sign::Equal, Formula::whole(0)),
        Formula::none(),
        sum().signed(Sign::Over, weights),
    );
    assert_eq!(live(&cells[0]), Some(&expected));
    assert_eq!(
        live(&cells[1]),
        Some(&crate::report::scheda::mean(
            &[(Number::one(), at("D10")), (Number::from(3_i64), at("D11"))],
            false
        ))
    );
    let spelt = format!("{:?}", live(&cells[2]).unwrap());
    assert!(spelt.contains("Round") && spelt.contains("● verde"), "{spelt}");
}

#[test]
fn while_the_year_runs_only_what_has_a_degree_weighs() {
    let cells = twins(6);
    let both =
        crate::report::scheda::mean(&[(Number::one(), at("D10")), (Number::from(3_i64), at("D11"))], false);
    assert_eq!((live(&cells[0]), live(&cells[1])), (Some(&both), Some(&both)));
    let own = |column: &str| {
        let row = BODY + 12;
        Formula::Cell(cell(names::SUMMARY, &format!("{column}{row}")))
    };
    // Scheda 5 is in the twelfth row of the tree; red first, then yellow, then green, else grey.
    let some = |column| own(column).signed(Sign::Above, Formula::whole(0));
    let expected = Formula::choose(
        some("R"),
        Formula::text("■ rosso"),
        Formula::choose(
            some("Q"),
            Formula::text("▲ giallo"),
            Formula::choose(some("P"), Formula::text("● verde"), Formula::text("○ grigio")),
        ),
    );
    assert_eq!(live(&cells[2]), Some(&expected));
    let over = |left: &str, right: &str| at(left).signed(Sign::Plus, at(right));
    let expected = Formula::choose(
        over("G10", "G11").signed(Sign::Equal, Formula::whole(0)),
        Formula::none(),
        over("F10", "F11").signed(Sign::Over, over("G10", "G11")),
    );
    assert_eq!(live(&cells[3]), Some(&expected));
}

#[test]
fn without_a_place_there_is_no_twin() {
    let codes = TWO_CODES;
    let june = sample(6);
    assert_eq!(made(&june, &Places::default()).widths.len(), 11);
    let mut some = places(codes);
    some.indicators.get_mut(&IndicatorCode::new(codes[1])).unwrap().degree = None;
    let sheet = made(&june, &some);
    let cells = tree(&sheet)[11];
    assert!(live(&cells[11]).is_none() && live(&cells[14]).is_some(), "coverage alone has its places");
    assert!(live(&tree(&sheet)[0][11]).is_none(), "nor has the ente");
}

//! *Sintesi* on a made-up June and a made-up December; the expected figures are computed by hand.

use super::brief::Brevity;
use super::sheet as summary;
use super::tree::FIRST;
use crate::book::Report;
use crate::book::height;
use crate::book::table::names;
use crate::book::{Cell, Content, Paper, Row, RowKind, Sheet};
use crate::excel::Target;
use crate::excel::{Call, Formula, Sign};
use crate::model::{CellRef, IndicatorCode, Light, Number, OfficeId, Status, Value};
use crate::report::index::Index;
use crate::report::report;
use crate::report::sample::{Sample, sample};
use crate::report::scheda::places::{Figure, IndicatorPlaces, Places};
use crate::report::words::short;

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
    let june = sample(6);
    let nodes = super::tree::nodes(&june.run(), Brevity::default());
    assert!(nodes[13].title.ends_with("sistema camerale (…)"), "the aside is left out aloud");
}

#[test]
fn the_counts_add_up_to_the_indicators() {
    for month in [1, 6, 12] {
        let sample = sample(month);
        let sheet = made(&sample, &Places::default());
        for cells in tree(&sheet) {
            let sum: i64 = cells[9..13].iter().map(|cell| words(cell).parse::<i64>().unwrap()).sum();
            let number: u8 = words(&cells[0]).trim().trim_start_matches("Scheda ").parse().unwrap_or(0);
            let own = sample.plan.indicators().filter(|own| own.scheda == number).count();
            if number > 0 {
                assert_eq!(sum, i64::try_from(own).unwrap());
            }
        }
        let all: i64 = tree(&sheet)[0][9..13].iter().map(|cell| words(cell).parse::<i64>().unwrap()).sum();
        assert_eq!(all, 40);
    }
}

#[test]
fn every_row_has_the_light_of_its_node() {
    for month in [6, 12] {
        let mut sample = sample(month);
        sample.consolidation.ente_light = Light::Rosso;
        sample.consolidation.perspectives[1].light = Light::Giallo;
        sample.consolidation.objectives[3].light = Light::Verde;
        sample.consolidation.schede[4].light = Light::Grigio;
        let sheet = made(&sample, &Places::default());
        let lit = |row: usize| tree(&sheet)[row][4].content.clone();
        assert_eq!(lit(0), Content::Status(Light::Rosso, "rosso".into()));
        assert_eq!(lit(8), Content::Status(Light::Giallo, "giallo".into()), "Processi interni e qualità");
        assert_eq!(lit(9), Content::Status(Light::Verde, "verde".into()), "7. Semplificazione");
        assert_eq!(lit(11), Content::Status(Light::Grigio, "grigio".into()), "Scheda 5");
        assert!(words(&sheet.rows[1].cells[0]).contains(", ■ rosso; schede"), "and the message says it");
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
        assert_eq!(sheet.paper, Paper::Upright(8));
        let shown = risks(&sheet).len();
        assert!(shown >= 5, "{shown}");
        let [last, _, codes] = sheet.rows.last().unwrap().cells.as_slice() else { panic!("no closing") };
        let (told, codes) = (words(last), words(codes));
        let rest = 40 - shown;
        assert_eq!(told, format!("{rest} altri indicatori, in «Risultati» →"));
        assert!(height::fits_in_a_line(RowKind::Prose, last, &sheet.widths, 0));
        // Which they are, and the way to the first of them.
        let codes: Vec<&str> = codes.split(", ").collect();
        assert_eq!(codes.len(), rest);
        let listed: Vec<String> = risks(&sheet).iter().map(|cells| words(&cells[0])).collect();
        assert!(codes.iter().all(|code| !listed.iter().any(|one| one == code)), "{codes:?}");
        let place = sample.consolidation.indicators.iter().position(|one| one.code.as_str() == codes[0]);
        let (_, target) = link(last).unwrap();
        assert_eq!((target.sheet, target.cell.row as usize), ("Risultati", place.unwrap() + 4));
        // A row more would not fit: the page is full.
        let tall =
            |rows: &[Row]| -> u32 { rows.iter().map(|row| height::of(row, &sheet.widths).points).sum() };
        assert!(tall(&sheet.rows) > 1175 - 80 && tall(&sheet.rows) <= 1175, "{}", tall(&sheet.rows));
    }
}

#[test]
fn a_tree_of_more_than_a_page_is_not_made_tiny() {
    let mut sample = sample(6);
    for scheda in &mut sample.plan.schede {
        scheda.title = "Semplificazione amministrativa e promozione della digitalizzazione ".repeat(6);
    }
    let sheet = made(&sample, &Places::default());
    assert_eq!(sheet.paper, Paper::UpTo(8));
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
    words(&risks[0][7])
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
    let told = reason(6, "3.1", |result| result.status = Status::NonVerificabile);
    // Whose, when, what is wrong and what was found: no bare code.
    let office = sample(6).plan.office_name(&OfficeId::new("metrico")).to_owned();
    assert_eq!(told, format!("{office}, gennaio: la parte supera il tutto (41)"));
    let kept_out = reason(6, "3.1", |result| {
        result.status = Status::NonVerificabile;
        result.coverage.present -= 1;
    });
    assert_eq!(kept_out, told, "said once");
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
    // March is blank in one voce of scheda 2 in every office that has it; the last office of the plan sent
    // nothing.
    let sample = sample(6);
    let run = sample.run();
    let (indicator, _) = sample.plan.voci().find(|(_, voce)| voce.key.as_str() == "S02.stage").unwrap();
    let result = sample.consolidation.indicator(&indicator.code).unwrap();
    let senders = indicator.offices.iter().filter(|office| sample.admitted.entries.has_sent(office)).count();
    assert_eq!(senders, indicator.offices.len());
    let told = super::shortfall::words(&run, indicator, result);
    let offices = if senders == 1 { "ufficio" } else { "uffici" };
    assert!(told.ends_with(&format!("manca marzo di {senders} {offices}")), "{told}");
}

#[test]
fn long_texts_end_at_a_whole_word() {
    // 13 letters hold «Tempo medio» and its blank, not «di» too.
    assert_eq!(short("Tempo medio di lavorazione", 13), "Tempo medio (…)");
    assert_eq!(short("Tempo medio di lavorazione", 14), "Tempo medio di (…)");
    assert_eq!(short("Tempo medio", 11), "Tempo medio");
    let mut sample = sample(6);
    let long = "Tempo medio di lavorazione ".repeat(9);
    for action in sample.plan.schede.iter_mut().flat_map(|scheda| &mut scheda.actions) {
        for indicator in &mut action.indicators {
            indicator.text = long.clone();
        }
    }
    let sheet = made(&sample, &Places::default());
    let text = words(&risks(&sheet)[0][1]);
    assert!(text.ends_with(" (…)") && text.chars().count() <= 104, "{text}");
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

#[test]
fn what_has_the_same_outcome_comes_by_its_weight_and_then_by_its_code() {
    let mut sample = sample(6);
    for result in &mut sample.consolidation.indicators {
        (result.status, result.degree, result.paced) = (Status::NonVerificabile, None, None);
    }
    for scheda in &mut sample.plan.schede {
        scheda.weight = Number::from(if scheda.number == 9 { 30_i64 } else { 1_i64 });
    }
    let weights = &mut sample.plan.schede[0].actions;
    let heavy = weights.iter_mut().flat_map(|action| &mut action.indicators).nth(2).unwrap();
    heavy.weight = Number::from(100_i64);
    let code = heavy.code.to_string();
    let sheet = made(&sample, &Places::default());
    let codes: Vec<String> = risks(&sheet).iter().map(|cells| words(&cells[0])).collect();
    let ninth = sample.plan.schede[8].indicators().count();
    assert!(codes.len() > ninth, "{codes:?}");
    let own: Vec<String> = sample.plan.schede[8].indicators().map(|own| own.code.to_string()).collect();
    assert_eq!(codes[..ninth], own, "thirty times the others");
    // A share of 1, or near to it: a scheda of one indicator is worth as much.
    let place = |wanted: &str| codes.iter().position(|code| code == wanted);
    assert_eq!(codes[ninth], "12.1", "the only one of its scheda");
    assert_eq!(place(&code), Some(ninth + 1), "100 of 103 of its scheda: {codes:?}");
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
            paced: figure("D"),
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
    let cells = tree(&sheet).into_iter().find(|cells| words(&cells[0]).trim() == title).unwrap();
    // Eight printed columns, the link, four counts, the months; then the twins.
    cells[13 + month as usize..].to_vec()
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
        let row = FIRST + 12;
        Formula::Cell(cell(names::SUMMARY, &format!("{column}{row}")))
    };
    // Scheda 5 is in the twelfth row of the tree; red first, then yellow, then green, else grey.
    let some = |column| own(column).signed(Sign::Above, Formula::whole(0));
    let expected = Formula::choose(
        some("Z"),
        Formula::text("■ rosso"),
        Formula::choose(
            some("Y"),
            Formula::text("▲ giallo"),
            Formula::choose(some("X"), Formula::text("● verde"), Formula::text("○ grigio")),
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
    assert_eq!(made(&june, &Places::default()).widths.len(), 19);
    let mut some = places(codes);
    let own = some.indicators.get_mut(&IndicatorCode::new(codes[1])).unwrap();
    (own.degree, own.paced) = (None, None);
    let sheet = made(&june, &some);
    let cells = tree(&sheet)[11];
    assert!(live(&cells[19]).is_none() && live(&cells[22]).is_some(), "coverage alone has its places");
    assert!(live(&tree(&sheet)[0][19]).is_none(), "nor has the ente");
}

/// The sheet within the whole workbook.
fn whole(sample: &Sample) -> (Report, usize) {
    let report = report(&sample.run());
    let place = report.sheets.iter().position(|sheet| sheet.name == "Sintesi").unwrap();
    (report, place)
}

fn at_target<'a>(report: &'a Report, target: &Target) -> &'a Cell {
    let sheet = report.sheets.iter().find(|sheet| sheet.name == target.sheet).unwrap();
    &sheet.rows[target.cell.row as usize].cells[usize::from(target.cell.col)]
}

fn link(cell: &Cell) -> Option<(&str, &Target)> {
    match &cell.content {
        Content::Link(words, target) => Some((words, target)),
        _ => None,
    }
}

#[test]
fn every_figure_stands_twice_also_those_of_the_months() {
    for month in [6, 12] {
        let sample = sample(month);
        let (report, place) = whole(&sample);
        let sheet = &report.sheets[place];
        let header = &sheet.rows[sheet.tables[0].first.row as usize].cells;
        let months = month as usize;
        for cells in tree(sheet) {
            let twins = &cells[13 + months..];
            assert_eq!(twins.len(), 8 + months + 1, "{}", words(&cells[0]));
            assert!(twins.iter().all(|cell| live(cell).is_some()), "{}: {twins:?}", words(&cells[1]));
            let engine = [2, 3, 4, 5, 9, 10, 11, 12].into_iter().chain(13..13 + months);
            for (from, twin) in engine.zip(twins) {
                assert_eq!(
                    words(&cells[from]),
                    words(twin),
                    "{} of {}",
                    words(&header[from]),
                    words(&cells[1])
                );
            }
        }
        let degree = if month == 12 { "Senza ciò che manca" } else { "Grado su 100" };
        assert_eq!(words(&header[13]), format!("{degree}, a gennaio"));
        assert_eq!(words(&header[13 + months + 8]), format!("{degree}, a gennaio in Excel"));
    }
}

#[test]
fn the_months_of_a_group_are_the_means_of_those_of_its_schede() {
    let mut sample = sample(2);
    sample.plan.schede[4].weight = Number::from(3_i64);
    let (report, place) = whole(&sample);
    let sheet = &report.sheets[place];
    // Objective 7 holds schede 4, 5 and 6, in the three rows below it: from the ninth row of the tree, which
    // is row 15 of the sheet. Eight printed columns, link, four counts, two months, eight twins: January is
    // X.
    let own = |row: u32| Formula::Cell(cell(names::SUMMARY, &format!("X{row}")));
    let expected = crate::report::scheda::mean(
        &[(Number::one(), own(16)), (Number::from(3_i64), own(17)), (Number::one(), own(18))],
        false,
    );
    let cells = tree(sheet)[9];
    assert!(words(&cells[1]).starts_with("7. Semplificazione"));
    assert_eq!(live(&cells[23]), Some(&expected));
    // A scheda's is the live figure of its own sheet.
    let Some(Formula::Cell(target)) = live(&tree(sheet)[10][23]) else { panic!("no formula") };
    assert_eq!(target.sheet, "S04");
    let own = &report.sheets.iter().find(|sheet| sheet.name == "S04").unwrap().rows[target.cell.row as usize];
    assert_eq!((words(&own.cells[0]), words(&own.cells[1])), ("scheda".to_owned(), "gennaio".to_owned()));
    assert!(live(at_target(&report, target)).is_some());
}

#[test]
fn in_the_closed_year_a_group_has_the_light_of_its_live_degree() {
    let (report, place) = whole(&sample(12));
    let cells = tree(&report.sheets[place])[0];
    // Thirteen columns and twelve months: the twins begin at Z, the light is AB. The ente stands in row 6.
    let rounded = Formula::call(Call::Round, [Formula::Cell(cell(names::SUMMARY, "Z6")), Formula::whole(11)]);
    let from = |limit: i64| rounded.clone().signed(Sign::AtLeast, Formula::whole(limit));
    let expected = Formula::choose(
        Formula::call(Call::IsNumber, [Formula::Cell(cell(names::SUMMARY, "Z6"))]),
        Formula::choose(
            from(90),
            Formula::text("● verde"),
            Formula::choose(from(70), Formula::text("▲ giallo"), Formula::text("■ rosso")),
        ),
        Formula::text("○ grigio"),
    );
    assert_eq!(live(&cells[27]), Some(&expected));
}

#[test]
fn the_small_bars_stand_over_the_months_of_their_row() {
    let sample = sample(6);
    let (report, place) = whole(&sample);
    let sheet = &report.sheets[place];
    let rows = tree(sheet);
    let mut bars = 0;
    for (cells, row) in rows.iter().zip(FIRST..) {
        let known = cells[13..19].iter().any(|cell| !cell.is_blank());
        let own = sheet.sparklines.iter().find(|line| (line.at.row, line.at.col) == (row, 6));
        assert_eq!(own.is_some(), known, "{}", words(&cells[1]));
        if let Some(line) = own {
            let ends = (line.values.first.to_string(), line.values.last.to_string());
            assert_eq!(ends, (format!("N{}", row + 1), format!("S{}", row + 1)));
            assert_eq!(line.sheet, "Sintesi");
            bars += 1;
        }
    }
    assert!(bars > 15, "{bars}");
    let degrees: Vec<String> = sample
        .months
        .iter()
        .map(|then| then.ente.without_missing.as_ref().map_or_else(String::new, Number::to_plain))
        .collect();
    assert_eq!(rows[0][13..19].iter().map(words).collect::<Vec<_>>(), degrees);
    // Those of an indicator at risk, over the degrees of its scheda's sheet.
    let first = sheet.tables[1].first.row + 1;
    let code = words(&risks(sheet)[0][0]);
    let line = sheet.sparklines.iter().find(|line| line.at.row == first).unwrap();
    let own = report.sheets.iter().find(|sheet| sheet.name == line.sheet).unwrap();
    for (row, then) in (line.values.first.row..=line.values.last.row).zip(&sample.months) {
        let cells = &own.rows[row as usize].cells;
        assert_eq!((words(&cells[0]), words(&cells[1])), (code.clone(), then.month.month.name().to_owned()));
        let degree = then.indicator(&IndicatorCode::new(&code)).unwrap().degree.as_ref();
        let shown = words(&cells[usize::from(line.values.first.col)]);
        assert_eq!(shown, degree.map_or_else(String::new, Number::to_plain));
    }
}

#[test]
fn the_months_never_fall_in_december_only_because_the_missing_begin_to_count() {
    let sample = sample(12);
    let (report, place) = whole(&sample);
    let sheet = &report.sheets[place];
    let mut apart = 0;
    for cells in tree(sheet) {
        // Degree, without what is missing; December is the twelfth month, and its twin the twentieth.
        let (official, without, december) = (words(&cells[2]), words(&cells[3]), words(&cells[24]));
        assert_eq!(december, without, "{}", words(&cells[1]));
        assert_eq!(words(&cells[25 + 8 + 11]), without, "{}", words(&cells[1]));
        apart += usize::from(official != without);
    }
    assert!(apart > 3, "{apart}");
    let header = |row: usize| words(&sheet.rows[row].cells[6]);
    assert_eq!(header(sheet.tables[0].first.row as usize), "Andamento senza ciò che manca");
    assert_eq!(header(sheet.tables[1].first.row as usize), "Andamento gen–dic");
}

#[test]
fn a_row_leads_to_what_it_is_made_of() {
    let sample = sample(6);
    let (report, place) = whole(&sample);
    for cells in tree(&report.sheets[place]) {
        let (level, target) = link(&cells[0]).unwrap();
        let (words_of, further) = link(&cells[8]).unwrap();
        let led = at_target(&report, target);
        let below = at_target(&report, further);
        assert!(!led.is_blank() && !below.is_blank());
        match level.trim().strip_prefix("Scheda ") {
            Some(number) => {
                assert_eq!(words_of, "ricalcolo →");
                assert_eq!(words(led), format!("{number}.1"));
                // On the row of a term stands the way to its entries: from the cover it is the third.
                let sheet = report.sheets.iter().find(|sheet| sheet.name == further.sheet).unwrap();
                let row = &sheet.rows[further.cell.row as usize].cells;
                assert!(
                    row.iter().any(|cell| link(cell).is_some_and(|(_, to)| to.sheet == "Dati")),
                    "{number}"
                );
            }
            None => {
                assert!(live(led).is_some(), "{level}");
                // The first that its note names, the worst one: to its indicators.
                let note = words(&cells[7]);
                let digits = |text: &str| -> String {
                    let from = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
                    from.chars().take_while(char::is_ascii_digit).collect()
                };
                let first = note.split_once(": ").map_or(note.as_str(), |(_, schede)| schede);
                let worst = digits(first);
                assert_eq!(words_of, format!("scheda {worst} →"), "{note}");
                assert_eq!(words(below), format!("{worst}.1"));
            }
        }
    }
}

#[test]
fn what_was_kept_out_leads_to_its_finding() {
    let mut june = sample(6);
    for result in &mut june.consolidation.indicators {
        result.status = match result.code.as_str() {
            "3.1" => Status::NonVerificabile,
            "6.2" => Status::InRitardo,
            _ => Status::InLinea,
        };
    }
    let (report, place) = whole(&june);
    let sheet = &report.sheets[place];
    let own = risks(sheet).into_iter().find(|cells| words(&cells[0]) == "3.1").unwrap();
    let (told, target) = link(&own[8]).unwrap();
    assert_eq!(target.sheet, "Rilievi");
    let row =
        &report.sheets.iter().find(|sheet| sheet.name == "Rilievi").unwrap().rows[target.cell.row as usize];
    assert_eq!(words(&row.cells[1]), "R03");
    assert_eq!(told, format!("rilievo {} →", words(&row.cells[0])));
    let other = risks(sheet).into_iter().find(|cells| words(&cells[4]) == "in ritardo").unwrap();
    let (told, target) = link(&other[8]).unwrap();
    assert_eq!((told, words(at_target(&report, target))), ("esito →", words(&other[0])));
}

/// The note beside a row of the tree, in a month where `change` gives each indicator its outcome.
fn note(month: u32, row: usize, change: impl Fn(&mut crate::aggregate::IndicatorResult)) -> String {
    let mut sample = sample(month);
    sample.consolidation.indicators.iter_mut().for_each(change);
    words(&tree(&made(&sample, &Places::default()))[row][7])
}

/// Rows of the tree.
const SCHEDA_1: usize = 3;
const SCHEDA_12: usize = 19;

#[test]
fn a_scheda_says_which_indicators_make_its_colour() {
    let told = note(6, SCHEDA_1, |result| {
        result.status = match result.code.as_str() {
            "1.1" => Status::NonVerificabile,
            "1.2" => Status::InRitardo,
            "1.3" => Status::NonPiuRaggiungibile,
            _ => Status::NonVerificabile,
        };
    });
    assert_eq!(told, "■ non più raggiungibile: 1.3; ▲ in ritardo: 1.2; ○ non verificabile: 1.1, 1.4");
    let well = |result: &mut crate::aggregate::IndicatorResult| result.status = Status::GiaRaggiunto;
    assert_eq!(note(6, SCHEDA_1, well), "● tutti gli indicatori in linea o già raggiunti");
    assert_eq!(note(6, SCHEDA_12, well), "● già raggiunto: 12.1");
    let told = note(12, SCHEDA_1, |result| {
        (result.status, result.degree) = match result.code.as_str() {
            "1.1" => (Status::NonVerificabile, None),
            "1.2" => (Status::NonValutabile, None),
            "1.3" => (Status::ParzialmenteRaggiunto, Some(Number::from(80_i64))),
            _ => (Status::NonRaggiunto, Some(Number::zero())),
        };
    });
    assert_eq!(
        told,
        "■ non raggiunto: 1.4; ▲ parzialmente raggiunto: 1.3; ○ non verificabile, conta 0: 1.1; \
         ○ non valutabile, fuori dal conto: 1.2"
    );
    let well = |result: &mut crate::aggregate::IndicatorResult| result.status = Status::Raggiunto;
    assert_eq!(note(12, SCHEDA_1, well), "● tutti gli indicatori raggiunti");
}

#[test]
fn a_group_says_of_which_schede_it_is_the_mean() {
    let mut sample = sample(6);
    for (number, light, degree) in
        [(4, Light::Verde, Some(90)), (5, Light::Rosso, Some(10)), (6, Light::Grigio, None)]
    {
        let scheda = &mut sample.consolidation.schede[number - 1];
        scheda.light = light;
        scheda.degrees.official = degree.map(|degree: i64| Number::from(degree));
    }
    let told = |sample: &Sample, row: usize| words(&tree(&made(sample, &Places::default()))[row][7]);
    assert_eq!(told(&sample, 9), "Media di 2 schede su 3: ■ 5; ● 4; ○ 6 (senza grado)");
    assert_eq!(told(&sample, 2), "Solo la scheda 1");
    sample.consolidation.schede[3].light = Light::Grigio;
    sample.consolidation.schede[3].degrees.official = None;
    assert_eq!(told(&sample, 9), "Media di 1 scheda su 3: ■ 5; ○ 4, 6 (tutte senza grado)");
    sample.consolidation.schede[3].light = Light::Verde;
    sample.consolidation.schede[3].degrees.official = Some(Number::from(90_i64));
    sample.plan.schede[5].weight = Number::from(2_i64);
    sample.consolidation.schede[5].degrees.official = Some(Number::one());
    assert_eq!(told(&sample, 9), "Media pesata di 3 schede: ■ 5; ● 4; ○ 6");
    for scheda in &mut sample.consolidation.schede {
        scheda.degrees.official = None;
    }
    assert_eq!(told(&sample, 9), "Nessuna scheda ha un grado");
    assert_eq!(told(&sample, 2), "Solo la scheda 1");
}

#[test]
fn a_deadline_to_come_says_that_nothing_is_due() {
    // In March the dates of 20 May are to come: both indicators are on pace, and nothing is there.
    let march = sample(3);
    let (report, place) = whole(&march);
    let scheda = tree(&report.sheets[place]).into_iter().find(|cells| words(&cells[0]).ends_with("Scheda 8"));
    let told = words(&scheda.unwrap()[7]);
    assert!(told.contains("● nessun dato dovuto fino al 30/11/2019: 8.3, 8.4"), "{told}");
    let results = report.sheets.iter().find(|sheet| sheet.name == "Risultati").unwrap();
    let remark = |code: &str| {
        let row = results.rows.iter().find(|row| row.cells.first().is_some_and(|cell| words(cell) == code));
        words(&row.unwrap().cells[17])
    };
    assert!(remark("8.3").contains("Nessun dato è dovuto fino al 30/11/2019: per questo è in linea."));
    assert!(!remark("2.3").contains("Nessun dato è dovuto"));
    // In June the dates are in.
    let told = words(&tree(&made(&sample(6), &Places::default()))[15][7]);
    assert!(!told.contains("dovuto"), "{told}");
}

#[test]
fn it_says_which_tables_it_holds_and_leads_to_them() {
    let mut sample = sample(6);
    let (report, place) = whole(&sample);
    let cells = &report.sheets[place].rows[2].cells;
    assert_eq!(words(&cells[2]), "Questo foglio contiene 2 tabelle:");
    let tables = &report.sheets[place].tables;
    assert_eq!(tables.len(), 2);
    for (cell, table) in [&cells[5], &cells[7]].into_iter().zip(tables) {
        let (told, target) = link(cell).unwrap();
        assert_eq!((target.sheet, target.cell.row, target.cell.col), ("Sintesi", table.first.row - 1, 0));
        let row = &report.sheets[place].rows[target.cell.row as usize];
        assert_eq!(row.kind, RowKind::Heading);
        assert!(words(&row.cells[0]).starts_with(told.trim_end_matches(" ↓")), "{told}");
    }
    for result in &mut sample.consolidation.indicators {
        result.status = Status::InLinea;
    }
    let alone = made(&sample, &Places::default());
    assert_eq!(
        (words(&alone.rows[2].cells[2]), alone.tables.len()),
        ("Questo foglio contiene una tabella:".into(), 1)
    );
    assert_eq!(alone.rows[2].cells.iter().filter(|cell| link(cell).is_some()).count(), 2);
}

#[test]
fn long_names_give_way_to_what_is_at_risk() {
    let mut sample = sample(6);
    let shown = |sample: &Sample| {
        let sheet = made(sample, &Places::default());
        (risks(&sheet).len(), words(&tree(&sheet)[2][1]))
    };
    let mut risky = |number: usize| {
        for (place, result) in sample.consolidation.indicators.iter_mut().enumerate() {
            result.status = if place < number { Status::InRitardo } else { Status::InLinea };
        }
        shown(&sample)
    };
    let (few, whole) = risky(2);
    let (many, brief) = risky(11);
    assert_eq!((few, many), (2, 11), "all of them");
    assert!(whole.ends_with("di collaborazione diffuse"), "{whole}");
    assert!(brief.ends_with("(…)") && brief.len() < whole.len(), "{brief}");
}

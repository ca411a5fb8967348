//! The live formulas against the engine, on a plan with every form of voce, formula and target, and whatever
//! offices may type: the proof O02 runs on each consolidated workbook, and a workbook is issued.
use crate::arrays;
use crate::support::hand;

use std::fs;
use std::path::PathBuf;

use hand::{Hand, typed_workbook};
use schede::book::{Content, Report, disagreements};
use schede::certify::Run;
use schede::excel::Computed;
use schede::interpret::{arrive, settle};
use schede::model::{CellRef, Month, Number, Rule};
use schede::pipeline::run_on;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::issue;
use schede::read::{RawCell, RawContent, RawSheet, read_bytes};
use schede::report::report;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook, templates};

fn every_form() -> Plan {
    read_plan(&fs::read_to_string(every_form_path()).unwrap()).unwrap()
}

fn every_form_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/piani/ogni-forma.toml")
}

/// What is wrong with the workbooks of a campaign at these months; the last office does not send its own when
/// `missing`.
fn wrong(plan: &Plan, hand: Hand, seed: u64, months: &[u32], missing: bool) -> Vec<String> {
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let templates = templates(plan);
    let senders = plan.offices.len() - usize::from(missing);
    let arrivals: Vec<_> = plan
        .offices
        .iter()
        .take(senders)
        .map(|office| {
            let name = office_file_name(plan, &office.id);
            arrive(plan, &read_bytes(&name, typed_workbook(plan, &office.id, hand, seed)), &templates)
        })
        .collect();
    let mut wrong = Vec::new();
    for month in months {
        let job = run_on(plan, settle(plan, arrivals.clone()), Month::new(*month), &mut |_| ()).unwrap();
        match issue(&Run::of_job(plan, &job, &rules, false)) {
            Ok(issued) => wrong.extend(arrays::judged(&issued.read_back().unwrap()).0),
            Err(unissued) => wrong.push(format!("{hand:?} {seed} {month}: {unissued:?}")),
        }
    }
    wrong
}

#[test]
fn every_form_of_the_plan_gives_live_what_the_engine_gives() {
    let plan = every_form();
    let mut all = Vec::new();
    for seed in 1..=2 {
        for hand in [Hand::Sensible, Hand::Careless] {
            all.extend(wrong(&plan, hand, seed, &[6, 12], seed == 2));
        }
    }
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn the_real_plan_gives_live_what_the_engine_gives() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut all = wrong(&plan, Hand::Careless, 1, &[6, 12], false);
    all.extend(wrong(&plan, Hand::Sensible, 2, &[11], true));
    assert_eq!(all, Vec::<String>::new());
}

/// A ratio of a hair under its target, which fifteen digits do not tell from it: no formula pretends to judge
/// it, and the workbook is issued all the same.
#[test]
fn what_is_too_fine_for_excel_has_no_formula() {
    let plan = every_form();
    let typed = |over: f64, under: f64| {
        let mut fill = Fill::default();
        for (key, value) in [("S03.fini", over), ("S03.finissime", under)] {
            let key = FillKey { key: key.to_owned(), month: Month::new(1), row: None, column: None };
            fill.set(key, FillValue::Number(value));
        }
        let office = &plan.offices[0].id;
        let bytes = office_workbook(&plan, office, &fill).unwrap();
        let name = office_file_name(&plan, office);
        let arrival = arrive(&plan, &read_bytes(&name, bytes), &templates(&plan));
        let job = run_on(&plan, settle(&plan, vec![arrival]), Month::new(12), &mut |_| ()).unwrap();
        let rules: Vec<&'static Rule> = schede::check::rules().collect();
        let issued = issue(&Run::of_job(&plan, &job, &rules, false)).unwrap();
        live(issued.read_back().unwrap().sheet("S03").unwrap(), "3.11", "Esito")
    };
    let fine = typed(0.099_999_999_999_999, 1.0);
    assert!(fine.formula.is_none() && is_text(&fine, "senza formula: vedi «Metodo»"), "{fine:?}");
    // A tie of plain decimals is judged, and is a tie: 0,3 of 3 is the tenth that is wanted.
    let tie = typed(0.3, 3.0);
    assert!(tie.formula.is_some() && is_text(&tie, "● raggiunto"), "{tie:?}");
    let under = typed(0.299_999, 3.0);
    assert!(under.formula.is_some() && is_text(&under, "▲ parzialmente raggiunto"), "{under:?}");
}

/// The formula's cell of a figure of an indicator, in its scheda's sheet.
fn live(sheet: &RawSheet, code: &str, figure: &str) -> RawCell {
    let mut rows = sheet.cells.iter().filter(|(at, cell)| at.col == 0 && is_text(cell, code));
    let beside = |at: CellRef, col| sheet.cell(CellRef { col, ..at });
    let row = rows.find(|(at, _)| beside(**at, 1).is_some_and(|cell| is_text(cell, figure)));
    beside(*row.unwrap().0, 4).unwrap().clone()
}

/// Ten offices, each with a last month of its own: the sum of their stocks is longer than the 8.192
/// characters of Excel.
#[test]
fn what_is_too_long_for_excel_has_no_formula() {
    let text = fs::read_to_string(every_form_path()).unwrap();
    let many: Vec<String> = (1..=10).map(|number| format!("molti{number}")).collect();
    let offices: String =
        many.iter().map(|id| format!("[[uffici]]\nid = \"{id}\"\nnome = \"{id}\"\n\n")).collect();
    let owners = "uffici = [\"alfa\", \"beta\"]\nformula = \"giacenza\"";
    assert!(text.contains(owners));
    let text = text
        .replacen("[[schede]]\n", &format!("{offices}[[schede]]\n"), 1)
        .replace(owners, &format!("uffici = {many:?}\nformula = \"giacenza\""));
    let plan = read_plan(&text).unwrap();
    let arrivals = plan.offices.iter().map(|office| {
        let name = office_file_name(&plan, &office.id);
        let bytes = typed_workbook(&plan, &office.id, Hand::Sensible, 1);
        arrive(&plan, &read_bytes(&name, bytes), &templates(&plan))
    });
    let job = run_on(&plan, settle(&plan, arrivals.collect()), Month::new(12), &mut |_| ()).unwrap();
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let issued = issue(&Run::of_job(&plan, &job, &rules, false)).unwrap();
    let book = issued.read_back().unwrap();
    let sheet = book.sheet("S01").unwrap();
    for figure in ["Giacenza", "Risultato", "Esito"] {
        let cell = live(sheet, "1.2", figure);
        assert!(
            cell.formula.is_none() && is_text(&cell, "senza formula: vedi «Metodo»"),
            "{figure}: {cell:?}"
        );
    }
    assert!(live(sheet, "1.3", "Risultato").formula.is_some(), "the others keep theirs");
    let longest = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let longest =
        longest.filter_map(|cell| cell.formula.as_ref()).map(|text| text.encode_utf16().count()).max();
    assert!(longest.unwrap() < 8_192, "{longest:?}");
}

fn is_text(cell: &RawCell, words: &str) -> bool {
    matches!(&cell.content, RawContent::Text(text) if text == words)
}

/// Outcome and degree of 3.11 at a month, by the formulas of the workbook of `typed` after `tried` was
/// written in *Dati* over the numerator; and what the engine says of who sends `tried`.
fn tried(plan: &Plan, month: u32, typed: [f64; 2], tried: f64) -> ([Computed; 2], [Computed; 2]) {
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let of = |[over, under]: [f64; 2]| {
        let mut fill = Fill::default();
        for (key, value) in [("S03.fini", over), ("S03.finissime", under)] {
            let key = FillKey { key: key.to_owned(), month: Month::new(1), row: None, column: None };
            fill.set(key, FillValue::Number(value));
        }
        let office = &plan.offices[0].id;
        let bytes = office_workbook(plan, office, &fill).unwrap();
        let arrival = arrive(plan, &read_bytes(&office_file_name(plan, office), bytes), &templates(plan));
        let job = run_on(plan, settle(plan, vec![arrival]), Month::new(month), &mut |_| ()).unwrap();
        report(&Run::of_job(plan, &job, &rules, false))
    };
    let mut sent = of([tried, typed[1]]);
    assert_eq!(disagreements(&sent), Vec::new(), "what the formulas of who sends it give is the engine's");
    let engine = decided(&mut sent);
    let mut changed = of(typed);
    let data = changed.sheets.iter_mut().find(|sheet| sheet.name == "Dati").unwrap();
    let is_first = |row: &&mut schede::book::Row| {
        let shown = |at: usize| row.cells.get(at).map(|cell| cell.content.shown());
        let is_key = matches!(shown(14), Some(Content::Text(key) | Content::Code(key)) if key == "S03.fini");
        is_key && matches!(shown(2), Some(Content::Number(number, _)) if *number == Number::one())
    };
    let row = data.rows.iter_mut().find(is_first).unwrap();
    let Content::Number(number, _) = &mut row.cells[6].content else { panic!("{:?}", row.cells[6]) };
    *number = Number::from_f64(tried).unwrap();
    (decided(&mut changed), engine)
}

/// What the formulas of outcome and degree of 3.11 give.
fn decided(report: &mut Report) -> [Computed; 2] {
    ["Esito", "Grado su 100"].map(|figure| {
        let sheet = report.sheets.iter_mut().find(|sheet| sheet.name == "S03").unwrap();
        let is = |cell: &schede::book::Cell, words: &str| {
            matches!(cell.content.shown(), Content::Text(text) | Content::Code(text) | Content::Link(text, _) if text == words)
        };
        let is_row = |row: &&mut schede::book::Row| {
            row.cells.len() > 4 && is(&row.cells[0], "3.11") && is(&row.cells[1], figure)
        };
        let row = sheet.rows.iter_mut().find(is_row).unwrap();
        let Content::Live(live) = &mut row.cells[4].content else { panic!("{:?}", row.cells[4]) };
        // Nothing gives this: so the formula is told.
        live.value = Content::Text("?".to_owned());
        let asked = |one: &schede::book::Disagreement| one.engine == Computed::Text("?".to_owned());
        let answers = disagreements(report);
        let answer = answers.into_iter().rev().find(|one| asked(one) && one.sheet == "S03").unwrap();
        let sheet = report.sheets.iter_mut().find(|sheet| sheet.name == "S03").unwrap();
        let row = &mut sheet.rows[usize::try_from(answer.cell.row).unwrap()];
        let Content::Live(live) = &mut row.cells[4].content else { panic!() };
        live.value = Content::Blank;
        answer.live
    })
}

/// A target, what was sent, and what is tried with the outcome of each.
type Case = (&'static str, [f64; 2], &'static [(f64, &'static str)]);

/// Whoever writes a figure with decimals where only whole ones stood sees decided what the engine would
/// decide.
#[test]
fn a_figure_changed_in_dati_is_judged_as_the_engine_would() {
    const MET: &str = "● raggiunto";
    const PARTLY: &str = "▲ parzialmente raggiunto";
    const MISSED: &str = "■ non raggiunto";
    let text = fs::read_to_string(every_form_path()).unwrap();
    let target = "target = \">= 0,1\"";
    assert_eq!(text.matches(target).count(), 1);
    // Target, what was sent, what is tried, and the outcome by hand: yellow begins at 62,5.
    let cases: [Case; 6] = [
        ("<= 1", [34.0, 82.0], &[(82.0, MET), (82.4, PARTLY), (82.000_001, PARTLY), (81.999_999, MET)]),
        ("<= 1", [34.0, 80.0], &[(128.0, PARTLY), (128.000_001, MISSED)]),
        ("< 1", [34.0, 82.0], &[(82.0, PARTLY), (81.999_999, MET)]),
        ("= 1", [34.0, 82.0], &[(82.0, MET), (82.000_001, MISSED), (81.999_999, MISSED)]),
        (
            ">= 0,1",
            [34.0, 300.0],
            &[(30.0, MET), (29.999_999, PARTLY), (30.000_001, MET), (18.75, PARTLY), (18.749_999, MISSED)],
        ),
        // A tie in which binary arithmetic leaves a hair: 0,1 × 1003 is 100,3.
        (">= 0,1", [200.0, 1003.0], &[(100.3, MET), (100.299_999, PARTLY)]),
    ];
    for (limit, sent, tries) in cases {
        let plan = read_plan(&text.replace(target, &format!("target = \"{limit}\""))).unwrap();
        for (figure, outcome) in tries {
            let (live, engine) = tried(&plan, 12, sent, *figure);
            assert_eq!(live[0], Computed::Text((*outcome).to_owned()), "{limit} {sent:?} {figure}");
            assert_eq!(live, engine, "{limit} {sent:?} {figure}");
        }
        let (live, engine) = tried(&plan, 6, sent, tries[tries.len() - 1].0);
        assert_eq!(live, engine, "{limit} {sent:?} in June");
    }
}

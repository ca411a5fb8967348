//! The live formulas against the engine, on a plan with every form of voce, formula and target, and whatever offices may
//! type: the proof O02 runs on each consolidated workbook, and a workbook is issued.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "helpers of tests stop at what is not as expected, and type numbers as anybody could"
)]

#[path = "support/hand.rs"]
mod hand;

use std::fs;
use std::path::PathBuf;

use hand::{Hand, typed_workbook};
use schede::interpret::{arrive, settle};
use schede::model::{CellRef, Month, Rule};
use schede::pipeline::run_on;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::issue;
use schede::read::{RawCell, RawContent, RawSheet, read_bytes};
use schede::report::Run;
use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook, templates};

fn every_form() -> Plan {
    read_plan(&fs::read_to_string(every_form_path()).unwrap()).unwrap()
}

fn every_form_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/piani/ogni-forma.toml")
}

/// What is wrong with the workbooks of a campaign at these months; the last office does not send its own when `missing`.
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
        wrong.extend(
            issue(&Run::of_job(plan, &job, &rules, false))
                .err()
                .map(|unissued| format!("{hand:?} {seed} {month}: {unissued:?}")),
        );
    }
    wrong
}

#[test]
fn every_form_of_the_plan_gives_live_what_the_engine_gives() {
    let plan = every_form();
    let mut all = Vec::new();
    for seed in 1..=3 {
        for hand in [Hand::Sensible, Hand::Careless] {
            all.extend(wrong(&plan, hand, seed, &[6, 12], seed == 3));
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

/// A ratio of a hair under its target, which fifteen digits do not tell from it: no formula pretends to judge it, and the
/// workbook is issued all the same.
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
        live(issued.read_back.sheet("S03").unwrap(), "3.11", "Esito")
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

/// Ten offices, each with a last month of its own: the sum of their stocks is longer than the 8.192 characters of Excel.
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
    let sheet = issued.read_back.sheet("S01").unwrap();
    for figure in ["Giacenza", "Risultato", "Esito"] {
        let cell = live(sheet, "1.2", figure);
        assert!(
            cell.formula.is_none() && is_text(&cell, "senza formula: vedi «Metodo»"),
            "{figure}: {cell:?}"
        );
    }
    assert!(live(sheet, "1.3", "Risultato").formula.is_some(), "the others keep theirs");
    let longest = issued.read_back.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let longest =
        longest.filter_map(|cell| cell.formula.as_ref()).map(|text| text.encode_utf16().count()).max();
    assert!(longest.unwrap() < 8_192, "{longest:?}");
}

fn is_text(cell: &RawCell, words: &str) -> bool {
    matches!(&cell.content, RawContent::Text(text) if text == words)
}

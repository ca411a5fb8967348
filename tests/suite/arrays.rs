//! No formula that is written, in whatever workbook, asks for an array without saying so: where one value is
//! wanted Excel computes many cells one by one, and other programs take the first, or give an error.
//! Nor does a formula lead back to itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rust_xlsxwriter::Workbook;
use schede::model::CellRef;
use schede::plan::{DEFAULT_PLAN, read_plan};
use schede::read::{RawWorkbook, read_bytes};
use schede::write::{Fill, office_workbook};

/// The parts of a formula.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#""(?:[^"]|"")*"|(?:'[^']+'!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?|[A-Za-z_.]\w*|."#,
    )
    .unwrap()
});
/// A text within a formula.
static TEXT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""(?:[^"]|"")*""#).unwrap());
/// A cell or a range, with its sheet.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:'([^']+)'!|\b([A-Za-z]\w*)!)?\$?\b([A-Z]{1,3})\$?([0-9]+)\b(?::\$?([A-Z]{1,3})\$?([0-9]+)\b)?",
    )
    .unwrap()
});

/// Whether a function takes many cells as its argument at a place, from 0.
fn takes_cells(function: &str, place: usize) -> bool {
    match function {
        "AND" | "AVERAGE" | "COUNT" | "MAX" | "MIN" | "OR" | "SUM" => true,
        "COUNTIFS" => place.is_multiple_of(2),
        "SUMIFS" => place == 0 || place % 2 == 1,
        "INDEX" | "LARGE" | "SMALL" => place == 0,
        "MATCH" => place == 1,
        _ => false,
    }
}

/// The first range, or name of a range, that does not stand as a whole argument of a function that takes
/// cells.
fn out_of_place(formula: &str) -> Option<String> {
    let tokens: Vec<&str> = TOKEN.find_iter(formula).map(|found| found.as_str()).collect();
    let mut open: Vec<(&str, usize)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).map(|at| tokens[at]), tokens.get(at + 1).copied());
        match *token {
            "(" => open.push((before.unwrap_or_default(), 0)),
            ")" => drop(open.pop()),
            "," => open.last_mut().unwrap().1 += 1,
            text if text.starts_with('"') => {}
            text if text.contains(':') || text.starts_with("dati_") => {
                let whole = matches!(before, Some("(" | ",")) && matches!(after, Some(")" | ","));
                let (function, place) = open.last().copied().unwrap_or_default();
                if !whole || !takes_cells(function, place) {
                    return Some(format!("{text} in {function}({place}) of {formula}"));
                }
            }
            _ => {}
        }
    }
    None
}

/// What is out of place in a workbook, and how many formulas it has.
pub(crate) fn judged(book: &RawWorkbook) -> (Vec<String>, usize) {
    let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values());
    let formulas: Vec<&String> = cells.filter_map(|cell| cell.formula.as_ref()).collect();
    (formulas.iter().filter_map(|formula| out_of_place(formula)).collect(), formulas.len())
}

#[test]
fn an_array_is_seen_where_it_hides() {
    for sound in [
        "IF(COUNT(E8:P8)=0,\"\",INDEX(E8:P8,1,MAX(1*ISNUMBER(E8),2*ISNUMBER(F8))))",
        "SUMIFS(dati_valore,dati_chiave,\"a:b(\",dati_conta,\"sì\")",
        "COUNTIFS('Registri'!$G$6:$G$8,'Registri'!$G$9)",
    ] {
        assert_eq!(out_of_place(sound), None);
    }
    for hidden in [
        "INDEX(E8:P8,1,SUMPRODUCT(MAX(ISNUMBER(E8:P8)*(COLUMN(E8:P8)-COLUMN(E8)+1))))",
        "SUMPRODUCT((TRIM($C$5:C6)=TRIM(C7))*($L$5:L6=1))",
        "MAX(E8:P8*2)",
        "COUNTIFS(dati_chiave,dati_conta)",
        "E8:P8",
        "-dati_valore",
    ] {
        assert!(out_of_place(hidden).is_some(), "{hidden}");
    }
}

#[test]
fn no_formula_of_the_offices_asks_for_an_array() {
    let mut all = 0;
    for text in [
        DEFAULT_PLAN,
        include_str!("../piani/ogni-forma.toml"),
        include_str!("../piani/camera-di-prova.toml"),
    ] {
        let plan = read_plan(text).unwrap();
        for office in &plan.offices {
            let bytes = office_workbook(&plan, &office.id, &Fill::default()).unwrap();
            let (wrong, formulas) = judged(&read_bytes("vuoto.xlsx", bytes).content.unwrap());
            assert_eq!(wrong, Vec::<String>::new(), "{}", office.id);
            all += formulas;
        }
    }
    assert!(all > 1_000, "{all}");
}

/// The cells that a formula of `sheet` reads, of every range each.
fn cells_read(sheet: &str, formula: &str) -> Vec<(String, CellRef)> {
    let at = |letters: &str, row: &str| CellRef::parse(&format!("{letters}{row}")).unwrap();
    let plain = TEXT.replace_all(formula, "\"\"");
    let of = |found: regex::Captures<'_>| {
        let text = |place: usize| found.get(place).map(|part| part.as_str());
        let own = text(1).or(text(2)).unwrap_or(sheet).to_owned();
        let first = at(&found[3], &found[4]);
        let last = text(5).zip(text(6)).map_or(first, |(letters, row)| at(letters, row));
        let cells = (first.row..=last.row)
            .flat_map(move |row| (first.col..=last.col).map(move |col| CellRef { row, col }));
        cells.map(move |cell| (own.clone(), cell)).collect::<Vec<_>>()
    };
    PLACE.captures_iter(&plain).flat_map(of).collect()
}

/// The first cell of a workbook whose formula leads back to itself, a range being read whole.
fn led_back(book: &RawWorkbook) -> Option<String> {
    let mut reads = BTreeMap::new();
    for sheet in &book.sheets {
        for (cell, own) in &sheet.cells {
            if let Some(formula) = &own.formula {
                reads.insert((sheet.name.clone(), *cell), cells_read(&sheet.name, formula));
            }
        }
    }
    // Cells that read no formula that is left are taken out, until none is left or none can be.
    loop {
        let clear = |cells: &Vec<(String, CellRef)>| !cells.iter().any(|cell| reads.contains_key(cell));
        let done: Vec<_> =
            reads.iter().filter(|(_, cells)| clear(cells)).map(|(own, _)| own.clone()).collect();
        if done.is_empty() {
            return reads.keys().next().map(|(sheet, cell)| format!("'{sheet}'!{cell}"));
        }
        done.iter().for_each(|own| drop(reads.remove(own)));
    }
}

/// Some programs follow a range whole, whatever of it a formula looks up.
#[test]
fn no_formula_of_the_offices_leads_back_to_itself() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    for office in &plan.offices {
        let bytes = office_workbook(&plan, &office.id, &Fill::default()).unwrap();
        let book = read_bytes("vuoto.xlsx", bytes).content.unwrap();
        assert_eq!(led_back(&book), None, "{}", office.id);
    }
}

#[test]
fn a_circle_is_seen() {
    assert_eq!(
        cells_read("Uno", "IF(INDEX(A5:C5,1,2)=\"Z9\",'Scheda 7'!$B$2,Due!C3)"),
        [("Uno", 4, 0), ("Uno", 4, 1), ("Uno", 4, 2), ("Scheda 7", 1, 1), ("Due", 2, 2)]
            .map(|(sheet, row, col)| (sheet.to_owned(), CellRef { row, col }))
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Uno").unwrap();
    sheet.write_formula(0, 3, "INDEX(A1:E1,1,2)").unwrap();
    sheet.write_formula(1, 3, "INDEX(A2:C2,1,2)").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let book = read_bytes("tondo.xlsx", bytes).content.unwrap();
    assert_eq!(led_back(&book), Some("'Uno'!D1".to_owned()));
}

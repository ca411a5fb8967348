//! No formula that is written, in whatever workbook, asks for an array without saying so: where one value is
//! wanted Excel computes many cells one by one, and other programs take the first, or give an error.
use schede::plan::{DEFAULT_PLAN, read_plan};
use schede::read::{RawWorkbook, read_bytes};
use schede::write::{Fill, office_workbook};

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
    let token = regex::Regex::new(
        r#""(?:[^"]|"")*"|(?:'[^']+'!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?|[A-Za-z_.]\w*|."#,
    )
    .unwrap();
    let tokens: Vec<&str> = token.find_iter(formula).map(|found| found.as_str()).collect();
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

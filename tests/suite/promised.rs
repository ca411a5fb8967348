//! The promises of the fuzzer, with a few inputs of each kind: `fuzz/` tries them with many more.

#[expect(unreachable_pub, reason = "the fuzzer has them from a library of its own")]
#[path = "../../fuzz/src/promises.rs"]
mod promises;

use proptest::prelude::*;
use proptest::sample::select;
use schede::plan::DEFAULT_PLAN;

const SHEET: &str =
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";

/// Pieces of XML that often make a sheet.
fn any_sheet() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "<row>",
        "<row r=\"2\">",
        "</row>",
        "<c>",
        "<c r=\"B2\" t=\"s\">",
        "<c t=\"inlineStr\">",
        "<c t=\"b\">",
        "<c r=\"XFE1\">",
        "</c>",
        "<v>",
        "</v>",
        "<f>",
        "<f t=\"shared\" si=\"0\">",
        "</f>",
        "<is><t>",
        "</t></is>",
        "1e999",
        "-0",
        "12,5",
        "&#x0;",
        "&amp;",
        "<![CDATA[1]]>",
        "<!-- -->",
        "</sheetData>",
        "<mergeCells>",
        "\u{feff}",
        " ",
    ]);
    proptest::collection::vec(piece, 0..16)
        .prop_map(|pieces| format!("{SHEET}{}</sheetData></worksheet>", pieces.concat()))
}

/// Pieces that often make a target.
fn any_target() -> impl Strategy<Value = String> {
    let piece = select(vec![
        ">",
        "<",
        ">=",
        "<=",
        "=",
        "almeno",
        "non superiore a",
        "entro il",
        "entro",
        "10",
        "1.250,50",
        "0,5",
        "46,82",
        "1/6/2019",
        "31/12/2019",
        "%",
        "€",
        "gg.",
        "gg. lavorativi",
        "minuti",
        "(",
        ")",
        "valore 2018",
        "+",
        "-",
        "n.",
        "à",
    ]);
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

/// The plan in the program with some letters of it lost, or said twice.
fn any_plan() -> impl Strategy<Value = String> {
    let long = DEFAULT_PLAN.len();
    (0..long, 0..60_usize, any::<bool>()).prop_map(|(at, long, twice)| {
        let cut =
            |at: usize| (at..=DEFAULT_PLAN.len()).find(|at| DEFAULT_PLAN.is_char_boundary(*at)).unwrap_or(0);
        let (from, to) = (cut(at), cut(at + long));
        let middle = if twice { &DEFAULT_PLAN[from..to] } else { "" };
        [&DEFAULT_PLAN[..from], middle, &DEFAULT_PLAN[if twice { from } else { to }..]].concat()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_target_is_read_as_it_is_told_or_refused_with_a_remedy(free in any::<String>(), pieces in any_target()) {
        promises::target(&free);
        promises::target(&pieces);
    }

    #[test]
    fn any_formula_is_refused_in_its_place_or_read_twice_alike(free in any::<String>(), pieces in "[fgpdr.+*/();, 0-9a-o]{0,24}") {
        promises::formula(&free);
        promises::formula(&pieces);
    }

    #[test]
    fn any_sheet_is_read_within_its_bounds_or_refused(xml in any_sheet(), free in any::<Vec<u8>>()) {
        promises::sheet(xml.as_bytes());
        promises::sheet(&free);
        promises::package(&free);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_plan_is_read_twice_alike_or_refused_with_remedies(text in any_plan(), free in any::<String>()) {
        promises::plan(&text);
        promises::plan(&free);
    }
}

#[test]
fn the_promises_are_tried_on_what_is_right_too() {
    promises::plan(DEFAULT_PLAN);
    promises::target(">46,82%");
    promises::formula("f / (f + g)");
    let sheet = format!("{SHEET}<row r=\"1\"><c r=\"A1\"><v>12.5</v></c></row></sheetData></worksheet>");
    promises::sheet(sheet.as_bytes());
    let read = schede::read::read_bytes("x.xlsx", promises::workbook(sheet.as_bytes()));
    assert_eq!(read.content.unwrap().sheets[0].cells.len(), 1, "the fuzzer's workbook is one that is read");
}

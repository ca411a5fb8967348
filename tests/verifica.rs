//! A thousand changes to an issued workbook, and to the files it comes from: each one is found.
//!
//! The changes are drawn, always the same ones; most are made to the cells as read, some to the bytes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    reason = "helpers of tests stop at what is not as expected, and change numbers as anybody could"
)]

#[path = "support/parts.rs"]
mod pieces;

use std::fs;
use std::path::PathBuf;

use pieces::{changed_once, packed};
use schede::interpret::{Arrival, arrive, settle};
use schede::model::{CellRef, Month, Rule};
use schede::pipeline::{Job, run_on};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::{Issue, issue};
use schede::read::{Parts, RawCell, RawContent, RawWorkbook, parts, read_bytes};
use schede::report::Run;
use schede::verify::{Sameness, Side, compare, compare_cells};
use schede::write::templates;

const IN_CELLS: usize = 830;
const IN_BYTES: usize = 100;
const ANYWHERE: usize = 40;
const IN_FILES: usize = 30;

/// Numbers drawn, always the same ones.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// June's files: names and bytes.
fn files() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = paths
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn arrival(plan: &Plan, name: &str, bytes: Vec<u8>) -> Arrival {
    arrive(plan, &read_bytes(name, bytes), &templates(plan))
}

fn job(plan: &Plan, arrivals: Vec<Arrival>) -> Job {
    run_on(plan, settle(plan, arrivals), Month::new(6), &mut |_| ()).unwrap()
}

fn issued(plan: &Plan, job: &Job) -> Issue {
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    issue(&Run::of_job(plan, job, &rules, false)).unwrap()
}

#[test]
fn a_thousand_changes_are_all_found() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let files = files();
    let arrivals: Vec<Arrival> =
        files.iter().map(|(name, bytes)| arrival(&plan, name, bytes.clone())).collect();
    let own = issued(&plan, &job(&plan, arrivals.clone()));
    assert!(compare_cells(&own.read_back, &own.read_back).differences.is_empty());
    let mut draw = Draw(2019);
    for change in 0..IN_CELLS {
        let mut book = own.read_back.clone();
        let (sheet, cell) = change_a_cell(&mut book, &mut draw);
        let found = compare_cells(&book, &own.read_back);
        let told = found.differences.iter().any(|one| one.sheet == sheet && one.cell == Some(cell));
        assert!(told, "change {change}: '{sheet}'!{cell}");
    }
    let whole = parts(&own.bytes).unwrap();
    for change in 0..IN_BYTES {
        let (name, bytes) = change_a_part(&whole, &mut draw);
        // A workbook that can no longer be read is refused.
        let Ok(book) = read_bytes("emesso.xlsx", bytes).content else { continue };
        let found = compare_cells(&book, &own.read_back);
        assert!(!found.differences.is_empty(), "change {change} in {name}");
    }
    let fresh = Side { book: &own.read_back, bytes: &own.bytes };
    for change in 0..ANYWHERE {
        let (name, bytes) = change_a_byte(&whole, &mut draw);
        let Ok(book) = read_bytes("emesso.xlsx", bytes.clone()).content else { continue };
        let found = compare(Side { book: &book, bytes: &bytes }, fresh);
        assert!(!found.is_equal() && !found.differences.is_empty(), "change {change} in {name}");
    }
    for change in 0..IN_FILES {
        let place = draw.below(files.len());
        let (name, mut bytes) = files[place].clone();
        let at = draw.below(bytes.len());
        bytes[at] ^= 1 << draw.below(8);
        let mut changed = arrivals.clone();
        changed[place] = arrival(&plan, &name, bytes);
        let fresh = issued(&plan, &job(&plan, changed));
        let found = compare_cells(&own.read_back, &fresh.read_back);
        assert!(!found.differences.is_empty(), "change {change}: byte {at} of {name}");
    }
}

/// A part, a text in it, what it becomes, and what the change must be told as.
const SEEN: [(&str, &str, &str, &str); 34] = [
    (
        "xl/styles.xml",
        "formatCode=\"#,##0.00\"",
        "formatCode=\"#,##0.00&quot;9&quot;\"",
        "formato del numero",
    ),
    (
        "xl/styles.xml",
        "<color theme=\"1\"/><name val=\"Calibri\"/><family val=\"2\"/></font>",
        "<color rgb=\"FFFFFFFF\"/><name val=\"Calibri\"/><family val=\"2\"/></font>",
        "colore del testo",
    ),
    ("xl/styles.xml", "<fgColor rgb=\"FFE6F0FA\"/>", "<fgColor rgb=\"FF004D99\"/>", "sfondo"),
    ("xl/styles.xml", "<sz val=\"14\"/>", "<sz val=\"1\"/>", "carattere"),
    (
        "xl/styles.xml",
        "<name val=\"Calibri\"/><family val=\"2\"/></font></fonts>",
        "<name val=\"Wingdings\"/></font></fonts>",
        "carattere",
    ),
    ("xl/worksheets/sheet3.xml", "<row r=\"6\" ", "<row r=\"6\" hidden=\"1\" ", "righe nascoste"),
    ("xl/worksheets/sheet3.xml", "<col min=\"2\" ", "<col hidden=\"1\" min=\"2\" ", "colonne nascoste"),
    ("xl/worksheets/sheet3.xml", "<sheetFormatPr ", "<sheetFormatPr zeroHeight=\"1\" ", "righe nascoste"),
    ("xl/worksheets/sheet3.xml", "<sheetView ", "<sheetView showZeros=\"0\" ", "vista del foglio"),
    ("xl/worksheets/sheet4.xml", "location=\"'Dati'!A5", "location=\"'Dati'!A6", "collegamento"),
    (
        "xl/worksheets/sheet4.xml",
        "<mergeCells",
        "<conditionalFormatting sqref=\"A1\"/><mergeCells",
        "elemento del foglio in più",
    ),
    (
        "xl/worksheets/sheet4.xml",
        "</sheetData>",
        "</sheetData><sheetProtection sheet=\"1\"/>",
        "elemento del foglio in più",
    ),
    (
        "xl/worksheets/sheet2.xml",
        "<mergeCells",
        "<mergeCells><mergeCell ref=\"A4:B6\"/></mergeCells><mergeCells",
        "celle unite",
    ),
    ("xl/worksheets/sheet2.xml", "PROVVISORIO", "", "intestazione di stampa"),
    ("xl/worksheets/sheet2.xml", "Pagina &amp;P", "Pagina &amp;N", "piè di pagina"),
    ("xl/worksheets/sheet2.xml", "&amp;11 PROVVISORIO", "&amp;1 PROVVISORIO", "intestazione di stampa"),
    ("xl/worksheets/sheet2.xml", "orientation=\"portrait\"", "orientation=\"landscape\"", "foglio di carta"),
    ("xl/worksheets/sheet2.xml", "<xm:f>", "<xm:f>1+", "piccolo grafico"),
    ("xl/worksheets/sheet17.xml", ",non conforme,", ",", "scelte offerte"),
    ("xl/workbook.xml", ">Sintesi!$A$1:$", ">Sintesi!$B$1:$", "area di stampa"),
    (
        "xl/charts/chart1.xml",
        "<c:idx val=\"0\"/><c:order val=\"0\"/><c:tx><c:v>Risultato",
        "<c:idx val=\"0\"/><c:order val=\"0\"/><c:tx><c:v>Target",
        "nome della serie 1 del grafico",
    ),
    (
        "xl/charts/chart2.xml",
        "<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"6\"/><c:pt idx=\"0\"><c:v>",
        "<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"6\"/><c:pt idx=\"0\"><c:v>1",
        "valori della serie 1 del grafico",
    ),
    ("xl/charts/chart2.xml", "<c:min val=\"0\"/>", "<c:min val=\"3\"/>", "asse dei valori del grafico"),
    (
        "xl/charts/chart2.xml",
        "<c:dispBlanksAs val=\"gap\"/>",
        "<c:dispBlanksAs val=\"zero\"/>",
        "mesi senza valore nel grafico",
    ),
    ("xl/drawings/drawing1.xml", "descr=\"Linea", "descr=\"Retta", "testo alternativo del grafico"),
    ("xl/theme/theme1.xml", "lastClr=\"000000\"", "lastClr=\"FFFFFF\"", "nero e bianco del tema"),
    ("xl/tables/table1.xml", "<tableStyleInfo ", "<tableStyleInfo name=\"Bianco\" ", "aspetto della tabella"),
    (
        "xl/worksheets/sheet1.xml",
        "<headerFooter",
        "<headerFooter differentFirst=\"1\"",
        "pagine con un'altra intestazione",
    ),
    ("xl/worksheets/sheet3.xml", "<sheetFormatPr ", "<sheetFormatPr zeroHeight=\"01\" ", "righe nascoste"),
    (
        "xl/worksheets/sheet3.xml",
        "<row r=\"6\" ",
        "<row r=\"6\" zz:hidden=\"0\" hidden=\"1\" ",
        "righe nascoste",
    ),
    (
        "xl/workbook.xml",
        "<definedNames>",
        "<definedNames><definedName name=\"dati_valore\" localSheetId=\"3\">\"\"</definedName>",
        "nome che vale solo nel foglio",
    ),
    (
        "xl/worksheets/sheet3.xml",
        "<col min=\"2\" max=\"2\" ",
        "<col min=\"90\" max=\"90\" ",
        "larghezza della colonna B",
    ),
    ("docProps/core.xml", "PROVVISORIO", "DEFINITIVO", "stato del file"),
    ("xl/tables/table1.xml", "name=\"Foglio\"", "name=\"Pagina\"", "tabella"),
];

#[test]
fn what_is_seen_and_no_cell_says_is_compared_also_in_a_file_saved_again() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let arrivals = files().into_iter().map(|(name, bytes)| arrival(&plan, &name, bytes)).collect();
    let own = issued(&plan, &job(&plan, arrivals));
    let fresh = Side { book: &own.read_back, bytes: &own.bytes };
    let told = |parts: &Parts| {
        let bytes = packed(parts);
        let book = read_bytes("emesso.xlsx", bytes.clone()).content.unwrap();
        compare(Side { book: &book, bytes: &bytes }, fresh)
    };
    assert!(compare(fresh, fresh).is_equal());
    let whole = parts(&own.bytes).unwrap();
    let repacked = told(&whole);
    assert_eq!((repacked.sameness, repacked.differences), (Sameness::Parts, Vec::new()));
    // As if another program had written every sheet again.
    let mut saved = whole.clone();
    for (name, part) in &mut saved {
        if name.starts_with("xl/worksheets/sheet") {
            part.push(b'\n');
        }
    }
    let again = told(&saved);
    assert_eq!((again.sameness, again.is_equal()), (Sameness::SavedAgain, false));
    assert_eq!(again.differences, Vec::new());
    for (name, from, to, about) in SEEN {
        let differences = told(&changed_once(&saved, name, from, to)).differences;
        assert!(differences.iter().any(|one| one.about == about), "{about}: {differences:#?}");
    }
    // Nobody saved it again, and yet a part is another one: a border that no reader would miss.
    let bare = changed_once(&whole, "xl/styles.xml", "<bottom style=\"thin\"", "<bottom style=\"hair\"");
    let told = told(&bare);
    assert_eq!((told.sameness, told.differences.len()), (Sameness::Changed, 1));
    assert_eq!(told.differences[0].about, "parte del file xl/styles.xml");
}

/// Changes a number or a text, takes a cell away, or puts one where there was none.
fn change_a_cell(book: &mut RawWorkbook, draw: &mut Draw) -> (String, CellRef) {
    let number = draw.below(book.sheets.len());
    let sheet = &mut book.sheets[number];
    let places: Vec<CellRef> = sheet.cells.keys().copied().collect();
    let mut at = places[draw.below(places.len())];
    match draw.below(8) {
        0 => {
            sheet.cells.remove(&at);
        }
        1 => {
            at = CellRef { row: at.row + 5_000, ..at };
            sheet.cells.insert(at, RawCell { content: RawContent::Number(1.0), formula: None });
        }
        2 => sheet.cells.get_mut(&at).unwrap().formula = Some("1+1".to_owned()),
        _ => {
            let content = &mut sheet.cells.get_mut(&at).unwrap().content;
            *content = changed(content, draw);
        }
    }
    (sheet.name.clone(), at)
}

fn changed(content: &RawContent, draw: &mut Draw) -> RawContent {
    match content {
        RawContent::Number(number) => RawContent::Number(match draw.below(5) {
            // The least change there is, or one that cannot be seen in the two decimals shown.
            0 => f64::from_bits(number.to_bits() ^ 1),
            1 => number + 0.001,
            2 => number * 10.0 + 1.0,
            3 => -number - 1.0,
            _ => number + 1.0,
        }),
        RawContent::Text(text) if !text.is_empty() => {
            let mut letters: Vec<char> = text.chars().collect();
            let place = draw.below(letters.len());
            match draw.below(3) {
                0 => letters[place] = if letters[place] == 'x' { 'y' } else { 'x' },
                1 => letters.insert(place, '\u{a0}'),
                _ => {
                    letters.remove(place);
                }
            }
            RawContent::Text(letters.into_iter().collect())
        }
        RawContent::Serial(days) => RawContent::Serial(days + 1.0),
        _ => RawContent::Bool(true),
    }
}

/// Changes a digit of a number, or a letter of a text, in the bytes of a part that holds cells.
fn change_a_part(parts: &Parts, draw: &mut Draw) -> (String, Vec<u8>) {
    let holds_cells = |name: &str| name.starts_with("xl/worksheets/sheet") || name == "xl/sharedStrings.xml";
    let with_cells: Vec<&String> = parts.keys().filter(|name| holds_cells(name)).collect();
    let name = with_cells[draw.below(with_cells.len())].clone();
    let mut parts = parts.clone();
    let part = parts.get_mut(&name).unwrap();
    let text = String::from_utf8(part.clone()).unwrap();
    let (open, close) = if name.ends_with("sharedStrings.xml") { ("<t", "</t>") } else { ("<v>", "</v>") };
    let spots: Vec<usize> = text
        .match_indices(open)
        .filter_map(|(at, _)| {
            let start = at + text[at..].find('>')? + 1;
            let end = start + text[start..].find(close)?;
            (start..end).find(|place| text.as_bytes()[*place].is_ascii_alphanumeric())
        })
        .collect();
    let at = spots[draw.below(spots.len())];
    part[at] = match part[at] {
        b'9' => b'1',
        digit if digit.is_ascii_digit() => digit + 1,
        b'x' => b'y',
        _ => b'x',
    };
    (name, packed(&parts))
}

/// Changes a byte of a part, whichever.
fn change_a_byte(parts: &Parts, draw: &mut Draw) -> (String, Vec<u8>) {
    let mut parts = parts.clone();
    let name = parts.keys().nth(draw.below(parts.len())).unwrap().clone();
    let part = parts.get_mut(&name).unwrap();
    let at = draw.below(part.len());
    part[at] ^= 1 << draw.below(8);
    (name, packed(&parts))
}

//! A thousand changes to an issued workbook, and to the files it comes from: each one is found.
//!
//! The changes are drawn, always the same ones; most are made to the cells as read, some to the bytes.

use crate::support::parts as pieces;

use std::fs;
use std::path::PathBuf;

use pieces::{Draw, changed_once, packed};
use schede::certify::Run;
use schede::interpret::{Arrival, arrive, settle};
use schede::model::{CellRef, Month, Rule};
use schede::package::{Parts, parts};
use schede::pipeline::{Job, run_on};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::proof::{Issue, issue};
use schede::read::{RawCell, RawContent, RawWorkbook, Refusal, read_bytes};
use schede::verify::{Comparison, Sameness, Side, compare, compare_cells};
use schede::write::templates;

const IN_CELLS: usize = 830;
const IN_BYTES: usize = 100;
const ANYWHERE: usize = 40;
const IN_FILES: usize = 30;

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
    let read_back = own.read_back().unwrap();
    assert!(compare_cells(&read_back, &read_back, Sameness::Changed).differences.is_empty());
    let mut draw = Draw(2019);
    for change in 0..IN_CELLS {
        let mut book = read_back.clone();
        let (sheet, cell) = change_a_cell(&mut book, &mut draw);
        let found = compare_cells(&book, &read_back, Sameness::Changed);
        let told = found.differences.iter().any(|one| one.sheet == sheet && one.cell == Some(cell));
        assert!(told, "change {change}: '{sheet}'!{cell}");
    }
    let whole = parts(&own.bytes).unwrap();
    for change in 0..IN_BYTES {
        let (name, bytes) = change_a_part(&whole, &mut draw);
        // A workbook that can no longer be read is refused.
        let Ok(book) = read_bytes("emesso.xlsx", bytes).content else { continue };
        let found = compare_cells(&book, &read_back, Sameness::Changed);
        assert!(!found.differences.is_empty(), "change {change} in {name}");
    }
    let fresh = Side { book: &read_back, bytes: &own.bytes };
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
        let found = compare_cells(&read_back, &fresh.read_back().unwrap(), Sameness::Changed);
        assert!(!found.differences.is_empty(), "change {change}: byte {at} of {name}");
    }
}

#[test]
fn a_changed_figure_is_told_before_all_that_is_only_seen() {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let arrivals = files().into_iter().map(|(name, bytes)| arrival(&plan, &name, bytes)).collect();
    let own = issued(&plan, &job(&plan, arrivals));
    let whole = parts(&own.bytes).unwrap();
    // On the first sheet something seen; on the last but one a figure.
    let looks = changed_once(
        &whole,
        "xl/worksheets/sheet1.xml",
        "orientation=\"portrait\"",
        "orientation=\"landscape\"",
    );
    let bytes = packed(&changed_once(&looks, "xl/worksheets/sheet24.xml", "<v>", "<v>9"));
    let book = read_bytes("emesso.xlsx", bytes.clone()).content.unwrap();
    let found = compare(
        Side { book: &book, bytes: &bytes },
        Side { book: &own.read_back().unwrap(), bytes: &own.bytes },
    );
    let about: Vec<bool> = found.differences.iter().map(|one| one.about.is_empty()).collect();
    assert!(about[0] && about.contains(&false), "{:#?}", found.differences);
    assert!(about.is_sorted_by(|before, after| before >= after), "{about:?}");
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
    (
        "xl/worksheets/sheet3.xml",
        "<sheetView ",
        "<sheetView showZeros=\"0\" ",
        "vista del foglio (@showZeros)",
    ),
    ("xl/worksheets/sheet4.xml", "location=\"'Dati'!A5", "location=\"'Dati'!A6", "collegamento"),
    (
        "xl/worksheets/sheet4.xml",
        "<mergeCells",
        "<conditionalFormatting sqref=\"A1\"/><mergeCells",
        "foglio (conditionalFormatting@sqref)",
    ),
    (
        "xl/worksheets/sheet4.xml",
        "</sheetData>",
        "</sheetData><sheetProtection sheet=\"1\"/>",
        "foglio (sheetProtection@sheet)",
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
    (
        "xl/theme/theme1.xml",
        "lastClr=\"000000\"",
        "lastClr=\"FFFFFF\"",
        "colori e caratteri del tema (themeElements/clrScheme/dk1/sysClr@lastClr)",
    ),
    ("xl/tables/table1.xml", "<tableStyleInfo ", "<tableStyleInfo name=\"Bianco\" ", "aspetto della tabella"),
    (
        "xl/worksheets/sheet1.xml",
        "<headerFooter",
        "<headerFooter differentFirst=\"1\"",
        "foglio (headerFooter@differentFirst)",
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

/// What becomes of a forgery.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    /// It is compared, and told as a difference about this.
    Told(&'static str),
    /// It says two things, or is damaged: it is refused before anything is compared, with these words among
    /// those why.
    Refused(&'static str),
}

use Outcome::{Refused, Told};

/// A change made of more steps: parts, a text in each, what it becomes (a part that is not there is added);
/// and what must become of the whole.
type Joined = (&'static [(&'static str, &'static str, &'static str)], Outcome);

/// What a forger would do who knows what is compared.
const FORGED: [Joined; 43] = [
    // Charts.
    (
        &[("xl/charts/chart1.xml", "<c:cat>", "<c:dLbls><c:showVal val=\"1\"/></c:dLbls><c:cat>")],
        Told("grafico (chart/plotArea/lineChart/ser/dLbls/showVal)"),
    ),
    (
        &[(
            "xl/charts/chart1.xml",
            "<c:cat>",
            "<c:dLbls><c:dLbl><c:tx><c:rich><a:p><a:r><a:t>100</a:t></a:r></a:p></c:rich></c:tx></c:dLbl></c:dLbls><c:cat>",
        )],
        Told("grafico (chart/plotArea/lineChart/ser/dLbls/dLbl/tx/rich/p/r/t)"),
    ),
    (
        &[(
            "xl/charts/chart1.xml",
            "</c:valAx>",
            "<c:dispUnits><c:builtInUnit val=\"hundreds\"/></c:dispUnits></c:valAx>",
        )],
        Told("grafico (chart/plotArea/valAx/dispUnits/builtInUnit)"),
    ),
    (
        &[("xl/charts/chart1.xml", "sourceLinked=\"0\"", "sourceLinked=\"1\"")],
        Told("grafico (chart/plotArea/valAx/numFmt@sourceLinked)"),
    ),
    (
        &[("xl/charts/chart1.xml", "</c:catAx>", "<c:numFmt formatCode=\"&quot;marzo&quot;\"/></c:catAx>")],
        Told("grafico (chart/plotArea/catAx/numFmt@formatCode)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<c:grouping val=\"standard\"", "<c:grouping val=\"percentStacked\"")],
        Told("grafico (chart/plotArea/lineChart/grouping)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<c:crosses val=\"autoZero\"", "<c:crosses val=\"max\"")],
        Told("grafico (chart/plotArea/catAx/crosses)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<c:tickLblPos val=\"nextTo\"", "<c:tickLblPos val=\"none\"")],
        Told("grafico (chart/plotArea/catAx/tickLblPos)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<a:srgbClr val=\"004D99\"", "<a:srgbClr val=\"556270\"")],
        Told("grafico (chart/plotArea/lineChart/ser/spPr/ln/solidFill/srgbClr)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<a:ln w=\"28575\"", "<a:ln w=\"0\"")],
        Told("grafico (chart/plotArea/lineChart/ser/spPr/ln@w)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<c:pt idx=\"2\"><c:v>2</c:v>", "<c:pt idx=\"1\"><c:v>2</c:v>")],
        Told("grafico (chart/plotArea/lineChart/ser/val/numRef/numCache/pt@idx)"),
    ),
    (
        &[(
            "xl/charts/chart1.xml",
            "<c:plotArea>",
            "<c:plotArea><mc:AlternateContent><c:lineChart/></mc:AlternateContent>",
        )],
        Told("grafico (chart/plotArea/mc:AlternateContent/lineChart)"),
    ),
    (
        &[(
            "xl/charts/chart1.xml",
            "<c:plotVisOnly",
            "<c:legend><c:legendEntry><c:delete val=\"1\"/></c:legendEntry></c:legend><c:plotVisOnly",
        )],
        Told("grafico (chart/legend/legendEntry/delete)"),
    ),
    (
        &[("xl/charts/chart1.xml", "<c:plotVisOnly val=\"1\"", "<c:plotVisOnly val=\"0\"")],
        Told("grafico (chart/plotVisOnly)"),
    ),
    // What is drawn.
    (
        &[("xl/drawings/drawing1.xml", "</xdr:graphicFrame>", "</xdr:graphicFrame><xdr:graphicFrame/>")],
        Told("oggetto disegnato (graphicFrame 2)"),
    ),
    (
        &[(
            "xl/drawings/drawing1.xml",
            "</xdr:graphicFrame>",
            "</xdr:graphicFrame><xdr:sp><a:t>FALSO</a:t></xdr:sp>",
        )],
        Told("oggetto disegnato (sp/t)"),
    ),
    (
        &[("xl/drawings/drawing1.xml", "<xdr:cNvPr ", "<xdr:cNvPr hidden=\"1\" ")],
        Told("oggetto disegnato (graphicFrame/nvGraphicFramePr/cNvPr@hidden)"),
    ),
    (
        &[(
            "xl/worksheets/sheet2.xml",
            "<x14:colorSeries rgb=\"FF004D99\"",
            "<x14:colorSeries rgb=\"FFFFFFFF\"",
        )],
        Told("piccolo grafico"),
    ),
    (
        &[("xl/worksheets/sheet2.xml", "<x14:sparklineGroup ", "<x14:sparklineGroup rightToLeft=\"1\" ")],
        Told("piccolo grafico"),
    ),
    // Parts and the bonds among them.
    (
        &[(
            "xl/worksheets/_rels/sheet4.xml.rels",
            "relationships/drawing\"",
            "relationships/printerSettings\"",
        )],
        Told("parte del file che non si legge"),
    ),
    (
        &[(
            "xl/worksheets/_rels/sheet4.xml.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing",
            "urn:x/drawing",
        )],
        Told("parte del file che non si legge"),
    ),
    (
        &[("[Content_Types].xml", "spreadsheetml.sharedStrings+xml", "spreadsheetml.comments+xml")],
        Refused("xl/sharedstrings.xml è la parte dei testi, il suo tipo dice"),
    ),
    (
        &[
            ("xl/comments1.xml", "", "<comments/>"),
            (
                "[Content_Types].xml",
                "</Types>",
                "<Override PartName=\"/xl/comments1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml\"/></Types>",
            ),
        ],
        Told("parte del file in più"),
    ),
    (
        &[
            ("xl/drawings/drawing99.xml", "", "<comments/>"),
            (
                "xl/worksheets/_rels/sheet4.xml.rels",
                "</Relationships>",
                "<Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"../drawings/drawing99.xml\"/></Relationships>",
            ),
        ],
        Told("legame fra parti del file"),
    ),
    (
        &[
            ("xl/media/image1.png", "", "x"),
            (
                "xl/worksheets/_rels/sheet4.xml.rels",
                "</Relationships>",
                "<Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"../media/image1.png\"/></Relationships>",
            ),
            ("xl/worksheets/sheet4.xml", "</worksheet>", "<picture r:id=\"a\"/></worksheet>"),
        ],
        Told("foglio (picture@id)"),
    ),
    // Letters: another reader would read other words.
    (
        &[("xl/sharedStrings.xml", "encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"")],
        Refused("dice di essere scritta in «ISO-8859-1»"),
    ),
    (
        &[("xl/charts/chart1.xml", "encoding=\"UTF-8\"", "encoding=\"UTF-16\"")],
        Told("parte del file che non si legge"),
    ),
    (
        &[("xl/sharedStrings.xml", "</t></si>", "</t><rPh sb=\"0\" eb=\"1\"><t>falso</t></rPh></si>")],
        Told("testi con più di un carattere o colore"),
    ),
    // Colours and letters of the theme.
    (
        &[(
            "xl/theme/theme1.xml",
            "<a:sysClr val=\"windowText\" lastClr=\"000000\"/>",
            "<a:sysClr val=\"windowText\" lastClr=\"000000\"><a:lumOff val=\"99000\"/></a:sysClr>",
        )],
        Told("colori e caratteri del tema (themeElements/clrScheme/dk1/sysClr/lumOff)"),
    ),
    (
        &[("xl/theme/theme1.xml", "<a:sysClr val=\"windowText\"", "<a:sysClr val=\"window\"")],
        Told("colori e caratteri del tema (themeElements/clrScheme/dk1/sysClr)"),
    ),
    (
        &[("xl/theme/theme1.xml", "<a:latin typeface=\"Calibri\"", "<a:latin typeface=\"Wingdings\"")],
        Told("colori e caratteri del tema (themeElements/fontScheme/minorFont/latin@typeface)"),
    ),
    // Formulas and names.
    (
        &[("xl/worksheets/sheet2.xml", "<f>", "<f t=\"array\" ref=\"T6:T9\">")],
        Told("genere della formula o della cella"),
    ),
    (
        &[("xl/worksheets/sheet2.xml", "<f>", "<f t=\"dataTable\" r1=\"A1\">")],
        Told("genere della formula o della cella"),
    ),
    (
        &[("xl/worksheets/sheet2.xml", "<f>", "<f t=\"shared\" si=\"0\">")],
        Told("genere della formula o della cella"),
    ),
    (
        &[(
            "xl/workbook.xml",
            "<definedName name=\"dati_valore\"",
            "<definedName xlm=\"1\" name=\"dati_valore\"",
        )],
        Told("nome dati_valore (@xlm)"),
    ),
    (
        &[("xl/workbook.xml", "<calcPr ", "<calcPr fullPrecision=\"0\" ")],
        Told("modo di calcolo e di lettura (calcPr@fullPrecision)"),
    ),
    // Paper, tables, cells.
    (
        &[("xl/worksheets/sheet4.xml", "<pageSetup ", "<pageSetup blackAndWhite=\"1\" ")],
        Told("foglio (pageSetup@blackAndWhite)"),
    ),
    (
        &[("xl/worksheets/sheet4.xml", "<oddHeader>", "<oddHeader>&amp;KFFFFFF")],
        Told("intestazione di stampa"),
    ),
    (
        &[("xl/tables/table1.xml", "<table ", "<table headerRowCount=\"0\" ")],
        Told("tabella (@headerRowCount)"),
    ),
    (
        &[("xl/worksheets/sheet17.xml", "<dataValidation ", "<dataValidation prompt=\"già verificato\" ")],
        Told("scelte offerte"),
    ),
    (&[("xl/styles.xml", "<b/>", "<strike/>")], Told("carattere")),
    (&[("xl/styles.xml", "horizontal=\"left\"", "horizontal=\"fill\"")], Told("allineamento")),
    (
        &[("docProps/app.xml", "<Company></Company>", "<Company>Certificato</Company>")],
        Told("proprietà del file (Company)"),
    ),
];

/// The parts after every step of a change.
fn forged(parts: &Parts, steps: &[(&str, &str, &str)]) -> Parts {
    steps.iter().fold(parts.clone(), |mut parts, (name, from, to)| {
        if parts.contains_key(*name) {
            return changed_once(&parts, name, from, to);
        }
        parts.insert((*name).to_owned(), to.as_bytes().to_vec());
        parts
    })
}

/// June's workbook.
fn june() -> Issue {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let arrivals = files().into_iter().map(|(name, bytes)| arrival(&plan, &name, bytes)).collect();
    issued(&plan, &job(&plan, arrivals))
}

/// What is told of a workbook of these parts.
fn told(parts: &Parts, own: &Issue) -> Comparison {
    let bytes = packed(parts);
    let book = read_bytes("emesso.xlsx", bytes.clone()).content.unwrap();
    let fresh = Side { book: &own.read_back().unwrap(), bytes: &own.bytes };
    compare(Side { book: &book, bytes: &bytes }, fresh)
}

/// The parts as if another program had written every sheet again.
fn saved_again(parts: &Parts) -> Parts {
    let mut saved = parts.clone();
    for (name, part) in &mut saved {
        if name.starts_with("xl/worksheets/sheet") {
            part.push(b'\n');
        }
    }
    saved
}

#[test]
fn what_a_forger_changes_who_knows_what_is_compared_is_told() {
    let own = june();
    let saved = saved_again(&parts(&own.bytes).unwrap());
    let fresh = Side { book: &own.read_back().unwrap(), bytes: &own.bytes };
    let mut other = Vec::new();
    for (steps, outcome) in FORGED {
        let bytes = packed(&forged(&saved, steps));
        let became = match (read_bytes("emesso.xlsx", bytes.clone()).content, outcome) {
            (Ok(book), Told(about)) => {
                let differences = compare(Side { book: &book, bytes: &bytes }, fresh).differences;
                (!differences.iter().any(|one| one.about == about)).then(|| format!("{differences:#?}"))
            }
            (Err(Refusal::Ambiguous(why) | Refusal::Damaged(why)), Refused(words)) => {
                (!why.contains(words)).then_some(why)
            }
            (Err(refusal), _) => Some(format!("{refusal:?}")),
            (Ok(_), Refused(_)) => Some("letto".to_owned()),
        };
        other.extend(became.map(|became| (steps, outcome, became)));
    }
    assert!(other.is_empty(), "{other:#?}");
}

#[test]
fn what_is_seen_and_no_cell_says_is_compared_also_in_a_file_saved_again() {
    let own = june();
    let fresh = Side { book: &own.read_back().unwrap(), bytes: &own.bytes };
    let told = |parts: &Parts| told(parts, &own);
    assert!(compare(fresh, fresh).is_equal());
    let whole = parts(&own.bytes).unwrap();
    let repacked = told(&whole);
    assert_eq!((repacked.sameness, repacked.differences), (Sameness::Parts, Vec::new()));
    let saved = saved_again(&whole);
    let again = told(&saved);
    assert_eq!((again.sameness, again.is_equal()), (Sameness::SavedAgain, false));
    assert_eq!(again.differences, Vec::new());
    for (name, from, to, about) in SEEN {
        let differences = told(&changed_once(&saved, name, from, to)).differences;
        assert!(differences.iter().any(|one| one.about == about), "{about}: {differences:#?}");
    }
    // Nobody saved it again, and yet a part is another one, in something that is not seen.
    let bare = changed_once(&whole, "xl/workbook.xml", "<workbookView ", "<workbookView tabRatio=\"300\" ");
    let told = told(&bare);
    assert_eq!((told.sameness, told.differences.len()), (Sameness::Changed, 1));
    assert_eq!(told.differences[0].about, "parte del file xl/workbook.xml");
}

#[test]
fn what_an_archive_of_documents_stamps_on_a_file_is_told_apart() {
    let own = june();
    let whole = parts(&own.bytes).unwrap();
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let bond = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{rels}/{kind}" Target="{target}"/></Relationships>"#)
    };
    let custom = r#"<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/><Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>"#;
    let steps: [(&str, &str, &str); 7] = [
        ("[Content_Types].xml", "</Types>", custom),
        ("_rels/.rels", "</Relationships>", &bond("rId90", "custom-properties", "docProps/custom.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            &bond("rId91", "customXml", "../customXml/item1.xml"),
        ),
        (
            "docProps/core.xml",
            "</cp:coreProperties>",
            "<cp:lastModifiedBy>Anna Rossi</cp:lastModifiedBy></cp:coreProperties>",
        ),
        ("docProps/custom.xml", "", r#"<Properties><property name="ContentTypeId"/></Properties>"#),
        ("customXml/item1.xml", "", "<p/>"),
        ("customXml/itemProps1.xml", "", "<p/>"),
    ];
    let stamped = forged(&whole, &steps);
    let comparison = told(&stamped, &own);
    assert!(!comparison.is_equal() && comparison.has_equal_cells(), "{:#?}", comparison.differences);
    let wanted =
        ["customXml/item1.xml", "customXml/itemProps1.xml", "docProps/core.xml", "docProps/custom.xml"];
    assert_eq!(comparison.stamps, wanted);
    // A figure changed on the way is no stamp.
    let figure = changed_once(&stamped, "xl/worksheets/sheet3.xml", "<v>", "<v>1");
    let comparison = told(&figure, &own);
    assert!(comparison.stamps.is_empty() && !comparison.has_equal_cells());
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

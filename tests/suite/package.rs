//! The consolidated workbook as a package: sound by the rules of the format, whoever opens it, and telling
//! nobody more than it should.

use crate::support::december;
use crate::support::xml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::process::Command;
use std::sync::OnceLock;

use schede::book::{Report, Sheet};
use schede::certify::Run;
use schede::model::CellRef;
use schede::package::{Archive, Flaw};
use schede::plan::{DEFAULT_PLAN, read_plan};
use xml::{Element, parse};

/// The December workbook of the samples, its report, and its parts in the order of the package.
struct Book {
    bytes: Vec<u8>,
    report: Report,
    parts: Vec<(String, String)>,
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let plan = read_plan(DEFAULT_PLAN).unwrap();
        let job = december::job(&plan, &december::paths());
        let rules: Vec<_> = schede::check::rules().collect();
        let run = Run::of_job(&plan, &job, &rules, false);
        let report = schede::report::report(&run);
        let bytes = schede::proof::issue(&run).unwrap().bytes;
        let parts = parts(&bytes);
        Book { bytes, report, parts }
    })
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let each = Archive::open(bytes).unwrap().each(|name, part| {
        parts.push((name.to_owned(), String::from_utf8(part).unwrap()));
        Ok::<(), Flaw>(())
    });
    each.unwrap();
    parts
}

impl Book {
    fn part(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }

    fn tree(&self, name: &str) -> Element {
        parse(self.part(name).unwrap_or_else(|| panic!("no {name}"))).unwrap()
    }

    /// Parts whose name begins so, as trees.
    fn trees(&self, prefix: &str) -> Vec<(&str, Element)> {
        let named = self.parts.iter().filter(|(name, _)| name.starts_with(prefix) && name.ends_with(".xml"));
        named.map(|(name, text)| (name.as_str(), parse(text).unwrap())).collect()
    }

    /// Names of the sheets, in order.
    fn sheets(&self) -> Vec<String> {
        let workbook = self.tree("xl/workbook.xml");
        workbook.all("sheet").into_iter().map(|sheet| sheet.attribute("name").to_owned()).collect()
    }
}

/// `xl/worksheets/` and `../tables/table1.xml` give `xl/tables/table1.xml`.
fn joined(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

/// The relationships of a part: id → type and target as a part of the package.
fn relations(book: &Book, part: &str) -> BTreeMap<String, (String, String)> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(text) = book.part(&format!("{folder}{slash}_rels/{name}.rels")) else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for relation in parse(text).unwrap().children("Relationship") {
        assert_eq!(relation.maybe("TargetMode"), None, "{part}: leads out of the workbook");
        let own = (local_type(relation.attribute("Type")), joined(folder, relation.attribute("Target")));
        assert!(found.insert(relation.attribute("Id").to_owned(), own).is_none(), "{part}: an id twice");
    }
    found
}

fn local_type(kind: &str) -> String {
    kind.rsplit('/').next().unwrap_or(kind).to_owned()
}

#[test]
fn the_samples_of_december_give_less_than_a_megabyte() {
    let size = book().bytes.len();
    assert!((50_000..1_000_000).contains(&size), "{size}");
}

#[test]
fn every_part_is_well_formed_and_has_a_type() {
    let book = book();
    let mut names = BTreeSet::new();
    for (name, text) in &book.parts {
        if let Err(error) = parse(text) {
            panic!("{name}: {error}");
        }
        assert!(names.insert(name.to_lowercase()), "{name} twice");
    }
    let types = book.tree("[Content_Types].xml");
    let of: Vec<(&str, &str)> = types
        .children("Override")
        .map(|one| (one.attribute("PartName"), one.attribute("ContentType")))
        .collect();
    let defaults: Vec<&str> = types.children("Default").map(|one| one.attribute("Extension")).collect();
    for (name, _) in book.parts.iter().filter(|(name, _)| name != "[Content_Types].xml") {
        let own = format!("/{name}");
        let typed: Vec<&(&str, &str)> = of.iter().filter(|(part, _)| *part == own).collect();
        // An XML part with the type of any XML would be nothing to Excel.
        if name.ends_with(".rels") {
            assert!(defaults.contains(&"rels") && typed.is_empty(), "{name}");
        } else {
            assert_eq!(typed.len(), 1, "{name}");
        }
    }
    for (part, _) in of {
        assert!(book.part(part.trim_start_matches('/')).is_some(), "{part} has a type and is not there");
    }
}

#[test]
fn every_relationship_leads_to_a_part_and_every_part_is_led_to() {
    let book = book();
    let mut reached = BTreeSet::from(["[Content_Types].xml".to_owned()]);
    let mut open = vec![String::new()];
    while let Some(part) = open.pop() {
        for (id, (_, target)) in relations(book, &part) {
            assert!(book.part(&target).is_some(), "{part} {id}: {target} is not there");
            if reached.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    for (name, text) in &book.parts {
        if name.ends_with(".rels") {
            continue;
        }
        assert!(reached.contains(name), "nothing leads to {name}");
        let rels = name.rsplit_once('/').map(|(folder, own)| format!("{folder}/_rels/{own}.rels"));
        let known = rels.and_then(|rels| book.part(&rels)).unwrap_or_default();
        for used in text.match_indices(" r:id=\"").map(|(at, found)| &text[at + found.len()..]) {
            let id = used.split('"').next().unwrap();
            assert!(known.contains(&format!(" Id=\"{id}\"")), "{name}: {id}");
        }
    }
}

/// The children of a worksheet, in the order of ECMA-376 part 1, 18.3.1.99.
const WORKSHEET: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

#[test]
fn the_parts_of_a_sheet_stand_in_the_order_of_the_standard() {
    let book = book();
    let sheets = book.trees("xl/worksheets/sheet");
    assert_eq!(sheets.len(), book.report.sheets.len());
    for (name, sheet) in sheets {
        let places: Vec<usize> = sheet
            .children
            .iter()
            .map(|child| {
                WORKSHEET
                    .iter()
                    .position(|known| *known == child.name)
                    .unwrap_or_else(|| panic!("{name}: {}", child.name))
            })
            .collect();
        assert!(places.is_sorted(), "{name}: {places:?}");
        let mut once = places.clone();
        once.dedup();
        assert_eq!(once, places, "{name}: something stands twice");
    }
}

/// Column and row of `AB12`, both from 1.
fn cell(text: &str) -> (u32, u32) {
    let digits = text.find(|letter: char| letter.is_ascii_digit()).unwrap();
    let column = text[..digits].bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    (column, text[digits..].parse().unwrap())
}

/// The corners of `A4:F9`.
fn corners(text: &str) -> [(u32, u32); 2] {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    [cell(first), cell(last)]
}

fn overlap(one: [(u32, u32); 2], other: [(u32, u32); 2]) -> bool {
    one[0].0 <= other[1].0 && other[0].0 <= one[1].0 && one[0].1 <= other[1].1 && other[0].1 <= one[1].1
}

#[test]
fn rows_and_cells_are_in_order_and_their_texts_exist() {
    let book = book();
    let strings = book.tree("xl/sharedStrings.xml").children("si").count();
    let formats = book.tree("xl/styles.xml").children("cellXfs").next().unwrap().children("xf").count();
    let mut texts = 0;
    for (name, sheet) in book.trees("xl/worksheets/sheet") {
        let (mut row_before, data) = (0, sheet.children("sheetData").next().unwrap());
        for row in data.children("row") {
            let number: u32 = row.attribute("r").parse().unwrap();
            assert!(number > row_before && number <= 1_048_576, "{name}: row {number}");
            row_before = number;
            let mut column_before = 0;
            for found in row.children("c") {
                let (column, own) = cell(found.attribute("r"));
                assert!(own == number && column > column_before && column <= 16_384, "{name}: {found:?}");
                column_before = column;
                if let Some(format) = found.maybe("s") {
                    assert!(format.parse::<usize>().unwrap() < formats, "{name}: {found:?}");
                }
                let value = found.children("v").next().map(Element::words);
                match found.maybe("t") {
                    Some("s") => {
                        assert!(value.unwrap().parse::<usize>().unwrap() < strings, "{name}: {found:?}");
                        texts += 1;
                    }
                    Some("str") => assert!(found.children("f").next().is_some(), "{name}: {found:?}"),
                    None | Some("n") => {
                        assert!(value.is_none_or(|value| value.parse::<f64>().unwrap().is_finite()));
                    }
                    other => panic!("{name}: {other:?} {found:?}"),
                }
            }
        }
    }
    assert!(texts > 5_000, "{texts}");
}

/// A table of the package: its sheet, name, corners and columns.
struct Table {
    sheet: usize,
    name: String,
    corners: [(u32, u32); 2],
    columns: Vec<String>,
}

/// The tables, each found from its sheet.
fn tables(book: &Book) -> Vec<Table> {
    let mut tables = Vec::new();
    for number in 0..book.report.sheets.len() {
        let part = format!("xl/worksheets/sheet{}.xml", number + 1);
        let known = relations(book, &part);
        for used in book.tree(&part).all("tablePart") {
            let (kind, target) = &known[used.attribute("r:id")];
            assert_eq!(kind, "table");
            let table = book.tree(target);
            assert_eq!(table.attribute("name"), table.attribute("displayName"));
            // Arrows to filter, on long lists only.
            let filter = table.children("autoFilter").next().map(|filter| filter.attribute("ref"));
            let rows: Vec<u32> =
                table.attribute("ref").split(':').map(|corner| CellRef::parse(corner).unwrap().row).collect();
            let long = rows[1] - rows[0] >= 25;
            assert_eq!(filter, long.then(|| table.attribute("ref")));
            let columns = table.children("tableColumns").next().unwrap();
            let names: Vec<String> =
                columns.children("tableColumn").map(|column| column.attribute("name").to_owned()).collect();
            assert_eq!(columns.attribute("count"), names.len().to_string());
            let ids: Vec<&str> = columns.children("tableColumn").map(|one| one.attribute("id")).collect();
            assert_eq!(ids, (1..=names.len()).map(|id| id.to_string()).collect::<Vec<_>>());
            tables.push(Table {
                sheet: number,
                name: table.attribute("name").to_owned(),
                corners: corners(table.attribute("ref")),
                columns: names,
            });
        }
    }
    tables
}

/// The texts of a sheet, by column and row.
fn texts(book: &Book, sheet: usize) -> BTreeMap<(u32, u32), String> {
    let strings: Vec<String> = book.tree("xl/sharedStrings.xml").children("si").map(Element::words).collect();
    let tree = book.tree(&format!("xl/worksheets/sheet{}.xml", sheet + 1));
    let cells = tree.all("c").into_iter().filter(|cell| cell.maybe("t") == Some("s"));
    let mut found = BTreeMap::new();
    for one in cells {
        let index: usize = one.children("v").next().unwrap().words().parse().unwrap();
        assert!(found.insert(cell(one.attribute("r")), strings[index].clone()).is_none());
    }
    found
}

#[test]
fn every_table_of_the_report_is_a_table_of_the_file() {
    let book = book();
    let tables = tables(book);
    let asked: usize = book.report.sheets.iter().map(|sheet| sheet.tables.len()).sum();
    assert!(asked >= 15 && tables.len() == asked, "{asked}, {}", tables.len());
    let parts = book.parts.iter().filter(|(name, _)| name.starts_with("xl/tables/"));
    assert_eq!(parts.count(), asked);
    let names: BTreeSet<String> = tables.iter().map(|table| table.name.to_lowercase()).collect();
    assert_eq!(names.len(), asked, "names are not told apart: {names:?}");
    let defined: BTreeSet<String> = book
        .tree("xl/workbook.xml")
        .all("definedName")
        .iter()
        .map(|one| one.attribute("name").to_lowercase())
        .collect();
    assert!(names.is_disjoint(&defined), "{defined:?}");
    for table in &tables {
        let sheet = &book.report.sheets[table.sheet];
        // Never like a cell or a row and a column, in any language.
        assert!(table.name.starts_with("tab_") && table.name.len() < 60, "{}", table.name);
        assert!(
            table.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
            "{}",
            table.name
        );
        let [(left, top), (right, bottom)] = table.corners;
        let area = sheet.tables.iter().find(|area| area.first.row + 1 == top).unwrap();
        assert_eq!((area.first.col + 1, area.last.col + 1), (left as u16, right as u16), "{}", table.name);
        assert_eq!(area.last.row + 1, bottom, "{}", table.name);
        let texts = texts(book, table.sheet);
        for (column, name) in (left..=right).zip(&table.columns) {
            assert_eq!(texts.get(&(column, top)), Some(name), "{}", table.name);
        }
        assert_eq!(table.columns.len() as u32, right - left + 1, "{}", table.name);
    }
}

#[test]
fn tables_overlap_nothing() {
    let book = book();
    let tables = tables(book);
    for (number, table) in tables.iter().enumerate() {
        let sheet = book.tree(&format!("xl/worksheets/sheet{}.xml", table.sheet + 1));
        assert!(sheet.children("autoFilter").next().is_none(), "{}: filtered twice", table.name);
        for merged in sheet.all("mergeCell") {
            let merged = merged.attribute("ref");
            assert!(!overlap(corners(merged), table.corners), "{}: {merged}", table.name);
        }
        for other in tables[number + 1..].iter().filter(|other| other.sheet == table.sheet) {
            assert!(!overlap(other.corners, table.corners), "{} {}", table.name, other.name);
        }
    }
    let ids: BTreeSet<String> =
        book.trees("xl/tables/").iter().map(|(_, table)| table.attribute("id").to_owned()).collect();
    assert_eq!(ids.len(), tables.len(), "ids are not told apart");
}

#[test]
fn merged_cells_overlap_nothing() {
    let book = book();
    for (name, sheet) in book.trees("xl/worksheets/sheet") {
        let merged: Vec<[(u32, u32); 2]> =
            sheet.all("mergeCell").iter().map(|one| corners(one.attribute("ref"))).collect();
        for (number, one) in merged.iter().enumerate() {
            let other = merged[number + 1..].iter().find(|other| overlap(*one, **other));
            assert_eq!(other, None, "{name}: {one:?}");
        }
    }
}

#[test]
fn names_and_links_lead_to_sheets_that_exist() {
    let book = book();
    let sheets = book.sheets();
    let unique: BTreeSet<String> = sheets.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(unique.len(), sheets.len());
    assert!(sheets.iter().all(|name| name.chars().count() <= 31), "{sheets:?}");
    let leads = |place: &str| {
        let (sheet, range) = place.rsplit_once('!').unwrap_or_else(|| panic!("{place}"));
        let sheet = sheet.trim_matches('\'').replace("''", "'");
        assert!(sheets.contains(&sheet), "{place}");
        assert!(!range.is_empty() && !range.contains("#REF"), "{place}");
    };
    let mut seen = BTreeSet::new();
    for name in book.tree("xl/workbook.xml").all("definedName") {
        let key = (name.attribute("name").to_lowercase(), name.maybe("localSheetId").map(str::to_owned));
        assert!(seen.insert(key), "{name:?}");
        if let Some(id) = name.maybe("localSheetId") {
            assert!(id.parse::<usize>().unwrap() < sheets.len(), "{name:?}");
        }
        name.words().split(',').for_each(leads);
    }
    let mut links = 0;
    for (name, sheet) in book.trees("xl/worksheets/sheet") {
        for link in sheet.all("hyperlink") {
            assert!(!link.attribute("tooltip").is_empty(), "{name}: a link that names no target");
            links += 1;
            assert_eq!(link.maybe("r:id"), None, "{name}: a link out of the workbook");
            leads(link.attribute("location"));
        }
    }
    assert!(links > 300, "{links}");
}

#[test]
fn every_page_says_its_number_and_is_a4() {
    let book = book();
    for (name, sheet) in book.trees("xl/worksheets/sheet") {
        let setup = sheet.children("pageSetup").next().unwrap();
        let place: usize =
            name.trim_start_matches("xl/worksheets/sheet").trim_end_matches(".xml").parse().unwrap();
        let asked = &book.report.sheets[place - 1];
        // Read in a line, or in tables wider than a page: the others stand upright.
        let wide = ["Risultati", "Carta OIV", "Attestazione OIV", "Rilievi", "Metodo"];
        let side = if wide.contains(&asked.name) { "landscape" } else { "portrait" };
        assert_eq!((setup.attribute("paperSize"), setup.attribute("orientation")), ("9", side), "{name}");
        let text = sheet.children("headerFooter").next().unwrap().words();
        assert!(text.contains("Pagina &P di &N") && text.contains("PROVVISORIO"), "{name}: {text}");
    }
    let titles = book.tree("xl/workbook.xml");
    let repeated = titles.all("definedName");
    let repeated = repeated.iter().filter(|name| name.attribute("name") == "_xlnm.Print_Titles");
    // What is on a single page repeats nothing.
    let goes_on = |sheet: &&Sheet| sheet.repeat.is_some() && sheet.leaf.is_none_or(|leaf| leaf.pages != 1);
    let asked = book.report.sheets.iter().filter(goes_on).count();
    assert!(asked >= 5, "{asked}");
    assert_eq!(repeated.filter(|name| name.words().contains(":$")).count(), asked);
}

#[test]
fn every_chart_is_told_in_words() {
    let book = book();
    let asked: Vec<&str> = book
        .report
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.charts)
        .map(|chart| chart.description.as_str())
        .collect();
    let mut told = Vec::new();
    for (_, drawing) in book.trees("xl/drawings/drawing") {
        for frame in drawing.all("graphicFrame") {
            let [properties] = frame.all("cNvPr")[..] else { panic!("{frame:?}") };
            told.push(properties.attribute("descr").to_owned());
        }
    }
    assert!(!told.is_empty());
    assert_eq!(told, asked);
}

/// What may stand in each part that speaks of the document.
#[test]
fn the_document_says_its_title_and_language_and_nothing_of_a_person() {
    let book = book();
    let about: Vec<&str> = book
        .parts
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| name.starts_with("docProps/"))
        .collect();
    assert_eq!(about, ["docProps/core.xml", "docProps/app.xml"]);
    let core = book.tree("docProps/core.xml");
    let said: Vec<(&str, String)> =
        core.children.iter().map(|one| (one.name.as_str(), one.words())).collect();
    let text = |text: &str| text.to_owned();
    let ente = "CCIAA Venezia Rovigo";
    assert_eq!(
        said,
        [
            ("title", text("Consuntivo consolidato delle schede 2019")),
            ("subject", format!("{ente} · Dicembre 2019")),
            ("creator", text(ente)),
            ("lastModifiedBy", text(ente)),
            ("created", text("2019-12-31T00:00:00Z")),
            ("modified", text("2019-12-31T00:00:00Z")),
            ("contentStatus", text("PROVVISORIO")),
            ("language", text("it-IT")),
        ]
    );
    let app = book.tree("docProps/app.xml");
    let allowed = [
        "Application",
        "DocSecurity",
        "ScaleCrop",
        "HeadingPairs",
        "TitlesOfParts",
        "Company",
        "LinksUpToDate",
        "SharedDoc",
        "HyperlinksChanged",
        "AppVersion",
    ];
    for one in &app.children {
        assert!(allowed.contains(&one.name.as_str()), "{one:?}");
        assert!(one.name != "Company" || one.words().is_empty(), "{one:?}");
    }
}

#[test]
fn the_machine_that_wrote_it_is_nowhere() {
    let book = book();
    let home = std::env::var("HOME").unwrap_or_default();
    for (name, text) in &book.parts {
        let own = [env!("CARGO_MANIFEST_DIR"), "/tmp/", "absPath", "xr:revisionPtr"];
        for mark in own.into_iter().chain((home.len() > 1).then_some(home.as_str())) {
            assert!(!text.contains(mark), "{name}: {mark}");
        }
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&book.bytes)).unwrap();
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).unwrap();
        let name = part.name().unwrap().into_owned();
        assert_eq!(part.compression(), zip::CompressionMethod::Deflated, "{name}");
        assert_eq!(part.last_modified(), Some(zip::DateTime::default()), "{name}");
    }
}

#[test]
fn calamine_reads_the_tables() {
    let book = book();
    let mut found = calamine::Xlsx::new(Cursor::new(book.bytes.clone())).unwrap();
    use calamine::Reader as _;
    assert_eq!(found.sheet_names(), book.sheets());
    found.load_tables().unwrap();
    let own: BTreeSet<String> = found.table_names().into_iter().cloned().collect();
    assert_eq!(own, tables(book).into_iter().map(|table| table.name).collect());
    let data = found.table_by_name("tab_dati").unwrap();
    let area = book.report.sheets.iter().find(|sheet| sheet.name == "Dati").unwrap().tables[0];
    assert_eq!(data.data().height(), (area.last.row - area.first.row) as usize);
    assert_eq!(data.columns().len(), usize::from(area.last.col - area.first.col) + 1);
}

/// Asks Python's openpyxl, when there is one, for sheets, tables and language.
#[test]
fn openpyxl_reads_the_tables() {
    let has = Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        assert!(std::env::var_os("SCHEDE_ESIGE_LIBREOFFICE").is_none(), "openpyxl is missing, and required");
        return;
    }
    let book = book();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("consolidato.xlsx");
    fs::write(&path, &book.bytes).unwrap();
    let asked = "import sys, openpyxl\n\
        book = openpyxl.load_workbook(sys.argv[1])\n\
        print(book.properties.language)\n\
        for sheet in book.worksheets:\n\
        \x20   for table in sheet.tables.values():\n\
        \x20       print(sheet.title, table.name, table.ref, sep='|')\n\
        \x20       head = [cell.value for cell in sheet[table.ref][0]]\n\
        \x20       assert head == table.column_names, (head, table.column_names)\n";
    let output = Command::new("python3")
        .args(["-W", "error", "-W", "ignore:Sparkline Group", "-c", asked])
        .arg(&path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let mut lines = said.lines();
    assert_eq!(lines.next(), Some("it-IT"));
    let told: BTreeSet<String> = lines.map(|line| line.rsplit_once('|').unwrap().0.to_owned()).collect();
    let sheets = book.sheets();
    let own = tables(book).into_iter().map(|table| format!("{}|{}", sheets[table.sheet], table.name));
    assert_eq!(told, own.collect());
}

/// The tests above can fail: each is given something broken.
#[test]
fn what_is_broken_is_seen() {
    assert!(parse("<a><b></a></b>").is_err());
    assert!(parse("<a/><b/>").is_err());
    assert!(parse("<a x=\"1\" x=\"2\"/>").is_err());
    assert!(parse("<a>&nope;</a>").is_err());
    assert_eq!(parse("<a:b>uno &amp; due</a:b>").unwrap().words(), "uno & due");
    assert_eq!(joined("xl/worksheets", "../tables/table1.xml"), "xl/tables/table1.xml");
    assert_eq!(corners("A4:AB9"), [(1, 4), (28, 9)]);
    assert!(overlap(corners("A1:C3"), corners("C3:D9")) && !overlap(corners("A1:C3"), corners("D1:D9")));
}

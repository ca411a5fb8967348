//! Hostile and broken files, made here byte by byte.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Piece, RawContent, RawSheet, RawWorkbook, Refusal, read_again, read_bytes, read_file};
use crate::excel::bounds::CELL_TEXT;
use crate::model::CellRef;

mod again;
mod crafted;
mod looks;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="Scheda 1" sheetId="1" state="veryHidden" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>circa venti</t></si><si><t xml:space="preserve"> 12 </t></si></sst>"#;

/// The parts of a small workbook whose only sheet holds `rows`.
fn parts(rows: &str) -> Vec<(String, Vec<u8>)> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let texts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    texts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(6));
    for (name, content) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn with(rows: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let mut parts = parts(rows);
    parts.retain(|(existing, _)| existing != name);
    parts.push((name.to_owned(), content.to_vec()));
    zipped(&parts)
}

/// The relationships of the small workbook, and one more with these attributes.
fn bonded(attributes: &str) -> String {
    BOOK_RELS.replace("</Relationships>", &format!("<Relationship {attributes}/></Relationships>"))
}

fn read(bytes: Vec<u8>) -> Result<RawWorkbook, Refusal> {
    read_bytes("schede-2019-metrico.xlsx", bytes).content
}

fn sheet(rows: &str) -> RawSheet {
    read(zipped(&parts(rows))).unwrap().sheets.remove(0)
}

fn content(sheet: &RawSheet, cell: &str) -> Option<RawContent> {
    sheet.cell(CellRef::parse(cell).unwrap()).map(|cell| cell.content.clone())
}

fn assert_damaged(bytes: Vec<u8>, words: &str) {
    match read(bytes) {
        Err(Refusal::Damaged(what)) => assert!(what.contains(words), "{what}"),
        other => panic!("{other:?}"),
    }
}

fn assert_too_big(bytes: Vec<u8>, wanted: &str) {
    match read(bytes) {
        Err(Refusal::TooBig { what, .. }) => assert_eq!(what, wanted),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_kind_of_cell_is_told_as_stored() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12.5</v></c><c r="C1" s="1"><v>43558</v></c>
        <c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#DIV/0!</v></c><c r="F1" t="s"><v>1</v></c>
        <c r="G1"><f>12+3</f><v>15</v></c><c r="H1"><f>A1/0</f></c><c r="I1" t="d"><v>2019-05-03</v></c>
        <c r="J1" t="inlineStr"><is><t>n.d.</t></is></c><c r="K1" s="1"/><c r="L1"><v>1e999</v></c></row>"#;
    let workbook = read(zipped(&parts(rows))).unwrap();
    assert!(workbook.date1904);
    assert!(!workbook.macros);
    let sheet = workbook.sheet("Scheda 1").unwrap();
    assert!(sheet.hidden);
    assert_eq!(sheet.damage, None);
    assert_eq!(content(sheet, "A1"), Some(RawContent::Text("circa venti".to_owned())));
    assert_eq!(content(sheet, "B1"), Some(RawContent::Number(12.5)));
    assert_eq!(content(sheet, "C1"), Some(RawContent::Serial(43558.0)));
    assert_eq!(content(sheet, "D1"), Some(RawContent::Bool(true)));
    assert_eq!(content(sheet, "E1"), Some(RawContent::Error("#DIV/0!".to_owned())));
    assert_eq!(content(sheet, "F1"), Some(RawContent::Text(" 12 ".to_owned())));
    assert_eq!(content(sheet, "G1"), Some(RawContent::Number(15.0)));
    assert_eq!(sheet.cell(CellRef::parse("G1").unwrap()).unwrap().formula.as_deref(), Some("12+3"));
    assert_eq!(content(sheet, "H1"), Some(RawContent::Empty));
    assert_eq!(content(sheet, "I1"), Some(RawContent::IsoDate("2019-05-03".to_owned())));
    assert_eq!(content(sheet, "J1"), Some(RawContent::Text("n.d.".to_owned())));
    assert_eq!(content(sheet, "K1"), None);
    assert!(matches!(content(sheet, "L1"), Some(RawContent::Unreadable(_))));
}

#[test]
fn an_error_unknown_to_the_library_costs_one_cell() {
    let rows = r##"<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#SPILL!</v></c><c r="C1"><v>3</v></c></row>
        <row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2"><v>2</v></c></row>"##;
    let sheet = sheet(rows);
    assert_eq!(sheet.damage, None);
    assert!(matches!(content(&sheet, "B1"), Some(RawContent::Unreadable(_))));
    assert_eq!(content(&sheet, "C1"), Some(RawContent::Number(3.0)));
    assert!(matches!(content(&sheet, "A2"), Some(RawContent::Unreadable(_))));
    assert_eq!(content(&sheet, "B2"), Some(RawContent::Number(2.0)));
}

#[test]
fn a_cell_lost_at_the_end_is_told_with_the_last_good_address() {
    let sheet = sheet(r##"<row r="7"><c r="A7"><v>1</v></c><c r="B7" t="e"><v>#SPILL!</v></c></row>"##);
    assert_eq!(sheet.damage.as_deref(), Some("dopo la cella A7: una cella non si legge"));
}

#[test]
fn a_cell_written_twice_is_not_chosen() {
    let sheet = sheet(r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#);
    assert!(matches!(content(&sheet, "A1"), Some(RawContent::Unreadable(_))));
}

#[test]
fn shared_formulas_are_moved_to_their_cell() {
    let rows = r#"<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="4000000000">A1*2</f><v>2</v></c></row>
        <row r="2"><c r="B2"><f t="shared" si="4000000000"/><v>4</v></c></row>"#;
    let sheet = sheet(rows);
    assert_eq!(sheet.cell(CellRef::parse("B2").unwrap()).unwrap().formula.as_deref(), Some("A2*2"));
}

#[test]
fn a_value_in_a_far_corner_is_refused_and_beyond_the_grid_it_is_damage() {
    for cell in ["XFD1048576", "A100001", "ALM1"] {
        let row: String = cell.chars().filter(char::is_ascii_digit).collect();
        let far = format!(r#"<row r="{row}"><c r="{cell}"><v>2</v></c></row>"#);
        let refusal = read_bytes("x.xlsx", zipped(&parts(&far))).content.unwrap_err();
        assert!(matches!(refusal, Refusal::TooBig { found, .. } if found.contains(cell)), "{cell}");
    }
    let near = sheet(r#"<row r="100000"><c r="ALL100000"><v>2</v></c></row>"#);
    assert_eq!(content(&near, "ALL100000"), Some(RawContent::Number(2.0)));
    let beyond = r#"<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>"#;
    assert_damaged(zipped(&parts(beyond)), "4000000000");
    assert_damaged(zipped(&parts(r#"<row><c r="A4294967298"><v>1</v></c></row>"#)), "A4294967298");
}

#[test]
fn spellings_that_the_library_misreads_are_refused() {
    for value in ["1<!--c-->2", "<![CDATA[12]]>", "&#49;2", "1</v><v>2"] {
        assert_damaged(zipped(&parts(&format!(r#"<row r="1"><c r="A1"><v>{value}</v></c></row>"#))), "A1");
    }
    assert_damaged(zipped(&parts(r#"<row r="1"><c r="A1" t="s"><v>abc</v></c></row>"#)), "A1");
    assert_damaged(zipped(&parts("</sheetData><sheetData>")), "due volte");
    assert_damaged(zipped(&parts("<row>")), "sheet1.xml");
}

#[test]
fn lies_and_traps_of_the_package_are_refused() {
    let lie = STRINGS.replace(r#"uniqueCount="2""#, r#"uniqueCount="4000000000""#);
    assert_damaged(with("", "xl/sharedStrings.xml", lie.as_bytes()), "4000000000");
    let entity = br#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>"#;
    assert_damaged(with("", "xl/theme/theme1.xml", entity), "DOCTYPE");
    assert_damaged(with("", "../../etc/passwd", b"x"), "esce");
    assert_too_big(
        with("", "xl/media/zeros.bin", &vec![0; 300 << 20]),
        "rapporto di compressione di una parte",
    );
    let many: Vec<(String, Vec<u8>)> = (0..5_000).map(|n| (format!("xl/{n}"), Vec::new())).collect();
    assert_too_big(zipped(&many), "numero di parti del file");
}

/// One row with a text, a number and a date.
const ROW: &str =
    r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c><c r="C1" s="1"><v>43558</v></c></row>"#;

fn assert_ambiguous(parts: &[(String, Vec<u8>)], words: &str) {
    match read(zipped(parts)) {
        Err(Refusal::Ambiguous(what)) => assert!(what.contains(words), "{what}"),
        other => panic!("{words}: {other:?}"),
    }
}

/// The small workbook with these parts besides, or in the place of its own.
fn changed(others: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let mut parts = parts(ROW);
    for (name, content) in others {
        parts.retain(|(existing, _)| existing != name);
        parts.push(((*name).to_owned(), content.as_bytes().to_vec()));
    }
    parts
}

#[test]
fn a_package_that_says_two_things_is_refused() {
    let rels = "xl/_rels/workbook.xml.rels";
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="B1"><v>99</v></c></row></sheetData></worksheet>"#;
    // Two parts of one name, but for case, slashes, percent signs.
    for name in ["XL/WORKBOOK.XML", "xl\\workbook.xml", "xl/workboo%6B.xml"] {
        assert_ambiguous(&changed(&[(name, "<x/>")]), "stesso nome");
    }
    let second =
        |attributes: &str| changed(&[(rels, &bonded(attributes)), ("xl/worksheets/sheet2.xml", sheet)]);
    assert_ambiguous(&second(r#"Id="rId1" Type="x/worksheet" Target="worksheets/sheet2.xml""#), "rId1");
    assert_ambiguous(&second(r#"Id="rId9" Type="x/worksheet" Target="worksheets/sheet1.xml""#), "sheet1.xml");
    assert_ambiguous(
        &second(r#"Id="rId9" Type="x/styles" Target="worksheets/sheet2.xml""#),
        "detta due volte",
    );
    assert_ambiguous(&second(r#"Id="rId9" Type="x/worksheet" Target="styles.xml""#), "styles.xml");
    let root =
        ROOT.replace("</Rel", r#"<Relationship Id="rId2" Type="x/officeDocument" Target="xl/b.xml"/></Rel"#);
    assert_ambiguous(&changed(&[("_rels/.rels", &root), ("xl/b.xml", BOOK)]), "detta due volte");
    // Texts and styles beside those that are named, by the usual name or by their type.
    let elsewhere = BOOK_RELS.replace("sharedStrings.xml", "strings2.xml");
    assert_ambiguous(&changed(&[(rels, &elsewhere), ("xl/strings2.xml", STRINGS)]), "strings2.xml");
    let typed = |part: &str, kind: &str| {
        TYPES.replace("</Types>", &format!(r#"<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/></Types>"#))
    };
    let types = "[Content_Types].xml";
    let beside = changed(&[(types, &typed("/xl/other.xml", "styles")), ("xl/other.xml", STYLES)]);
    assert_ambiguous(&beside, "other.xml");
    let unnamed = BOOK_RELS.replace("/sharedStrings\"", "/theme\"");
    assert_ambiguous(&changed(&[(rels, &unnamed)]), "nessun rimando");
    assert_ambiguous(&changed(&[(types, &typed("/xl/worksheets/sheet1.xml", "table"))]), "il suo tipo");
    let twice = typed("/xl/styles.xml", "styles");
    let twice = twice.replace("</Types>", r#"<Override PartName="/XL/styles.xml" ContentType="x"/></Types>"#);
    assert_ambiguous(&changed(&[(types, &twice)]), "due tipi");
    let book = BOOK.replace(r#"r:id="rId1""#, r#"r:id="rId1" q:id="rId2""#);
    assert_ambiguous(&changed(&[("xl/workbook.xml", &book)]), "nomina due parti");
}

#[test]
fn the_name_in_front_of_a_part_is_that_of_the_index() {
    let mut bytes = zipped(&parts(ROW));
    let at = bytes.windows(13).position(|window| window == b"xl/styles.xml").unwrap();
    bytes[at..at + 13].copy_from_slice(b"xl/stylez.xml");
    assert!(matches!(read(bytes), Err(Refusal::Ambiguous(what)) if what.contains("stylez")));
}

#[test]
fn parts_are_read_from_where_the_relationships_say() {
    // All of it elsewhere, spelt as other programs do.
    let root = ROOT.replace("xl/workbook.xml", "/Dati/Libro.xml");
    let rels = BOOK_RELS
        .replace("worksheets/sheet1.xml", "../Fogli\\foglio%201.dat")
        .replace("sharedStrings.xml", "./testi.xml")
        .replace("\"styles.xml", "\"/stili/s.xml");
    let small = parts(ROW);
    let moved: Vec<(String, Vec<u8>)> = small
        .into_iter()
        .map(|(name, content)| {
            let (name, content) = match name.as_str() {
                "_rels/.rels" => (name, root.clone().into_bytes()),
                "xl/_rels/workbook.xml.rels" => ("dati/_rels/libro.xml.rels".to_owned(), rels.clone().into_bytes()),
                "xl/workbook.xml" => ("dati/libro.xml".to_owned(), content),
                "xl/styles.xml" => ("stili/s.xml".to_owned(), content),
                "xl/sharedStrings.xml" => ("dati/testi.xml".to_owned(), content),
                "xl/worksheets/sheet1.xml" => ("fogli/foglio 1.dat".to_owned(), content),
                "[Content_Types].xml" => (name, TYPES.replace("</Types>", r#"<Override PartName="/dati/libro.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#).into_bytes()),
                _ => (name, content),
            };
            (name, content)
        })
        .collect();
    let book = read(zipped(&moved)).unwrap();
    let sheet = book.sheet("Scheda 1").unwrap();
    assert_eq!(content(sheet, "A1"), Some(RawContent::Text("circa venti".to_owned())));
    assert_eq!(content(sheet, "B1"), Some(RawContent::Number(12.0)));
    assert_eq!(content(sheet, "C1"), Some(RawContent::Serial(43558.0)));
    assert_eq!(book.number_format(sheet, CellRef::parse("C1").unwrap()), Some("dd/mm/yyyy"));
}

#[test]
fn a_part_that_is_named_and_missing_is_damage() {
    for gone in ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"] {
        let mut parts = parts(ROW);
        parts.retain(|(name, _)| name != gone);
        assert_damaged(zipped(&parts), &format!("manca la parte {}", gone.to_lowercase()));
    }
    let own = r#"<Relationships><Relationship Id="r" Type="x/comments" Target="../comments1.xml"/></Relationships>"#;
    assert_damaged(zipped(&changed(&[("xl/worksheets/_rels/sheet1.xml.rels", own)])), "xl/comments1.xml");
    let outside = BOOK_RELS.replace(r#"sheet1.xml""#, r#"sheet1.xml" TargetMode="External""#);
    assert_damaged(zipped(&changed(&[("xl/_rels/workbook.xml.rels", &outside)])), "fuori dal file");
    let links = r##"<Relationships><Relationship Id="r" Type="x/hyperlink" Target="#'Scheda 1'!A1"/></Relationships>"##;
    assert!(read(zipped(&changed(&[("xl/worksheets/_rels/sheet1.xml.rels", links)]))).is_ok());
}

#[test]
fn links_of_every_shape_are_told_and_read_past() {
    let link = |content: &str, own: &str| {
        changed(&[
            (
                "xl/_rels/workbook.xml.rels",
                &bonded(r#"Id="rId9" Type="x/externalLink" Target="externalLinks/l.xml""#),
            ),
            ("xl/externalLinks/l.xml", content),
            ("xl/externalLinks/_rels/l.xml.rels", &format!("<Relationships>{own}</Relationships>")),
        ])
    };
    let sheets = r#"<externalLink><externalBook><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="B2"><v>abc</v></cell></row></sheetData><sheetData sheetId="1" refreshError="1"/></sheetDataSet></externalBook></externalLink>"#;
    let path =
        r#"<Relationship Id="rId1" Type="x/externalLinkPath" Target="registro.xlsx" TargetMode="External"/>"#;
    let missing =
        r#"<Relationship Id="rId1" Type="x/xlPathMissing" Target="registro.xlsx" TargetMode="External"/>"#;
    let object = r#"<Relationship Id="rId1" Type="x/oleObject" Target="file:///C:/a/nota.docx" TargetMode="External"/>"#;
    let dde = r#"<externalLink><ddeLink ddeService="Excel" ddeTopic="Foglio1"><ddeItems><ddeItem name="R1C1"><values><value><val>1</val></value></values></ddeItem></ddeItems></ddeLink></externalLink>"#;
    for (content, own, name) in [
        (sheets, path, "registro.xlsx"),
        (sheets, missing, "registro.xlsx"),
        ("<externalLink><oleLink/></externalLink>", object, "nota.docx"),
        (dde, "", "Excel Foglio1"),
        ("<externalLink/>", "", ""),
    ] {
        let book = read(zipped(&link(content, own))).unwrap();
        assert_eq!(book.traits.links, [name], "{own}");
        assert_eq!(content_of(&book, "B1"), Some(RawContent::Number(12.0)));
    }
    let own = "<Relationships>".to_owned() + object + "</Relationships>";
    let book = read(zipped(&changed(&[("xl/worksheets/_rels/sheet1.xml.rels", &own)]))).unwrap();
    assert_eq!(book.traits.links, ["nota.docx"]);
}

fn content_of(book: &RawWorkbook, cell: &str) -> Option<RawContent> {
    content(book.sheets.first().unwrap(), cell)
}

#[test]
fn a_workbook_is_read_out_of_its_signed_envelope() {
    let document = zipped(&parts(ROW));
    let envelope = super::envelope::tests::enveloped(&document);
    let incoming = read_bytes("schede-2019-metrico.xlsx.p7m", super::envelope::tests::enveloped(&envelope));
    let outside = read_bytes("x", super::envelope::tests::enveloped(&envelope)).sha256;
    let book = incoming.content.unwrap();
    let told = book.traits.envelope.clone().unwrap();
    assert_eq!((told.layers, told.sha256), (2, read_bytes("x", document.clone()).sha256));
    assert_eq!(incoming.sha256, outside);
    assert_eq!(content_of(&book, "B1"), Some(RawContent::Number(12.0)));
    assert_eq!(read(document).unwrap().traits.envelope, None);
    let pdf = super::envelope::tests::enveloped(b"%PDF-1.7");
    assert_eq!(read(pdf).unwrap_err(), Refusal::OtherKind("pdf"));
}

#[test]
fn what_cannot_be_seen_in_a_name_is_spelt_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schede\u{1}metrico\u{202e}.xlsx");
    std::fs::write(&path, zipped(&parts(ROW))).unwrap();
    assert_eq!(read_file(&path).name, "schede⟨U+0001⟩metrico⟨U+202E⟩.xlsx");
}

#[test]
fn too_many_sheets_formats_or_levels_are_refused() {
    let sheets = r#"<sheet name="x" sheetId="1" r:id="rId1"/>"#.repeat(300);
    assert_too_big(
        with("", "xl/workbook.xml", format!("<workbook><sheets>{sheets}</sheets></workbook>").as_bytes()),
        "numero di fogli",
    );
    let formats = format!("<styleSheet>{}</styleSheet>", "<xf/>".repeat(70_000));
    assert_too_big(with("", "xl/styles.xml", formats.as_bytes()), "numero di formati e nomi");
    let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
    assert_damaged(with("", "xl/deep.xml", deep.as_bytes()), "uno dentro l'altro");
}

#[test]
fn truncated_and_altered_packages_are_refused() {
    let good = zipped(&parts(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#));
    assert!(read(good.clone()).is_ok());
    assert_damaged(good[..good.len() / 2].to_vec(), "troncato");
    assert_damaged(b"PK".to_vec(), "troncato");

    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts(r#"<row r="1"><c r="A1"><v>111111</v></c></row>"#) {
        writer.start_file(name, stored).unwrap();
        writer.write_all(&content).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let at = bytes.windows(6).position(|window| window == b"111111").unwrap();
    bytes[at] = b'9';
    assert_damaged(bytes, "somma di controllo");
}

#[test]
fn every_single_cut_is_survived() {
    let good = zipped(&parts(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#));
    for length in (0..good.len()).step_by(7) {
        assert!(read(good[..length].to_vec()).is_err(), "{length}");
    }
}

#[test]
fn other_kinds_are_named_whatever_the_extension() {
    let package = |name: &str, content: &[u8]| zipped(&[(name.to_owned(), content.to_vec())]);
    let cases = [
        (b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "html"),
        (b"chiave;mese\nS01.ore_sportello;1\n".to_vec(), "csv"),
        (package("xl/workbook.bin", b"\x83\x01"), "xlsb"),
        (package("leggimi.txt", b"x"), "zip"),
    ];
    for (bytes, kind) in cases {
        assert_eq!(read(bytes).unwrap_err(), Refusal::OtherKind(kind));
    }
    // Under the name of a document they are only what was left in the folder.
    let strays = [
        (b"%PDF-1.4".to_vec(), "pdf"),
        (b"Ciao, ecco i dati di giugno.".to_vec(), "testo"),
        (package("word/document.xml", b"<x/>"), "docx"),
        (package("ppt/presentation.xml", b"<x/>"), "pptx"),
        (package("mimetype", b"application/vnd.oasis.opendocument.text"), "documento di LibreOffice"),
    ];
    for (bytes, kind) in strays {
        let content = |name: &str| read_bytes(name, bytes.clone()).content.unwrap_err();
        assert_eq!(content("lettera.doc"), Refusal::Stray(kind));
        assert_eq!(content("appunti"), Refusal::Stray(kind));
        assert_eq!(content("schede-2019-urp.xlsx"), Refusal::OtherKind(kind));
    }
    for name in ["filmato.mp4", "vuoto.txt"] {
        assert_eq!(read_bytes(name, Vec::new()).content.unwrap_err(), Refusal::Stray("altro"));
    }
    // An old workbook, or a table, stays one whatever its name.
    for name in ["dati.txt", "dati.csv"] {
        let table = read_bytes(name, b"chiave;mese\nS01.ore;1\n".to_vec());
        assert_eq!(table.content.unwrap_err(), Refusal::OtherKind("csv"));
    }
}

#[test]
fn macros_are_only_noticed() {
    assert!(read(with("", "xl/vbaProject.bin", b"\xD0\xCF<a")).unwrap().macros);
}

#[test]
fn what_is_not_a_workbook_at_all() {
    assert_eq!(read_bytes("~$schede.xlsx", b"x".to_vec()).content.unwrap_err(), Refusal::Temporary);
    for name in [".DS_Store", "Thumbs.db", "desktop.ini"] {
        assert_eq!(read_bytes(name, b"x".to_vec()).content.unwrap_err(), Refusal::Temporary, "{name}");
    }
    assert_eq!(read_bytes(".~lock.schede.xlsx#", Vec::new()).content.unwrap_err(), Refusal::Temporary);
    assert_damaged(Vec::new(), "vuoto");
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(read_file(folder.path()).content, Err(Refusal::Temporary | Refusal::Unreadable(_))));
    let missing = read_file(&folder.path().join("non-c-è.xlsx"));
    assert_eq!(missing.content.unwrap_err(), Refusal::Unreadable("il file non c'è".to_owned()));
    let path = folder.path().join("schede.xlsx");
    std::fs::write(&path, zipped(&parts(""))).unwrap();
    let incoming = read_file(&path);
    assert!(incoming.content.is_ok());
    assert_eq!(incoming.name, "schede.xlsx");
    assert_eq!(incoming.bytes, std::fs::metadata(&path).unwrap().len());
}

#[test]
fn a_hash_can_be_checked_with_sha256sum() {
    let incoming = read_bytes("a.xlsx", b"abc".to_vec());
    assert_eq!(incoming.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/// Small damages everywhere, the same at every run: an answer each time, and never a panic of the library.
#[test]
fn damaged_parts_always_have_an_answer() {
    let whole = parts(
        r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c></row>
        <row r="2"><c r="A2" s="1"><v>43558</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>"#,
    );
    let mut seed = 42_u64;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % bound
    };
    for _ in 0..600 {
        let mut copy = whole.clone();
        let part = next(copy.len());
        let content = &mut copy[part].1;
        let at = next(content.len());
        match next(3) {
            0 => content[at] ^= 1 << next(8),
            1 => content[at] = b"<>\"/ 09A&;"[next(10)],
            _ => content.truncate(at),
        }
        if let Err(Refusal::Damaged(what)) = read(zipped(&copy)) {
            assert!(!what.contains("incoerente"), "a panic on {copy:?}");
        }
    }
}

/// A package with something to say beside its cells.
fn talkative() -> Vec<u8> {
    let rows = r#"<row r="1" hidden="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="1"/></row>
        <row r="2" hidden="1"/><row r="4" ht="0"/><row r="9"><c r="C9" s="0"/></row>"#;
    let mut parts = parts(rows);
    let worksheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="2" max="3" hidden="true"/><col min="5" max="5" width="9"/></cols><sheetData>{rows}</sheetData><sheetProtection sheet="1"/><mergeCells><mergeCell ref="D9:E9"/></mergeCells><dataValidations><dataValidation type="custom" sqref="A1 C1:D2"/><dataValidation type="none" sqref="F1"/><dataValidation sqref="G1"/></dataValidations></worksheet>"#
    );
    let book = BOOK.replace("</workbook>", r#"<calcPr calcMode="manual" iterate="1"/></workbook>"#);
    let related = r#"<Relationships><Relationship Id="rId1" Type="x/comments" Target="../comments1.xml"/><Relationship Id="rId2" Type="x/threadedComment" Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>"#;
    let notes = r#"<comments><authors><author>Anna Rossi</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>Anna Rossi:</t></r><r><t xml:space="preserve">
dato &amp; nota</t></r></text></comment><comment ref="B2" authorId="0"><text><t>[Threaded comment] stand-in</t></text></comment></commentList></comments>"#;
    let thread = r#"<ThreadedComments><threadedComment ref="B2"><text>perché?</text></threadedComment><threadedComment ref="B2"><text>corretto</text></threadedComment></ThreadedComments>"#;
    let link = r#"<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" Target="file:///C:/Users/anna/dati%202019.xlsx" TargetMode="External"/></Relationships>"#;
    let linked = bonded(r#"Id="rId9" Type="x/externalLink" Target="externalLinks/externalLink1.xml""#);
    let app =
        "<Properties><Application>LibreOffice/7.4</Application><AppVersion>15.0</AppVersion></Properties>";
    let core =
        "<p><dc:creator>Anna Rossi</dc:creator><dcterms:created>2019-01-01T00:00:00Z</dcterms:created></p>";
    let styles = STYLES
        .replace("<cellXfs", r##"<numFmts><numFmt numFmtId="164" formatCode="#,##0"/></numFmts><cellXfs"##);
    let styles = styles.replace(r#"numFmtId="14""#, r#"numFmtId="164""#);
    parts.retain(|(name, _)| {
        let changed =
            ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/styles.xml"];
        !changed.contains(&name.as_str())
    });
    for (name, content) in [
        ("xl/workbook.xml", book.as_str()),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &worksheet),
        ("xl/worksheets/_rels/sheet1.xml.rels", related),
        ("xl/comments1.xml", notes),
        ("xl/threadedComments/threadedComment1.xml", thread),
        ("xl/_rels/workbook.xml.rels", &linked),
        ("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", link),
        ("docProps/app.xml", app),
        ("docProps/core.xml", core),
    ] {
        parts.push((name.to_owned(), content.as_bytes().to_vec()));
    }
    zipped(&parts)
}

#[test]
fn what_the_package_says_beside_the_cells_is_told() {
    let book = read(talkative()).unwrap();
    let traits = &book.traits;
    assert!(traits.manual && traits.iterative && !traits.recalculates);
    assert_eq!(traits.links, ["dati 2019.xlsx"]);
    assert_eq!(
        (traits.application.as_deref(), traits.app_version.as_deref()),
        (Some("LibreOffice/7.4"), Some("15.0"))
    );
    assert_eq!((traits.created.as_deref(), traits.modified.as_deref()), (Some("2019-01-01T00:00:00Z"), None));
    let sheet = book.sheets.first().unwrap();
    let cell = |text: &str| CellRef::parse(text).unwrap();
    let own = &sheet.traits;
    assert!(
        own.protected && own.row_hidden(0) && own.row_hidden(1) && own.row_hidden(3) && !own.row_hidden(2)
    );
    assert!(own.column_hidden(1) && own.column_hidden(2) && !own.column_hidden(4));
    assert_eq!(own.merged.iter().map(ToString::to_string).collect::<Vec<_>>(), ["D9:E9"]);
    assert_eq!(own.validated.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A1", "C1:D2"]);
    assert_eq!((own.blanks, own.blanks_end), (2, Some(cell("C9"))));
    assert_eq!(book.number_format(sheet, cell("A1")), Some("#,##0"));
    // The author's name is not copied, and the stand-in of a thread gives way to the thread.
    let said = [(cell("A1"), "dato & nota".to_owned()), (cell("B2"), "perché? / corretto".to_owned())];
    assert_eq!(own.comments, said);
}

#[test]
fn shared_texts_of_several_pieces_are_found_whatever_comes_first() {
    let strings = r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>x</t><rPh sb="0" eb="1"><t>y</t></rPh></si><si><r><rPr><strike val="true"/></rPr><t>1</t></r><r><t>2</t></r></si><si><t>3</t></si></sst>"#;
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>"#;
    let mut parts = parts(rows);
    for (name, content) in &mut parts {
        if name == "xl/sharedStrings.xml" {
            *content = strings.as_bytes().to_vec();
        }
    }
    let one = zipped(&parts);
    parts.reverse();
    for bytes in [one, zipped(&parts)] {
        let book = read(bytes).unwrap();
        let sheet = book.sheet("Scheda 1").unwrap();
        let text = |cell: &str| content(sheet, cell).unwrap();
        let read = ["A1", "B1", "C1"].map(text);
        assert_eq!(read, ["x", "2", "3"].map(|text| RawContent::Text(text.to_owned())));
    }
}

#[test]
fn a_text_longer_than_a_cell_is_only_told() {
    let rows = |length: usize| {
        format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "9".repeat(length))
    };
    let read = |length| content(&sheet(&rows(length)), "A1").unwrap();
    assert!(matches!(read(CELL_TEXT), RawContent::Text(_)));
    assert_eq!(read(CELL_TEXT + 1), RawContent::Oversize(CELL_TEXT + 1));
}

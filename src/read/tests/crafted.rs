//! Crafted files: what two programs could read in two ways is read as the major programs do, or refused with
//! the cell named.

use super::{BOOK_RELS, Refusal, STRINGS, content, parts, read, sheet, with, zipped};
use crate::model::CellRef;
use crate::read::RawContent;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What a workbook answers whose only sheet is this part.
fn of_sheet(sheet: &[u8]) -> Result<Vec<(String, RawContent)>, String> {
    match read(with("", "xl/worksheets/sheet1.xml", sheet)) {
        Ok(mut book) => {
            let cells = book.sheets.remove(0).cells;
            Ok(cells.into_iter().map(|(cell, raw)| (cell.to_string(), raw.content)).collect())
        }
        Err(Refusal::Damaged(what) | Refusal::Ambiguous(what)) => Err(what),
        Err(other) => panic!("{other:?}"),
    }
}

/// The same of the cells and rows of one.
fn of_rows(rows: &str) -> Result<Vec<(String, RawContent)>, String> {
    of_sheet(format!("<worksheet xmlns='{MAIN}'><sheetData>{rows}</sheetData></worksheet>").as_bytes())
}

fn assert_refused(found: Result<Vec<(String, RawContent)>, String>, words: &[&str]) {
    let why = found.expect_err("to be refused");
    assert!(words.iter().all(|word| why.contains(word)), "{words:?} in {why}");
}

fn number(cell: &str, number: f64) -> Vec<(String, RawContent)> {
    vec![(cell.to_owned(), RawContent::Number(number))]
}

#[test]
fn cells_are_those_of_the_vocabulary_of_the_sheet() {
    let prefixed = format!(
        "<x:worksheet xmlns:x='{MAIN}'><x:sheetData><x:row r='1'><x:c r='A1'><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    );
    assert_eq!(of_sheet(prefixed.as_bytes()), Ok(number("A1", 7.0)));
    let said_again = format!("<row r='1'><c xmlns='{MAIN}' r='A1'><v>7</v></c></row>");
    assert_eq!(of_rows(&said_again), Ok(number("A1", 7.0)));
    for cell in ["<c xmlns='urn:x' r='B2'><v>7</v></c>", "<q:c xmlns:q='urn:x' r='B2'><q:v>7</q:v></q:c>"] {
        let rows = format!("<row r='2'>{cell}</row>");
        assert_refused(of_rows(&rows), &["B2", "altro vocabolario"]);
    }
    let value = "<row r='2'><c r='C2'><q:v xmlns:q='urn:x'>7</q:v></c></row>";
    assert_refused(of_rows(value), &["C2", "altro vocabolario"]);
    let row = "<q:row xmlns:q='urn:x' r='2'><c r='C2'><v>7</v></c></q:row>";
    assert_refused(of_rows(row), &["altro vocabolario"]);
    let text = STRINGS.replace("<t>circa venti</t>", "<q:t xmlns:q='urn:x'>12</q:t>");
    let read = read(with("", "xl/sharedStrings.xml", text.as_bytes()));
    assert!(matches!(read, Err(Refusal::Damaged(why)) if why.contains("altro vocabolario")));
}

#[test]
fn what_stands_beside_the_cells_may_be_of_any_vocabulary() {
    let part = format!(
        "<worksheet xmlns='{MAIN}' xmlns:q='urn:x'><sheetData><row r='1' q:dyDescent='0.25'><c r='A1'><v>7</v></c></row></sheetData><extLst><ext><q:c r='A9'><q:f>1</q:f></q:c><q:row>3</q:row></ext></extLst></worksheet>"
    );
    assert_eq!(of_sheet(part.as_bytes()), Ok(number("A1", 7.0)));
}

#[test]
fn rows_and_cells_are_where_they_belong() {
    let after = |what: &str| {
        format!(
            "<worksheet xmlns='{MAIN}'><sheetData><row r='1'><c r='A1'><v>7</v></c></row></sheetData>{what}</worksheet>"
        )
    };
    assert_eq!(of_sheet(after("").as_bytes()), Ok(number("A1", 7.0)));
    let row = "<row r='5'><c r='B5'><v>9</v></c></row>";
    assert_refused(of_sheet(after(row).as_bytes()), &["la riga 5", "fuori"]);
    assert_refused(of_sheet(after("<c r='B5'><v>9</v></c>").as_bytes()), &["la cella B5", "fuori"]);
    // And nothing after the root.
    for more in ["12", "<row r='2'/>", "<![CDATA[x]]>", "&#49;"] {
        let part = format!("{}{more}", after(""));
        assert_refused(of_sheet(part.as_bytes()), &["sheet1.xml", "non è XML ben formato"]);
    }
    let spaced = format!("\r\n<!-- x -->{}\n<!-- y -->\n", after(""));
    assert_eq!(of_sheet(spaced.as_bytes()), Ok(number("A1", 7.0)));
}

#[test]
fn a_cell_has_one_value_of_its_own_kind() {
    for cell in [
        "<c r='D4'><v>12</v><is><t>13</t></is></c>",
        "<c r='D4'><is><t>13</t></is><v>12</v></c>",
        "<c r='D4' t='inlineStr'><is><t>13</t></is><v>12</v></c>",
        "<c r='D4' t='inlineStr'><is><t>13</t></is><is><t>12</t></is></c>",
        "<c r='D4' t='inlineStr'><v>12</v></c>",
        "<c r='D4' t='s'><v>0 </v></c>",
        "<c r='D4' t='s'><v>1<!-- -->0</v></c>",
        "<c r='D4' t='n'><v>1&#50;</v></c>",
    ] {
        assert_refused(of_rows(&format!("<row r='4'>{cell}</row>")), &["D4"]);
    }
    // A place in the list that no number of ours can hold: the library takes it for the first one.
    let far = "<row r='4'><c r='D4' t='s'><v>99999999999999999999</v></c></row>";
    assert_refused(of_rows(far), &["D4", "due modi", "circa venti"]);
}

#[test]
fn the_letters_of_a_part_are_those_that_it_says() {
    let body = format!(
        "<worksheet xmlns='{MAIN}'><sheetData><row r='1'><c r='A1' t='str'><v>sì</v></c></row></sheetData></worksheet>"
    );
    let text = || Ok(vec![("A1".to_owned(), RawContent::Text("sì".to_owned()))]);
    let said = |name: &str| format!("<?xml version='1.0' encoding='{name}'?>{body}");
    let wide: Vec<u8> = said("UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE][..], &wide].concat();
    for part in [said("UTF-8").into_bytes(), marked, wide] {
        assert_eq!(of_sheet(&part), text());
    }
    assert_refused(of_sheet(said("ISO-8859-1").as_bytes()), &["ISO-8859-1", "UTF-8"]);
    let ansi: Vec<u8> = said("windows-1252").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_refused(of_sheet(&ansi), &["windows-1252"]);
}

#[test]
fn what_xml_does_not_allow_is_no_sheet() {
    for cell in [
        "<c r='A1' r='B1'><v>1</v></c>",
        "<c r='A1'x='1'><v>1</v></c>",
        "<c r=A1><v>1</v></c>",
        "<c r='A1'><v>1</w></c>",
        "<c r='A1'><v>&nulla;</v></c>",
        "<c r='A1' t='str'><v>1 & 2</v></c>",
        "<c r='A1' t='str'><v>\u{1}</v></c>",
        "<c r='<A1'><v>1</v></c>",
        "<c r='A1'><v>1</v></c",
    ] {
        assert!(of_rows(&format!("<row r='1'>{cell}</row>")).is_err(), "{cell}");
    }
}

#[test]
fn texts_are_read_alike_however_they_are_spelled() {
    let rows = "<row r='1'><c r='A1' t='inlineStr'><is><t xml:space='preserve'> a&amp;b&#13; </t></is></c>\
        <c r='B1' t='str'><v>x_x000D_y_x005F_x000D_</v></c><c r='C1' t='inlineStr'><is><r><t>uno </t></r><r>\
        <t xml:space='preserve'>due\r\n</t></r><rPh sb='0' eb='1'><t>no</t></rPh></is></c>\
        <c r='D1' t='str'><v></v></c><c r='E1' t='b'><v>true</v></c><c r='F1'><v>1E2</v></c>\
        <c r='G1' t='inlineStr'><is><t><![CDATA[1<2]]></t></is></c></row>";
    let cells = of_rows(rows).unwrap();
    let text = |text: &str| RawContent::Text(text.to_owned());
    let expected = [
        ("A1", text(" a&b\r ")),
        ("B1", text("x\ry_x000D_")),
        ("C1", text("unodue\n")),
        ("E1", RawContent::Bool(true)),
        ("F1", RawContent::Number(100.0)),
        ("G1", text("1<2")),
    ];
    assert_eq!(cells, expected.map(|(cell, content)| (cell.to_owned(), content)));
}

#[test]
fn cells_without_an_address_follow_the_one_before() {
    let rows =
        "<row r='3'><c><v>1</v></c><c r='D3'><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>";
    let cells: Vec<String> = of_rows(rows).unwrap().into_iter().map(|(cell, _)| cell).collect();
    assert_eq!(cells, ["A3", "D3", "E3", "A4"]);
}

#[test]
fn shared_formulas_are_formulas_with_or_without_their_first() {
    let rows = "<row r='1'><c r='A1'><f t='shared' si='4'/><v>5</v></c><c r='B1'><v>6</v></c></row>";
    let sheet = sheet(rows);
    let cell = |name: &str| sheet.cell(CellRef::parse(name).unwrap()).unwrap();
    assert_eq!((cell("A1").formula.as_deref(), cell("B1").formula.as_deref()), (Some(""), None));
    assert_eq!(content(&sheet, "A1"), Some(RawContent::Number(5.0)));
}

#[test]
fn shared_texts_come_from_the_part_that_the_workbook_names() {
    let other = STRINGS.replace("circa venti", "12");
    let mut all = parts("<row r='1'><c r='A1' t='s'><v>0</v></c></row>");
    all.push(("xl/altri.xml".to_owned(), other.into_bytes()));
    all.retain(|(name, _)| name != "xl/sharedStrings.xml");
    let bonds = BOOK_RELS.replace("sharedStrings.xml", "altri.xml");
    for (name, content) in &mut all {
        if name == "xl/_rels/workbook.xml.rels" {
            *content = bonds.clone().into_bytes();
        }
    }
    let book = read(zipped(&all)).unwrap();
    assert_eq!(content(&book.sheets[0], "A1"), Some(RawContent::Text("12".to_owned())));
}

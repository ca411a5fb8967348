//! What fonts, fills and conditions make of a cell.

use super::{content, read, with, zipped};
use crate::model::CellRef;
use crate::read::{Look, RawContent, RawWorkbook, When};

const PAINTED: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="9"><font><sz val="11"/></font><font><strike/></font><font><strike val="0"/></font><font><color rgb="FFFFFFFF"/></font><font><color indexed="9"/></font><font><color theme="0"/></font><font><color theme="0" tint="-0.5"/></font><font><vertAlign val="superscript"/></font><font><color auto="1"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF004D99"/><bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor theme="0" tint="-0.5"/></patternFill></fill></fills><cellStyleXfs count="1"><xf numFmtId="0" fontId="1" fillId="0"/></cellStyleXfs><cellXfs count="12"><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fontId="2" fillId="0"/><xf fontId="3" fillId="0"/><xf fontId="3" fillId="1"/><xf fontId="4" fillId="0"/><xf fontId="5" fillId="0"/><xf fontId="6" fillId="0"/><xf fontId="6" fillId="3"/><xf fontId="3" fillId="2"/><xf fontId="7" fillId="0"/><xf fontId="8" fillId="1"/></cellXfs><dxfs count="1"><dxf><font><strike/></font><fill><patternFill patternType="solid"/></fill></dxf></dxfs></styleSheet>"#;

fn painted(rows: &str) -> RawWorkbook {
    read(with(rows, "xl/styles.xml", PAINTED.as_bytes())).unwrap()
}

#[test]
fn fonts_and_fills_tell_what_is_struck_out_or_not_to_be_seen() {
    let cells: String =
        (0..12).map(|style| format!(r#"<c r="A{0}" s="{style}"><v>4</v></c>"#, style + 1)).collect();
    let rows: String = cells
        .split_inclusive("</c>")
        .enumerate()
        .map(|(at, cell)| format!(r#"<row r="{}">{cell}</row>"#, at + 1))
        .collect();
    let book = painted(&rows);
    let sheet = book.sheet("Scheda 1").unwrap();
    let look = |row: u32| book.look(sheet, CellRef { row, col: 0 });
    let struck: Vec<u32> = (0..12).filter(|row| look(*row).struck).collect();
    let unseen: Vec<u32> = (0..12).filter(|row| look(*row).unseen).collect();
    assert_eq!(struck, [1]);
    // White on nothing: as such, in the palette, in the theme; the same theme colour, darker, behind itself.
    // White on blue, on a pattern, darker on white, and what follows the window are not alike.
    assert_eq!(unseen, [3, 5, 6, 8]);
    assert_eq!(look(10), Look { raised: true, ..Look::default() });
}

#[test]
fn pieces_that_the_eye_does_not_read_are_not_joined_to_the_value() {
    let piece =
        |font: &str, text: &str| format!(r#"<r><rPr>{font}</rPr><t xml:space="preserve">{text}</t></r>"#);
    let cell = |at: &str, style: u32, inner: &str| {
        format!(r#"<c r="{at}" s="{style}" t="inlineStr"><is>{inner}</is></c>"#)
    };
    let (struck, plain) = (piece("<strike/>", "1"), piece("", "2"));
    let raised = piece(r#"<vertAlign val="superscript"/>"#, "1");
    let cells = [
        cell("A1", 0, &format!("{struck}{plain}")),
        cell("B1", 0, &format!(r#"{plain}{}"#, piece(r#"<strike val="1"/>"#, "1"))),
        cell("C1", 0, &format!("{}{plain}", piece(r#"<strike val="false"/>"#, "1"))),
        cell("D1", 0, &format!("{plain}{raised}")),
        cell("E1", 0, &format!("{struck}{struck}")),
        // Its own font is struck out: so is the piece that has none.
        cell("F1", 1, &format!("<r><t>7</t></r>{plain}")),
        cell("G1", 0, &format!("{}{plain}", piece(r#"<color rgb="FFFFFFFF"/>"#, "1"))),
        cell("H1", 0, "<t>12</t><rPh sb=\"0\" eb=\"1\"><t>34</t></rPh>"),
        cell("I1", 0, &format!("<r><t>1&#50;</t></r>{struck}")),
    ];
    let book = painted(&format!(r#"<row r="1">{}</row>"#, cells.concat()));
    let sheet = book.sheet("Scheda 1").unwrap();
    let text = |cell: &str| match content(sheet, cell) {
        Some(RawContent::Text(text)) => text,
        other => panic!("{other:?}"),
    };
    let line = |cell: &str| book.pieces(sheet, CellRef::parse(cell).unwrap()).unwrap().on_the_line();
    let read: Vec<String> = ["A1", "B1", "C1", "D1", "E1", "F1", "G1", "H1", "I1"].map(text).to_vec();
    assert_eq!(read, ["2", "2", "12", "21", "11", "2", "2", "12", "12"]);
    assert_eq!(line("D1"), "2");
    assert!(book.pieces(sheet, CellRef::parse("E1").unwrap()).unwrap().all_are(|look| look.struck));
    assert_eq!(book.pieces(sheet, CellRef::parse("H1").unwrap()), None);
}

#[test]
fn what_a_condition_lays_over_a_cell_is_told_with_the_condition() {
    let overlays = [
        r#"<dxf><font><color rgb="FFFFFFFF"/></font></dxf>"#,
        r#"<dxf><font><strike/></font></dxf>"#,
        r#"<dxf><numFmt numFmtId="200" formatCode=";;;"/></dxf>"#,
        // Black on black: the border's colour is not the letters'.
        r#"<dxf><font><color rgb="FF000000"/></font><fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill></dxf>"#,
        r#"<dxf><border><left style="thin"><color rgb="FFFFFFFF"/></left></border><fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf>"#,
    ];
    let styles = PAINTED.split("<dxfs").next().unwrap().to_owned();
    let styles = format!(r#"{styles}<dxfs count="5">{}</dxfs></styleSheet>"#, overlays.concat());
    let rule = |cell: &str, attributes: &str, inner: &str| {
        format!(
            r#"<conditionalFormatting sqref="Z9 {cell}"><cfRule {attributes}>{inner}</cfRule></conditionalFormatting>"#
        )
    };
    let rules = [
        rule(
            "A1:A1",
            r#"type="cellIs" operator="between" dxfId="0""#,
            "<formula>1</formula><formula>9</formula>",
        ),
        rule("B1", r#"type="expression" dxfId="1""#, "<formula>B1&gt;0</formula>"),
        rule("C1", r#"type="expression" dxfId="2""#, "<formula>TRUE</formula>"),
        rule("D1", r#"type="top10" dxfId="3""#, ""),
        rule("E1", r#"type="expression" dxfId="4""#, "<formula>TRUE</formula>"),
        rule("F1", r#"type="dataBar""#, r#"<dataBar showValue="0"><cfvo type="min"/></dataBar>"#),
        rule("G1", r#"type="dataBar""#, r#"<dataBar><cfvo type="min"/></dataBar>"#),
        // Of a format that is not there.
        rule("H1", r#"type="expression" dxfId="99""#, "<formula>TRUE</formula>"),
    ];
    let cells: String = ('A'..='H').map(|column| format!(r#"<c r="{column}1"><v>4</v></c>"#)).collect();
    let mut parts = super::parts(&format!(r#"<row r="1">{cells}</row>"#));
    for (name, content) in &mut parts {
        if name == "xl/styles.xml" {
            *content = styles.clone().into_bytes();
        } else if name.ends_with("sheet1.xml") {
            let text = String::from_utf8(content.clone()).unwrap();
            let after = format!("</sheetData>{}", rules.concat());
            *content = text.replace("</sheetData>", &after).into_bytes();
        }
    }
    let book = read(zipped(&parts)).unwrap();
    let sheet = book.sheet("Scheda 1").unwrap();
    let over = |cell: &str| {
        let veils = book.veils(sheet, CellRef::parse(cell).unwrap());
        veils.map(|(when, look, format)| (when.clone(), look.struck, look.unseen, format)).collect::<Vec<_>>()
    };
    let between = When::Compares("between".to_owned(), vec!["1".to_owned(), "9".to_owned()]);
    assert_eq!(over("A1"), [(between, false, true, None)]);
    assert_eq!(over("B1"), [(When::Other, true, false, None)]);
    assert_eq!(over("C1"), [(When::Other, false, false, Some(";;;"))]);
    assert_eq!(over("D1"), [(When::Other, false, true, None)]);
    assert_eq!(over("E1"), [(When::Other, false, false, None)]);
    assert_eq!(over("F1"), [(When::Other, false, true, None)]);
    assert_eq!(over("G1"), []);
    assert_eq!(over("H1"), [(When::Other, false, false, None)]);
}

#[test]
fn letters_below_four_points_are_not_read() {
    let styles = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="4"><font><sz val="1"/></font><font><sz val="3.5"/></font><font><sz val="4"/></font><font><name val="Calibri"/></font></fonts><cellXfs count="4"><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="3"/></cellXfs></styleSheet>"#;
    let cells: String =
        ('A'..='D').zip(0..).map(|(at, style)| format!(r#"<c r="{at}1" s="{style}"><v>4</v></c>"#)).collect();
    let book =
        read(with(&format!(r#"<row r="1">{cells}</row>"#), "xl/styles.xml", styles.as_bytes())).unwrap();
    let sheet = book.sheet("Scheda 1").unwrap();
    let tiny = ["A1", "B1", "C1", "D1"].map(|cell| book.look(sheet, CellRef::parse(cell).unwrap()).tiny);
    assert_eq!(tiny, [true, true, false, false]);
}

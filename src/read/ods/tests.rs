//! OpenDocument workbooks built here, good and bad.

use crate::model::CellRef;
use crate::package::Writer;
use crate::read::{RawContent, RawSheet, RawWorkbook, Refusal, read_bytes};

const SPREADSHEET: &str = "application/vnd.oasis.opendocument.spreadsheet";
const LIST: &str = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#;
const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/""#;

/// A package of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = Writer::new();
    for (name, text) in parts {
        writer.put(name, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}

/// `content.xml` with these styles, and with this in its book.
fn content(styles: &str, book: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{book}</office:spreadsheet></office:body></office:document-content>"
    )
}

fn bytes(content: &str) -> Vec<u8> {
    packed(&[("mimetype", SPREADSHEET), ("META-INF/manifest.xml", LIST), ("content.xml", content)])
}

fn read(bytes: Vec<u8>) -> Result<RawWorkbook, Refusal> {
    read_bytes("schede.ods", bytes).content
}

fn book(content: &str) -> RawWorkbook {
    read(bytes(content)).unwrap()
}

/// A workbook of one sheet with these rows.
fn sheet(rows: &str) -> RawSheet {
    let table = format!("<table:table table:name=\"Scheda 1\">{rows}</table:table>");
    book(&content("", &table)).sheets.remove(0)
}

fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

fn refusal(rows: &str) -> Refusal {
    let table = format!("<table:table table:name=\"Scheda 1\">{rows}</table:table>");
    read(bytes(&content("", &table))).unwrap_err()
}

fn words(refusal: &Refusal) -> String {
    format!("{refusal:?}")
}

fn at(sheet: &RawSheet, cell: &str) -> RawContent {
    sheet.cell(CellRef::parse(cell).unwrap()).map_or(RawContent::Empty, |raw| raw.content.clone())
}

fn text(text: &str) -> RawContent {
    RawContent::Text(text.to_owned())
}

const TEXT: &str = r#"<table:table-cell office:value-type="string"><text:p>n.a.</text:p></table:table-cell>"#;

#[test]
fn every_kind_of_value_is_read() {
    let own = sheet(&row(
        r#"<table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2019-03-05"><text:p>05/03/19</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT36H00M00S"><text:p>36:00</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VERO</text:p></table:table-cell><table:table-cell table:formula="of:=[.A1]/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula="of:=SUM([.A1:.B1];[$'Scheda 1'.A1])" office:value-type="float" office:value="25.25"><text:p>25,25</text:p></table:table-cell><table:table-cell table:formula="of:=[.A2]"/>"#,
    ));
    let wanted = [
        ("A1", RawContent::Number(12.5)),
        ("B1", RawContent::Number(0.25)),
        ("C1", RawContent::Serial(43_529.0)),
        ("D1", RawContent::Serial(1.5)),
        ("E1", RawContent::Bool(true)),
        ("F1", RawContent::Error("#DIV/0!".to_owned())),
        ("G1", RawContent::Number(25.25)),
        ("H1", RawContent::Empty),
    ];
    for (cell, content) in wanted {
        assert_eq!(at(&own, cell), content, "{cell}");
    }
    let formula = |cell: &str| own.cell(CellRef::parse(cell).unwrap()).unwrap().formula.clone();
    assert_eq!(formula("G1").as_deref(), Some("SUM(A1:B1,'Scheda 1'!A1)"));
    assert_eq!(formula("H1").as_deref(), Some("A2"), "never calculated");
    assert_eq!(own.cells.len(), 8);
}

#[test]
fn a_text_is_its_letters_without_what_stands_beside() {
    let own = sheet(&row(
        "<table:table-cell office:value-type=\"string\">\n  <office:annotation>\n <dc:creator>Anna</dc:creator><dc:date>2019-06-01T00:00:00</dc:date><text:p>Anna:</text:p><text:p>chiedere <text:span>conferma</text:span></text:p></office:annotation>\n  <text:p>due<text:s text:c=\"2\"/>spazi<text:tab/>e\n     &#232;&amp;</text:p>\n  <text:p>un <text:span>altro</text:span><text:line-break/>rigo</text:p>\n  <draw:frame><draw:text-box><text:p>casella</text:p></draw:text-box></draw:frame>\n</table:table-cell>",
    ));
    assert_eq!(at(&own, "A1"), text("due  spazi\te è&\nun altro\nrigo"));
    let a1 = CellRef::parse("A1").unwrap();
    assert_eq!(own.traits.comments, [(a1, "chiedere conferma".to_owned())]);
    let drawn: Vec<_> = own.traits.drawings.iter().map(|own| (own.at, own.text.as_str())).collect();
    assert_eq!(drawn, [(Some(a1), "casella")]);
}

#[test]
fn an_indented_file_is_read_as_the_same_file_on_one_line() {
    let plain = format!("<table:table table:name=\"A\">{}</table:table>", row(TEXT));
    let indented = plain.replace('>', ">\n   ").replace("<text:p>\n   ", "<text:p>");
    assert!(indented.contains("\n   <table:table-cell"));
    let indented = indented.replace("<table:table-row>", "<!-- righe --><table:table-row>");
    assert_eq!(book(&content("", &indented)).sheets[0].cells, book(&content("", &plain)).sheets[0].cells);
    assert_eq!(book(&content("", &plain)).sheets[0].cells.len(), 1);
}

#[test]
fn what_is_repeated_stands_as_many_times_and_nothing_costs_nothing() {
    let empty = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
    let own = sheet(&format!(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"3\"/><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"7\"/><table:covered-table-cell/>{TEXT}<table:table-cell table:number-columns-repeated=\"16377\"/></table:table-row><table:table-row table:number-rows-repeated=\"1048573\">{empty}</table:table-row>{}",
        row(empty)
    ));
    let full: Vec<String> = own.cells.keys().map(ToString::to_string).collect();
    assert_eq!(full, ["D1", "E1", "G1", "D2", "E2", "G2"]);
    assert_eq!((at(&own, "E2"), at(&own, "G1")), (RawContent::Number(7.0), text("n.a.")));
    // Many empty cells, then one far away.
    let far = sheet(&format!(
        "<table:table-row table:number-rows-repeated=\"99998\">{empty}</table:table-row>{}",
        row(TEXT)
    ));
    assert_eq!(at(&far, "A99999"), text("n.a."));
}

#[test]
fn what_repeats_without_end_is_refused() {
    let full = |times: &str| {
        row(&format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\" office:value-type=\"float\" office:value=\"1\"/>"
        ))
    };
    let rows = |times: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{times}\">{TEXT}</table:table-row>")
    };
    let too_big = |refusal: &Refusal| matches!(refusal, Refusal::TooBig { .. });
    for bomb in [full("2147483647"), full("18446744073709551615"), rows("2147483647"), rows("4000000")] {
        assert!(too_big(&refusal(&bomb)), "{bomb}");
    }
    let wide =
        |times: &str| TEXT.replace(" office", &format!(" table:number-columns-repeated=\"{times}\" office"));
    let often = refusal(&format!(
        "<table:table-row table:number-rows-repeated=\"4000\">{}{}</table:table-row>",
        wide("700"),
        wide("100")
    ));
    assert!(words(&often).contains("numero di celle"), "{often:?}");
    let few = refusal(&format!(
        "<table:table-row table:number-rows-repeated=\"1000\">{}</table:table-row>",
        wide("900")
    ));
    assert!(words(&few).contains("celle ripetute"), "{few:?}");
    // Cells that stand few and far apart, of which a whole table would be made.
    let apart = format!(
        "{}<table:table-row table:number-rows-repeated=\"99000\"><table:table-cell/></table:table-row>{}",
        row(TEXT),
        row(&format!("<table:table-cell table:number-columns-repeated=\"500\"/>{TEXT}"))
    );
    assert!(words(&refusal(&apart)).contains("fra la prima"));
    let beyond = row(&format!("<table:table-cell table:number-columns-repeated=\"1000\"/>{TEXT}"));
    assert!(words(&refusal(&beyond)).contains("'Scheda 1'!ALM1"));
    for wrong in ["0", "-1", "x", "", "1.5", "99999999999999999999999"] {
        assert!(matches!(refusal(&full(wrong)), Refusal::Damaged(_)), "{wrong}");
    }
    let spaces = |count: &str| {
        row(&format!(
            "<table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"{count}\"/></text:p></table:table-cell>"
        ))
    };
    assert!(matches!(refusal(&spaces("4000000000")), Refusal::Damaged(_)));
    assert_eq!(at(&sheet(&spaces("32767")), "A1"), RawContent::Oversize(32_768));
    let crowd = content("", &"<table:table table:name=\"A\"/>".repeat(300));
    assert!(too_big(&read(bytes(&crowd)).unwrap_err()));
}

#[test]
fn a_cell_that_the_two_readers_read_otherwise_refuses_the_file() {
    for (cell, named) in [
        // The number, or the text, that each program takes.
        (
            r#"<table:table-cell office:value-type="string" office:value="5"><text:p>6</text:p></table:table-cell>"#,
            "A1",
        ),
        (
            r#"<table:table-cell/><table:table-cell office:value-type="float" office:value="5" office:string-value="6"/>"#,
            "",
        ),
        // A text without its type; a text in which nothing is a mark.
        ("<table:table-cell><text:p>12</text:p></table:table-cell>", "A1"),
        (
            "<table:table-cell office:value-type=\"string\"><text:p><![CDATA[12]]></text:p></table:table-cell>",
            "A1",
        ),
        // A paragraph that is none.
        ("<table:table-cell office:value-type=\"string\"><text:h>12</text:h></table:table-cell>", "A1"),
    ] {
        if named.is_empty() {
            assert_eq!(at(&sheet(&row(cell)), "B1"), RawContent::Number(5.0));
            continue;
        }
        let told = refusal(&row(cell));
        assert!(
            matches!(&told, Refusal::Ambiguous(seen) if seen.contains(&format!("'Scheda 1'!{named}"))),
            "{told:?}"
        );
    }
    // A text said in two ways is no value for anybody.
    let twice = sheet(&row(
        r#"<table:table-cell office:value-type="string" office:string-value="12"><text:p>21</text:p></table:table-cell>"#,
    ));
    assert!(matches!(at(&twice, "A1"), RawContent::Unreadable(_)));
}

#[test]
fn a_broken_or_strange_part_is_refused() {
    let good = content("", &format!("<table:table table:name=\"A\">{}</table:table>", row(TEXT)));
    assert!(read(bytes(&good)).is_ok());
    for length in (0..good.len()).step_by(17) {
        let cut = good.get(..length).unwrap_or_default();
        assert!(matches!(read(bytes(cut)), Err(Refusal::Damaged(_))), "{length}");
    }
    let swap = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        read(bytes(&good.replacen(from, to, 1))).unwrap_err()
    };
    for (from, to, said) in [
        ("<?xml", "<!DOCTYPE a><?xml", "DOCTYPE"),
        ("n.a.", "&chi;", "non è XML ben formato"),
        ("</table:table-row>", "testo</table:table-row>", "fuori dalle celle"),
        ("</table:table-row>", "<table:table-row/></table:table-row>", "dove sta una cella"),
        ("<text:p>", "<table:table-cell/><text:p>", "dove sta una cella"),
        ("table:name=\"A\"", "table:name=\"A\" table:name=\"B\"", "attributo ripetuto"),
        ("table:name=\"A\"", "", "senza nome"),
        ("xmlns:table=\"urn:oasis", "xmlns:table=\"urn:altro", "prefisso"),
        ("<text:p>", "<text:p xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">", "prefisso"),
    ] {
        let told = words(&swap(from, to));
        assert!(told.contains(said), "{from} {to}: {told}");
    }
    let deep = row(&format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{}{}</text:p></table:table-cell>",
        "<text:span>".repeat(300),
        "</text:span>".repeat(300)
    ));
    assert!(words(&refusal(&deep)).contains("uno dentro l'altro"));
    let two = "<table:table table:name=\"A\"/><table:table table:name=\"a\"/>";
    assert!(words(&read(bytes(&content("", two))).unwrap_err()).contains("stesso nome"));
}

#[test]
fn a_package_says_what_it_is_once() {
    let good = content("", &format!("<table:table table:name=\"A\">{}</table:table>", row(TEXT)));
    let with = |mime: &str, list: &str, more: &[(&str, &str)]| {
        let own = [("mimetype", mime), ("META-INF/manifest.xml", list), ("content.xml", good.as_str())];
        read(packed(&[&own, more].concat()))
    };
    // A template holds the same.
    let template = LIST.replace(SPREADSHEET, &format!("{SPREADSHEET}-template"));
    assert!(with(&format!("{SPREADSHEET}-template"), &template, &[]).is_ok());
    let refused = |told: Result<RawWorkbook, Refusal>| told.unwrap_err();
    let text = "application/vnd.oasis.opendocument.text";
    assert_eq!(refused(with(text, LIST, &[])), Refusal::OtherKind("documento di LibreOffice"));
    assert_eq!(refused(with("text/plain", LIST, &[])), Refusal::OtherKind("zip"));
    assert!(matches!(
        refused(with(SPREADSHEET, &LIST.replace(SPREADSHEET, text), &[])),
        Refusal::Ambiguous(_)
    ));
    assert!(matches!(
        refused(with(SPREADSHEET, LIST, &[("xl/workbook.xml", "<x/>")])),
        Refusal::Ambiguous(_)
    ));
    assert!(matches!(refused(with(SPREADSHEET, LIST, &[("Content.xml", &good)])), Refusal::Ambiguous(_)));
    assert!(matches!(refused(with(SPREADSHEET, "<manifest", &[])), Refusal::Damaged(_)));
    let locked = LIST.replace("/></", "><manifest:encryption-data/></manifest:file-entry></");
    assert_eq!(refused(with(SPREADSHEET, &locked, &[])), Refusal::Encrypted);
    for missing in ["META-INF/manifest.xml", "content.xml"] {
        let parts =
            [("mimetype", SPREADSHEET), ("META-INF/manifest.xml", LIST), ("content.xml", good.as_str())];
        let kept: Vec<_> = parts.into_iter().filter(|(name, _)| *name != missing).collect();
        assert!(matches!(read(packed(&kept)), Err(Refusal::Damaged(seen)) if seen.contains(missing)));
    }
    let flat =
        format!("<?xml version=\"1.0\"?><office:document {SPACES} office:mimetype=\"{SPREADSHEET}\"/>");
    assert_eq!(read(flat.into_bytes()).unwrap_err(), Refusal::OtherKind("fods"));
    // Programs in it are only noticed; lists of none are none.
    let listed = with(SPREADSHEET, LIST, &[("Basic/Standard/script-lb.xml", "<x/>")]).unwrap();
    let macros = with(SPREADSHEET, LIST, &[("Basic/Standard/Modulo1.xml", "<x/>")]).unwrap();
    assert_eq!((listed.macros, macros.macros), (false, true));
}

#[test]
fn what_stands_beside_the_cells_is_told() {
    let styles = r##"<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style><number:number-style style:name="N1"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style><number:time-style style:name="N2" number:truncate-on-overflow="false"><number:hours/></number:time-style><number:number-style style:name="N3"><number:fraction number:min-integer-digits="0"/></number:number-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"><style:text-properties fo:color="#ffffff" style:text-line-through-style="solid"/></style:style><style:style style:name="ce2" style:family="table-cell" style:parent-style-name="ce1" style:data-style-name="N2"><style:table-cell-properties fo:background-color="#000000"/><style:text-properties style:text-line-through-style="none"/></style:style><style:style style:name="ce3" style:family="table-cell" style:data-style-name="N3"/><style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>"##;
    let own = r#"<table:content-validations><table:content-validation table:name="v1" table:condition="of:cell-content()&gt;0"/><table:content-validation table:name="v2"><table:help-message/></table:content-validation></table:content-validations><table:table table:name="A" table:style-name="ta1" table:protected="true"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" table:number-columns-repeated="2" table:default-cell-style-name="ce1"/><table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell table:content-validation-name="v1"/><table:table-cell table:content-validation-name="v2"/></table:table-row><table:table-row><table:table-cell table:content-validation-name="v1" table:number-columns-spanned="2" table:number-rows-spanned="3" table:style-name="ce2" office:value-type="time" office:time-value="PT6H"/><table:covered-table-cell/><table:table-cell office:value-type="float" office:value="1"/><table:table-cell table:style-name="ce3" office:value-type="string"><text:p><text:span text:style-name="T1">1</text:span>2</text:p></table:table-cell><table:table-cell table:style-name="ce3" office:value-type="float" office:value="2"/></table:table-row><calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="A.E3:A.E9"><calcext:condition calcext:apply-style-name="ce1" calcext:value="=5"/></calcext:conditional-format></calcext:conditional-formats></table:table>"#;
    let book = book(&content(styles, own));
    let sheet = &book.sheets[0];
    let cell = |text: &str| CellRef::parse(text).unwrap();
    assert!(sheet.hidden && sheet.traits.protected && book.traits.open_document);
    let areas = |areas: &[crate::read::Area]| areas.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        (areas(&sheet.traits.validated), areas(&sheet.traits.merged)),
        (vec!["A1:A3".to_owned()], vec!["A3:B5".to_owned()])
    );
    assert_eq!(
        (&sheet.traits.hidden_rows[..], &sheet.traits.hidden_columns[..]),
        (&[(0, 1)][..], &[(2, 3)][..])
    );
    assert_eq!((at(sheet, "A3"), at(sheet, "D3")), (RawContent::Duration(0.25), text("2")));
    let look = |at: &str| book.look(sheet, cell(at));
    let (first, third) = (look("A3"), look("C3"));
    assert_eq!((first.struck, first.unseen, third.struck, third.unseen), (false, false, true, true));
    let format = |at: &str| book.number_format(sheet, cell(at));
    assert_eq!((format("C3"), format("E3"), format("A3")), (Some("#,##0.00"), None, Some("[h]:mm:ss")));
    let veils: Vec<_> =
        book.veils(sheet, cell("E3")).map(|(when, look, _)| (when.clone(), look.struck)).collect();
    assert_eq!(veils, [(crate::read::When::Compares("equal".to_owned(), vec!["5".to_owned()]), true)]);
    assert_eq!(book.veils(sheet, cell("C3")).count(), 0);
}

#[test]
fn a_damaged_copy_never_says_anything_else() {
    let cells: String = (0..40)
        .map(|number| row(&format!("<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>{TEXT}")))
        .collect();
    let good = bytes(&content("", &format!("<table:table table:name=\"A\">{cells}</table:table>")));
    let told = |book: RawWorkbook| {
        book.sheets.into_iter().map(|sheet| (sheet.name, sheet.cells)).collect::<Vec<_>>()
    };
    let whole = told(read(good.clone()).unwrap());
    let mut refused = 0;
    let mut look = |copy: Vec<u8>, what: &str| match read(copy) {
        Ok(book) => assert!(told(book) == whole, "{what}"),
        Err(_) => refused += 1,
    };
    let step = |many: usize| good.len() / many;
    for place in 0..200 {
        let at = place * step(200);
        let mut flipped = good.clone();
        flipped[at] ^= 1 << (place % 8);
        look(flipped, &format!("bit {at}"));
    }
    for place in 0..40 {
        let at = place * step(40);
        let end = (at + 64).min(good.len());
        let mut zeroed = good.clone();
        zeroed[at..end].fill(0);
        look(zeroed, &format!("zeros {at}"));
        look(good[..at].to_vec(), &format!("cut {at}"));
        let mut swapped = good.clone();
        let (first, second) = (at / 2, good.len() - 64 - at / 2);
        for offset in 0..64.min(second.saturating_sub(first)) {
            swapped.swap(first + offset, second + offset);
        }
        look(swapped, &format!("swap {at}"));
    }
    assert!(refused > 200, "{refused}");
}

#[test]
fn a_number_format_is_told_in_the_words_of_excel_or_not_at_all() {
    let digits = |decimals: &str| {
        format!("<number:number number:decimal-places=\"{decimals}\" number:min-integer-digits=\"1\"/>")
    };
    let style = |name: &str, kind: &str, own: &str| {
        format!("<number:{kind}-style style:name=\"{name}\">{own}</number:{kind}-style>")
    };
    let map = |condition: &str, over: &str| {
        format!("<style:map style:condition=\"value(){condition}\" style:apply-style-name=\"{over}\"/>")
    };
    let three = [map("&gt;0", "P0"), map("&lt;0", "P0"), map("=0", "P0")].concat();
    let formats = [
        (style("A", "number", &digits("0")), Some("0")),
        (style("B", "percentage", &format!("{}<number:text>%</number:text>", digits("1"))), Some("0.0%")),
        (
            style("C", "number", &format!("<number:text>circa </number:text>{}", digits("0"))),
            Some("\"circa \"0"),
        ),
        (style("D", "text", &format!("<number:text/>{three}")), Some(";;;")),
        (
            style("E", "number", &format!("<number:text/>{}{}", map("&gt;0", "A"), map("&lt;0", "P0"))),
            Some("0;;"),
        ),
        (style("F", "number", &format!("{}{}", digits("0"), map("&gt;=0", "P0"))), Some(";0")),
        (style("G", "text", "<number:text-content/>"), Some("@")),
        (style("H", "number", "<number:text/>"), Some("\"\"")),
        (style("I", "date", "<number:day/>"), Some("dd/mm/yyyy")),
        (style("L", "number", &format!("{}{}", digits("0"), map("&gt;100", "A"))), None),
        (
            style(
                "M",
                "number",
                "<number:number number:decimal-places=\"0\" number:display-factor=\"1000\"/>",
            ),
            None,
        ),
        (style("N", "number", &digits("99")), None),
        (style("O", "number", "<number:text>&quot;</number:text>"), None),
    ];
    let names: Vec<String> =
        formats.iter().map(|(style, _)| style.split('"').nth(1).unwrap().to_owned()).collect();
    let nothing = style("P0", "number", "<number:text/>");
    let styles: String = formats.iter().map(|(style, _)| style.as_str()).chain([nothing.as_str()]).collect();
    let cells: String = names.iter().map(|name| format!("<style:style style:name=\"c{name}\" style:family=\"table-cell\" style:data-style-name=\"{name}\"/>")).collect();
    let own: String = names.iter().map(|name| format!("<table:table-cell table:style-name=\"c{name}\" office:value-type=\"float\" office:value=\"1\"/>")).collect();
    let book = book(&content(
        &(styles + &cells),
        &format!("<table:table table:name=\"A\">{}</table:table>", row(&own)),
    ));
    for (place, (style, wanted)) in formats.iter().enumerate() {
        let cell = CellRef::new(0, u32::try_from(place).unwrap()).unwrap();
        assert_eq!(book.number_format(&book.sheets[0], cell), *wanted, "{style}");
    }
}

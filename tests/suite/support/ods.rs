//! A workbook written as OpenDocument by hand: its sheets, with what their cells hold.

use schede::excel::day_in_file;
use schede::package::Writer;
use schede::read::{RawCell, RawContent, RawSheet, RawWorkbook};

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0""#;

/// The workbook; formulas are left out, with the results of some of them.
pub(crate) fn open_document(book: &RawWorkbook) -> Vec<u8> {
    let tables: String = book.sheets.iter().map(table).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {SPACES}><office:automatic-styles><style:style style:name=\"no\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let list = format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{MIMETYPE}\"/></manifest:manifest>"
    );
    let mut writer = Writer::new();
    for (name, text) in
        [("mimetype", MIMETYPE), ("META-INF/manifest.xml", &list), ("content.xml", content.as_str())]
    {
        writer.put(name, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap()
}

fn table(sheet: &RawSheet) -> String {
    let style = if sheet.hidden { " table:style-name=\"no\"" } else { "" };
    let mut rows = String::new();
    let (mut next, mut open) = ((0, 0), false);
    for (at, cell) in &sheet.cells {
        if !open || at.row >= next.0 {
            let empty = if open { at.row - next.0 } else { at.row };
            if open {
                rows.push_str("</table:table-row>");
            }
            if empty > 0 {
                rows.push_str(&format!(
                    "<table:table-row table:number-rows-repeated=\"{empty}\"><table:table-cell/></table:table-row>"
                ));
            }
            rows.push_str("<table:table-row>");
            (next, open) = ((at.row + 1, 0), true);
        }
        let empty = at.col - next.1;
        if empty > 0 {
            rows.push_str(&format!("<table:table-cell table:number-columns-repeated=\"{empty}\"/>"));
        }
        rows.push_str(&written(cell));
        next.1 = at.col + 1;
    }
    let end = if open { "</table:table-row>" } else { "" };
    format!("<table:table table:name=\"{}\"{style}>{rows}{end}</table:table>", escaped(&sheet.name))
}

fn written(cell: &RawCell) -> String {
    let typed = |kind: &str, value: &str, text: &str| {
        format!("<table:table-cell office:value-type=\"{kind}\"{value}>{text}</table:table-cell>")
    };
    match &cell.content {
        RawContent::Number(number) => typed("float", &format!(" office:value=\"{number}\""), ""),
        RawContent::Serial(serial) => {
            let day = day_in_file(format!("{serial:.0}").parse().unwrap(), false).unwrap();
            typed("date", &format!(" office:date-value=\"{day}\""), "")
        }
        RawContent::Text(text) => {
            let line = |line: &str| format!("<text:p>{}</text:p>", escaped(line).replace(' ', "<text:s/>"));
            typed("string", "", &text.split('\n').map(line).collect::<String>())
        }
        RawContent::Bool(flag) => typed("boolean", &format!(" office:boolean-value=\"{flag}\""), ""),
        other => panic!("{other:?} is not written"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

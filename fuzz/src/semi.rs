//! The first inputs of each target, made in code: `corpus/TARGET/…`.

use std::fs;
use std::io;
use std::path::Path;

use schede::plan::{DEFAULT_PLAN, read_plan};
use schede::write::{Fill, office_workbook};
use schede_fuzz::promises::workbook;

const SHEETS: [&str; 6] = [
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>"#,
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>12</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#DIV/0!</v></c></row></sheetData></worksheet>"#,
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="inlineStr"><is><r><t>do</t></r><r><t xml:space="preserve">dici </t></r></is></c><c t="str"><f>A1&amp;"x"</f><v>x</v></c></row></sheetData></worksheet>"#,
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2+1</f><v>2</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#,
    r#"<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1048576"><x:c r="XFD1048576"><x:v>1e308</x:v></x:c></x:row></x:sheetData></x:worksheet>"#,
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1"><c r="A1" t="d"><v>2019-06-01</v></c></row></sheetData><conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1" operator="equal"><formula>1</formula></cfRule></conditionalFormatting></worksheet>"#,
];

const FORMULAS: [&str; 6] =
    ["f / (f + g)", "p * f - 2,5", "massimo(f; g)", "conta_distinti(r.titolo)", "giorni(d; d) / 2", "f + "];

const TARGETS: [&str; 8] = [
    "10",
    ">46,82% (dato bench)",
    "<= 90 gg.",
    "entro il 31/12/2019",
    "1.250,50 €",
    "almeno 3",
    "2 gg. lavorativi",
    "> valore 2018",
];

fn put<T: AsRef<[u8]>>(target: &str, inputs: impl IntoIterator<Item = T>) -> io::Result<()> {
    let folder = Path::new("corpus").join(target);
    fs::create_dir_all(&folder)?;
    for (place, input) in inputs.into_iter().enumerate() {
        fs::write(folder.join(format!("seme-{place}")), input)?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let plan = read_plan(DEFAULT_PLAN).expect("the plan in the program");
    let office = &plan.offices.as_slice()[0].id;
    let blank = office_workbook(&plan, office, &Fill::default()).expect("a blank workbook");
    put("package", SHEETS.map(|sheet| workbook(sheet.as_bytes())).into_iter().chain([blank]))?;
    put("sheet", SHEETS)?;
    put("plan", [DEFAULT_PLAN, "formato = 1\nente = \"x\"\nanno = 2019\n"])?;
    put("formula", FORMULAS)?;
    put("target", TARGETS)
}

//! What must hold of any input: said once, tried by the fuzzer with inputs that it makes for weeks, and by
//! `cargo test` with a few.

use schede::formula::{Scope, VoceInfo, compile};
use schede::interpret::{no_template, receive};
use schede::model::{OfficeRule, TimeKind, VoceKey, VoceType};
use schede::package::{Parts, Writer};
use schede::plan::{DEFAULT_PLAN, Plan, Target, Threshold, describe, read_plan, to_json};
use schede::read::{RawContent, read_bytes};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static PLAN: LazyLock<Plan> = LazyLock::new(|| read_plan(DEFAULT_PLAN).expect("the plan in the program"));

/// Any bytes under the name of a workbook: refused, or read within its bounds; twice the same; and what is
/// read is recognised or not, without a fall.
pub fn package(bytes: &[u8]) {
    let read = read_bytes("schede-2019-metrico.xlsx", bytes.to_vec());
    let again = read_bytes("schede-2019-metrico.xlsx", bytes.to_vec());
    assert_eq!(format!("{:?}", read.content), format!("{:?}", again.content), "twice the same");
    if let Ok(book) = &read.content {
        for cell in book.sheets.iter().flat_map(|sheet| sheet.cells.values()) {
            if let RawContent::Number(number) | RawContent::Serial(number) | RawContent::Duration(number) =
                cell.content
            {
                assert!(number.is_finite(), "a number is finite");
            }
        }
    }
    let size = read.bytes;
    assert_eq!(usize::try_from(size).ok(), Some(bytes.len()));
    let (files, submissions) = receive(&PLAN, vec![read], &no_template);
    assert!(files.len() == 1 && submissions.len() <= 1);
}

/// A workbook of one sheet, whose XML is this.
pub fn workbook(sheet: &[u8]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{RELATED}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{KIND}.worksheet+xml\"/></Types>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATED}\"><sheets>\
         <sheet name=\"Foglio1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let parts: Parts = BTreeMap::from([
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), link("officeDocument", "xl/workbook.xml").into_bytes()),
        ("xl/workbook.xml".to_owned(), book.into_bytes()),
        ("xl/_rels/workbook.xml.rels".to_owned(), link("worksheet", "worksheets/sheet1.xml").into_bytes()),
        ("xl/worksheets/sheet1.xml".to_owned(), sheet.to_vec()),
    ]);
    let mut writer = Writer::new();
    for (name, content) in &parts {
        writer.put(name, content).expect("a part");
    }
    writer.finish().expect("a package")
}

/// Any bytes as the XML of a sheet: as for a package.
pub fn sheet(xml: &[u8]) {
    package(&workbook(xml));
}

/// Any text as a plan: all its mistakes, each with a remedy, or a plan that can be told, and that is the same
/// when it is read again.
pub fn plan(text: &str) {
    match read_plan(text) {
        Err(problems) => {
            assert!(!problems.is_empty(), "a refusal says why");
            for problem in problems {
                assert!(!problem.message.is_empty() && !problem.remedy.is_empty(), "{problem}");
                assert!(problem.line >= 1 && problem.line <= text.lines().count() + 1, "{problem}");
            }
        }
        Ok(plan) => {
            let told = (describe(&plan), to_json(&plan), &plan.sha256_whole);
            let again = read_plan(text).expect("read once, read twice");
            assert_eq!(told, (describe(&again), to_json(&again), &again.sha256_whole));
            for indicator in plan.indicators() {
                assert!(!indicator.formula.inputs().is_empty(), "{}", indicator.code);
            }
        }
    }
}

/// A voce of each kind, by its name.
struct Voci;

impl Scope for Voci {
    fn voce(&self, name: &str) -> Option<VoceInfo> {
        let (kind, time, rule) = match name {
            "f" | "g" => (VoceType::Conteggio, TimeKind::Mensile, OfficeRule::Somma),
            "p" => (VoceType::Percentuale, TimeKind::Annuale, OfficeRule::Condivisa),
            "d" => (VoceType::Data, TimeKind::Annuale, OfficeRule::Ultima),
            "r" => (VoceType::Testo, TimeKind::Registro, OfficeRule::Unione),
            _ => return None,
        };
        let columns = if name == "r" {
            vec![("titolo".to_owned(), VoceType::Testo), ("inizio".to_owned(), VoceType::Data)]
        } else {
            Vec::new()
        };
        Some(VoceInfo { key: VoceKey::new(1, name), kind, time, rule, free_sign: false, columns })
    }

    fn names(&self) -> Vec<String> {
        ["f", "g", "p", "d", "r"].map(str::to_owned).to_vec()
    }
}

/// Any text as a formula: mistakes in their place, each with a remedy, or a formula that is the same when it
/// is read again.
pub fn formula(text: &str) {
    match compile(text, &Voci) {
        Err(errors) => {
            assert!(!errors.is_empty(), "a refusal says why");
            for error in errors {
                assert!(text.get(error.span.clone()).is_some(), "{error:?}");
                assert!(!error.message.is_empty() && !error.remedy.is_empty(), "{error:?}");
            }
        }
        Ok(formula) => {
            assert!(formula.text() == text && !formula.inputs().is_empty());
            assert_eq!(compile(text, &Voci), Ok(formula));
        }
    }
}

/// Any text as a target: a refusal whose examples can be read, or a target that is the same when what was
/// understood of it is written and read.
pub fn target(text: &str) {
    match Target::parse(text) {
        Err(error) => {
            assert!(!error.remedy().is_empty(), "{error:?}");
            for example in &error.examples {
                assert!(Target::parse(example).is_ok(), "{text:?}: {example:?} is no target");
            }
        }
        Ok(target) => {
            assert_eq!(target.printed, text);
            assert!(!target.read_in_words().is_empty());
            if let Threshold::Number(number) = &target.threshold {
                let written = Target::written(target.operator, number, target.unit);
                let again = Target::parse(&written).expect("what we write can be read");
                assert_eq!(
                    (&again.threshold, again.operator, again.unit),
                    (&target.threshold, target.operator, target.unit),
                    "{text:?} written as {written:?}"
                );
            }
        }
    }
}

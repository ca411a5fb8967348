//! Workbooks of ours as OpenDocument: what an office says in them is what it says in an .xlsx.
//!
//! They are made here cell by cell, without formulas; `libreoffice` has those that LibreOffice saves.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use schede::interpret::{Recognition, Submission, recognise};
use schede::plan::{DEFAULT_PLAN, read_plan};
use schede::read::{RawContent, RawWorkbook, read_bytes};

use crate::support::ods::open_document;

fn sample(office: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06");
    folder.join(format!("schede-2019-{office}.xlsx"))
}

/// The cells that an office fills, and the texts of the template: what a hand copies.
fn without_formulas(mut book: RawWorkbook) -> RawWorkbook {
    for sheet in &mut book.sheets {
        sheet.cells.retain(|_, cell| cell.formula.is_none() && cell.content != RawContent::Empty);
    }
    book
}

fn said(book: &RawWorkbook) -> Vec<String> {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let Recognition::Submission(own) = recognise(&plan, "f", "", book) else { panic!("not recognised") };
    let own: Submission = *own;
    assert!(own.structure.is_empty(), "{:?}", own.structure);
    let entries = own.entries.iter().chain(own.completeness.values());
    let entries =
        entries.map(|entry| format!("{} {:?} {:?} {}", entry.place, entry.id, entry.state, entry.raw));
    let beside = [format!("{:?}", own.notes), format!("{:?}", own.evidence), format!("{:?}", own.sign_offs)];
    entries.chain(beside).chain([format!("{:?} {:?}", own.idle, own.last_month)]).collect()
}

#[test]
fn an_office_says_the_same_in_both_formats() {
    // A register, a date as text, a text for a number, a dash for a value.
    for office in ["comunicazione", "promozione", "risorse_finanziarie", "urp"] {
        let read = |name: &str, bytes: Vec<u8>| read_bytes(name, bytes).content.unwrap();
        let xlsx = without_formulas(read("f.xlsx", fs::read(sample(office)).unwrap()));
        let ods = read("f.ods", open_document(&xlsx));
        assert!(ods.traits.open_document && !xlsx.traits.open_document);
        let told = said(&xlsx);
        assert!(told.len() > 20);
        assert_eq!(told, said(&ods), "{office}");
    }
}

fn schede(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("schede").unwrap().args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn the_program_takes_one_and_says_what_it_cannot_compare() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let book = read_bytes("f.xlsx", fs::read(sample("metrico")).unwrap()).content.unwrap();
    let ods = open_document(&without_formulas(book));
    fs::create_dir(at("mese")).unwrap();
    fs::write(at("mese/schede-2019-metrico.ods"), &ods).unwrap();
    fs::write(at("mese/schede-2019-urp.fods"), "<?xml version=\"1.0\"?><office:document xmlns:office=\"x\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"/>").unwrap();
    let (issue, json) = (at("c.xlsx"), at("c.json"));
    let (code, said) =
        schede(&["consolida", &at("mese"), "--mese", "2019-06", "-o", &issue, "--json", &json]);
    assert!(code <= 1 && said.contains("1 accettat"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&fs::read(json).unwrap()).unwrap();
    let told = |code: &str| {
        let all = json["rilievi"].as_array().unwrap().iter().filter(|own| own["codice"] == code);
        all.map(|own| own["messaggio"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(
        told("F16")[0].contains("«schede-2019-metrico.ods»: il file è in formato .ods"),
        "{:?}",
        told("F16")
    );
    assert!(told("F02")[0].contains(".fods"), "{:?}", told("F02"));
    let account = json["controlli"].as_array().unwrap().iter().find(|own| own["codice"] == "C23").unwrap();
    assert_eq!((&account["non_valutati"], &account["falliti"]), (&1.into(), &0.into()));
    // What is issued is made again from the same file.
    let (code, said) = schede(&["verifica", &issue, &at("mese")]);
    assert_eq!(code, 0, "{said}");
    // What the program issues is no .ods.
    fs::write(at("c.ods"), &ods).unwrap();
    let (code, said) = schede(&["verifica", &at("c.ods"), &at("mese")]);
    assert!(code > 1 && said.contains("un consolidato è un file .xlsx"), "{said}");
}

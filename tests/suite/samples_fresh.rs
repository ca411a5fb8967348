//! The samples are those that the generator writes, and the program says of them what was worked out
//! elsewhere.
use crate::cartelle;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use cartelle::{ISSUES, root, workbooks};
use schede::interpret::{EntryState, Recognition, Submission, recognise};
use schede::model::{EntryId, Month};
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::read::read_bytes;
use schede::write::office_file_name;

fn plan() -> Plan {
    read_plan(DEFAULT_PLAN).unwrap()
}

fn folder(month: u32) -> PathBuf {
    root().join(format!("samples/2019-{month:02}"))
}

fn submission(plan: &Plan, name: &str, bytes: Vec<u8>) -> Submission {
    let incoming = read_bytes(name, bytes);
    match recognise(plan, name, &incoming.sha256, &incoming.content.unwrap()) {
        Recognition::Submission(submission) => *submission,
        other => panic!("{name}: {other:?}"),
    }
}

fn entries(submission: &Submission) -> Vec<(EntryId, EntryState)> {
    let all = submission.entries.iter().chain(submission.completeness.values());
    all.map(|entry| (entry.id.clone(), entry.state.clone())).collect()
}

#[test]
fn the_samples_are_those_of_the_generator() {
    let plan = plan();
    for (month, resaved) in ISSUES {
        let expected = workbooks(&plan, Month::new(month).unwrap()).unwrap();
        let mut names = BTreeSet::new();
        for (office, bytes) in expected {
            let name = office_file_name(&plan, &office);
            let found = fs::read(folder(month).join(&name)).unwrap();
            if resaved.contains(&office.as_str()) {
                assert_ne!(found, bytes, "{name} was to be saved again by LibreOffice");
                let (found, wanted) = (submission(&plan, &name, found), submission(&plan, &name, bytes));
                assert_eq!(entries(&found), entries(&wanted), "{name} is stale");
                assert_eq!(found.structure, Vec::new(), "{name}");
            } else {
                assert!(found == bytes, "{name} is stale: cargo run --release --example campioni");
            }
            names.insert(name);
        }
        let present: BTreeSet<String> = fs::read_dir(folder(month))
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(present, names);
    }
}

#[test]
fn the_blank_workbooks_are_those_of_the_plan() {
    let templates = root().join("templates");
    let mut names = BTreeSet::new();
    for (name, bytes) in cartelle::blank(&plan()).unwrap() {
        let found = fs::read(templates.join(&name)).unwrap_or_default();
        assert!(found == bytes, "{name} is stale: cargo run --release --example campioni");
        assert!(bytes.len() < 110_000, "{name}: {} bytes", bytes.len());
        names.insert(name);
    }
    let present = fs::read_dir(&templates).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap());
    assert_eq!(present.filter(|name| name.ends_with(".xlsx")).collect::<BTreeSet<_>>(), names);
}

fn consolidated(month: u32) -> serde_json::Value {
    let out = tempfile::tempdir().unwrap();
    let output = assert_cmd::Command::cargo_bin("schede")
        .unwrap()
        .arg("consolida")
        .arg(folder(month))
        .args(["--json", "-", "--quieto", "-o"])
        .arg(out.path().join("esito.xlsx"))
        .output()
        .unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_forty_results_are_those_worked_out_elsewhere() {
    for (month, _) in ISSUES {
        let json = consolidated(month);
        let mut compared = 0;
        let mut expected = csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_path(root().join(format!("samples/attesi-2019-{month:02}.csv")))
            .unwrap();
        for record in expected.records() {
            let record: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
            let result = json["indicatori"]
                .as_array()
                .unwrap()
                .iter()
                .find(|i| i["codice"] == record[0].as_str())
                .unwrap();
            let text = |key: &str| result[key].as_str().unwrap_or_default().to_owned();
            let found = vec![
                text("codice"),
                text("valore"),
                text("stato"),
                text("grado"),
                if result["provvisorio"] == true { "sì" } else { "no" }.to_owned(),
                result["copertura"]["attesi"].to_string(),
                result["copertura"]["presenti"].to_string(),
            ];
            assert_eq!(found, record, "2019-{month:02}");
            compared += 1;
        }
        assert_eq!(compared, 40);
    }
}

#[test]
fn every_mistake_in_the_samples_is_found_by_its_check() {
    for (month, _) in ISSUES {
        let json = consolidated(month);
        let path = root().join(format!("tests/campioni/errori-2019-{month:02}.csv"));
        let mut mistakes = csv::ReaderBuilder::new().delimiter(b';').from_path(path).unwrap();
        let headers = mistakes.headers().unwrap().clone();
        for record in mistakes.records() {
            let record = record.unwrap();
            let field =
                |name: &str| record.get(headers.iter().position(|h| h == name).unwrap()).unwrap().to_owned();
            let (code, office, key) = (field("codice"), field("ufficio"), field("chiave"));
            let found = json["rilievi"].as_array().unwrap().iter().any(|finding| {
                let about = finding["ufficio"] == office.as_str() || code == "A04";
                finding["codice"] == code.as_str()
                    && about
                    && (key.is_empty() || finding["voce"] == key.as_str())
            });
            let listed =
                json["rilievi"].as_array().unwrap().iter().filter(|f| f["codice"] == code.as_str()).count();
            assert!(found, "{code} {office} {key} in 2019-{month:02} ({listed} with this code)");
        }
    }
}

//! The month as a Tabular Data Package: its tables are what their description says, and say what the JSON
//! says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use assert_cmd::Command;
use chrono::NaiveDate;
use schede::certify::Run;
use schede::check;
use schede::model::{Number, Rule, sha256};
use schede::pipeline::Job;
use schede::plan::{DEFAULT_PLAN, Plan, read_plan};
use schede::report::to_json;
use schede::tabular::{DESCRIPTOR, package};
use serde_json::Value as Json;

use crate::support::december;

/// What spreadsheets take for a formula, and what CSV has to quote.
const HOSTILE: &str = "=HYPERLINK(\"x\"),\r\n+1;@x";

/// The December of the samples: its package, its JSON.
static MONTH: LazyLock<(BTreeMap<String, Vec<u8>>, Json)> = LazyLock::new(|| {
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let mut job = december::job(&plan, &december::paths());
    let notes = job.submissions.iter_mut().find_map(|own| own.notes.values_mut().next());
    HOSTILE.clone_into(&mut notes.unwrap().text);
    told(&plan, &job)
});

fn told(plan: &Plan, job: &Job) -> (BTreeMap<String, Vec<u8>>, Json) {
    let rules: Vec<&'static Rule> = check::rules().collect();
    let run = Run::of_job(plan, job, &rules, false);
    let files = package(&run).unwrap();
    assert_eq!(files, package(&run).unwrap(), "twice the same");
    (files, to_json(&run))
}

type Row = BTreeMap<String, String>;

fn rows(table: &str) -> Vec<Row> {
    let bytes = &MONTH.0[&format!("{table}.csv")];
    csv::Reader::from_reader(bytes.as_slice()).deserialize().map(|row| row.unwrap()).collect()
}

fn descriptor() -> Json {
    serde_json::from_slice(&MONTH.0[DESCRIPTOR]).unwrap()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

fn list(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// Whether a cell is what its field says; an empty one is a missing value.
fn fits(field: &Json, cell: &str) -> bool {
    let limits = &field["constraints"];
    if cell.is_empty() {
        return limits["required"] != true;
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let of_type = match text(&field["type"]) {
        "string" => true,
        "integer" => digits(cell.strip_prefix('-').unwrap_or(cell)),
        "number" => !cell.contains(['e', 'E']) && Number::parse(cell).is_some(),
        "boolean" => ["true", "false"].contains(&cell),
        "date" => cell.len() == 10 && NaiveDate::parse_from_str(cell, "%Y-%m-%d").is_ok(),
        other => panic!("{other}"),
    };
    let bound = |name: &str| limits[name].as_u64();
    of_type
        && (limits["enum"].is_null() || list(&limits["enum"]).iter().any(|one| one == cell))
        && bound("minimum").is_none_or(|low| cell.parse::<u64>().unwrap() >= low)
        && bound("maximum").is_none_or(|high| cell.parse::<u64>().unwrap() <= high)
}

#[test]
fn every_table_is_what_its_description_says() {
    let told = descriptor();
    assert_eq!((text(&told["profile"]), text(&told["name"])), ("tabular-data-package", NAME));
    let mut paths = BTreeSet::from([DESCRIPTOR.to_owned()]);
    for resource in list(&told["resources"]) {
        let (name, path) = (text(&resource["name"]), text(&resource["path"]));
        paths.insert(path.to_owned());
        let bytes = &MONTH.0[path];
        assert_eq!(resource["bytes"], bytes.len(), "{name}");
        assert_eq!(text(&resource["hash"]), format!("sha256:{}", sha256(bytes)), "{name}");
        assert!(bytes.starts_with(b"ente,anno,mese,") && bytes.ends_with(b"\r\n"), "{name}");
        let schema = &resource["schema"];
        let fields = list(&schema["fields"]);
        let names: Vec<&str> = fields.iter().map(|field| text(&field["name"])).collect();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names, "{name}");
        for record in reader.records().map(Result::unwrap) {
            assert_eq!(record.iter().take(3).collect::<Vec<_>>(), ["CCIAA Venezia Rovigo", "2019", "12"]);
            for (field, cell) in fields.iter().zip(&record) {
                assert!(fits(field, cell), "{name}.{}: {cell:?}", field["name"]);
                assert!(text(&field["description"]).len() > 4, "{name}.{}", field["name"]);
            }
        }
        let rows = rows(name);
        let of = |row: &Row, keys: &Json| -> Vec<String> {
            list(keys).iter().map(|key| row[text(key)].clone()).collect()
        };
        let keys: BTreeSet<_> = rows.iter().map(|row| of(row, &schema["primaryKey"])).collect();
        assert_eq!(keys.len(), rows.len(), "{name}: its key tells every row");
        for link in list(&schema["foreignKeys"]) {
            let reference = &link["reference"];
            let theirs = self::rows(text(&reference["resource"]));
            let theirs: BTreeSet<_> = theirs.iter().map(|row| of(row, &reference["fields"])).collect();
            for own in rows.iter().map(|row| of(row, &link["fields"])).filter(|own| own != &[""]) {
                assert!(theirs.contains(&own), "{name}: {own:?} is not in {}", reference["resource"]);
            }
        }
    }
    assert_eq!(paths, MONTH.0.keys().cloned().collect(), "every file is described");
}

const NAME: &str = "schede-cciaa-venezia-rovigo-2019-12";

#[test]
fn every_fraction_is_the_decimals_beside_it() {
    let (mut seen, mut endless) = (0, 0);
    for resource in list(&descriptor()["resources"]) {
        for row in rows(text(&resource["name"])) {
            for (name, over) in row.iter().filter(|(name, _)| name.ends_with("_numeratore")) {
                let base = name.trim_end_matches("_numeratore");
                let own = row.get(&format!("{base}_numero")).unwrap_or_else(|| &row[base]);
                let under = &row[&format!("{base}_denominatore")];
                if own.is_empty() {
                    assert_eq!((over.as_str(), under.as_str()), ("", ""), "{name}");
                    continue;
                }
                let exact = Number::parse(over).unwrap().divided_by(&Number::parse(under).unwrap()).unwrap();
                assert_eq!(&exact.to_plain(), own, "{name}");
                assert_eq!(exact.terms(), (over.clone(), under.clone()), "{name}: lowest terms");
                seen += 1;
                endless += usize::from(exact.terminating_decimals().is_none());
            }
        }
    }
    assert!(seen > 1_000 && endless > 20, "{seen} {endless}");
}

/// A cell as the JSON has it: nothing is null.
fn cell(json: &Json) -> String {
    match json {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The rows of a table say under these columns what the elements of the JSON say under these keys.
fn same(table: &str, json: &[Json], pairs: &[(&str, &str)]) {
    let rows = rows(table);
    assert_eq!(rows.len(), json.len(), "{table}");
    for (row, own) in rows.iter().zip(json) {
        for (column, key) in pairs {
            assert_eq!(row[*column], cell(own.pointer(key).unwrap()), "{table}.{column} of {own}");
        }
    }
}

#[test]
fn the_tables_say_what_the_json_says() {
    let json = &MONTH.1;
    let of_indicator = [
        ("codice", "/codice"),
        ("scheda", "/scheda"),
        ("valore", "/valore"),
        ("unita", "/unita"),
        ("target", "/target"),
        ("operatore", "/operatore"),
        ("soglia", "/soglia"),
        ("scostamento", "/scostamento"),
        ("grado", "/grado"),
        ("grado_passo", "/grado_passo"),
        ("stato", "/stato"),
        ("provvisorio", "/provvisorio"),
        ("attesi", "/copertura/attesi"),
        ("presenti", "/copertura/presenti"),
        ("na", "/na"),
        ("valore_indicativo", "/valore_indicativo"),
        ("natura", "/natura"),
        ("attendibilita", "/attendibilita"),
    ];
    same("risultati", list(&json["indicatori"]), &of_indicator);
    let of_finding = [
        ("codice", "/codice"),
        ("gravita", "/gravita"),
        ("ufficio", "/ufficio"),
        ("file", "/file"),
        ("scheda", "/scheda"),
        ("indicatore", "/indicatore"),
        ("voce", "/voce"),
        ("mese_dato", "/mese"),
        ("trovato", "/trovato"),
        ("atteso", "/atteso"),
        ("messaggio", "/messaggio"),
        ("rimedio", "/rimedio"),
        ("effetto", "/effetto"),
        ("che_cosa_cambierebbe", "/che_cosa_cambierebbe"),
    ];
    same("rilievi", list(&json["rilievi"]), &of_finding);
    let of_file = [
        ("nome", "/nome"),
        ("sha256", "/sha256"),
        ("byte", "/byte"),
        ("ufficio", "/ufficio"),
        ("esito", "/esito"),
    ];
    same("file", list(&json["file"]), &of_file);
}

#[test]
fn degrees_totals_and_months_are_those_of_the_json() {
    let json = &MONTH.1;
    let degrees: Vec<Json> = std::iter::once(serde_json::json!({
        "grado": json["ente_grado"], "senza": json["ente_grado_senza_mancanti"], "passo": json["ente_grado_passo"], "semaforo": json["ente_semaforo"],
    }))
    .chain(list(&json["prospettive"]).iter().chain(list(&json["schede"])).map(|own| {
        serde_json::json!({
            "grado": own["grado"], "senza": own["grado_senza_mancanti"], "passo": own["grado_passo"], "semaforo": own["semaforo"],
        })
    }))
    .collect();
    let of_degree = [
        ("grado", "/grado"),
        ("grado_senza_mancanti", "/senza"),
        ("grado_passo", "/passo"),
        ("semaforo", "/semaforo"),
    ];
    same("gradi", &degrees, &of_degree);
    let voci: Vec<Json> = list(&json["indicatori"])
        .iter()
        .flat_map(|own| own["voci"].as_object().unwrap().values().cloned())
        .collect();
    same("risultati_voci", &voci, &[("valore", "")]);
    let offices: Vec<Json> =
        list(&json["indicatori"]).iter().flat_map(|own| list(&own["per_ufficio"]).to_vec()).collect();
    same("risultati_uffici", &offices, &[("ufficio", "/ufficio"), ("valore", "/valore")]);
    let cells: usize = list(&json["rilievi"])
        .iter()
        .map(|own| {
            let others = list(&own["altre_celle"]).iter().map(|other| list(&other["celle"]).len());
            list(&own["celle"]).len() + others.sum::<usize>()
        })
        .sum();
    assert_eq!(rows("rilievi_celle").len(), cells);
    // The last month of the table of the months is the month.
    let last: Vec<Row> =
        rows("risultati_mensili").into_iter().filter(|row| row["mese_risultato"] == "12").collect();
    for (own, month) in rows("risultati").iter().zip(&last) {
        for column in ["codice", "valore", "grado", "stato", "attesi", "presenti"] {
            assert_eq!(own[column], month[column], "{}", own["codice"]);
        }
    }
    assert_eq!(last.len(), 40);
    assert_eq!(rows("risultati_mensili").len(), 12 * 40);
}

#[test]
fn what_counts_adds_up_to_the_totals() {
    let mut sums: BTreeMap<String, Number> = BTreeMap::new();
    for row in rows("dati").iter().filter(|row| row["tipo"] == "dato" && row["conta"] == "true") {
        if let Some(number) =
            Number::parse(&row["valore_numero"]).filter(|_| !row["valore_numero"].is_empty())
        {
            let sum = sums.entry(row["voce"].clone()).or_insert_with(Number::zero);
            *sum = sum.clone() + &number;
        }
    }
    let added = |row: &&Row| row["tempo"] == "mensile" && row["fra_uffici"] == "somma";
    let keys: BTreeSet<String> =
        rows("piano_voci").iter().filter(added).map(|row| row["voce"].clone()).collect();
    let totals = rows("risultati_voci");
    let mut seen = 0;
    for total in totals.iter().filter(|row| keys.contains(&row["voce"]) && !row["valore"].is_empty()) {
        assert_eq!(sums[&total["voce"]].to_plain(), total["valore"], "{}", total["voce"]);
        seen += 1;
    }
    assert!(seen > 25, "{seen}");
}

#[test]
fn what_an_office_typed_stands_as_it_was_typed() {
    let rows = rows("dati");
    let typed: Vec<&Row> = rows.iter().filter(|row| row["come_digitato"] == HOSTILE).collect();
    assert_eq!(typed.len(), 1);
    assert_eq!((typed[0]["tipo"].as_str(), typed[0]["conta"].as_str()), ("testo", "false"));
    // The key of a cell, with its month or its row and column, tells it from every other.
    let natural = ["ufficio", "chiave", "mese_dato", "riga", "colonna"];
    let keys: BTreeSet<Vec<&String>> =
        rows.iter().map(|row| natural.iter().map(|name| &row[*name]).collect()).collect();
    assert_eq!(keys.len(), rows.len());
}

/// Two offices of the sample of June, in a folder of their own.
fn received(folder: &Path) -> PathBuf {
    let input = folder.join("ricevuti");
    fs::create_dir(&input).unwrap();
    for office in ["metrico", "urp"] {
        let name = format!("schede-2019-{office}.xlsx");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06").join(&name);
        fs::copy(from, input.join(name)).unwrap();
    }
    input
}

fn consolidated(folder: &Path, more: &[&str]) -> (i32, String) {
    let fixed = ["consolida", "ricevuti", "--mese", "2019-06", "-o", "c.xlsx"];
    let mut command = Command::cargo_bin("schede").unwrap();
    let output = command.current_dir(folder).args(fixed).args(more).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn the_folder_of_the_data_is_written_again_and_never_over_others() {
    let folder = tempfile::tempdir().unwrap();
    received(folder.path());
    let inside = |name: &str| folder.path().join("dati").join(name);
    let (code, said) = consolidated(folder.path(), &["--dati", "dati"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Dati scritti in dati: 16 tabelle, descritte in datapackage.json."), "{said}");
    let names: BTreeSet<String> = fs::read_dir(folder.path().join("dati"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 18);
    let list = fs::read_to_string(inside("impronte.sha256")).unwrap();
    for (hash, name) in list.lines().map(|line| line.split_once("  ").unwrap()) {
        assert_eq!(sha256(fs::read(inside(name)).unwrap()), hash, "{name}");
    }
    let before = fs::read(inside("dati.csv")).unwrap();

    // Somebody has changed a table: nothing is lost unasked, and nothing at all is written.
    fs::write(inside("dati.csv"), "i miei conti").unwrap();
    fs::remove_file(folder.path().join("c.xlsx")).unwrap();
    let (code, said) = consolidated(folder.path(), &["--dati", "dati"]);
    assert!(code == 3 && said.contains("dati.csv") && said.contains("--sovrascrivi"), "{said}");
    assert!(!folder.path().join("c.xlsx").exists());
    assert_eq!(consolidated(folder.path(), &["--dati", "dati", "--sovrascrivi"]).0, 0);
    assert_eq!(fs::read(inside("dati.csv")).unwrap(), before, "the same bytes");

    // The data of a final issue.
    let told = fs::read_to_string(inside(DESCRIPTOR)).unwrap();
    fs::write(inside(DESCRIPTOR), told.replace("\"definitivo\": false", "\"definitivo\": true")).unwrap();
    let (code, said) = consolidated(folder.path(), &["--dati", "dati"]);
    assert!(code == 3 && said.contains("emissione definitiva"), "{said}");
    // Those of another month.
    let other = told.replace("\"mese\": \"2019-06\"", "\"mese\": \"2019-05\"");
    assert_ne!(other, told);
    fs::write(inside(DESCRIPTOR), other).unwrap();
    let (code, said) = consolidated(folder.path(), &["--dati", "dati"]);
    assert!(code == 3 && said.contains("i dati di maggio 2019, CCIAA Venezia Rovigo"), "{said}");
}

#[test]
fn two_results_never_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let input = received(folder.path());
    for (more, why) in [
        (&["--dati", "x", "--ritorni", "x"][..], "scritto due volte, in --ritorni e in --dati"),
        (&["--dati", "x", "--json", "x/datapackage.json"], "scritto due volte, in --json e in --dati"),
        (&["--dati", "ricevuti"], "ci sono i file letti: scegli un'altra cartella per --dati"),
        (&["--ritorni", "ricevuti"], "ci sono i file letti: scegli un'altra cartella per --ritorni"),
        (&["--dati", "ricevuti/schede-2019-urp.xlsx"], "non è una cartella: dai a --dati una cartella"),
    ] {
        let (code, said) = consolidated(folder.path(), more);
        assert!(code == 2 && said.contains(why), "{said}");
    }
    assert!(!folder.path().join("x").exists() && !folder.path().join("c.xlsx").exists());
    assert_eq!(fs::read_dir(input).unwrap().count(), 2);
}

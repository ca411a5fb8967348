//! The files that the analyst writes, as editors leave them: the plan in another encoding, derogations that
//! lie where nobody reads them.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use schede::plan::DEFAULT_PLAN;

fn schede_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("schede").unwrap().current_dir(folder).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The embedded plan as an editor of Windows would write it: é is 0xe9 in Windows-1252.
fn in_windows_1252(text: &str) -> Vec<u8> {
    let other = [('–', 0x96), ('“', 0x93), ('”', 0x94), ('…', 0x85)];
    let byte = |c: char| {
        let other = other.iter().find(|(own, _)| *own == c).map(|(_, byte)| *byte);
        other.or_else(|| u8::try_from(u32::from(c)).ok()).unwrap_or(b'-')
    };
    text.chars().map(byte).collect()
}

fn in_utf_16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn the_plan_is_the_same_whatever_the_editor() {
    let folder = tempfile::tempdir().unwrap();
    let windows = DEFAULT_PLAN.replace('\n', "\r\n");
    let plan = |bytes: &[u8]| {
        fs::write(folder.path().join("piano.toml"), bytes).unwrap();
        let output = schede_in(folder.path(), &["piano", "--piano", "piano.toml", "--json", "-"]);
        let told = said(&output);
        assert_eq!(code(&output), 0, "{told}");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (json, told)
    };
    let (as_it_is, told) = plan(DEFAULT_PLAN.as_bytes());
    assert_eq!(told, "");
    assert_eq!(plan(windows.as_bytes()), (as_it_is.clone(), String::new()));
    assert_eq!(plan(format!("\u{feff}{windows}").as_bytes()), (as_it_is.clone(), String::new()));
    let (wide, told) = plan(&in_utf_16(&windows));
    assert!(wide == as_it_is && told.contains("è in UTF-16") && told.contains("Codifica «UTF-8»"), "{told}");
    let (narrow, told) = plan(&in_windows_1252(&windows));
    assert!(narrow == as_it_is && told.contains("Windows-1252"), "{told}");
}

#[test]
fn what_is_no_text_is_told_for_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let told = |bytes: &[u8]| {
        fs::write(folder.path().join("piano.toml"), bytes).unwrap();
        let output = schede_in(folder.path(), &["piano", "--piano", "piano.toml"]);
        assert_eq!(code(&output), 2);
        said(&output)
    };
    let workbook = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06/schede-2019-urp.xlsx"));
    assert!(told(&workbook.unwrap()).contains("non è un file di testo"));
    let mut mixed = "a = \"Unità più\"\nb = \"citt".as_bytes().to_vec();
    mixed.extend(b"\xe0\"\n");
    let mixed = told(&mixed);
    assert!(mixed.contains("alla riga 2") && mixed.contains("Codifica «UTF-8»"), "{mixed}");
}

const WAIVER: &str = "[[deroghe]]\ncodice = \"C06\"\nufficio = \"urp\"\ntrovato = \"2,5\"\nmotivo = \"è così\"\n\
                      chi = \"Unità performance\"\n";

#[test]
fn derogations_that_nobody_reads_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["qui", "ricevuti", "piano"] {
        fs::create_dir(at(name)).unwrap();
    }
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06/schede-2019-urp.xlsx");
    fs::copy(sample, at("ricevuti/schede-2019-urp.xlsx")).unwrap();
    fs::write(at("piano/piano.toml"), DEFAULT_PLAN).unwrap();
    let run = |arguments: &[&str]| {
        let output = schede_in(&at("qui"), &[&["controlla", "../ricevuti", "--quieto"], arguments].concat());
        assert!(code(&output) < 2, "{}", said(&output));
        said(&output)
    };
    assert_eq!(run(&[]), "");
    fs::write(at("qui/deroghe.toml"), WAIVER).unwrap();
    let here = run(&[]);
    assert!(
        here.contains("«deroghe.toml» non è stato letto") && here.contains("incluso nel programma"),
        "{here}"
    );
    assert!(here.contains("--deroghe \"deroghe.toml\""), "{here}");
    // In the folder of the offices' files it is told, and is no office's file.
    fs::rename(at("qui/deroghe.toml"), at("ricevuti/deroghe.toml")).unwrap();
    let plan = ["--piano", "../piano/piano.toml"];
    let among = run(&[&plan[..], &["--json", "esito.json"]].concat());
    assert!(among.contains("deroghe.toml» non è stato letto"), "{among}");
    assert!(among.contains("spostalo in «../piano/deroghe.toml»"), "{among}");
    let json: serde_json::Value = serde_json::from_slice(&fs::read(at("qui/esito.json")).unwrap()).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 1);
    // Named, or beside the plan, it is read, whatever its encoding; then only another one is told.
    let named = ["--deroghe", "../ricevuti/deroghe.toml"];
    assert_eq!(run(&named), "");
    fs::write(at("piano/deroghe.toml"), in_windows_1252(WAIVER)).unwrap();
    let read = run(&plan);
    assert!(read.contains("Il file delle deroghe") && read.contains("Windows-1252"), "{read}");
    assert!(read.contains("deroghe.toml» non è stato letto"), "{read}");
    let both = run(&[&plan[..], &named[..]].concat());
    assert!(both.contains("«../piano/deroghe.toml» non è stato letto"), "{both}");
    assert!(both.contains("quelle di «../ricevuti/deroghe.toml»") && both.lines().count() == 1, "{both}");
}

/// The embedded plan with this line among the settings of the checks.
fn with_levels(folder: &Path, levels: &str) -> String {
    let text =
        DEFAULT_PLAN.replacen("\n[controlli]\n", &format!("\n[controlli]\ngravita = {{ {levels} }}\n"), 1);
    assert_ne!(text, DEFAULT_PLAN);
    let path = folder.join("piano.toml");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_severity_is_lowered_with_a_reason_or_the_plan_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let told = |levels: &str| {
        let plan = with_levels(folder.path(), levels);
        let output = schede_in(folder.path(), &["piano", "--piano", &plan]);
        (code(&output), said(&output))
    };
    let (code, refused) = told("C06 = \"ombra\", C07 = \"ombra\"");
    assert!(code == 2 && refused.matches("[P29 · ERRORE]").count() == 2, "{refused}");
    let (code, refused) = told("D99 = \"nota\", zz = \"errore\", P19 = \"nota\"");
    assert!(code == 2 && refused.matches("[P30 · ERRORE]").count() == 3, "{refused}");
    assert!(refused.contains("«D99»") && refused.contains("Il piano non dichiara decimali"), "{refused}");
    assert_eq!(told("C06 = { livello = \"ombra\", motivo = \"m\", chi = \"c\", quando = 2019-12-30 }").0, 0);
}

/// 7.5 of December has a negative number (C07): whatever the plan makes of it, the entry stays out.
#[test]
fn a_lowered_error_keeps_its_entry_out_and_the_final_issue_open() {
    let folder = tempfile::tempdir().unwrap();
    let answered = "motivo = \"sede chiusa\", chi = \"Unità performance\", quando = 2019-12-30";
    let plan = with_levels(
        folder.path(),
        &format!("C06 = {{ livello = \"nota\", {answered} }}, C07 = {{ livello = \"ombra\", {answered} }}"),
    );
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-12");
    let run = |more: &[&str]| {
        let own = ["consolida", samples, "--mese", "2019-12", "--quieto", "--json", "esito.json"];
        schede_in(folder.path(), &[&own, more].concat())
    };
    let indicator = |code: &str| {
        let bytes = fs::read(folder.path().join("esito.json")).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let all = json["indicatori"].as_array().unwrap();
        let state = all.iter().find(|one| one["codice"] == code).unwrap()["stato"].clone();
        let lowered =
            json["rilievi"].as_array().unwrap().iter().filter(|one| one["gravita_prevista"] == "errore");
        (state, lowered.map(|one| one["gravita"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(code(&run(&[])), 0);
    let (as_it_is, none) = indicator("7.5");
    assert_eq!((as_it_is.as_str(), none.len()), (Some("non verificabile"), 0));
    assert_eq!(code(&run(&["--piano", &plan])), 0);
    let (lowered, told) = indicator("7.5");
    assert_eq!(lowered, as_it_is);
    assert!(!told.is_empty() && told.iter().all(|severity| severity == "nota"), "{told:?}");
    let refused = run(&["--piano", &plan, "--definitivo"]);
    assert_eq!(code(&refused), 1);
    let why = said(&refused);
    assert!(why.contains("7.5, non verificabile") && why.contains("[C07 · ERRORE]"), "{why}");
}

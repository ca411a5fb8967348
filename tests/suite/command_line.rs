//! The program as its users run it: exit codes, words, files written or refused.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn schede(arguments: &[&str]) -> std::process::Output {
    Command::cargo_bin("schede").unwrap().args(arguments).output().unwrap()
}

fn code(output: &std::process::Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn models(folder: &Path) {
    let output = schede(&["modelli", "-o", folder.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
}

#[test]
fn the_plan_is_told_and_given_to_machines() {
    let output = schede(&["piano"]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("CCIAA Venezia Rovigo"));
    let json: serde_json::Value = serde_json::from_slice(&schede(&["piano", "--json", "-"]).stdout).unwrap();
    assert_eq!(json["indicatori"].as_array().unwrap().len(), 40);
    assert_eq!(json["uffici"].as_array().unwrap().len(), 26);
    let target =
        &json["indicatori"].as_array().unwrap().iter().find(|i| i["codice"] == "11.2").unwrap()["soglia"];
    assert_eq!(target, "0.4682");
}

#[test]
fn a_wrong_plan_is_wrong_usage_with_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("piano.toml");
    let wrong = schede::plan::DEFAULT_PLAN
        .replace("target = \">= 250\"", "target = \">=\"")
        .replace("formula = \"aziende_coinvolte\"", "formula = \"aziende_coinvolt\"");
    fs::write(&plan, wrong).unwrap();
    let output = schede(&["piano", "--piano", plan.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    let said = text(&output.stderr);
    let line = schede::plan::DEFAULT_PLAN.lines().position(|line| line == "formula = \"aziende_coinvolte\"");
    let place = format!("piano.toml, riga {}: Indicatore 1.4, formula: ", line.unwrap() + 1);
    assert!(said.contains("2 errori") && said.contains("[P03 · ERRORE] ") && said.contains(&place), "{said}");
    assert!(said.contains("«aziende_coinvolte»") && !said.contains("?."), "{said}");
}

#[test]
fn a_check_and_an_indicator_are_explained() {
    let output = schede(&["spiega", "r03"]);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).starts_with("R03"));
    assert!(text(&schede(&["spiega", "6.2"]).stdout).contains("almeno 10 %"));
    assert_eq!(code(&schede(&["spiega", "Z99"])), 2);
    assert!(text(&schede(&["spiega", "P03"]).stdout).contains("«orafi_iscritti»"));
    let own = schede(&["spiega", "o01"]);
    assert!(text(&own.stdout).starts_with("O01 · prova che il programma fa su sé stesso"));
    assert!(
        text(&schede(&["spiega", "O02"]).stdout).starts_with("O02 · prova che il programma fa su sé stesso")
    );
    let unused = schede(&["spiega", "p19"]);
    assert_eq!(code(&unused), 0);
    assert!(text(&unused.stdout).starts_with("P19 · codice non usato\n\nPerché: "));
}

#[test]
fn twenty_six_offices_get_their_workbook() {
    let folder = tempfile::tempdir().unwrap();
    models(folder.path());
    let names: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.len(), 26);
    assert!(names.contains(&"schede-2019-metrico.xlsx".to_owned()));
    let twice = tempfile::tempdir().unwrap();
    models(twice.path());
    for name in &names {
        assert_eq!(
            fs::read(folder.path().join(name)).unwrap(),
            fs::read(twice.path().join(name)).unwrap(),
            "{name}"
        );
    }
    let output = schede(&["modelli", "--ufficio", "nessuno", "-o", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("promozione"));
}

#[test]
fn nothing_to_read_is_a_job_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(code(&schede(&["consolida", path])), 3);
    assert_eq!(code(&schede(&["consolida", "/non/esiste"])), 3);
    fs::write(folder.path().join("tabella.xlsx"), "<html><table></table></html>").unwrap();
    let output = schede(&["consolida", path]);
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("tabella.xlsx"), "{}", text(&output.stderr));
}

#[test]
fn wrong_usage_is_said() {
    assert_eq!(code(&schede(&[])), 2);
    assert_eq!(code(&schede(&["consolida"])), 2);
    assert_eq!(code(&schede(&["consolida", ".", "--mese", "giugno"])), 2);
    assert_eq!(code(&schede(&["consolida", ".", "--mese", "2018-06"])), 2);
    assert_eq!(code(&schede(&["--help"])), 0);
}

#[test]
fn blank_workbooks_want_a_month_and_then_say_that_all_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    models(folder.path());
    let path = folder.path().to_str().unwrap();
    let output = schede(&["consolida", path]);
    assert_eq!(code(&output), 2);
    assert!(text(&output.stderr).contains("--mese"));
    let out = folder.path().join("esito.xlsx");
    let output =
        schede(&["consolida", path, "--mese", "2019-06", "--json", "-", "-o", out.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let states: Vec<&str> =
        json["indicatori"].as_array().unwrap().iter().map(|i| i["stato"].as_str().unwrap()).collect();
    assert_eq!(states.iter().filter(|state| **state == "dato mancante").count(), 34, "{states:?}");
    assert!(out.exists());
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    models(folder.path());
    let path = folder.path().to_str().unwrap();
    let output = schede(&["consolida", path, "--mese", "2019-06", "-o", "/non/esiste/esito.xlsx"]);
    assert_eq!(code(&output), 3);
    let input = folder.path().join("schede-2019-metrico.xlsx");
    let before = fs::read(&input).unwrap();
    let output = schede(&["consolida", path, "--mese", "2019-06", "-o", input.to_str().unwrap()]);
    assert_eq!(code(&output), 2, "an input is never overwritten");
    assert_eq!(fs::read(&input).unwrap(), before);
}

#[test]
fn an_earlier_result_in_the_folder_is_left_aside() {
    let folder = tempfile::tempdir().unwrap();
    models(folder.path());
    fs::write(folder.path().join("consolidato-2019-05.xlsx"), "x").unwrap();
    let out = folder.path().join("nuovo.xlsx");
    let path = folder.path().to_str().unwrap();
    let arguments = ["consolida", path, "--mese", "2019-06", "--json", "-", "-o", out.to_str().unwrap()];
    let output = schede(&arguments);
    assert_eq!(code(&output), 0);
    assert!(text(&output.stderr).contains("consolidato-2019-05.xlsx"));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["file"].as_array().unwrap().len(), 26);
}

#[test]
fn a_filled_workbook_is_never_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    models(folder.path());
    let filled = folder.path().join("schede-2019-metrico.xlsx");
    fs::write(&filled, "compilato").unwrap();
    let path = folder.path().to_str().unwrap();
    let output = schede(&["modelli", "-o", path]);
    assert_eq!(code(&output), 3);
    assert!(text(&output.stderr).contains("schede-2019-metrico.xlsx"));
    assert_eq!(fs::read(&filled).unwrap(), b"compilato");
    assert_eq!(code(&schede(&["modelli", "-o", path, "--sovrascrivi"])), 0);
    assert_ne!(fs::read(&filled).unwrap(), b"compilato");
}

#[test]
fn what_comes_after_the_reporting_month_is_listed_and_changes_nothing() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("marzo.xlsx");
    let output =
        schede(&["consolida", samples, "--mese", "2019-03", "--json", "-", "-o", out.to_str().unwrap()]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let find = |list: &str, key: &str, value: &str| {
        json[list].as_array().unwrap().iter().filter(|item| item[key] == value).cloned().collect::<Vec<_>>()
    };
    // 1.4 and 9.2 have wrong entries in June only: in March they are verifiable.
    for code in ["1.4", "9.2"] {
        assert_eq!(find("indicatori", "codice", code)[0]["stato"], "in linea", "{code}");
    }
    assert!(find("rilievi", "codice", "R10").len() >= 25, "every office has typed beyond March");
}

/// A workbook of `metrico` with half a supermarket in February, and a file of derogations that accepts
/// `value`.
fn half_a_supermarket(folder: &Path, value: &str) -> (String, String) {
    use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook};
    let plan = schede::plan::read_plan(schede::plan::DEFAULT_PLAN).unwrap();
    let office = schede::model::OfficeId::new("metrico");
    let month = schede::model::Month::new(2);
    let key = FillKey { key: "S03.supermercati".to_owned(), month, row: None, column: None };
    let mut fill = Fill::default();
    fill.set(key, FillValue::Number(2.5));
    let file = folder.join(office_file_name(&plan, &office));
    fs::write(&file, office_workbook(&plan, &office, &fill).unwrap()).unwrap();
    let waivers = folder.join("accettati.toml");
    let text = format!(
        "[[deroghe]]\ncodice = \"C06\"\nufficio = \"metrico\"\nvoce = \"S03.supermercati\"\nmese = 2\n\
         trovato = \"{value}\"\nmotivo = \"ispezione condivisa\"\nchi = \"Unità performance\"\nfino_al = 12\n"
    );
    fs::write(&waivers, text).unwrap();
    (file.to_str().unwrap().to_owned(), waivers.to_str().unwrap().to_owned())
}

#[test]
fn a_derogation_accepts_a_finding_for_its_value_and_stays_visible() {
    let folder = tempfile::tempdir().unwrap();
    let (file, waivers) = half_a_supermarket(folder.path(), "2,5");
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = schede(&[&["controlla", &file, "--json", "-"], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let about = |json: &serde_json::Value, code: &str| {
        let all = json[0]["rilievi"].as_array().unwrap().clone();
        all.into_iter().find(|finding| finding["codice"] == code)
    };
    assert!(about(&json(&[]), "C06").unwrap()["deroga"].is_null());
    let accepted = json(&["--deroghe", &waivers]);
    assert_eq!(about(&accepted, "C06").unwrap()["deroga"]["motivo"], "ispezione condivisa");
    let (_, lapsed) = half_a_supermarket(folder.path(), "3,5");
    let other = json(&["--deroghe", &lapsed]);
    assert!(about(&other, "C06").unwrap()["deroga"].is_null());
    assert!(about(&other, "P28").unwrap()["messaggio"].as_str().unwrap().contains("3,5"));
}

#[test]
fn a_wrong_file_of_derogations_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    let (file, _) = half_a_supermarket(folder.path(), "2,5");
    let wrong = folder.path().join("sbagliate.toml");
    fs::write(&wrong, "[[deroghe]]\ncodice = \"C06\"\nufficio = \"metrica\"\ntrovato = \"2,5\"\n").unwrap();
    let output = schede(&["controlla", &file, "--deroghe", wrong.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    let said = text(&output.stderr);
    assert!(said.contains("«metrica»") && said.contains("manca «motivo»"), "{said}");
}

#[test]
fn an_issued_workbook_is_made_again_from_the_files_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let issued = folder.path().join("emesso.xlsx");
    let issued = issued.to_str().unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06");
    assert_eq!(code(&schede(&["consolida", samples, "--mese", "2019-06", "-o", issued])), 0);
    let equal = schede(&["verifica", issued, samples]);
    assert_eq!(code(&equal), 0, "{}", text(&equal.stdout));
    assert!(text(&equal.stdout).contains("byte per byte"));
    // Another month's files: the same workbook no longer follows from them.
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-12");
    let differs = schede(&["verifica", issued, other]);
    assert_eq!(code(&differs), 1);
    assert!(text(&differs.stdout).contains("i file danno"), "{}", text(&differs.stdout));
    // One file changed, one gone, one more: said by name, before what follows from it, whole when asked.
    let changed = folder.path().join("ricevuti");
    fs::create_dir(&changed).unwrap();
    for file in fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let from =
            if name == "schede-2019-metrico.xlsx" { Path::new(other).join(name) } else { file.clone() };
        if name != "schede-2019-urp.xlsx" {
            fs::copy(from, changed.join(name)).unwrap();
        }
    }
    fs::write(changed.join("appunti.xlsx"), "niente").unwrap();
    let told = text(&schede(&["verifica", issued, changed.to_str().unwrap()]).stdout);
    let first: Vec<&str> = told.lines().skip(1).take(4).collect();
    let expected = [
        "le differenze possono venire da qui",
        "«schede-2019-metrico.xlsx» ha un'altra impronta",
        "«schede-2019-urp.xlsx» non è nella cartella",
        "«appunti.xlsx» è nella cartella e il consolidato non lo dice",
    ];
    assert!(first.iter().zip(expected).all(|(line, words)| line.contains(words)), "{first:#?}");
    assert!(told.contains("con --tutte si vedono"), "{told}");
    let all = text(&schede(&["verifica", issued, changed.to_str().unwrap(), "--tutte"]).stdout);
    assert!(all.lines().count() > told.lines().count() && !all.contains("--tutte"));
    // Another plan is said to be another one, not who holds the workbook.
    let plan = folder.path().join("piano.toml");
    let own = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/piano-2019.toml")).unwrap();
    fs::write(&plan, own.replacen("versione = \"1\"", "versione = \"2\"", 1)).unwrap();
    let told = text(&schede(&["verifica", issued, samples, "--piano", plan.to_str().unwrap()]).stdout);
    assert!(told.contains("il piano o le deroghe sono altri") && !told.contains("chiedi chi"), "{told}");
    // An office's workbook is no consolidated one.
    let office = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06/schede-2019-metrico.xlsx");
    assert_eq!(code(&schede(&["verifica", office, samples])), 2);
}

#[test]
fn one_file_is_never_written_twice_nor_over_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    models(folder.path());
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let path = folder.path().to_str().unwrap();
    let run = |out: &str, json: &str| {
        let output = schede(&["consolida", path, "--mese", "2019-06", "-o", out, "--json", json]);
        assert!(!text(&output.stderr).is_empty());
        code(&output)
    };
    let out = at("esito.xlsx");
    assert_eq!(run(&out, &out), 2);
    assert_eq!(run(&out, &format!("{path}/./esito.xlsx")), 2);
    assert!(!Path::new(&out).exists(), "nothing is written");
    let input = at("schede-2019-metrico.xlsx");
    let before = fs::read(&input).unwrap();
    assert_eq!(run(&out, &input), 2);
    #[cfg(unix)]
    {
        fs::write(at("altro.xlsx"), "x").unwrap();
        std::os::unix::fs::symlink(at("altro.xlsx"), at("legame.json")).unwrap();
        assert_eq!(run(&at("altro.xlsx"), &at("legame.json")), 2);
    }
    assert_eq!(code(&schede(&["controlla", &input, "--json", &input])), 2);
    assert_eq!(fs::read(&input).unwrap(), before);
    assert_eq!(code(&schede(&["consolida", path, "--mese", "2019-06", "-o", &at("esito.pdf")])), 2);
    assert!(!Path::new(&at("esito.pdf")).exists());
}

#[test]
fn mistakes_of_the_command_line_are_told_in_italian() {
    let said = |arguments: &[&str]| {
        let output = schede(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        text(&output.stderr)
    };
    for (arguments, words) in [
        (vec!["consolida", "--definitivamente", "x"], "argomento non previsto «--definitivamente»"),
        (vec!["consolido"], "comando sconosciuto «consolido»; forse volevi dire «consolida»"),
        (vec!["consolida", "--quietto", "x"], "forse volevi dire «--quieto»"),
        (vec!["consolida", "x", "--mese", "giugno"], "AAAA-MM, per esempio 2019-06"),
        (vec!["consolida", "x", "--mese"], "manca il valore di «--mese <AAAA-MM>»"),
        (vec!["consolida"], "manca un argomento: <CARTELLA|FILE>"),
        (vec!["consolida", "x", "--mese", "2019-06", "--mese", "2019-05"], "una volta sola"),
        (vec!["piano", "--piano", "/non/esiste"], "«/non/esiste» non si può leggere: non esiste."),
        (vec!["piano", "--piano", "/"], "«/» non si può leggere: è una cartella, non un file."),
    ] {
        let said = said(&arguments);
        assert!(said.contains(words), "{said}");
        for english in
            ["error:", "tip:", "Usage", "to pass", "found", "os error", "similar", "OPTIONS", "try"]
        {
            assert!(!said.contains(english), "«{english}» in {said}");
        }
    }
}

#[test]
fn a_file_that_is_no_plan_is_said_once() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/unita.md");
    let output = schede(&["piano", "--piano", guide]);
    assert_eq!(code(&output), 2);
    let said = text(&output.stderr);
    assert!(said.contains("non è un piano") && said.contains("E altri "), "{said}");
    assert!(said.lines().count() <= 4, "{said}");
}

#[test]
fn the_summary_fits_a_screen_and_knows_where_to_stand() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06");
    let folder = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| {
        let mut command = Command::cargo_bin("schede").unwrap();
        command.current_dir(folder.path()).args(["consolida", samples, "-o", "esito.xlsx"]).args(more);
        command.output().unwrap()
    };
    let said = text(&run(&[]).stdout);
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
    assert!(said.lines().count() <= 22, "{said}");
    assert!(said.contains("foglio «Rilievi»"), "what is cut stands in full somewhere: {said}");
    let piped = run(&["--json", "-"]);
    serde_json::from_slice::<serde_json::Value>(&piped.stdout).unwrap();
    assert_eq!(text(&piped.stderr), said, "the same summary, beside the machines' result");
    let quiet = run(&["--quieto"]);
    assert_eq!((code(&quiet), quiet.stdout.len(), quiet.stderr.len()), (0, 0, 0));
    let clean = folder.path().join("modelli");
    models(&clean);
    let blank = clean.join("schede-2019-metrico.xlsx");
    let wrong = format!("{samples}/schede-2019-promozione.xlsx");
    let quiet = schede(&["controlla", "--quieto", "--mese", "2019-06", blank.to_str().unwrap(), &wrong]);
    let said = text(&quiet.stdout);
    assert!(said.contains("C01 · ERRORE") && !said.contains(" NOTA]"), "{said}");
}

/// The clean workbooks of the embedded year at the end of December, in a folder.
fn clean_december(folder: &Path) {
    let plan = schede::plan::read_plan(schede::plan::DEFAULT_PLAN).unwrap();
    let december = schede::model::Month::new(12).unwrap();
    for (name, bytes) in schede::trial::clean_workbooks(&plan, december).unwrap() {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

/// The embedded plan with the act that approved it, in a folder: what a final issue asks for.
fn approved() -> String {
    let plan = schede::plan::DEFAULT_PLAN;
    plan.replacen("delibera = \"\"", "delibera = \"Giunta n. 1 del 31/1/2019\"", 1)
}

/// The same as a file.
fn approved_in(folder: &Path) -> String {
    let file = folder.join("approvato.toml");
    fs::write(&file, approved()).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn a_final_issue_asks_for_the_act_of_approval() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("uffici");
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    let issued = schede_in(folder.path(), &["consolida", "uffici", "--definitivo", "--quieto"]);
    let said = text(&issued.stderr);
    assert_eq!(code(&issued), 0, "{said}");
    for words in ["Nel piano mancano gli estremi dell'atto", "delibera = \"Giunta n. 1 del 31/1/2019\""] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // With it, and of what is provisional, nothing is asked.
    approved_in(folder.path());
    let own = ["consolida", "uffici", "--quieto", "--piano", "approvato.toml", "-o", "altro.xlsx"];
    for more in [&["--definitivo"][..], &["--sovrascrivi"]] {
        let issued = schede_in(folder.path(), &[&own, more].concat());
        assert_eq!((code(&issued), text(&issued.stderr)), (0, String::new()));
    }
}

#[test]
fn the_final_issue_is_for_december_and_for_a_closed_year_only() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("definitivo.xlsx");
    let samples = |month: &str| format!("{}/samples/2019-{month}", env!("CARGO_MANIFEST_DIR"));
    let run = |month: &str, more: &[&str]| {
        let samples = samples(month);
        let own = ["consolida", &samples, "--definitivo", "-o", out.to_str().unwrap()];
        schede(&[&own, more].concat())
    };
    // Said, or found in the files.
    for output in [run("12", &["--mese", "2019-11"]), run("06", &[])] {
        assert_eq!(code(&output), 2);
        assert!(text(&output.stderr).contains("solo per dicembre"), "{}", text(&output.stderr));
    }
    let json = folder.path().join("esito.json");
    let refused = run("12", &["--json", json.to_str().unwrap()]);
    assert_eq!(code(&refused), 1);
    let said = text(&refused.stderr);
    assert!(said.contains("restano aperti ") && said.contains("Non è stato scritto niente"), "{said}");
    // A negative number, a decimal in a count: an open error and a result that cannot be verified.
    for words in ["Indicatore 3.2, non verificabile · ", "[C07 · ERRORE]", "Indicatore 7.5, non verificabile"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!out.exists() && !json.exists());
}

#[test]
fn what_calls_itself_final_and_could_not_be_is_told_and_never_equal() {
    use schede::certify::Run;
    use schede::model::{Month, Rule};
    use schede::pipeline::run;
    use schede::plan::{DEFAULT_PLAN, read_plan};
    use schede::report::report;
    use schede::write::{consolidated_workbook, templates};

    let folder = tempfile::tempdir().unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-12");
    let files: Vec<_> = fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    let plan = read_plan(DEFAULT_PLAN).unwrap();
    let rules: Vec<&'static Rule> = schede::check::rules().collect();
    let forged = folder.path().join("forzato.xlsx");
    for (month, why) in [(12, "restano aperti "), (11, "novembre 2019 non chiude l'anno")] {
        let job = run(&plan, &files, Month::new(month), &templates(&plan), &mut |_| ()).unwrap();
        // To the byte what the program would write if nothing stopped it.
        let bytes = consolidated_workbook(&report(&Run::of_job(&plan, &job, &rules, true))).unwrap();
        fs::write(&forged, bytes).unwrap();
        let told = schede(&["verifica", forged.to_str().unwrap(), samples]);
        assert_eq!(code(&told), 1);
        let said = text(&told.stdout);
        let head: Vec<&str> = said.lines().collect();
        assert!(head[0].contains("si dice emissione definitiva") && head[0].contains(why), "{said}");
        assert!(said.contains("Il confronto è con l'emissione provvisoria"), "{said}");
        assert!(said.contains("PROVVISORIO") && !said.contains("tutto uguale"), "{said}");
    }
}

#[test]
fn the_final_issue_says_so_on_every_page_and_can_be_verified() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("uffici");
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (path, out, json) = (inputs.to_str().unwrap(), at("definitivo.xlsx"), at("definitivo.json"));
    let own = approved_in(folder.path());
    let issued = schede(&["consolida", path, "--definitivo", "-o", &out, "--json", &json, "--piano", &own]);
    assert_eq!(code(&issued), 0, "{}", text(&issued.stderr));
    assert!(text(&issued.stdout).contains("Emissione definitiva scritta"));
    let json: serde_json::Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
    assert_eq!(json["definitivo"], true);
    let print = json["impronta"].as_str().unwrap();
    let parts = parts(&fs::read(&out).unwrap());
    let all = parts.concat();
    assert!(!all.contains("PROVVISORIO") && all.contains("EMISSIONE DEFINITIVA") && all.contains(print));
    for sheet in parts.iter().filter(|part| part.contains("<sheetData")) {
        assert!(sheet.contains("11 EMISSIONE DEFINITIVA</oddHeader>"));
    }
    let equal = schede(&["verifica", &out, path, "--piano", &own]);
    assert_eq!(code(&equal), 0, "{}", text(&equal.stdout));
    // The same files without the option are provisional, with another identity.
    let again = schede(&["consolida", path, "--json", "-", "-o", &at("provvisorio.xlsx"), "--piano", &own]);
    let provisional: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(provisional["definitivo"], false);
    assert_ne!(provisional["impronta"], print);
    assert_eq!(provisional["indicatori"], json["indicatori"]);
    // An office that answers for an indicator falls out: refused, until the unit takes the indicators out.
    fs::remove_file(inputs.join("schede-2019-archivio_protocollo.xlsx")).unwrap();
    let refused = schede(&["consolida", path, "--mese", "2019-12", "--definitivo", "-o", &at("no.xlsx")]);
    assert_eq!(code(&refused), 1);
    let said = text(&refused.stderr);
    assert!(said.contains("Ufficio Archivio e Protocollo: ufficio mancante"), "{said}");
    let decision = |code: &str| {
        format!(
            "[[decisioni]]\nindicatore = \"{code}\"\nmotivo = \"x\"\nchi = \"x\"\ndata = \"15/12/2019\"\n"
        )
    };
    let decided = ["10.1", "10.2", "7.1", "7.3", "9.1"].map(decision).concat();
    let waiver = "[[deroghe]]\ncodice = \"K01\"\nufficio = \"archivio_protocollo\"\ntrovato = \"nessun file\"\n\
                  motivo = \"x\"\nchi = \"x\"\n";
    let (plan, waivers) = (at("piano.toml"), at("accettati.toml"));
    fs::write(&plan, format!("{}\n{decided}", approved())).unwrap();
    fs::write(&waivers, waiver).unwrap();
    for covers in [&["--piano", &plan][..], &["--piano", &own, "--deroghe", &waivers]] {
        let own = [
            &["consolida", path, "--mese", "2019-12", "--definitivo", "--sovrascrivi", "-o", &out][..],
            covers,
        ]
        .concat();
        let covered = schede(&own);
        assert_eq!(code(&covered), 0, "{}", text(&covered.stderr));
        assert_eq!(code(&schede(&[&["verifica", &out, path][..], covers].concat())), 0);
        assert_eq!(code(&schede(&["verifica", &out, path])), 1, "with another plan it is another issue");
    }
}

/// Blanks the annual cell of a voce in the file of each of these offices.
fn blank(folder: &Path, key: &str, offices: &[&str]) {
    use schede::trial::{File, Folder, Scene, read_page};
    for office in offices {
        let page = format!(
            "# x\n\n## Perché\n\nx\n\n## Esempio\n\n## Rilievo atteso\n\n## Corretto\n\n## Guasto\n\n\
             | ufficio | chiave | valore |\n|---|---|---|\n| {office} | {key} |  |\n"
        );
        let lines = read_page("x", &page).unwrap().fault.unwrap().lines;
        let file = folder.join(format!("schede-2019-{office}.xlsx"));
        let mut files = Folder::default();
        let bytes = std::sync::Arc::new(fs::read(&file).unwrap());
        files.insert(*office, File::new(file.file_name().unwrap().to_str().unwrap(), bytes));
        let scene = Scene { month: schede::model::Month::DECEMBER, relative: false };
        files.follow(&schede::model::OfficeId::new(*office), lines.first().unwrap(), scene).unwrap();
        let changed = files.files().next().unwrap().1.bytes().unwrap();
        fs::write(&file, changed.as_slice()).unwrap();
    }
}

#[test]
fn a_deadline_gone_without_its_dates_is_refused_until_a_derogation_covers_it() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("uffici");
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    blank(&inputs, "S04.adozione_delibera", &["ambiente"]);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (path, out, waivers) = (inputs.to_str().unwrap(), at("definitivo.xlsx"), at("deroghe.toml"));
    let refused = |number: &str| {
        let output = schede(&["consolida", path, "--definitivo", "-o", &out]);
        assert_eq!(code(&output), 1);
        let said = text(&output.stderr);
        assert!(said.contains(number) && said.contains("Indicatore 4.1, non raggiunto · "), "{said}");
        assert!(said.contains("scadenza passata, cella vuota"), "{said}");
        assert!(!Path::new(&out).exists());
    };
    refused("resta aperto 1 punto");
    blank(&inputs, "S04.adozione_delibera", &["albo_gestori"]);
    refused("restano aperti 2 punti");
    // As the message says to write it.
    let waiver = "[[deroghe]]\ncodice = \"D04\"\nindicatore = \"4.1\"\n\
                  trovato = \"nessuna data entro dicembre 2019\"\nmotivo = \"x\"\nchi = \"x\"\n";
    fs::write(&waivers, waiver).unwrap();
    let plan = approved_in(folder.path());
    let covered =
        schede(&["consolida", path, "--definitivo", "-o", &out, "--deroghe", &waivers, "--piano", &plan]);
    assert_eq!(code(&covered), 0, "{}", text(&covered.stderr));
    // A date that counts one by one and stays blank changes the outcome: the unit answers for it, then it is
    // told.
    blank(&inputs, "S09.attivazione", &["ri"]);
    let again = [
        "consolida",
        path,
        "--definitivo",
        "-o",
        &out,
        "--deroghe",
        &waivers,
        "--sovrascrivi",
        "--piano",
        &plan,
    ];
    let asked = schede(&again);
    assert_eq!(code(&asked), 1);
    let said = text(&asked.stderr);
    assert!(said.contains("resta aperto 1 punto") && said.contains("[K14 · NOTA]"), "{said}");
    let block = said.split_once("\n[[deroghe]]\n").unwrap().1.split_once("chi = \"\"").unwrap().0;
    let block = format!("[[deroghe]]\n{block}chi = \"x\"\n").replace("motivo = \"\"", "motivo = \"x\"");
    fs::write(&waivers, format!("{waiver}{block}")).unwrap();
    let told = schede(&again);
    assert_eq!(code(&told), 0, "{}", text(&told.stderr));
    let all = parts(&fs::read(&out).unwrap()).concat();
    assert!(all.contains("Senza data: ") && all.contains("; conta come non fatto."));
}

/// The parts of a workbook, as text.
fn parts(bytes: &[u8]) -> Vec<String> {
    let parts = schede::package::parts(bytes).unwrap();
    parts.values().map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

/// The workbooks of the second plan at the end of its year, by hand: no mission abroad (2.1: 0 of 3), 665
/// certificates of 1 000 at a distance (2.2: 66,5 % is the target), 630 files of 840 digital (2.3: 75 % is
/// the target); the new counter opened in time.
fn second_plan_december(folder: &Path) -> String {
    use schede::model::{Month, OfficeId};
    use schede::write::{Fill, FillKey, FillValue, office_file_name, office_workbook};
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/piani/camera-di-prova.toml");
    let plan = schede::plan::read_plan(&fs::read_to_string(file).unwrap()).unwrap();
    for office in ["affari", "estero", "sportello"] {
        let id = OfficeId::new(office);
        let mut fill = Fill::default();
        let mut set = |key: &str, month: Option<u32>, value: FillValue| {
            let month = month.and_then(Month::new);
            fill.set(FillKey { key: key.to_owned(), month, row: None, column: None }, value);
        };
        for month in 1..=12 {
            let first = |value: f64| FillValue::Number(if month == 1 { value } else { 0.0 });
            set("S02.fascicoli_digitali", Some(month), FillValue::Number(630.0));
            if office == "estero" {
                set("S02.certificati", Some(month), first(1000.0));
                set("S02.certificati_distanza", Some(month), first(665.0));
            }
        }
        if office != "sportello" {
            set("S02.missioni.completo", None, FillValue::Number(12.0));
        }
        if office != "estero" {
            let opening = chrono::NaiveDate::from_ymd_opt(2021, 6, 1).unwrap();
            set("S01.apertura", None, FillValue::Date(opening));
        }
        let bytes = office_workbook(&plan, &id, &fill).unwrap();
        fs::write(folder.join(office_file_name(&plan, &id)), bytes).unwrap();
    }
    file.to_owned()
}

#[test]
fn the_amounts_of_a_plan_become_a_proposal() {
    use schede::model::CellRef;
    use schede::read::{RawContent, RawSheet, read_file};
    let folder = tempfile::tempdir().unwrap();
    let plan = second_plan_december(folder.path());
    let path = folder.path().to_str().unwrap();
    let sheet = |month: &str| -> RawSheet {
        let out = folder.path().join(format!("consolidato-{month}.xlsx"));
        let own = ["consolida", path, "--piano", &plan, "--mese", month, "-o", out.to_str().unwrap()];
        assert_eq!(code(&schede(&own)), 0);
        read_file(&out).content.unwrap().sheet("Risorse").unwrap().clone()
    };
    let december = sheet("2021-12");
    let number = |at: &str| match december.cell(CellRef::parse(at).unwrap()).unwrap().content {
        RawContent::Number(number) => number.to_string(),
        _ => String::new(),
    };
    // Scheda 2: weights 1, 2, 1 and degrees 0, 100, 100 make 75, in the band from 60, which gives a half.
    let row = ["C", "D", "E", "F", "G", "H", "I", "J", "K"];
    let scheda = (5..=6).find(|row| number(&format!("A{row}")) == "2").unwrap();
    let told = row.map(|column| number(&format!("{column}{scheda}")));
    assert_eq!(told, ["12500.5", "75", "60", "0.5", "6250.25", "6250.25", "75", "0.5", "6250.25"]);
    assert_eq!(["C7", "G7", "H7", "K7"].map(number), ["12500.5", "6250.25", "6250.25", "6250.25"]);
    // The same as formulas, and nothing between the two.
    let formula = |at: String| december.cell(CellRef::parse(&at).unwrap()).unwrap().formula.clone().unwrap();
    for (degree, share, earned) in [("N", "O", "P"), ("R", "S", "T")] {
        assert!(formula(format!("{degree}{scheda}")).contains("Sintesi"));
        assert!(formula(format!("{share}{scheda}")).contains(&format!("ROUND(${degree}${scheda}-85,9)>=0")));
        assert!(
            formula(format!("{earned}{scheda}")).contains(&format!("ROUND($C${scheda}*${share}${scheda},2)"))
        );
    }
    assert_eq!(
        ["N", "O", "P", "Q", "R", "S", "T", "U"].map(|column| number(&format!("{column}{scheda}"))),
        ["75", "0.5", "6250.25", "6250.25", "75", "0.5", "6250.25", "0"]
    );
    assert_eq!(["P7", "Q7", "T7", "U7"].map(number), ["6250.25", "6250.25", "6250.25", "0"]);
    let words = |sheet: &RawSheet| -> String {
        let text = |content: &RawContent| match content {
            RawContent::Text(text) => text.clone(),
            _ => String::new(),
        };
        sheet.cells.values().map(|cell| text(&cell.content)).collect::<Vec<_>>().join("\n")
    };
    assert!(words(&december).contains("Proposta (€) = importo × quota"));
    assert!(!words(&december).contains("a oggi") && !words(&december).contains("spettante"));
    assert!(words(&sheet("2021-06")).contains("proposta a oggi"));
}

/// Runs in a folder.
fn schede_in(folder: &Path, arguments: &[&str]) -> std::process::Output {
    Command::cargo_bin("schede").unwrap().current_dir(folder).args(arguments).output().unwrap()
}

#[test]
fn what_is_final_stays_final() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("uffici");
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    let at = |name: &str| folder.path().join(name);
    approved_in(folder.path());
    let own = ["consolida", "uffici", "--quieto", "--piano", "approvato.toml"];
    let run = |more: &[&str]| schede_in(folder.path(), &[&own, more].concat());
    assert_eq!(code(&run(&["--definitivo", "--json", "esito.json"])), 0);
    let last = at("consolidato-2019-definitivo.xlsx");
    let (issued, json) = (fs::read(&last).unwrap(), fs::read(at("esito.json")).unwrap());
    // The provisional run has a name of its own, and replaces its own result.
    for _ in 0..2 {
        assert_eq!(code(&run(&[])), 0);
    }
    assert!(at("consolidato-2019-12.xlsx").exists());
    // The same final issue again takes nothing away.
    assert_eq!(code(&run(&["--definitivo", "--json", "esito.json"])), 0);
    // Whatever would replace it does not, whole: nothing else is written either.
    fs::copy(&last, at("rinominato.xlsx")).unwrap();
    for name in ["consolidato-2019-definitivo.xlsx", "rinominato.xlsx"] {
        let refused = run(&["-o", name, "--json", "altro.json"]);
        let said = text(&refused.stderr);
        assert!(code(&refused) == 3 && said.contains("è un'emissione definitiva"), "{said}");
        assert!(said.contains("--sovrascrivi") && !at("altro.json").exists(), "{said}");
        assert_eq!(fs::read(at(name)).unwrap(), issued);
    }
    let refused = run(&["-o", "nuovo.xlsx", "--json", "esito.json"]);
    assert!(code(&refused) == 3 && !at("nuovo.xlsx").exists());
    assert_eq!(fs::read(at("esito.json")).unwrap(), json);
    // Nor does anything that is not ours.
    fs::write(at("appunti.xlsx"), "i miei appunti").unwrap();
    fs::write(at("appunti.json"), "{\"mio\": 1}").unwrap();
    fs::write(at("vuoto.json"), "").unwrap();
    for more in
        [["-o", "appunti.xlsx", "--json", "vuoto.json"], ["-o", "nuovo.xlsx", "--json", "appunti.json"]]
    {
        let refused = run(&more);
        assert!(
            code(&refused) == 3 && text(&refused.stderr).contains("non è un risultato di questo programma")
        );
    }
    assert_eq!(fs::read(at("appunti.xlsx")).unwrap(), b"i miei appunti");
    assert!(!at("nuovo.xlsx").exists() && fs::read(at("vuoto.json")).unwrap().is_empty());
    assert_eq!(code(&run(&["-o", "appunti.xlsx", "--json", "appunti.json", "--sovrascrivi"])), 0);
    // Results that lie among the offices' files are no inputs, under any name.
    fs::rename(&last, inputs.join("consolidato-2019-definitivo.xlsx")).unwrap();
    fs::rename(at("rinominato.xlsx"), inputs.join("rinominato.xlsx")).unwrap();
    let again = schede_in(folder.path(), &["consolida", "uffici", "--json", "-", "-o", "terzo.xlsx"]);
    let value: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(value["file"].as_array().unwrap().len(), 26);
    let said = text(&again.stderr);
    assert!(
        said.contains("consolidato-2019-definitivo.xlsx»") && said.contains("rinominato.xlsx»"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_result_for_machines_that_does_not_come_out_whole_is_a_job_not_done() {
    use std::process::{Command as Plain, Stdio};
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let program = assert_cmd::cargo::cargo_bin("schede");
    let office = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06/schede-2019-metrico.xlsx");
    let folder = tempfile::tempdir().unwrap();
    let commands: [&[&str]; 3] = [
        &["piano", "--json", "-"],
        &["controlla", office, "--json", "-"],
        &["consolida", office, "--mese", "2019-06", "--json", "-", "-o", "x.xlsx"],
    ];
    for arguments in commands {
        let mut command = Plain::new(&program);
        command.current_dir(folder.path()).args(arguments);
        let on_a_full_disk = command.stdout(full()).stderr(Stdio::piped()).output().unwrap();
        let said = text(&on_a_full_disk.stderr);
        assert!(code(&on_a_full_disk) == 3 && said.contains("Non riesco a scrivere il risultato"), "{said}");
        // A pipe that nobody reads to its end.
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(3));
    }
    let device = schede(&["piano", "--json", "/dev/full"]);
    assert_eq!(code(&device), 3);
}

#[cfg(unix)]
#[test]
fn names_and_texts_of_others_do_not_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let sample =
        |office: &str| format!("{}/samples/2019-06/schede-2019-{office}.xlsx", env!("CARGO_MANIFEST_DIR"));
    let inputs = folder.path().join("arrivati\u{1b}[2J");
    fs::create_dir(&inputs).unwrap();
    fs::copy(sample("metrico"), inputs.join("metrico\u{1}\u{202e}\u{9b}.xlsx")).unwrap();
    fs::write(inputs.join("riga\nEmissione definitiva scritta\u{1b}]0;x\u{7}.xlsx"), "x").unwrap();
    let at = inputs.to_str().unwrap();
    let wrong = inputs.join("non c'è\u{7}\n");
    let wrong = wrong.to_str().unwrap();
    let commands: [&[&str]; 4] = [
        &["consolida", at, "--mese", "2019-06", "-o", "x.xlsx"],
        &["consolida", at, wrong, "--mese", "2019-06", "-o", "x\u{7}.xlsx", "--json", "-"],
        &["controlla", at, wrong],
        &["verifica", "x.xlsx", at],
    ];
    for arguments in commands {
        let output = schede_in(folder.path(), arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("⟨U+001B⟩]0;x⟨U+0007⟩.xlsx") || !said.contains("scritta"), "{said}");
        let steering = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!said.contains(steering), "{said:?}");
        assert!(said.lines().all(|line| !line.starts_with("Emissione")), "{said}");
    }
}

#[test]
fn a_path_that_is_not_there_is_said_at_the_end_and_stops_nothing_else() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-06");
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| schede_in(folder.path(), arguments);
    let office = format!("{samples}/schede-2019-metrico.xlsx");
    let pattern = format!("{samples}/schede-2019-m*.xlsx");
    for given in [office.as_str(), pattern.as_str()] {
        let done = run(&["consolida", given, "manca.xlsx", "--mese", "2019-06", "-o", "x.xlsx"]);
        let said = text(&done.stderr);
        assert!(code(&done) == 3 && said.contains("«manca.xlsx» non esiste"), "{said}");
        assert!(folder.path().join("x.xlsx").exists(), "the rest is done");
        assert_eq!(code(&run(&["consolida", given, "--mese", "2019-06", "-o", "x.xlsx"])), 0);
    }
    let checked = run(&["controlla", "nessuno*.xlsx", &office]);
    assert!(code(&checked) == 3 && text(&checked.stdout).contains("schede-2019-metrico.xlsx"));
    assert!(text(&checked.stderr).contains("«nessuno*.xlsx»: nessun file corrisponde"));
    // What is final is made from everything, or not at all.
    let last = run(&["consolida", samples, "manca.xlsx", "--definitivo", "--mese", "2019-12"]);
    assert!(code(&last) == 3 && text(&last.stderr).contains("solo con tutto ciò che è indicato"));
    assert_eq!(code(&run(&["consolida", "manca.xlsx"])), 3);
}

/// The blocks that a refusal prints, each with its reasons filled in.
fn filled_blocks(said: &str) -> String {
    let from = said.find("# Da incollare").unwrap();
    said[from..].replace("motivo = \"\"", "motivo = \"m\"").replace("chi = \"\"", "chi = \"c\"")
}

/// Asks for the final issue, pastes what the refusal prints, asks again: accepted.
fn accepted_once_pasted(folder: &Path, inputs: &str) -> String {
    let plan = folder.join("piano.toml");
    fs::write(&plan, approved()).unwrap();
    let ask = |more: &[&str]| {
        let own = ["consolida", inputs, "--mese", "2019-12", "--definitivo", "--quieto", "-o", "ultimo.xlsx"];
        schede_in(folder, &[&own, more].concat())
    };
    let refused = ask(&["--piano", "piano.toml"]);
    let said = text(&refused.stderr);
    assert!(code(&refused) == 1 && !folder.join("ultimo.xlsx").exists(), "{said}");
    // As it is printed, nobody has given a reason: the plan is refused.
    fs::write(&plan, format!("{}\n{}", approved(), &said[said.find("# Da").unwrap()..])).unwrap();
    assert_eq!(code(&ask(&["--piano", "piano.toml"])), 2);
    fs::write(&plan, format!("{}\n{}", approved(), filled_blocks(&said))).unwrap();
    let accepted = ask(&["--piano", "piano.toml"]);
    assert_eq!(code(&accepted), 0, "{said}\n{}", text(&accepted.stderr));
    said
}

#[test]
fn a_refusal_prints_what_to_paste_and_what_is_pasted_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    // A decimal in a count, a negative number, a dash: as the samples have them.
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/2019-12");
    let said = accepted_once_pasted(folder.path(), samples);
    for lines in [
        "[[deroghe]]\ncodice = \"C07\"\nufficio = \"metrico\"\nindicatore = \"3.2\"\nvoce = \"S03.supermercati\"\nmese = 9\ntrovato = \"-2\"\nmotivo",
        "codice = \"C06\"\nufficio = \"comunicazione\"\nindicatore = \"7.5\"\nvoce = \"S07.nuove_aziende\"\nmese = 11\ntrovato = \"2,5\"",
        // A dash is no value, and no derogation makes one of it.
        "[[decisioni]]\nindicatore = \"2.1\"",
    ] {
        assert!(said.contains(lines), "{lines}\n{said}");
    }
    // Offices without a file, a date that is missing.
    fs::remove_file(folder.path().join("ultimo.xlsx")).unwrap();
    let inputs = folder.path().join("uffici");
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    blank(&inputs, "S04.adozione_delibera", &["ambiente", "albo_gestori"]);
    for gone in ["archivio_protocollo", "informatico"] {
        fs::remove_file(inputs.join(format!("schede-2019-{gone}.xlsx"))).unwrap();
    }
    let said = accepted_once_pasted(folder.path(), "uffici");
    for lines in [
        "codice = \"K01\"\nufficio = \"archivio_protocollo\"\ntrovato = \"nessun file\"",
        "codice = \"D04\"\n",
    ] {
        assert!(said.contains(lines), "{lines}\n{said}");
    }
}

/// A document in a signed envelope (CMS `SignedData`, RFC 5652), without signers.
fn enveloped(document: &[u8]) -> Vec<u8> {
    let value = |tag: u8, content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x84][..], &length, content].concat()
    };
    let kind = |last: u8| vec![0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, last];
    let inner = value(0x30, &[kind(1), value(0xA0, &value(0x04, document))].concat());
    let signed = value(0x30, &[value(2, &[1]), value(0x31, &[]), inner, value(0x31, &[])].concat());
    value(0x30, &[kind(2), value(0xA0, &signed)].concat())
}

/// June's files in a folder.
fn june(folder: &Path) {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn strange_names_envelopes_and_dead_ends_stop_nobody_else() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("in");
    fs::create_dir(&files).unwrap();
    june(&files);
    let own = |office: &str| files.join(format!("schede-2019-{office}.xlsx"));
    let envelope = enveloped(&fs::read(own("metrico")).unwrap());
    fs::write(files.join("schede-2019-metrico.xlsx.p7m"), &envelope).unwrap();
    fs::remove_file(own("metrico")).unwrap();
    fs::rename(own("urp"), files.join("urp\u{1}\u{202e}\n.xlsx")).unwrap();
    fs::rename(own("ri"), files.join(std::ffi::OsStr::from_bytes(b"ri\xff.xlsx"))).unwrap();
    fs::create_dir(files.join("cartella.xlsx")).unwrap();
    std::os::unix::fs::symlink(files.join("giro.xlsx"), files.join("giro.xlsx")).unwrap();
    std::os::unix::fs::symlink(files.join("manca.xlsx"), files.join("morto.xlsx")).unwrap();
    let (issued, json) = (folder.path().join("o.xlsx"), folder.path().join("o.json"));
    let arguments =
        ["consolida", files.to_str().unwrap(), "--mese", "2019-06", "-o", issued.to_str().unwrap()];
    let output = schede(&[&arguments[..], &["--json", json.to_str().unwrap()]].concat());
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let said = text(&output.stderr);
    assert!(said.contains("cartella.xlsx»: è una cartella"), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&fs::read(&json).unwrap()).unwrap();
    let fate = |name: &str| {
        let files = json["file"].as_array().unwrap();
        files.iter().find(|file| file["nome"] == name).map(|file| file["esito"].as_str().unwrap().to_owned())
    };
    for name in ["schede-2019-metrico.xlsx.p7m", "urp⟨U+0001⟩⟨U+202E⟩⟨ ⟩.xlsx", "ri⟨FF⟩.xlsx"]
    {
        assert_eq!(fate(name).as_deref(), Some("accettato"), "{name}: {}", json["file"]);
    }
    for name in ["giro.xlsx", "morto.xlsx"] {
        assert_eq!(fate(name).as_deref(), Some("rifiutato"), "{name}");
    }
    let told = |code: &str, file: &str| {
        json["rilievi"].as_array().unwrap().iter().any(|one| one["codice"] == code && one["file"] == file)
    };
    assert!(
        told("F22", "schede-2019-metrico.xlsx.p7m") && told("F01", "giro.xlsx") && told("F01", "morto.xlsx")
    );
    let bytes = fs::read(&issued).unwrap();
    let book = schede::read::read_bytes("o.xlsx", bytes.clone()).content.unwrap();
    assert_eq!(schede::read::faults(&bytes, &book), Vec::<String>::new());

    // The consolidated workbook, signed: the same document.
    let signed = folder.path().join("o.xlsx.p7m");
    fs::write(&signed, enveloped(&bytes)).unwrap();
    let output = schede(&["verifica", signed.to_str().unwrap(), files.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stdout));
    let said = text(&output.stdout);
    assert!(said.contains("busta firmata") && said.contains("byte per byte"), "{said}");
}

#[test]
fn verifica_says_first_which_entry_changed() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = folder.path().join("uffici");
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    let issued = schede_in(folder.path(), &["consolida", "uffici", "--quieto", "-o", "emesso.xlsx"]);
    assert_eq!(code(&issued), 0);
    // The date of a deadline is taken away: 4.1 is missed, findings come and go, the sample of the OIV has a
    // row more.
    blank(&inputs, "S04.adozione_delibera", &["ambiente"]);
    let told = |more: &[&str]| {
        let output = schede_in(folder.path(), &[&["verifica", "emesso.xlsx", "uffici"], more].concat());
        assert_eq!(code(&output), 1);
        text(&output.stdout)
    };
    let said = told(&[]);
    let lines: Vec<&str> = said.lines().collect();
    let at = |words: &str| {
        lines.iter().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {said}"))
    };
    let entry = at("schede-2019-ambiente.xlsx, 'Scheda 4'!");
    assert!(entry <= 5 && lines[entry].contains("S04.adozione_delibera"), "{said}");
    let value = "Servizio Ambiente · «Data di adozione della delibera di sospensione» · S04.adozione_delibera: \
                 valore «28/5/2019» nel consolidato, nessuno nel file dell'ufficio ['Dati'!A";
    assert!(lines[entry].contains(value), "{said}");
    let indicator = at("  4.1 · «");
    assert!(lines[indicator].contains("i file danno «■ non raggiunto»"), "{said}");
    assert!(
        entry < indicator && indicator < at("  Scheda 4 · «") && at("  Scheda 4 · «") < at("Altre celle"),
        "{said}"
    );
    let finding = at("  D04 · ");
    assert!(lines[finding].contains("nel consolidato manca, i file la danno"), "{said}");
    assert!(lines.len() < 100, "{}", lines.len());
    // The other way round: the issue came before the date was typed.
    fs::rename(folder.path().join("emesso.xlsx"), folder.path().join("con.xlsx")).unwrap();
    let issued = schede_in(folder.path(), &["consolida", "uffici", "--quieto", "-o", "emesso.xlsx"]);
    assert_eq!(code(&issued), 0);
    fs::remove_dir_all(&inputs).unwrap();
    fs::create_dir(&inputs).unwrap();
    clean_december(&inputs);
    let back = told(&[]);
    let value = "S04.adozione_delibera: nessun valore nel consolidato, «28/5/2019» nel file dell'ufficio";
    assert!(back.lines().any(|line| line.contains("'Scheda 4'!") && line.contains(value)), "{back}");
    fs::rename(folder.path().join("con.xlsx"), folder.path().join("emesso.xlsx")).unwrap();
    blank(&inputs, "S04.adozione_delibera", &["ambiente"]);
    // One by one: every difference, and none of a row only because it stands elsewhere.
    let all = told(&["--tutte"]);
    assert!(!all.contains("con --tutte"));
    let sections: Vec<&str> =
        all.lines().filter(|line| !line.starts_with(' ') && line.ends_with("differenze")).collect();
    assert!(sections.last().is_some_and(|last| last.starts_with("Solo ordine o posizione")), "{sections:?}");
}

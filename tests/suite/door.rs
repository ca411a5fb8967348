//! The door for who works from folders: a folder or files given as the only words, and what Windows does to
//! names, texts and files.
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use schede::plan::DEFAULT_PLAN;

const OFFICE: &str = "schede-2019-metrico.xlsx";

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06")
}

fn schede_in(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("schede").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// A folder with one office's workbook.
fn received(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::copy(samples().join(OFFICE), folder.join(OFFICE)).unwrap();
}

/// A year made by hand, with one office's file of June.
fn year(folder: &Path, plan: &str) {
    received(&folder.join("ricevuti/2019-06"));
    fs::write(folder.join("piano.toml"), plan).unwrap();
}

#[test]
fn a_folder_as_the_only_word_is_that_month() {
    let place = tempfile::tempdir().unwrap();
    received(&place.path().join("posta/2019-06"));
    fs::create_dir(place.path().join("altrove")).unwrap();
    let (code, said) = schede_in(&place.path().join("altrove"), &["../posta/2019-06"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("giugno 2019") && said.contains("1 accettato"), "{said}");
    assert!(place.path().join("posta/consolidato-2019-06.xlsx").is_file(), "beside the folder");
    assert_eq!(fs::read_dir(place.path().join("altrove")).unwrap().count(), 0, "not where one happens to be");
    // Another name says no month: it is the one that the offices have filled.
    fs::rename(place.path().join("posta/2019-06"), place.path().join("posta/giugno, uffici")).unwrap();
    fs::remove_file(place.path().join("posta/consolidato-2019-06.xlsx")).unwrap();
    assert_eq!(schede_in(place.path(), &["posta/giugno, uffici/"]).0, 0);
    assert!(place.path().join("posta/consolidato-2019-06.xlsx").is_file());
    // A month of another year is not the plan's.
    received(&place.path().join("posta/2020-01"));
    let (code, said) = schede_in(place.path(), &["posta/2020-01"]);
    assert!(code == 2 && said.contains("Il piano è del 2019"), "{code} {said}");
}

#[test]
fn who_gives_a_year_s_files_without_its_plan_is_told_which_one_counts() {
    const TOLD: &str = "Vale il piano incluso nel programma, non «";
    let place = tempfile::tempdir().unwrap();
    let anno = place.path().join("anno");
    year(&anno, DEFAULT_PLAN);
    let asked = ["consolida", "anno/ricevuti/2019-06", "-o", "a.xlsx"];
    // The plan of the program, copied, is no other.
    assert!(!schede_in(place.path(), &asked).1.contains(TOLD));
    fs::write(anno.join("piano.toml"), format!("# Il nostro.\n{DEFAULT_PLAN}")).unwrap();
    let (code, said) = schede_in(place.path(), &[&asked[..], &["--sovrascrivi"]].concat());
    assert!(code == 0 && said.contains(TOLD) && said.contains("--piano"), "{code} {said}");
    let own = ["consolida", "anno/ricevuti/2019-06", "--piano", "anno/piano.toml", "-o", "b.xlsx"];
    let (code, said) = schede_in(place.path(), &own);
    assert!(code == 0 && !said.contains(TOLD), "{code} {said}");
    // Where there is no year nothing is said.
    received(&place.path().join("posta"));
    assert!(!schede_in(place.path(), &["consolida", "posta", "-o", "c.xlsx"]).1.contains(TOLD));
    // Among what was received a folder is a month.
    received(&place.path().join("anno/ricevuti/luglio"));
    let (code, said) = schede_in(place.path(), &["anno/ricevuti/luglio"]);
    assert!(code == 2 && said.contains("il suo nome non è un mese"), "{code} {said}");
    assert!(!place.path().join("anno/ricevuti/consolidato-2019-06.xlsx").exists());
}

#[test]
fn in_the_folder_of_a_year_it_is_the_job_of_that_year() {
    let place = tempfile::tempdir().unwrap();
    let own = place.path().join("anno nostro");
    year(&own, DEFAULT_PLAN);
    let (code, said) = schede_in(place.path(), &["anno nostro/ricevuti/2019-06"]);
    assert_eq!(code, 0, "{said}");
    let issued = own.join("consolidati/consolidato-2019-06.xlsx");
    let dropped = fs::read(&issued).unwrap();
    assert!(own.join("ritorni/2019-06/solleciti.txt").is_file());
    // What it prints can be pasted, although the path has a blank.
    let line = said.lines().next().unwrap();
    assert!(line.starts_with("schede consolida \"") && line.contains("--piano \""), "{line}");
    // The same as from inside, byte for byte; and all that was received is the newest month.
    for word in ["mese", "ricevuti", "."] {
        let (code, said) = schede_in(&own, &[word]);
        assert_eq!(code, 0, "{word}: {said}");
        assert_eq!(word == ".", said.contains("Prossimo passo"), "{word}: {said}");
        assert!(fs::read(&issued).unwrap() == dropped, "{word}");
    }
    // Files are checked with the plan of their year.
    let renamed = DEFAULT_PLAN.replace("Ufficio Metrico e Vigilanza", "Ufficio di prova");
    fs::write(own.join("piano.toml"), renamed).unwrap();
    let file = format!("anno nostro/ricevuti/2019-06/{OFFICE}");
    let (_, said) = schede_in(place.path(), &[&file]);
    assert!(said.starts_with(OFFICE) && said.contains("giugno 2019") && said.contains("P23"), "{said}");
    let (_, said) = schede_in(place.path(), &[&samples().join(OFFICE).to_string_lossy()]);
    assert!(said.starts_with(OFFICE) && !said.contains("P23"), "{said}");
}

#[test]
fn a_command_comes_before_a_folder_of_its_name() {
    let place = tempfile::tempdir().unwrap();
    received(&place.path().join("mese"));
    let (code, said) = schede_in(place.path(), &["mese"]);
    assert!(code == 2 && said.contains("Qui non c'è un anno"), "{code} {said}");
    assert_eq!(schede_in(place.path(), &["./mese"]).0, 0);
    assert!(place.path().join("consolidato-2019-06.xlsx").is_file());
    for (words, wanted, because) in [
        (["non/c'è"].as_slice(), 3, "«non/c'è» non esiste"),
        (&["mees"], 2, "forse volevi dire «mese»"),
        (&["mese", "--definitivo"], 2, "Qui non c'è un anno"),
        (&["./mese", "./mese"], 2, "una cartella sola"),
        (&["./mese", "--quieto"], 2, "una cartella sola"),
    ] {
        let (code, said) = schede_in(place.path(), words);
        assert!(code == wanted && said.contains(because), "{words:?}: {code} {said}");
    }
}

#[test]
fn names_that_windows_does_not_take_are_refused_before_the_work() {
    let place = tempfile::tempdir().unwrap();
    received(&place.path().join("posta"));
    for words in [
        ["consolida", "posta", "-o", "CON.xlsx"].as_slice(),
        &["consolida", "posta", "-o", "giugno: esito.xlsx"],
        &["consolida", "posta", "-o", "esito.xlsx", "--json", "aux.json"],
        &["controlla", &format!("posta/{OFFICE}"), "--json", "lpt1"],
        &["piano", "--json", "nul"],
        &["consolida", "posta", "-o", "esito.xlsx", "--ritorni", "com1"],
        &["modelli", "-o", "prn"],
        &["inizia", "2019."],
    ] {
        let (code, said) = schede_in(place.path(), words);
        assert!(code == 2 && said.contains("non va bene: "), "{words:?}: {code} {said}");
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing was made");
}

#[test]
fn an_office_called_as_a_device_has_a_file_that_windows_takes() {
    let place = tempfile::tempdir().unwrap();
    let plan = DEFAULT_PLAN.replace("\"urp\"", "\"con\"").replace("\"metrico\"", "\"aux\"");
    fs::write(place.path().join("piano.toml"), plan).unwrap();
    let words = ["modelli", "--piano", "piano.toml", "--ufficio", "con", "--ufficio", "aux", "-o", "modelli"];
    let (code, said) = schede_in(place.path(), &words);
    assert_eq!(code, 0, "{said}");
    for name in ["schede-2019-con.xlsx", "schede-2019-aux.xlsx"] {
        assert!(place.path().join("modelli").join(name).is_file(), "{name}");
    }
    // An id that could not begin or end a name is refused by the plan.
    fs::write(place.path().join("piano.toml"), DEFAULT_PLAN.replace("\"urp\"", "\"urp.\"")).unwrap();
    let (code, said) = schede_in(place.path(), &["piano", "--piano", "piano.toml"]);
    assert!(code == 2 && said.contains("«urp.» non va bene per il nome di un file"), "{said}");
}

/// The plan as Notepad saves it, lock files beside the workbooks, a path longer than 260 characters: the same
/// bytes come out.
#[test]
fn what_windows_does_to_texts_and_folders_changes_nothing() {
    let place = tempfile::tempdir().unwrap();
    let plain = place.path().join("piano");
    year(&plain, DEFAULT_PLAN);
    let far: PathBuf = (0..12).map(|_| "una cartella dal nome piuttosto lungo").collect();
    let windows = place.path().join(&far).join("2019");
    assert!(windows.as_os_str().len() > 400);
    year(&windows, &format!("\u{feff}{}", DEFAULT_PLAN.replace('\n', "\r\n")));
    // From outside: Windows does not start a program in a folder as far away as that.
    let at = |own: &Path, place: &str| own.join(place).to_str().unwrap().to_owned();
    for own in [&plain, &windows] {
        assert_eq!(schede_in(place.path(), &[&at(own, "ricevuti/2019-06")]).0, 0);
    }
    let issued = |own: &Path| fs::read(own.join("consolidati/consolidato-2019-06.xlsx")).unwrap();
    assert!(issued(&plain) == issued(&windows));
    // Excel has the workbook open: its mark is no file of an office, and the month says so.
    let mark = at(&windows, &format!("ricevuti/2019-06/~${OFFICE}"));
    fs::write(&mark, "\u{5}Maria").unwrap();
    let (_, said) = schede_in(place.path(), &[&at(&windows, "")]);
    assert!(said.contains("giugno       1 file su 26"), "{said}");
    let (code, said) = schede_in(place.path(), &[&at(&windows, "ricevuti/2019-06")]);
    assert!(code == 0 && said.contains("1 accettato"), "{said}");
    let (code, said) = schede_in(place.path(), &["controlla", &mark]);
    assert!(
        code == 0 && said.contains("F04") && said.contains("un file temporaneo di Excel"),
        "{code} {said}"
    );
}

/// Texts have the line ends of the repository on every machine, and workbooks are not texts.
#[test]
fn git_changes_no_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let attributes = fs::read_to_string(root.join(".gitattributes")).unwrap();
    assert!(attributes.lines().any(|line| line == "* text=auto eol=lf"), "{attributes}");
    let mut folders = vec![root.to_path_buf()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if ![".git", "target", "dist", "__pycache__"].contains(&name.as_str()) {
                    folders.push(path);
                }
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let kind = path.extension().map(|kind| kind.to_string_lossy().into_owned()).unwrap_or_default();
            let binary = attributes.lines().any(|line| line == format!("*.{kind} binary"));
            assert_eq!(binary, bytes.contains(&0), "{}: binary or not", path.display());
            assert!(binary || !bytes.contains(&b'\r'), "{}: CR", path.display());
            seen += 1;
        }
    }
    assert!(seen > 500, "{seen}");
}

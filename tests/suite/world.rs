//! The world in which results are written: killed at any moment, a disk that takes no more, folders that are
//! none. What was there stays whole, what is written is whole, and what went wrong is told in Italian.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Two offices of the sample of June, in a folder of their own.
fn received(folder: &Path) {
    let input = folder.join("ricevuti");
    fs::create_dir(&input).unwrap();
    for office in ["metrico", "urp"] {
        let name = format!("schede-2019-{office}.xlsx");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/2019-06").join(&name);
        fs::copy(from, input.join(name)).unwrap();
    }
}

fn words<'a>(month: &'a str, to: &'a str) -> [&'a str; 6] {
    ["consolida", "ricevuti", "--mese", month, "-o", to]
}

fn schede(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("schede"));
    command.current_dir(folder).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

/// The names of temporary files of ours in a folder.
fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".schede-")).collect()
}

#[test]
fn a_run_that_is_killed_leaves_what_was_there_or_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    received(folder.path());
    let own = folder.path();
    let run = |month| {
        let all = [&words(month, "c.xlsx")[..], &["--dati", "dati"]].concat();
        schede(own, &all)
    };
    // Both results, each as a run that nobody disturbs writes it.
    let contents = || -> Vec<(String, Vec<u8>)> {
        let data = fs::read_dir(own.join("dati")).unwrap().map(|entry| entry.unwrap().path());
        let files = data.chain([own.join("c.xlsx")]).filter(|path| !path.ends_with("impronte.sha256"));
        files
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap()))
            .collect()
    };
    let mut whole = BTreeSet::new();
    for month in ["2019-05", "2019-06"] {
        let output = run(month).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        whole.extend(contents());
    }
    let mut chance = 7_u32;
    for round in 0..4 {
        let mut child = run(["2019-05", "2019-06"][round % 2]).spawn().unwrap();
        if round < 3 {
            // In the middle of writing: a temporary file is there.
            while leftovers(own).is_empty() && child.try_wait().unwrap().is_none() {
                sleep(Duration::from_micros(200));
            }
            chance = chance.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            sleep(Duration::from_millis(u64::from(chance >> 16) % 25));
        } else {
            sleep(Duration::from_millis(150));
        }
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() || output.status.signal() == Some(9), "{}", said(&output));
        for file in contents().into_iter().filter(|(name, _)| !name.starts_with(".schede-")) {
            assert!(whole.contains(&file), "{} is neither of the two", file.0);
        }
    }
    // Nothing has to be mended by hand, whichever month comes next.
    let output = run("2019-05").output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(leftovers(own).is_empty() && leftovers(&own.join("dati")).is_empty());
    assert!(contents().into_iter().all(|file| whole.contains(&file)));
}

#[test]
fn a_disk_that_takes_no_more_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    received(folder.path());
    fs::write(folder.path().join("c.xlsx"), "").unwrap();
    let program = assert_cmd::cargo::cargo_bin("schede");
    // A limit on the size of files: it stops the writing wherever it is, told or killed.
    for (limit, trap) in [(0, "trap '' XFSZ;"), (16, "trap '' XFSZ;"), (1, "")] {
        let line = format!("{trap} ulimit -f {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.current_dir(folder.path()).args(["-c", &line]).arg(&program).args(words("2019-06", "c.xlsx"));
        let output = command.output().unwrap();
        let words = said(&output);
        if trap.is_empty() {
            assert!(output.status.signal().is_some(), "{words}");
        } else {
            assert_eq!(output.status.code(), Some(3), "{words}");
            assert!(
                words.contains("Non riesco a scrivere «c.xlsx»: il disco non ammette un file così grande"),
                "{words}"
            );
            assert!(leftovers(folder.path()).is_empty());
        }
        assert_eq!(fs::read(folder.path().join("c.xlsx")).unwrap(), b"");
    }
    let output = schede(folder.path(), &words("2019-06", "c.xlsx")).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(leftovers(folder.path()).is_empty(), "the next run takes away what the killed one left");
}

#[test]
fn what_is_no_place_for_a_result_is_told_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    received(folder.path());
    let own = folder.path();
    fs::create_dir(own.join("cartella.xlsx")).unwrap();
    fs::write(own.join("file"), "x").unwrap();
    fs::write(own.join("altro.xlsx"), "di un altro").unwrap();
    std::os::unix::fs::symlink("altro.xlsx", own.join("legame.xlsx")).unwrap();
    std::os::unix::fs::symlink("/dev/full", own.join("dispositivo.xlsx")).unwrap();
    let cases: &[(&[&str], i32, &str)] = &[
        (&words("2019-06", "cartella.xlsx"), 3, "«cartella.xlsx» esiste e non è un file"),
        (&words("2019-06", "dispositivo.xlsx"), 3, "«dispositivo.xlsx» esiste e non è un file"),
        (&words("2019-06", "manca/c.xlsx"), 3, "la cartella non esiste"),
        (&words("2019-06", "file/c.xlsx"), 3, "una parte del percorso non è una cartella"),
        (
            &words("2019-06", "legame.xlsx"),
            3,
            "«legame.xlsx» c'è già e non è un risultato di questo programma",
        ),
        #[cfg(target_os = "linux")]
        (&words("2019-06", "/proc/c.xlsx"), 3, "Non riesco a scrivere «/proc/c.xlsx»"),
        (
            &["consolida", "ricevuti", "--dati", "file/dati", "--mese", "2019-06"],
            3,
            "Non riesco a creare la cartella «file/dati»",
        ),
    ];
    for (arguments, code, wanted) in cases {
        let output = schede(own, arguments).output().unwrap();
        let words = said(&output);
        assert!(output.status.code() == Some(*code) && words.contains(wanted), "{arguments:?}: {words}");
    }
    assert_eq!(fs::read(own.join("altro.xlsx")).unwrap(), b"di un altro");
    assert!(own.join("legame.xlsx").is_symlink() && own.join("dispositivo.xlsx").is_symlink());
    assert!(fs::read_dir(own.join("cartella.xlsx")).unwrap().next().is_none() && leftovers(own).is_empty());
}

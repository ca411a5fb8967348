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
    // The data of a month take the place of another's only when that is asked.
    let fixed = ["consolida", "ricevuti", "-o", "c.xlsx", "--dati", "dati", "--sovrascrivi", "--mese"];
    let run = |month| schede(own, &[&fixed[..], &[month]].concat());
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
    for round in 0..3 {
        let mut child = run(["2019-05", "2019-06"][round % 2]).spawn().unwrap();
        if round < 2 {
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

/// The quickest of what is written: the plan for machines, by the same hand as every result.
fn plan(to: &str) -> [&str; 3] {
    ["piano", "--json", to]
}

#[test]
fn a_disk_that_takes_no_more_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path();
    assert!(schede(own, &plan("p.json")).status().unwrap().success());
    let before = fs::read(own.join("p.json")).unwrap();
    let program = assert_cmd::cargo::cargo_bin("schede");
    // A limit on the size of files: it stops the writing wherever it is, and the program is told or killed.
    for (limit, trap) in [(0, "trap '' XFSZ;"), (1, "trap '' XFSZ;"), (16, "trap '' XFSZ;"), (1, "")] {
        let line = format!("{trap} ulimit -f {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        let output =
            command.current_dir(own).args(["-c", &line]).arg(&program).args(plan("p.json")).output().unwrap();
        let words = said(&output);
        if trap.is_empty() {
            assert!(output.status.signal().is_some() && leftovers(own).len() == 1, "{words}");
        } else {
            let why = "Non riesco a scrivere «p.json»: il disco non ammette un file così grande";
            assert!(output.status.code() == Some(3) && words.contains(why), "{words}");
            assert!(leftovers(own).is_empty());
        }
        assert_eq!(fs::read(own.join("p.json")).unwrap(), before);
    }
    assert!(schede(own, &plan("p.json")).status().unwrap().success());
    assert!(leftovers(own).is_empty(), "the next run takes away what the killed one left");
}

#[test]
fn what_is_no_place_for_a_result_is_told_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path();
    fs::create_dir(own.join("cartella.json")).unwrap();
    fs::write(own.join("file"), "x").unwrap();
    fs::write(own.join("altro.json"), "di un altro").unwrap();
    std::os::unix::fs::symlink("altro.json", own.join("legame.json")).unwrap();
    std::os::unix::fs::symlink("/dev/full", own.join("dispositivo.json")).unwrap();
    for (to, why) in [
        ("cartella.json", "«cartella.json» esiste e non è un file"),
        ("dispositivo.json", "«dispositivo.json» esiste e non è un file"),
        ("manca/p.json", "la cartella non esiste"),
        ("file/p.json", "una parte del percorso non è una cartella"),
        ("legame.json", "«legame.json» c'è già e non è un risultato di questo programma"),
        #[cfg(target_os = "linux")]
        ("/proc/p.json", "Non riesco a scrivere «/proc/p.json»"),
    ] {
        let output = schede(own, &plan(to)).output().unwrap();
        let words = said(&output);
        assert!(output.status.code() == Some(3) && words.contains(why), "{to}: {words}");
    }
    assert_eq!(fs::read(own.join("altro.json")).unwrap(), b"di un altro");
    assert!(own.join("legame.json").is_symlink() && own.join("dispositivo.json").is_symlink());
    assert!(fs::read_dir(own.join("cartella.json")).unwrap().next().is_none() && leftovers(own).is_empty());
}

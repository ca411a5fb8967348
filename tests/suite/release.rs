//! What is released: the archive holds all that its own guides name, the tag is the version, the workflows do
//! what the gate does and ask for no more than they need.
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;

use crate::archivio::{TAKEN, VERSION, archive, checksum, files, notes, tagged};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(place: &str) -> String {
    fs::read_to_string(root().join(place)).unwrap()
}

/// The links of a text, but for those that leave the disk.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    all.filter(|link| !link.starts_with("http") && !link.starts_with('#'))
}

/// Where a link leads, from the folder of the file that has it.
fn target(place: &str, link: &str) -> String {
    let mut whole: Vec<String> = Vec::new();
    let folder = Path::new(place).parent().unwrap().join(link.split('#').next().unwrap());
    for part in folder.components() {
        match part {
            Component::ParentDir => drop(whole.pop().unwrap()),
            other => whole.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    whole.join("/")
}

#[test]
fn an_archive_holds_all_that_its_guides_name() {
    let files = files(root()).unwrap();
    for place in TAKEN {
        let inside = format!("{place}/");
        assert!(files.keys().any(|name| name == place || name.starts_with(&inside)), "{place}");
    }
    for place in [
        "docs/primo-mese.md",
        "docs/uffici.md",
        "templates/piano-2019.toml",
        "templates/schede-2019-urp.xlsx",
        "samples/2019-06/schede-2019-urp.xlsx",
        "completamenti/_schede.ps1",
        "man/schede.1",
        "man/schede-prova-controlli.1",
    ] {
        assert!(files.get(place).is_some_and(|bytes| !bytes.is_empty()), "{place}");
    }
    let mut seen = 0;
    for (place, bytes) in files.iter().filter(|(place, _)| place.ends_with(".md")) {
        for link in links(std::str::from_utf8(bytes).unwrap()) {
            let target = target(place, link);
            let folder = format!("{target}/");
            let there = files.keys().any(|name| *name == target || name.starts_with(&folder));
            assert!(there, "{place}: {link}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
    let odd = |place: &&String| place.contains("pycache") || place.contains("consolidato-");
    assert_eq!(files.keys().find(odd), None);
}

#[test]
fn an_archive_is_the_same_twice_and_its_program_may_be_run() {
    let files: BTreeMap<String, Vec<u8>> = [("README.md", "uno"), ("docs/è.md", "due")]
        .map(|(name, text)| (name.to_owned(), text.into()))
        .into();
    let make = || archive("schede-1", ("schede", b"programma"), &files).unwrap();
    assert!(make() == make());
    let mut zip = ZipArchive::new(Cursor::new(make())).unwrap();
    let mut told = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let year = file.last_modified().map(|date| date.year());
        told.push((file.name().unwrap().into_owned(), file.unix_mode().unwrap() & 0o777, year, text));
    }
    let row = |name: &str, mode, text: &str| (name.to_owned(), mode, Some(1980), text.to_owned());
    let wanted = [
        row("schede-1/schede", 0o755, "programma"),
        row("schede-1/README.md", 0o644, "uno"),
        row("schede-1/docs/è.md", 0o644, "due"),
    ];
    assert_eq!(told, wanted);
    // From `printf abc | sha256sum`.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.zip\n";
    assert_eq!(checksum("a.zip", b"abc"), abc);
}

#[test]
fn a_tag_is_that_of_the_version_and_the_changelog_knows_it() {
    assert!(tagged(&format!("v{VERSION}")).is_ok());
    for tag in ["", "v", VERSION, "v0.0.9", &format!("v{VERSION}-rc1"), &format!("V{VERSION}")] {
        assert!(tagged(tag).unwrap_err().to_string().contains("Cargo.toml"), "{tag}");
    }
    let said = notes(&text("CHANGELOG.md")).unwrap();
    assert!(said.len() > 200 && !said.contains("\n## "), "{said}");
    assert!(notes("# Changelog\n\n## 0.0.9\n\n- x\n").is_err());
    assert!(notes(&format!("# Changelog\n\n## {VERSION}\n\n## 0.0.9\n\n- x\n")).is_err(), "nothing to say");
    assert_eq!(notes(&format!("# C\n\n## {VERSION}\n\n- a\n\n## 0.0.9\n\n- x\n")).unwrap(), "- a\n");
}

fn workflows() -> Vec<(PathBuf, String)> {
    let inside = fs::read_dir(root().join(".github/workflows")).unwrap();
    inside
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn the_workflows_are_pinned_and_ask_for_little() {
    let all = workflows();
    assert_eq!(all.len(), 2);
    for (path, text) in &all {
        let name = path.display();
        for used in text.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: "))
        {
            if used.starts_with("./") {
                continue;
            }
            let (action, pin) = used.split_once('@').unwrap();
            let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{name}: {used}"));
            let hex = commit.len() == 40 && commit.bytes().all(|digit| digit.is_ascii_hexdigit());
            assert!(hex && !version.is_empty() && action.starts_with("actions/"), "{name}: {used}");
        }
        assert!(text.contains("\npermissions:\n  contents: read\n"), "{name}");
        let writes: Vec<&str> = text.lines().filter(|line| line.contains(": write")).collect();
        let may: &[&str] = if path.ends_with("release.yml") { &["      contents: write"] } else { &[] };
        assert_eq!(writes, may, "{name}");
        assert!(!text.contains("pull_request_target") && !text.contains("secrets."), "{name}");
        let kept = text.matches("persist-credentials: false").count();
        assert_eq!(kept, text.matches("actions/checkout@").count(), "{name}");
    }
}

/// A value with a colon and a blank in it ends the file for whoever reads YAML, and the workflow never
/// starts.
#[test]
fn no_plain_value_of_a_workflow_looks_like_a_key() {
    for (path, text) in workflows() {
        let plain = text
            .lines()
            .map(|line| line.trim_start_matches([' ', '-']))
            .filter(|line| !line.starts_with('#'));
        let wrong: Vec<&str> = plain
            .filter_map(|line| line.split_once(": "))
            .filter(|(key, value)| !key.contains(' ') && !value.starts_with(['"', '{', '[', '$']))
            .filter(|(_, value)| value.contains(": "))
            .map(|(_, value)| value)
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:#?}", path.display());
    }
}

/// The value of a key in a text of YAML, wherever it stands.
fn values<'t>(text: &'t str, key: &'t str) -> impl Iterator<Item = &'t str> {
    let after =
        move |line: &'t str| line.split(key).nth(1).map(|rest| rest.split([',', ' ', '}']).next().unwrap());
    text.lines().filter_map(after)
}

#[test]
fn what_is_released_is_what_passed_the_gate() {
    let (ci, release) = (text(".github/workflows/ci.yml"), text(".github/workflows/release.yml"));
    assert!(ci.contains("- run: .ci/run\n") && ci.contains("- run: cargo deny check\n"));
    assert!(release.contains("tags: [\"v*\"]") && release.contains("uses: ./.github/workflows/ci.yml"));
    assert!(release.contains("needs: gate") && release.contains("needs: build"));
    let (targets, deny): (Vec<&str>, String) = (values(&release, "{ target: ").collect(), text("deny.toml"));
    assert_eq!(targets.len(), 4);
    for system in ["windows", "linux", "apple"] {
        assert!(targets.iter().any(|target| target.contains(system)), "{system}");
    }
    for target in targets {
        assert!(deny.contains(&format!("\"{target}\"")), "{target} is not looked at by cargo deny");
    }
    let toolchain = |text: &str| values(text, "TOOLCHAIN: ").next().unwrap().to_owned();
    assert_eq!(toolchain(&ci), toolchain(&release));
    // The modules of the suite that other systems run are there.
    let line = ci.lines().find(|line| line.contains("--test suite -- ")).unwrap();
    for module in line.split(" -- ").nth(1).unwrap().split(' ') {
        let file = format!("tests/suite/{}.rs", module.split("::").next().unwrap());
        assert!(root().join(&file).is_file(), "{file}");
    }
}

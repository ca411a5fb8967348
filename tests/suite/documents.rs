//! What the documents say is true: the commands of the README run, the list of checks is that of the program,
//! what is quoted is said, every file named is there.
use std::fs;
use std::path::{Path, PathBuf};

use schede::check;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    text.split(start).nth(1).unwrap().split(end).next().unwrap()
}

/// The table of checks, from the list.
fn table() -> String {
    let mut lines = vec!["| codice | controllo | gravità |".to_owned(), "|---|---|---|".to_owned()];
    for rule in check::rules() {
        let page = check::check(rule.code).unwrap().page_name;
        lines.push(format!(
            "| [{}](../tests/checks/{page}) | {} | {} |",
            rule.code,
            rule.name,
            rule.severity.label()
        ));
    }
    lines.join("\n")
}

#[test]
fn the_list_of_checks_is_that_of_the_program() {
    const LIST: &str = "docs/controlli.md";
    let text = document(LIST);
    let written = between(&text, "<!-- controlli -->", "<!-- fine controlli -->").trim();
    if written != table() && std::env::var_os("SCHEDE_RIFAI_ELENCO").is_some() {
        return fs::write(root().join(LIST), text.replace(written, &table())).unwrap();
    }
    assert_eq!(written, table(), "make it again: SCHEDE_RIFAI_ELENCO=1 cargo test --test suite documents");
}

/// The documents at the root and in `docs/`, by their place.
fn documents() -> Vec<PathBuf> {
    let in_folder = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let all = in_folder(root()).chain(in_folder(root().join("docs")));
    all.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

#[test]
fn every_file_named_by_a_document_exists() {
    let mut seen = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("http") && !link.starts_with('#')) {
            assert!(path.parent().unwrap().join(link).exists(), "{}: {link}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 180, "{seen}");
}

#[test]
fn the_readme_is_of_two_screens_and_leads_to_every_guide() {
    let text = document("README.md");
    assert!(text.lines().count() <= 80, "{} lines", text.lines().count());
    for path in documents().iter().filter(|path| path.parent().unwrap().ends_with("docs")) {
        let name = format!("(docs/{})", path.file_name().unwrap().to_string_lossy());
        assert!(text.contains(&name), "{name}");
    }
}

#[test]
fn the_monthly_command_does_the_job() {
    let command = between(&document("README.md"), "```sh\ncargo run --release -- ", "\n").to_owned();
    assert_eq!(command, "consolida samples/2019-06");
    let out = tempfile::tempdir().unwrap();
    let mut arguments: Vec<String> = command.split(' ').map(str::to_owned).collect();
    arguments[1] = root().join(&arguments[1]).to_str().unwrap().to_owned();
    let output = assert_cmd::Command::cargo_bin("schede")
        .unwrap()
        .args(arguments)
        .current_dir(out.path())
        .output()
        .unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("giugno 2019") && said.contains("25 accettati"), "{said}");
    assert!(out.path().join("consolidato-2019-06.xlsx").exists());
    assert!(said.lines().count() <= 24, "the summary fits a screen");
    // What the documents quote of it is what it says.
    for name in ["README.md", "docs/campioni.md"] {
        for line in between(&document(name), "```text\n", "```").lines().filter(|line| !line.is_empty()) {
            assert!(said.contains(line), "{name}: {line}");
        }
    }
}

#[test]
fn the_test_command_is_the_gate_s() {
    let text = document("README.md");
    assert!(text.contains("```sh\ncargo test\n```"));
    let gate = fs::read_to_string(Path::new(&root()).join(".ci/run")).unwrap();
    assert!(gate.contains("\ncargo test "));
}

/// Words that no line may break: rows of tables in comments.
fn is_row(comment: &str) -> bool {
    comment.trim_start_matches(['/', '!', ' ']).starts_with('|')
}

#[test]
fn comments_are_as_wide_as_the_code() {
    const WIDTH: usize = 110;
    let mut folders =
        vec![root().join("src"), root().join("tests"), root().join("benches"), root().join("build")];
    let mut wide = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let long = |line: &&str| line.trim_start().starts_with("//") && line.chars().count() > WIDTH;
                let lines = text.lines().filter(long).filter(|line| !is_row(line.trim()));
                wide.extend(lines.map(|line| format!("{}: {line}", path.display())));
            }
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

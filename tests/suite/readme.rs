//! What the README says is true: its commands run, its table of checks is the list of checks.
#![expect(clippy::unwrap_used, reason = "helpers of tests stop at what is not as expected")]

use std::fs;
use std::path::{Path, PathBuf};

use schede::check;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
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
            "| [{}](tests/checks/{page}) | {} | {} |",
            rule.code,
            rule.name,
            rule.severity.label()
        ));
    }
    lines.join("\n")
}

#[test]
fn the_table_of_checks_is_the_list_of_checks() {
    let text = readme();
    let written = between(&text, "<!-- controlli -->", "<!-- fine controlli -->").trim();
    if written != table() && std::env::var_os("SCHEDE_RIFAI_README").is_some() {
        return fs::write(root().join("README.md"), text.replace(written, &table())).unwrap();
    }
    assert_eq!(written, table(), "make it again: SCHEDE_RIFAI_README=1 cargo test --test suite readme");
}

#[test]
fn every_file_named_by_the_readme_exists() {
    let text = readme();
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut seen = 0;
    for link in links.filter(|link| !link.starts_with("http")) {
        assert!(root().join(link).exists(), "{link}");
        seen += 1;
    }
    assert!(seen > 40);
}

#[test]
fn the_monthly_command_does_the_job() {
    let command = between(&readme(), "```sh\ncargo run --release -- ", "\n").to_owned();
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
    // What the README quotes of it is what it says.
    let text = readme();
    let quoted = between(&text, "<!-- campioni -->", "<!-- fine campioni -->");
    for line in between(quoted, "```text\n", "```").lines().filter(|line| !line.is_empty() && *line != "…")
    {
        assert!(said.contains(line), "{line}");
    }
}

#[test]
fn the_test_command_is_the_gate_s() {
    let text = readme();
    assert!(text.contains("```sh\ncargo test\n```"));
    let gate = fs::read_to_string(Path::new(&root()).join(".ci/run")).unwrap();
    assert!(gate.contains("\ncargo test "));
}

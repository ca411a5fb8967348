//! What a shell completes, and the manual pages: every command, and not a word of English.
use assert_cmd::Command;

fn schede(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("schede").unwrap().args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// The commands, as the help lists them.
fn commands() -> Vec<String> {
    let (_, help) = schede(&["--help"]);
    let list = help.split("Comandi:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let own = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(str::to_owned);
    list.lines().filter_map(own).map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn every_command_is_completed_and_has_its_page() {
    let commands = commands();
    assert!(commands.len() >= 11 && commands.contains(&"prova-controlli".to_owned()), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script) = schede(&["completamenti", shell]);
        assert_eq!(code, 0, "{script}");
        for word in commands.iter().map(String::as_str).chain(["precedente", "ritorni"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let (code, whole) = schede(&["manuale"]);
    assert_eq!(code, 0);
    for command in &commands {
        let (code, page) = schede(&["manuale", command]);
        let name = format!("schede\\-{}", command.replace('-', "\\-"));
        assert_eq!(code, 0, "{page}");
        assert!(page.contains(&format!(".SH NOME\n{name} \\- ")), "{page}");
        assert!(whole.contains(&name), "{name}");
    }
}

#[test]
fn the_pages_are_in_italian() {
    let pages: Vec<String> = commands()
        .iter()
        .map(|command| schede(&["manuale", command]).1)
        .chain([schede(&["manuale"]).1])
        .collect();
    let ours = ["NOME", "SINTASSI", "DESCRIZIONE", "ARGOMENTI", "OPZIONI", "COMANDI", "USCITA", "VERSIONE"];
    for page in &pages {
        let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        assert!(headings.len() >= 3 && headings.iter().all(|one| ours.contains(one)), "{headings:?}");
        for english in ["Print help", "Usage", "possible values", "default:", "[OPTIONS]", "Prints"] {
            assert!(!page.contains(english), "{english}: {page}");
        }
    }
}

#[test]
fn what_is_no_shell_and_no_command_is_said() {
    let (code, said) = schede(&["completamenti", "csh"]);
    assert!(code == 2 && said.contains("scrivi bash, zsh, fish, powershell o elvish"), "{said}");
    let (code, said) = schede(&["manuale", "messe"]);
    assert!(code == 2 && said.contains("Non c'è un comando «messe»") && said.contains("mese, "), "{said}");
}

//! The folder of what goes back, and the receipts in it, as the unit uses them.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use schede::reply::Receipt;

fn schede(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("schede").unwrap().args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// Consolidates a folder with its returns.
fn consolidated(input: &Path, folder: &Path, returns: &str, more: &[&str]) -> (i32, String) {
    let (issue, returns) = (folder.join("c.xlsx"), folder.join(returns));
    let fixed = ["consolida", input.to_str().unwrap(), "--mese", "2019-12", "-o", issue.to_str().unwrap()];
    schede(&[&fixed[..], &["--ritorni", returns.to_str().unwrap()], more].concat())
}

#[test]
fn the_folder_of_returns_is_written_again_and_never_over_others() {
    let folder = tempfile::tempdir().unwrap();
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/2019-12");
    let inside = |name: &str| folder.path().join("ritorni").join(name);
    let (code, said) = consolidated(&input, folder.path(), "ritorni", &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("3 cartelle da sistemare, 23 ricevute, 0 solleciti"), "{said}");
    let words = fs::read_to_string(inside("lettera-metrico.txt")).unwrap();
    assert!(words.matches('\n').count() > 5 && words.matches('\n').count() == words.matches("\r\n").count());
    assert!(inside("schede-2019-metrico.xlsx").exists() && !inside("ricevuta-metrico.txt").exists());
    assert!(inside("ricevuta-urp.txt").exists() && !inside("schede-2019-urp.xlsx").exists());
    let before = fs::read(inside("schede-2019-metrico.xlsx")).unwrap();
    assert_eq!(consolidated(&input, folder.path(), "ritorni", &[]).0, 0, "its own files are replaced");
    assert_eq!(fs::read(inside("schede-2019-metrico.xlsx")).unwrap(), before, "the same bytes");

    // An office has answered in the same folder: nothing is lost unasked.
    fs::write(inside("schede-2019-metrico.xlsx"), b"risposta dell'ufficio").unwrap();
    fs::remove_file(folder.path().join("c.xlsx")).unwrap();
    let (code, said) = consolidated(&input, folder.path(), "ritorni", &[]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("schede-2019-metrico.xlsx") && said.contains("--sovrascrivi"), "{said}");
    assert_eq!(fs::read(inside("schede-2019-metrico.xlsx")).unwrap(), b"risposta dell'ufficio");
    assert!(!folder.path().join("c.xlsx").exists(), "nothing is written at all");
    assert_eq!(consolidated(&input, folder.path(), "ritorni", &["--sovrascrivi"]).0, 0);
    assert_eq!(fs::read(inside("schede-2019-metrico.xlsx")).unwrap(), before);

    // Somebody's own folder, a file in the place of a folder, the folder that is read.
    fs::create_dir(folder.path().join("mia")).unwrap();
    fs::write(folder.path().join("mia/solleciti.txt"), "i miei appunti").unwrap();
    assert_eq!(consolidated(&input, folder.path(), "mia", &[]).0, 3);
    assert_eq!(fs::read_to_string(folder.path().join("mia/solleciti.txt")).unwrap(), "i miei appunti");
    assert_eq!(fs::read_dir(folder.path().join("mia")).unwrap().count(), 1);
    assert_eq!(consolidated(&input, folder.path(), "c.xlsx", &[]).0, 2);
    assert_eq!(consolidated(&input, folder.path(), "c.xlsx/dentro", &[]).0, 3);
    assert_eq!(consolidated(&input, folder.path(), input.to_str().unwrap(), &["--sovrascrivi"]).0, 2);
}

#[test]
fn an_issue_is_verified_against_the_receipts() {
    let folder = tempfile::tempdir().unwrap();
    let input = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/2019-12");
    assert_eq!(consolidated(&input, folder.path(), "ritorni", &[]).0, 0);
    let (issue, returns) = (folder.path().join("c.xlsx"), folder.path().join("ritorni"));
    let verify = |returns: &Path| {
        let (issue, input) = (issue.to_str().unwrap(), input.to_str().unwrap());
        schede(&["verifica", issue, input, "--ricevute", returns.to_str().unwrap()])
    };
    let (code, said) = verify(&returns);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("Ricevute: 23 su 23 come l'emissione") && said.contains("Senza ricevuta: 3 uffici ("),
        "{said}"
    );
    // One that is gone is missed: the list of the folder names it.
    let (gone, aside) = (returns.join("ricevuta-ri.txt"), folder.path().join("ri.txt"));
    fs::rename(&gone, &aside).unwrap();
    let (code, said) = verify(&returns);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("ricevuta-ri.txt: è nell'elenco impronte.sha256 e nella cartella non c'è più."),
        "{said}"
    );
    fs::rename(&aside, &gone).unwrap();
    // A receipt whose value somebody has changed, and one that somebody has made again after changing it.
    let path = returns.join("ricevuta-urp.txt");
    let own = fs::read_to_string(&path).unwrap();
    fs::write(&path, own.replace("S07.campagne;;1;invio;2019-02-12", "S07.campagne;;1;invio;2019-02-13"))
        .unwrap();
    let (code, said) = verify(&returns);
    assert!(code == 1 && said.contains("non è più come è stata consegnata"), "{said}");
    let mut receipt = Receipt::read(&own).unwrap();
    receipt.values.insert("S07.campagne;;1;invio".to_owned(), "2019-02-13".to_owned());
    fs::write(&path, receipt.text("ente", "urp")).unwrap();
    let (code, said) = verify(&returns);
    assert_eq!(code, 1);
    let difference = "S07.campagne;;1;invio: la ricevuta dice «2019-02-13», l'emissione «2019-02-12»";
    assert!(said.contains(difference), "{said}");
    assert_eq!(verify(&folder.path().join("vuota")).0, 3);
    assert_eq!(verify(&input).0, 3, "a folder without receipts");
}

//! The guide: every page is in its summary, every picture is of a sheet as it is today, and the first month
//! goes as it is told.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use schede::model::{VERSION, sha256};
use schede::read::read_bytes;
use tempfile::TempDir;

use crate::archivio::files;
use crate::release::root;
use crate::support::soffice::LibreOffice;

/// The page that a newcomer follows.
const FIRST_MONTH: &str = "docs/primo-mese.md";
/// Where the hashes stand of what the pictures were made from.
const SOURCES: &str = "docs/figure/fonti.csv";
/// When set, pictures that are stale are made again.
const AGAIN: &str = "SCHEDE_RIFAI_FIGURE";
/// The largest picture, in bytes.
const LARGEST: usize = 200_000;

fn text(place: &str) -> String {
    fs::read_to_string(root().join(place)).unwrap()
}

/// The files of `docs/` of one kind, by their place in it.
fn inside(kind: &str) -> BTreeSet<String> {
    let (mut found, mut folders) = (BTreeSet::new(), vec![root().join("docs")]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == kind) {
                let place = path.strip_prefix(root().join("docs")).unwrap();
                found.insert(place.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found
}

#[test]
fn every_page_is_in_the_summary_once_and_in_the_book() {
    let summary = text("docs/SUMMARY.md");
    let listed: Vec<&str> = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let mut pages = inside("md");
    pages.remove("SUMMARY.md");
    assert_eq!(listed.iter().map(|page| (*page).to_owned()).collect::<BTreeSet<_>>(), pages);
    assert_eq!(listed.len(), pages.len(), "twice in the summary");
    for line in summary.lines().filter(|line| line.contains("](")) {
        let (title, page) = line.split_once('[').unwrap().1.split_once("](").unwrap();
        let page = text(&format!("docs/{}", page.strip_suffix(')').unwrap()));
        assert!(page.starts_with("# ") && page.matches("\n# ").count() <= code_comments(&page), "{title}");
    }
    let book = text("book.toml").parse::<toml::Table>().unwrap();
    assert_eq!(book["book"]["src"].as_str(), Some("docs"));
    assert_eq!(book["book"]["language"].as_str(), Some("it"));
    assert!(text("README.md").contains("(docs/SUMMARY.md)"));
}

/// Lines that begin like a title and are comments of examples.
fn code_comments(page: &str) -> usize {
    page.split("```").skip(1).step_by(2).map(|code| code.matches("\n# ").count()).sum()
}

#[test]
fn every_picture_is_told_in_words_and_shown() {
    let pages = inside("md").into_iter().map(|page| format!("docs/{page}")).chain(["README.md".to_owned()]);
    let mut shown = BTreeSet::new();
    for page in pages {
        let text = text(&page);
        for picture in text.split("![").skip(1) {
            let (words, rest) = picture.split_once("](").unwrap();
            assert!(words.chars().count() > 40, "{page}: «{words}» does not tell what is to be seen");
            let place = Path::new(&page).parent().unwrap().join(rest.split(')').next().unwrap());
            shown.insert(place.strip_prefix("docs").unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
    assert_eq!(shown, inside("png"), "shown, and there");
    let known: BTreeSet<String> = PICTURES.iter().map(|picture| picture.name.to_owned()).collect();
    assert_eq!(shown, known, "shown, and made");
}

/// An archive of a release, as a newcomer opens it.
fn opened() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (place, bytes) in files(root()).unwrap() {
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What a line of the page does in the folder; what it says.
fn follow(line: &str, folder: &Path) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["./schede", arguments @ ..] => {
            let program = assert_cmd::cargo::cargo_bin("schede");
            let output = Command::new(program).current_dir(folder).args(arguments).output().unwrap();
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(output.status.success(), "{line}: {said}");
            said
        }
        ["cp", from, to] => {
            let from = folder.join(from.strip_suffix("/*.xlsx").unwrap());
            for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
                fs::copy(&path, folder.join(to).join(path.file_name().unwrap())).unwrap();
            }
            String::new()
        }
        _ => panic!("{line}: nobody can follow it"),
    }
}

#[test]
fn the_first_month_goes_as_it_is_told_and_pictured() {
    let (page, folder) = (text(FIRST_MONTH), opened());
    let (mut said, mut commands, mut quoted) = (String::new(), 0, 0);
    let mut blocks = page.split("```");
    blocks.next();
    while let Some(block) = blocks.next() {
        blocks.next();
        let (kind, lines) = block.split_once('\n').unwrap();
        match kind {
            "sh" => {
                for line in lines.lines() {
                    said = follow(line, folder.path());
                    commands += 1;
                }
            }
            "text" => {
                for line in lines.lines().filter(|line| !line.is_empty() && *line != "…") {
                    assert!(said.lines().any(|own| own.trim_end() == line), "not said: {line}\n{said}");
                    quoted += 1;
                }
            }
            other => panic!("a block of «{other}»"),
        }
    }
    assert!(commands >= 6 && quoted >= 12, "{commands} {quoted}");
    // The files that the page names are there when it is done.
    let named =
        page.split('`').skip(1).step_by(2).filter(|name| name.starts_with("2019/") && !name.contains('…'));
    let named: Vec<&str> = named.collect();
    assert!(named.len() >= 4, "{named:?}");
    for name in named {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    compare_pictures(&folder.path().join("2019"));
}

/// A picture of a sheet.
struct Picture {
    /// Its place in `docs/`.
    name: &'static str,
    /// The workbook, in the folder of the year.
    workbook: &'static str,
    sheet: &'static str,
    /// Words that stand together in a line of its page and of no page before it.
    line: [&'static str; 2],
    /// How much of the page is shown from the top, in hundredths.
    height: u32,
}

const PICTURES: [Picture; 4] = [
    Picture {
        name: "figure/istruzioni.png",
        workbook: "ricevuti/2019-06/schede-2019-unico_ambiente.xlsx",
        sheet: "Istruzioni",
        line: ["pagina 1 ", "Ambiente"],
        height: 94,
    },
    Picture {
        name: "figure/scheda.png",
        workbook: "ricevuti/2019-06/schede-2019-unico_ambiente.xlsx",
        sheet: "Scheda 4",
        line: ["Scheda 4 –", "Ambiente"],
        height: 56,
    },
    Picture {
        name: "figure/da-sistemare.png",
        workbook: "ritorni/2019-06/schede-2019-unico_ambiente.xlsx",
        sheet: "Da sistemare",
        line: ["Da sistemare ·", "giugno"],
        height: 38,
    },
    Picture {
        name: "sintesi.png",
        workbook: "consolidati/consolidato-2019-06.xlsx",
        sheet: "Sintesi",
        line: ["Sintesi", "Pagina "],
        height: 100,
    },
];

/// The hash of what a sheet shows: every cell with what is in it.
fn shown(workbook: &Path, sheet: &str) -> String {
    let book = read_bytes("cartella.xlsx", fs::read(workbook).unwrap()).content.unwrap();
    let sheet = book.sheets.iter().find(|own| own.name == sheet).unwrap();
    let mut told = String::new();
    for (at, cell) in &sheet.cells {
        writeln!(told, "{at} {:?}", cell.content).unwrap();
    }
    assert!(!told.contains(VERSION), "it would be stale at every change of the sources");
    sha256(told)
}

/// Compares the pictures with the sheets of the year that the page has made; makes stale ones again when
/// asked.
fn compare_pictures(year: &Path) {
    let path = |picture: &Picture| year.join(picture.workbook);
    let now: BTreeMap<&str, String> =
        PICTURES.iter().map(|picture| (picture.name, shown(&path(picture), picture.sheet))).collect();
    let written = fs::read_to_string(root().join(SOURCES)).unwrap_or_default();
    let then: BTreeMap<&str, &str> = written.lines().filter_map(|line| line.split_once(';')).collect();
    let is_stale = |picture: &&Picture| {
        let there = root().join("docs").join(picture.name).is_file();
        !there || then.get(picture.name) != Some(&now[picture.name].as_str())
    };
    let stale: Vec<&Picture> = PICTURES.iter().filter(is_stale).collect();
    if !stale.is_empty() && std::env::var_os(AGAIN).is_some() {
        let Some(office) = LibreOffice::in_italian(&["soffice", "pdftotext", "pdftoppm"]) else { return };
        for picture in stale {
            let [file] = [path(picture)];
            let to = root().join("docs").join(picture.name);
            office.draw(
                &file,
                &|line| picture.line.iter().all(|words| line.contains(words)),
                picture.height,
                &to,
            );
        }
        let list: String = now.iter().map(|(name, hash)| format!("{name};{hash}\n")).collect();
        return fs::write(root().join(SOURCES), list).unwrap();
    }
    let stale: Vec<&str> = stale.iter().map(|picture| picture.name).collect();
    assert_eq!(stale, Vec::<&str>::new(), "make them again: {AGAIN}=1 cargo test --test suite guide");
    for picture in &PICTURES {
        let size = fs::metadata(root().join("docs").join(picture.name)).unwrap().len();
        assert!(usize::try_from(size).unwrap() < LARGEST, "{}: {size} bytes", picture.name);
    }
}

/// What SECURITY.md says is kept and tested somewhere is there.
#[test]
fn what_is_promised_is_where_the_page_says() {
    let page = text("SECURITY.md");
    let mut sources = String::new();
    let mut folders: Vec<PathBuf> = vec![root().join("src"), root().join("tests/suite")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut seen = 0;
    for name in page.split('`').skip(1).step_by(2) {
        let is_path = name.starts_with("src/") || name.starts_with("tests/") || name.ends_with(".toml");
        let is_test = name.contains('_')
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            && name != "unsafe_code";
        if is_path {
            assert!(root().join(name).exists(), "{name}");
        } else if is_test {
            assert!(sources.contains(&format!("fn {name}()")), "{name}");
        }
        seen += usize::from(is_path || is_test);
    }
    assert!(seen > 25, "{seen}");
}

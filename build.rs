//! Gives the program a name for its own sources, so that two builds of one version can be told apart, and the
//! rules in the words of their pages.
//!
//! The name is SHA-256 over all that the program is made from, in order of path: the same sources give it on
//! every machine, whoever builds them, whenever.

#[path = "build/page.rs"]
mod page;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use page::Page;
use sha2::{Digest, Sha256};

/// What the program is made from.
const SOURCES: [&str; 7] =
    ["Cargo.lock", "Cargo.toml", "build.rs", "build", "src", "templates/piano-2019.toml", PAGES];

/// Where the pages of the checks are.
const PAGES: &str = "tests/checks";

/// Kinds of files in its folders that are sources.
const KINDS: [&str; 3] = ["rs", "md", "toml"];

/// Digits of the name.
const DIGITS: usize = 12;

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = BTreeMap::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        gather(&root, Path::new(source), &mut files)?;
    }
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("rules.rs"), rules(&files))?;
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(format!("{name}\n{}\n", bytes.len()));
        hash.update(bytes);
    }
    let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=SCHEDE_SOURCES={}", name.get(..DIGITS).unwrap_or(&name));
    Ok(())
}

/// The files under `path` with their bytes; line ends as on every machine.
fn gather(root: &Path, path: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    let whole = root.join(path);
    if !whole.is_dir() {
        let mut bytes = fs::read(&whole)?;
        bytes.retain(|byte| *byte != b'\r');
        files.insert(path.to_string_lossy().replace('\\', "/"), bytes);
        return Ok(());
    }
    for entry in fs::read_dir(&whole)? {
        let name = entry?.file_name();
        // What editors and systems leave behind is no source.
        let own = path.join(&name);
        let kind = own.extension().and_then(|extension| extension.to_str());
        if root.join(&own).is_dir() || kind.is_some_and(|kind| KINDS.contains(&kind)) {
            gather(root, &own, files)?;
        }
    }
    Ok(())
}

/// The rules and their pages, as Rust; a page that cannot be read stops the build.
fn rules(files: &BTreeMap<String, Vec<u8>>) -> String {
    let (mut rules, mut pages) = (String::new(), String::new());
    for (path, bytes) in files {
        let Some(file) = path.strip_prefix(PAGES).and_then(|rest| rest.strip_prefix('/')) else { continue };
        if file == "README.md" {
            continue;
        }
        match page::read(file, &String::from_utf8_lossy(bytes)) {
            Ok(page) => {
                rules.push_str(&rule(&page));
                pages.push_str(&text(file, &page));
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    println!("cargo::error={path}:{}: {}", mistake.line, mistake.what);
                }
            }
        }
    }
    format!("{rules}\npub(in crate::check) mod pages {{\n    use super::{{Doubt, Page}};\n\n{pages}}}\n")
}

fn rule(Page { code, name, severity, why, remedy, to_office, missing, .. }: &Page) -> String {
    let to_office = to_office.as_ref().unwrap_or(remedy);
    format!(
        "pub(in crate::check) static {code}: Rule = Rule {{ code: {code:?}, name: {name:?}, \
         severity: Severity::{severity}, why: {why:?}, remedy: {remedy:?}, to_office: {to_office:?}, missing: {missing} }};\n"
    )
}

fn text(file: &str, Page { code, doubt, told, .. }: &Page) -> String {
    format!(
        "    pub(in crate::check) const {code}: Page = Page {{ name: {file:?}, doubt: Doubt::{doubt}, \
         text: {told:?} }};\n"
    )
}

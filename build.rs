//! Gives the program a name for its own sources, so that two builds of one version can be told apart.
//!
//! The name is SHA-256 over all that the program is made from, in order of path: the same sources give it on every
//! machine, whoever builds them, whenever.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

/// What the program is made from.
const SOURCES: [&str; 6] =
    ["Cargo.lock", "Cargo.toml", "build.rs", "src", "templates/piano-2019.toml", "tests/checks"];

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

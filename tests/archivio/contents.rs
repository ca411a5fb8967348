//! What an archive of a release holds, and how it is made: the same bytes on every machine.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use schede::cli::{Exit, Speech, run};
use schede::model::{PROGRAM, sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, System, ZipWriter};

/// What goes wrong is said and ends the work.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// Files and folders of the repository, all of them; guides and what they lead to.
pub(crate) const TAKEN: [&str; 11] = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "docs",
    "samples",
    "templates",
    "tests/checks",
];

/// The independent calculation, that an evaluator may want to run.
const ORACLE: &str = "tests/oracle";

/// Shells with the names of their files.
const SHELLS: [(&str, &str); 4] =
    [("bash", "schede.bash"), ("zsh", "_schede"), ("fish", "schede.fish"), ("powershell", "_schede.ps1")];

/// Who may read a file, and run the program.
const PLAIN: u32 = 0o644;
const RUN: u32 = 0o755;

/// The version in Cargo.toml; a tag must be `v` and the same.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The files of an archive but for the program, by their place in it.
pub(crate) fn files(root: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for place in TAKEN.into_iter().chain([ORACLE]) {
        take(root, place, &mut files)?;
    }
    for (shell, name) in SHELLS {
        files.insert(format!("completamenti/{name}"), said(&["completamenti", shell])?);
    }
    files.insert(format!("man/{PROGRAM}.1"), said(&["manuale"])?);
    for command in commands()? {
        files.insert(format!("man/{PROGRAM}-{command}.1"), said(&["manuale", &command])?);
    }
    Ok(files)
}

fn take(root: &Path, place: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome<()> {
    let path = root.join(place);
    if path.is_file() {
        files.insert(place.to_owned(), fs::read(&path).map_err(|error| format!("{place}: {error}"))?);
        return Ok(());
    }
    for entry in fs::read_dir(&path).map_err(|error| format!("{place}: {error}"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // What editors, Python and LibreOffice leave behind.
        if !name.starts_with(['.', '~', '_']) {
            take(root, &format!("{place}/{name}"), files)?;
        }
    }
    Ok(())
}

/// What the program says.
fn said(words: &[&str]) -> Outcome<Vec<u8>> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let line = std::iter::once(PROGRAM).chain(words.iter().copied()).map(Into::into);
    match run(line, &mut Speech { out: &mut out, err: &mut err }) {
        Exit::Done => Ok(out),
        _ => Err(String::from_utf8_lossy(&err).into_owned().into()),
    }
}

/// The commands of the program, as its manual names them.
fn commands() -> Outcome<Vec<String>> {
    let page = String::from_utf8(said(&["manuale"])?)?.replace("\\-", "-");
    let own =
        |line: &str| Some(line.strip_prefix(PROGRAM)?.strip_prefix('-')?.strip_suffix("(1)")?.to_owned());
    Ok(page.lines().filter_map(own).collect())
}

/// An archive: one folder, files in order, no dates, the program may be run.
pub(crate) fn archive(
    folder: &str,
    program: (&str, &[u8]),
    files: &BTreeMap<String, Vec<u8>>,
) -> Outcome<Vec<u8>> {
    // Said as on Linux, wherever it is made: the bytes are the same, and who unpacks it may run the program.
    let plain =
        SimpleFileOptions::default().system(System::Unix).compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(format!("{folder}/{}", program.0), plain.unix_permissions(RUN))?;
    zip.write_all(program.1)?;
    for (place, bytes) in files {
        zip.start_file(format!("{folder}/{place}"), plain.unix_permissions(PLAIN))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The line by which `sha256sum -c` knows a file.
pub(crate) fn checksum(name: &str, bytes: &[u8]) -> String {
    format!("{}  {name}\n", sha256(bytes))
}

/// Refuses a tag that is not that of the version in Cargo.toml.
pub(crate) fn tagged(tag: &str) -> Outcome<()> {
    match tag.strip_prefix('v') {
        Some(VERSION) => Ok(()),
        _ => Err(format!("the tag is {tag}, the version in Cargo.toml is {VERSION}").into()),
    }
}

/// What CHANGELOG.md says of this version.
pub(crate) fn notes(changelog: &str) -> Outcome<String> {
    let own = changelog.split("\n## ").find_map(|part| part.strip_prefix(VERSION)?.strip_prefix('\n'));
    let own = own.map(str::trim).filter(|text| !text.is_empty());
    own.map(|text| format!("{text}\n"))
        .ok_or_else(|| format!("CHANGELOG.md says nothing of {VERSION}").into())
}

//! A file as it arrives: looked at from outside, read once, hashed, then opened.

use crate::model::sha256;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::kind::{Kind, kind, may_be_data, says_data};
use super::raw::{Incoming, RawWorkbook};
use super::refusal::Refusal;
use super::traits::Envelope;
use super::{again, cells, envelope, inspect, limits, ods};
use crate::model::visible;
use crate::package::{Archive, Flaw};

/// Reads the file at `path`; whatever is wrong with it is in the answer.
pub fn read_file(path: &Path) -> Incoming {
    read_whole(path).0
}

/// The same, and the bytes of the document, out of its signed envelope: none when it could not be read at
/// all.
pub fn read_document(path: &Path) -> (Incoming, Vec<u8>) {
    let (incoming, bytes) = read_whole(path);
    let document = envelope::opened(&bytes).ok().filter(|(_, layers)| *layers > 0);
    let document = document.map(|(document, _)| document.into_owned());
    (incoming, document.unwrap_or(bytes))
}

fn read_whole(path: &Path) -> (Incoming, Vec<u8>) {
    let name = name_of(path.file_name().unwrap_or(path.as_os_str()));
    match load(path, &name) {
        Ok(bytes) => (incoming(&name, &bytes), bytes),
        Err((size, refusal)) => {
            (Incoming { name, sha256: sha256([]), bytes: size, content: Err(refusal) }, Vec::new())
        }
    }
}

/// Reads the file at `path` where what the program has issued is expected: it may be greater than what an
/// office sends, and is then read as `read_again` does.
pub fn read_issue(path: &Path) -> Incoming {
    read_issue_document(path).0
}

/// The same, and the bytes of the document, as `read_document` gives them.
pub fn read_issue_document(path: &Path) -> (Incoming, Vec<u8>) {
    let (incoming, bytes) = read_document(path);
    if !matches!(&incoming.content, Err(Refusal::TooBig { .. })) {
        return (incoming, bytes);
    }
    match load_within(path, &incoming.name, limits::FILE_OF_OURS) {
        Ok(bytes) => {
            let again = read_issue_bytes(&incoming.name, &bytes);
            let document = envelope::opened(&bytes).ok().filter(|(_, layers)| *layers > 0);
            let document = document.map(|(document, _)| document.into_owned());
            (again, document.unwrap_or(bytes))
        }
        Err(_) => (incoming, bytes),
    }
}

/// Reads what the program has issued, whose bytes are already in hand.
pub fn read_issue_bytes(name: &str, bytes: &[u8]) -> Incoming {
    let incoming = incoming(name, bytes);
    let admitted = incoming.bytes <= limits::FILE_OF_OURS;
    if !admitted || !matches!(&incoming.content, Err(Refusal::TooBig { .. })) {
        return incoming;
    }
    let content = envelope::opened(bytes).map_err(Refusal::Envelope).and_then(|(document, layers)| {
        let mut book = again::whole(&document)?;
        book.traits.envelope = (layers > 0).then(|| Envelope { layers, sha256: sha256(&document) });
        Ok(book)
    });
    // Of what is no issue of ours either the first refusal is the one to tell.
    if content.is_ok() { Incoming { content, ..incoming } } else { incoming }
}

/// Reads a file whose bytes are already in hand.
pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Incoming {
    incoming(name, &bytes)
}

fn incoming(name: &str, bytes: &[u8]) -> Incoming {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let content = if is_temporary(name) {
        Err(Refusal::Temporary)
    } else if size > limits::FILE {
        Err(too_large(name, size))
    } else {
        open(name, bytes)
    };
    Incoming { name: name.to_owned(), sha256: sha256(bytes), bytes: size, content }
}

/// A file's name as it is shown everywhere: what cannot be seen in it, and the bytes that are no text, spelt
/// out.
fn name_of(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(&visible(chunk.valid()).replace(['\t', '\n', '\r'], "⟨ ⟩"));
        chunk.invalid().iter().for_each(|byte| shown.push_str(&format!("⟨{byte:02X}⟩")));
    }
    shown
}

/// Lock files of Excel and LibreOffice, hidden files, and those that the system leaves in folders.
pub fn is_temporary(name: &str) -> bool {
    let system = ["thumbs.db", "desktop.ini"];
    name.starts_with("~$") || name.starts_with('.') || system.contains(&name.to_lowercase().as_str())
}

fn too_large(name: &str, size: u64) -> Refusal {
    if !may_be_data(name) {
        return Refusal::Stray("altro");
    }
    Flaw::passed_bytes("dimensione del file", limits::FILE, Some(size)).into()
}

/// The bytes of a regular file of admitted size, or its size and why not.
fn load(path: &Path, name: &str) -> Result<Vec<u8>, (u64, Refusal)> {
    load_within(path, name, limits::FILE)
}

fn load_within(path: &Path, name: &str, most: u64) -> Result<Vec<u8>, (u64, Refusal)> {
    let data = path.metadata().map_err(|error| (0, unreadable(&error)));
    if is_temporary(name) {
        return Err((data.map_or(0, |data| data.len()), Refusal::Temporary));
    }
    let data = data?;
    if data.is_dir() {
        return Err((0, Refusal::Unreadable("è una cartella, non un file".to_owned())));
    }
    if !data.is_file() {
        return Err((0, Refusal::Unreadable("non è un file normale".to_owned())));
    }
    let size = data.len();
    if size > most {
        return Err((size, too_large(name, size)));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .map_err(|error| (size, unreadable(&error)))?;
    Ok(bytes)
}

/// Whether a file cannot be had because another program keeps it for itself, as Windows allows.
pub fn is_held_elsewhere(error: &std::io::Error) -> bool {
    cfg!(windows) && held_in_windows(error.raw_os_error())
}

/// The numbers of ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; no stable kind of error has their name.
fn held_in_windows(number: Option<i32>) -> bool {
    matches!(number, Some(32 | 33))
}

fn unreadable(error: &std::io::Error) -> Refusal {
    Refusal::Unreadable(match error.kind() {
        _ if is_held_elsewhere(error) => {
            "è aperto in un altro programma: va chiuso, e letto di nuovo".to_owned()
        }
        ErrorKind::NotFound => "il file non c'è".to_owned(),
        ErrorKind::PermissionDenied => "non c'è il permesso di leggerlo".to_owned(),
        _ => match error.raw_os_error() {
            // ELOOP; no stable kind of error has its name.
            Some(40) if cfg!(target_os = "linux") => "è un collegamento che rimanda a sé stesso".to_owned(),
            Some(number) => format!("errore {number} del sistema"),
            None => "errore di lettura".to_owned(),
        },
    })
}

/// The workbook in a file, signed or not.
fn open(name: &str, bytes: &[u8]) -> Result<RawWorkbook, Refusal> {
    let (document, layers) = envelope::opened(bytes).map_err(Refusal::Envelope)?;
    // A document under the name of a workbook is what somebody sent in its place.
    let mut workbook = workbook(name, &document).map_err(|refusal| match refusal {
        Refusal::Stray(kind) if says_data(name) => Refusal::OtherKind(kind),
        refusal => refusal,
    })?;
    workbook.traits.envelope = (layers > 0).then(|| Envelope { layers, sha256: sha256(&document) });
    Ok(workbook)
}

fn workbook(name: &str, bytes: &[u8]) -> Result<RawWorkbook, Refusal> {
    match kind(bytes) {
        Kind::Zip => package(bytes),
        Kind::Empty | Kind::Unknown if !may_be_data(name) => Err(Refusal::Stray("altro")),
        Kind::Empty => Err(Refusal::Damaged("il file è vuoto".to_owned())),
        Kind::Encrypted => Err(Refusal::Encrypted),
        Kind::Stray(stray) => Err(Refusal::Stray(stray)),
        Kind::Other(other) => Err(Refusal::OtherKind(other)),
        Kind::Unknown => {
            Err(Refusal::Damaged("il contenuto non è quello di una cartella di lavoro di Excel".to_owned()))
        }
    }
}

/// The workbook in a package.
fn package(bytes: &[u8]) -> Result<RawWorkbook, Refusal> {
    let mut archive = Archive::open(bytes)?;
    if inspect::is_open_document(&mut archive) {
        return ods::read(archive);
    }
    cells::read(inspect::inspect(archive)?)
}

#[cfg(test)]
mod tests {
    use super::{held_in_windows, is_held_elsewhere};

    #[test]
    fn a_file_kept_by_another_program_is_told_from_other_refusals() {
        assert!(held_in_windows(Some(32)) && held_in_windows(Some(33)));
        assert!([None, Some(0), Some(5), Some(31), Some(34)].iter().all(|number| !held_in_windows(*number)));
        // Elsewhere the same number is a broken pipe.
        assert_eq!(is_held_elsewhere(&std::io::Error::from_raw_os_error(32)), cfg!(windows));
    }
}

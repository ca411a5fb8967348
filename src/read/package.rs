//! The zip package looked at before calamine sees it: entries, names, real sizes, checksums, XML.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{self, passed, passed_bytes};
use super::raw::Refusal;
use super::traits::{BookTraits, SheetTraits};
use super::xml::Scan;

/// What the look at the package found out.
#[derive(Debug)]
pub(super) struct Package {
    /// Whether it carries macros.
    pub(super) macros: bool,
    /// Whether every cell says its own address.
    pub(super) addressed: bool,
    /// What the parts say of the workbook.
    pub(super) book: BookTraits,
    /// What they say of each sheet, in the workbook's order.
    pub(super) sheets: Vec<SheetTraits>,
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Bounds the package; refuses whatever calamine could not be trusted with.
pub(super) fn inspect(bytes: &[u8]) -> Result<Package, Refusal> {
    let (mut archive, names) = opened(bytes)?;
    if let Some(other) = other_kind(&mut archive, &names) {
        return Err(other);
    }
    let mut scan = Scan::default();
    each(&mut archive, &names, |name, part| scan.part(name, &part))?;
    let macros = names.iter().any(|name| name.to_lowercase().ends_with("vbaproject.bin"));
    let addressed = scan.addressed();
    let (mut book, sheets) = scan.finish();
    let link = |name: &&String| name.to_lowercase().starts_with("xl/externallinks/externallink");
    if book.links.is_empty() && names.iter().any(|name| link(&name)) {
        book.links.push(String::new());
    }
    Ok(Package { macros, addressed, book, sheets })
}

/// The parts of a package, within the same bounds.
pub(super) fn unpacked(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Refusal> {
    let (mut archive, names) = opened(bytes)?;
    let mut parts = BTreeMap::new();
    each(&mut archive, &names, |name, part| {
        parts.insert(name.to_owned(), part);
        Ok(())
    })?;
    Ok(parts)
}

/// The package and the names of its parts, when they are no trap.
fn opened(bytes: &[u8]) -> Result<(Archive<'_>, Vec<String>), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| damaged("il file è troncato o rovinato: manca l'indice finale del pacchetto"))?;
    if archive.len() > limits::ENTRIES {
        return Err(passed("numero di parti del file", count(limits::ENTRIES), count(archive.len())));
    }
    let names = names(&archive)?;
    if archive.has_duplicate_names() || archive.has_overlapping_files().unwrap_or(true) {
        return Err(damaged("le parti del pacchetto si ripetono o si sovrappongono"));
    }
    Ok((archive, names))
}

/// Takes every part, unpacked within the bounds.
fn each(
    archive: &mut Archive<'_>,
    names: &[String],
    mut take: impl FnMut(&str, Vec<u8>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut unpacked = 0;
    for (index, name) in names.iter().enumerate() {
        let part = inflate(archive, index, name, limits::UNPACKED - unpacked)?;
        unpacked += count(part.len());
        take(name, part)?;
    }
    Ok(())
}

/// The names of the parts, in order, when none is a trap.
fn names(archive: &Archive<'_>) -> Result<Vec<String>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name = name.map_err(|_| damaged("il nome di una parte del pacchetto non è valido"))?.into_owned();
        let folded = name.replace('\\', "/").to_lowercase();
        if folded.starts_with('/') || folded.contains(':') || folded.split('/').any(|step| step == "..") {
            return Err(damaged("il nome di una parte del pacchetto esce dal pacchetto"));
        }
        if !seen.insert(folded) {
            return Err(damaged("due parti del pacchetto hanno lo stesso nome"));
        }
        names.push(name);
    }
    if names.len() == archive.len() {
        Ok(names)
    } else {
        Err(damaged("due parti del pacchetto hanno lo stesso nome"))
    }
}

/// Which other kind of package this is; `None` for a workbook.
fn other_kind(archive: &mut Archive<'_>, names: &[String]) -> Option<Refusal> {
    let has = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("xl/workbook.bin") {
        return Some(Refusal::OtherKind("xlsb"));
    }
    if has("xl/workbook.xml") || (under("xl/worksheets/") && has("[Content_Types].xml")) {
        return None;
    }
    let mime = if has("mimetype") { beginning(archive, "mimetype") } else { String::new() };
    Some(match mime.as_str() {
        mime if mime.contains("opendocument.spreadsheet") => Refusal::OtherKind("ods"),
        mime if mime.contains("opendocument") => Refusal::Stray("documento di LibreOffice"),
        _ if under("word/") => Refusal::Stray("docx"),
        _ if under("ppt/") => Refusal::Stray("pptx"),
        _ => Refusal::OtherKind("zip"),
    })
}

fn beginning(archive: &mut Archive<'_>, name: &str) -> String {
    let mut text = Vec::new();
    let read = archive.by_name(name).map(|part| part.take(256).read_to_end(&mut text));
    if read.is_ok() { String::from_utf8_lossy(&text).into_owned() } else { String::new() }
}

/// A part inflated to its end, its size and checksum verified.
fn inflate(archive: &mut Archive<'_>, index: usize, name: &str, room: u64) -> Result<Vec<u8>, Refusal> {
    let part = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(_) => {
            damaged(&format!("la parte {name} è protetta o compressa in un modo insolito"))
        }
        _ => damaged(&format!("la parte {name} non si legge")),
    })?;
    let ratio_limit = part.compressed_size().saturating_mul(limits::RATIO).max(limits::GRACE);
    let mut content = Vec::new();
    let read = part.take(room.min(ratio_limit) + 1).read_to_end(&mut content);
    let size = count(content.len());
    if size > ratio_limit {
        return Err(Refusal::TooBig {
            what: "rapporto di compressione di una parte",
            limit: format!("{} volte", limits::RATIO),
            found: format!("oltre {} volte in {name}", limits::RATIO),
        });
    }
    if size > room {
        return Err(passed_bytes("dimensione del contenuto decompresso", limits::UNPACKED, None));
    }
    read.map_err(|_| damaged(&format!("la parte {name} è rovinata (la somma di controllo non torna)")))?;
    Ok(content)
}

fn damaged(what: &str) -> Refusal {
    Refusal::Damaged(what.to_owned())
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

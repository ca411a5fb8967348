//! The zip package looked at before calamine sees it: entries, names, real sizes, checksums, XML.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::index::{Index, folded};
use super::limits::{self, passed, passed_bytes};
use super::refusal::Refusal;
use super::repack::Repack;
use super::traits::{BookTraits, SheetTraits};
use super::xml::Scan;
use crate::model::quoted;

/// What the look at the package found out.
#[derive(Debug)]
pub(super) struct Package {
    /// The parts that the library reads, packed again for it.
    pub(super) plain: Vec<u8>,
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
    let own: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let index = index(&mut archive, &own)?;
    let mut scan = Scan::default();
    let mut repack = Repack::new(&index).map_err(|_| unpackable())?;
    each(&mut archive, &names, |name, part| {
        let own = folded(name);
        let role = index.role(&own);
        scan.part(name, &own, role, &part)?;
        repack.take(&own, role, &part).map_err(|_| unpackable())
    })?;
    let macros = own.iter().any(|name| name.ends_with("vbaproject.bin"));
    let addressed = scan.addressed();
    let (book, sheets) = scan.finish(&index);
    let plain = repack.finish().map_err(|_| unpackable())?;
    Ok(Package { plain, macros, addressed, book, sheets })
}

/// Where the parts with these folded names are.
fn index(archive: &mut Archive<'_>, own: &[String]) -> Result<Index, Refusal> {
    let places: BTreeMap<&str, usize> = own.iter().map(String::as_str).zip(0..).collect();
    let mut read = 0;
    Index::read(&own.iter().cloned().collect(), &mut |wanted| {
        let Some(place) = places.get(wanted) else { return Ok(None) };
        let part = inflate(archive, *place, wanted, limits::UNPACKED)?;
        read += count(part.len());
        if read > limits::BONDS {
            return Err(passed_bytes("dimensione dei rimandi fra le parti", limits::BONDS, None));
        }
        Ok(Some(part))
    })
}

fn unpackable() -> Refusal {
    damaged("le parti del pacchetto non si possono riunire")
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
    if archive.has_duplicate_names() {
        return Err(Refusal::Ambiguous("due parti del pacchetto hanno lo stesso nome".to_owned()));
    }
    if archive.has_overlapping_files().unwrap_or(true) {
        return Err(damaged("le parti del pacchetto si sovrappongono"));
    }
    same_names(bytes, &mut archive)?;
    Ok((archive, names))
}

/// Every part bears in front of its content the name that the index of the package gives it: some programs read the one, some
/// the other.
fn same_names(bytes: &[u8], archive: &mut Archive<'_>) -> Result<(), Refusal> {
    const NAME_LENGTH: usize = 26;
    const NAME: usize = 30;
    for index in 0..archive.len() {
        let part =
            archive.by_index_raw(index).map_err(|_| damaged("una parte del pacchetto non si legge"))?;
        let start = usize::try_from(part.header_start()).ok();
        let header = start.and_then(|start| bytes.get(start..)).unwrap_or_default();
        let length = header.get(NAME_LENGTH..NAME_LENGTH + 2).and_then(|two| <[u8; 2]>::try_from(two).ok());
        let length = usize::from(u16::from_le_bytes(length.unwrap_or_default()));
        let own = header.get(NAME..NAME + length).unwrap_or_default();
        if own != part.name_raw() {
            return Err(Refusal::Ambiguous(format!(
                "una parte del pacchetto ha due nomi: {} e {}",
                quoted(&String::from_utf8_lossy(own)),
                quoted(&String::from_utf8_lossy(part.name_raw()))
            )));
        }
    }
    Ok(())
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
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name = name.map_err(|_| damaged("il nome di una parte del pacchetto non è valido"))?.into_owned();
        let own = folded(&name);
        let outside = name.starts_with(['/', '\\']) || own.contains(':');
        if outside || own.split('/').any(|step| step == "..") {
            return Err(damaged("il nome di una parte del pacchetto esce dal pacchetto"));
        }
        if let Some(other) = seen.insert(own, name.clone()) {
            return Err(Refusal::Ambiguous(format!(
                "due parti del pacchetto hanno lo stesso nome: {} e {}",
                quoted(&other),
                quoted(&name)
            )));
        }
        names.push(name);
    }
    if names.len() == archive.len() {
        Ok(names)
    } else {
        Err(Refusal::Ambiguous("due parti del pacchetto hanno lo stesso nome".to_owned()))
    }
}

/// Which other kind of package this is; `None` for a workbook.
fn other_kind(archive: &mut Archive<'_>, names: &[String]) -> Option<Refusal> {
    let has = |wanted: &str| names.iter().any(|name| folded(name) == wanted);
    let under = |folder: &str| names.iter().any(|name| folded(name).starts_with(folder));
    if has("xl/workbook.bin") {
        return Some(Refusal::OtherKind("xlsb"));
    }
    if has("xl/workbook.xml") || (under("xl/worksheets/") && has("[content_types].xml")) {
        return None;
    }
    if beginning(archive, "[Content_Types].xml").to_lowercase().contains("spreadsheetml.sheet.main+xml") {
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

/// How much of a part is looked at to tell what the package is, in bytes.
const TYPES: u64 = 65_536;

fn beginning(archive: &mut Archive<'_>, name: &str) -> String {
    let mut text = Vec::new();
    let read = archive.by_name(name).map(|part| part.take(TYPES).read_to_end(&mut text));
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

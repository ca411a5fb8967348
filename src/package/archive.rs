//! A package opened within bounds: entries, names, real sizes, checksums.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::flaw::Flaw;
use super::index::Index;
use super::limits;
use super::name::folded;
use crate::model::quoted;

/// The parts of a package: name → bytes.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// The parts of a package, within the bounds of one that arrives.
///
/// # Errors
/// When it is no package, or passes a bound.
pub fn parts(bytes: &[u8]) -> Result<Parts, Flaw> {
    let mut parts = Parts::new();
    Archive::open(bytes)?.each(|name, part| {
        parts.insert(name.to_owned(), part);
        Ok::<(), Flaw>(())
    })?;
    Ok(parts)
}

/// A package that is no trap as far as its index tells: what its parts hold is bounded as it comes.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// When its index is damaged, passes a bound, or could be read in two ways.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            Flaw::damaged("il file è troncato o rovinato: manca l'indice finale del pacchetto")
        })?;
        if zip.len() > limits::PARTS {
            return Err(Flaw::passed("numero di parti del file", count(limits::PARTS), count(zip.len())));
        }
        let names = names(&zip)?;
        if zip.has_duplicate_names() {
            return Err(twice());
        }
        if zip.has_overlapping_files().unwrap_or(true) {
            return Err(Flaw::damaged("le parti del pacchetto si sovrappongono"));
        }
        same_names(bytes, &mut zip)?;
        Ok(Self { zip, names })
    }

    /// The names of its parts, in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// How much the parts say that they hold, as far as one asks for it at once.
    pub(crate) fn said(&mut self) -> usize {
        let parts = 0..self.zip.len();
        let sizes = parts.filter_map(|index| self.zip.by_index_raw(index).ok().map(|part| part.size()));
        let said = sizes.fold(0, u64::saturating_add).min(limits::AT_ONCE);
        usize::try_from(said).unwrap_or(0)
    }

    /// Takes every part, unpacked within the bounds.
    ///
    /// # Errors
    /// When a part is damaged or passes a bound, or `take` refuses it.
    pub fn each<E: From<Flaw>>(
        mut self,
        mut take: impl FnMut(&str, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut unpacked = 0;
        for (index, name) in self.names.iter().enumerate() {
            let part = inflate(&mut self.zip, index, name, limits::UNPACKED - unpacked)?;
            unpacked += count(part.len());
            take(name, part)?;
        }
        Ok(())
    }

    /// Where the parts of the workbook are.
    pub(crate) fn index(&mut self) -> Result<Index, Flaw> {
        let own: Vec<String> = self.names.iter().map(|name| folded(name)).collect();
        let places: BTreeMap<&str, usize> = own.iter().map(String::as_str).zip(0..).collect();
        let mut read = 0;
        Index::read(&own.iter().cloned().collect(), &mut |wanted| {
            let Some(place) = places.get(wanted) else { return Ok(None) };
            let part = inflate(&mut self.zip, *place, wanted, limits::UNPACKED)?;
            read += count(part.len());
            if read > limits::BONDS {
                return Err(Flaw::passed_bytes("dimensione dei rimandi fra le parti", limits::BONDS, None));
            }
            Ok(Some(part))
        })
    }

    /// The beginning of a part, at most so many bytes of it; nothing when it cannot be read.
    pub(crate) fn beginning(&mut self, name: &str, length: u64) -> String {
        let mut text = Vec::new();
        let read = self.zip.by_name(name).map(|part| part.take(length).read_to_end(&mut text));
        if read.is_ok() { String::from_utf8_lossy(&text).into_owned() } else { String::new() }
    }
}

fn twice() -> Flaw {
    Flaw::Ambiguous("due parti del pacchetto hanno lo stesso nome".to_owned())
}

/// Every part bears in front of its content the name that the index of the package gives it: some programs
/// read the one, some the other.
fn same_names(bytes: &[u8], archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Flaw> {
    const NAME_LENGTH: usize = 26;
    const NAME: usize = 30;
    for index in 0..archive.len() {
        let part =
            archive.by_index_raw(index).map_err(|_| Flaw::damaged("una parte del pacchetto non si legge"))?;
        let start = usize::try_from(part.header_start()).ok();
        let header = start.and_then(|start| bytes.get(start..)).unwrap_or_default();
        let length = header.get(NAME_LENGTH..NAME_LENGTH + 2).and_then(|two| <[u8; 2]>::try_from(two).ok());
        let length = usize::from(u16::from_le_bytes(length.unwrap_or_default()));
        let own = header.get(NAME..NAME + length).unwrap_or_default();
        if own != part.name_raw() {
            return Err(Flaw::Ambiguous(format!(
                "una parte del pacchetto ha due nomi: {} e {}",
                quoted(&String::from_utf8_lossy(own)),
                quoted(&String::from_utf8_lossy(part.name_raw()))
            )));
        }
    }
    Ok(())
}

/// The names of the parts, in order, when none is a trap.
fn names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, Flaw> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::new();
    for name in archive.file_names() {
        let name =
            name.map_err(|_| Flaw::damaged("il nome di una parte del pacchetto non è valido"))?.into_owned();
        let own = folded(&name);
        let outside = name.starts_with(['/', '\\']) || own.contains(':');
        if outside || own.split('/').any(|step| step == "..") {
            return Err(Flaw::damaged("il nome di una parte del pacchetto esce dal pacchetto"));
        }
        if let Some(other) = seen.insert(own, name.clone()) {
            return Err(Flaw::Ambiguous(format!(
                "due parti del pacchetto hanno lo stesso nome: {} e {}",
                quoted(&other),
                quoted(&name)
            )));
        }
        names.push(name);
    }
    if names.len() == archive.len() { Ok(names) } else { Err(twice()) }
}

/// A part inflated to its end, its size and checksum verified.
fn inflate(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
    room: u64,
) -> Result<Vec<u8>, Flaw> {
    let part = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(_) => {
            Flaw::damaged(format!("la parte {name} è protetta o compressa in un modo insolito"))
        }
        _ => Flaw::damaged(format!("la parte {name} non si legge")),
    })?;
    let ratio_limit = part.compressed_size().saturating_mul(limits::RATIO).max(limits::GRACE);
    // What a part says of its size is believed as far as it costs little.
    let said = part.size().min(room).min(ratio_limit).min(limits::AT_ONCE);
    let mut content = Vec::with_capacity(usize::try_from(said).unwrap_or(0));
    let read = part.take(room.min(ratio_limit) + 1).read_to_end(&mut content);
    let size = count(content.len());
    if size > ratio_limit {
        return Err(Flaw::TooBig {
            what: "rapporto di compressione di una parte",
            limit: format!("{} volte", limits::RATIO),
            found: format!("oltre {} volte in {name}", limits::RATIO),
        });
    }
    if size > room {
        return Err(Flaw::passed_bytes("dimensione del contenuto decompresso", limits::UNPACKED, None));
    }
    read.map_err(|_| Flaw::damaged(format!("la parte {name} è rovinata (la somma di controllo non torna)")))?;
    Ok(content)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

//! A package opened within bounds: entries, names, real sizes, checksums.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;
use zip::read::ZipFile;
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
    /// How much all its parts may hold, in bytes.
    room: u64,
}

impl<'a> Archive<'a> {
    /// Opens a package.
    ///
    /// # Errors
    /// When its index is damaged, passes a bound, or could be read in two ways.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Flaw> {
        Self::within(bytes, limits::UNPACKED)
    }

    /// Opens a package that is said to be one that this program has written: it may hold more than one that
    /// arrives, in proportion to its size.
    ///
    /// # Errors
    /// As `open`.
    pub(crate) fn open_ours(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let grown = count(bytes.len()).saturating_mul(limits::GROWTH_OF_OURS);
        Self::within(bytes, grown.clamp(limits::UNPACKED, limits::UNPACKED_OF_OURS))
    }

    fn within(bytes: &'a [u8], room: u64) -> Result<Self, Flaw> {
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
        Ok(Self { zip, names, room })
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
            let part = inflate(&mut self.zip, index, name, self.room - unpacked, self.room)?;
            unpacked += count(part.len());
            take(name, part)?;
        }
        Ok(())
    }

    /// Takes every part but those that `long` names, which stay packed: they are not counted.
    ///
    /// # Errors
    /// As `each`; what is taken at once is bounded as in a package that arrives.
    pub(crate) fn each_but<E: From<Flaw>>(
        &mut self,
        long: impl Fn(&str) -> bool,
        mut take: impl FnMut(&str, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut unpacked = 0;
        for (index, name) in self.names.iter().enumerate().filter(|(_, name)| !long(name)) {
            let part = inflate(&mut self.zip, index, name, limits::UNPACKED - unpacked, limits::UNPACKED)?;
            unpacked += count(part.len());
            take(name, part)?;
        }
        self.room = self.room.saturating_sub(unpacked);
        Ok(())
    }

    /// Takes a part piece by piece, each up to the last `end` in it, the last one to its end: what is held at
    /// once is one of them, however long the part is. What was taken counts only when all of it was.
    ///
    /// # Errors
    /// When the part is not there, is damaged or passes a bound, or `take` refuses a piece.
    pub(crate) fn pieces<E: From<Flaw>>(
        &mut self,
        name: &str,
        end: &str,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        let place = self.names.iter().position(|own| own == name);
        let place = place.ok_or_else(|| Flaw::damaged(format!("manca la parte {name}")))?;
        let (whole, room) = (limits::UNPACKED_OF_OURS, self.room);
        let mut part = opened(&mut self.zip, place, name)?;
        let bound = Bound::of(&part, room, whole);
        let (mut held, mut size) = (Vec::with_capacity(2 * STEP), 0_u64);
        loop {
            let read = (&mut part).take(count(STEP)).read_to_end(&mut held).map_err(|_| spoiled(name))?;
            size += count(read);
            bound.holds(size, name)?;
            let ready = if read == 0 {
                held.len()
            } else {
                memmem::rfind(&held, end.as_bytes()).map_or(0, |at| at + end.len())
            };
            let text = held.get(..ready).and_then(|ready| std::str::from_utf8(ready).ok());
            take(text.ok_or_else(|| Flaw::damaged(format!("la parte {name} non è in UTF-8")))?)?;
            held.drain(..ready);
            if read == 0 {
                break;
            }
            if held.len() > limits::WINDOW {
                return Err(Flaw::passed_bytes("dimensione di una riga", count(limits::WINDOW), None).into());
            }
        }
        self.room = room.saturating_sub(size);
        Ok(())
    }

    /// Where the parts of the workbook are.
    pub(crate) fn index(&mut self) -> Result<Index, Flaw> {
        let own: Vec<String> = self.names.iter().map(|name| folded(name)).collect();
        let places: BTreeMap<&str, usize> = own.iter().map(String::as_str).zip(0..).collect();
        let mut read = 0;
        Index::read(&own.iter().cloned().collect(), &mut |wanted| {
            let Some(place) = places.get(wanted) else { return Ok(None) };
            let part = inflate(&mut self.zip, *place, wanted, limits::UNPACKED, limits::UNPACKED)?;
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

/// How much of a part is unpacked at once, in bytes.
const STEP: usize = 1_048_576;

/// A part to be unpacked.
fn opened<'z, 'a>(
    archive: &'z mut ZipArchive<Cursor<&'a [u8]>>,
    index: usize,
    name: &str,
) -> Result<ZipFile<'z, Cursor<&'a [u8]>>, Flaw> {
    archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(_) => {
            Flaw::damaged(format!("la parte {name} è protetta o compressa in un modo insolito"))
        }
        _ => Flaw::damaged(format!("la parte {name} non si legge")),
    })
}

fn spoiled(name: &str) -> Flaw {
    Flaw::damaged(format!("la parte {name} è rovinata (la somma di controllo non torna)"))
}

/// How much a part may hold.
struct Bound {
    /// By its size when packed.
    ratio: u64,
    /// By what the others hold.
    room: u64,
    /// The bound of them all.
    whole: u64,
}

impl Bound {
    fn of<R: Read>(part: &ZipFile<'_, R>, room: u64, whole: u64) -> Self {
        let ratio = part.compressed_size().saturating_mul(limits::RATIO).max(limits::GRACE);
        Self { ratio, room, whole }
    }

    /// The lesser of the two.
    fn least(&self) -> u64 {
        self.room.min(self.ratio)
    }

    /// Refuses a part that holds so much.
    fn holds(&self, size: u64, name: &str) -> Result<(), Flaw> {
        if size > self.ratio {
            return Err(Flaw::TooBig {
                what: "rapporto di compressione di una parte",
                limit: format!("{} volte", limits::RATIO),
                found: format!("oltre {} volte in {name}", limits::RATIO),
            });
        }
        if size > self.room {
            return Err(Flaw::passed_bytes("dimensione del contenuto decompresso", self.whole, None));
        }
        Ok(())
    }
}

/// A part inflated to its end, its size and checksum verified; of all the parts, which may hold `whole`, the
/// others leave it `room`.
fn inflate(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
    room: u64,
    whole: u64,
) -> Result<Vec<u8>, Flaw> {
    let part = opened(archive, index, name)?;
    let bound = Bound::of(&part, room, whole);
    // What a part says of its size is believed as far as it costs little.
    let said = part.size().min(bound.least()).min(limits::AT_ONCE);
    let mut content = Vec::with_capacity(usize::try_from(said).unwrap_or(0));
    let read = part.take(bound.least() + 1).read_to_end(&mut content);
    bound.holds(count(content.len()), name)?;
    read.map_err(|_| spoiled(name))?;
    Ok(content)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

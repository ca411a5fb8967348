//! Packages written: the same parts give the same bytes.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use super::flaw::Flaw;

/// A package in the making: parts in the order in which they come, not compressed, without a time of their
/// own.
pub struct Writer(ZipWriter<Cursor<Vec<u8>>>);

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A package without parts.
    pub fn new() -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// The same, with room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self(ZipWriter::new(Cursor::new(Vec::with_capacity(bytes))))
    }

    /// Puts a remark in the package itself, beside its parts.
    pub(crate) fn remark(&mut self, remark: &str) -> Result<(), Flaw> {
        self.0.set_raw_comment(remark.as_bytes().into()).map_err(unwritten)
    }

    /// Adds a part.
    ///
    /// # Errors
    /// When it cannot be written: a name that is there already.
    pub fn put(&mut self, name: &str, content: &[u8]) -> Result<(), Flaw> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.0.start_file(name, options).map_err(unwritten)?;
        self.0.write_all(content).map_err(|error| unwritten(ZipError::Io(error)))
    }

    /// The package.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<Vec<u8>, Flaw> {
        Ok(self.0.finish().map_err(unwritten)?.into_inner())
    }
}

fn unwritten(error: ZipError) -> Flaw {
    Flaw::Damaged(format!("il pacchetto non si scrive: {error}"))
}

/// A package of ours with some texts written again: the parts that `touched` names, each as `change` makes
/// it; the others pass as they are, compressed bytes and all.
///
/// # Errors
/// When it is no package, or `change` refuses a text.
pub(crate) fn rewritten<E: From<Flaw>>(
    bytes: Vec<u8>,
    touched: impl Fn(&str) -> bool,
    change: impl Fn(&str, &str) -> Result<String, E>,
) -> Result<Vec<u8>, E> {
    let (room, failed) = (bytes.len(), |error| E::from(unwritten(error)));
    let mut from = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    for index in 0..from.len() {
        let Some((name, options)) = passed(&mut from, index, &mut to, &touched).map_err(failed)? else {
            continue;
        };
        let text = text(&mut from, index).map_err(failed)?;
        let text = change(&name, &text)?;
        let written = to.start_file(name, options).and_then(|()| Ok(to.write_all(text.as_bytes())?));
        written.map_err(failed)?;
    }
    Ok(to.finish().map_err(failed)?.into_inner())
}

/// How an entry of a package's index begins, and its length without name and remarks.
const ENTRY: [u8; 4] = *b"PK\x01\x02";
const ENTRY_LENGTH: usize = 46;
/// How the end of the index begins.
const END: [u8; 4] = *b"PK\x05\x06";
/// The system that is said to have written a part, and a part's rights: the same wherever it was.
const SYSTEM: u8 = 3;
const RIGHTS: u32 = 0o100_600 << 16;

/// A package of ours whose index says the same on every machine: the library writes in it the system that it
/// runs on, and who makes an issue again elsewhere would get other bytes.
///
/// # Errors
/// When it is no package.
pub(crate) fn as_everywhere(mut bytes: Vec<u8>) -> Result<Vec<u8>, Flaw> {
    let lost = || Flaw::Damaged("il pacchetto non si scrive: manca l'indice".to_owned());
    let end = bytes.windows(END.len()).rposition(|four| four == END).ok_or_else(lost)?;
    let tail = bytes.get(end..).and_then(|tail| tail.first_chunk::<22>()).ok_or_else(lost)?;
    let count = u16::from_le_bytes([tail[10], tail[11]]);
    let mut at =
        usize::try_from(u32::from_le_bytes([tail[16], tail[17], tail[18], tail[19]])).map_err(|_| lost())?;
    for _ in 0..count {
        let entry = bytes.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<ENTRY_LENGTH>());
        let entry = entry.filter(|entry| entry.starts_with(&ENTRY)).ok_or_else(lost)?;
        entry[5] = SYSTEM;
        entry[38..42].copy_from_slice(&RIGHTS.to_le_bytes());
        let more = [[entry[28], entry[29]], [entry[30], entry[31]], [entry[32], entry[33]]];
        at += ENTRY_LENGTH + more.map(|length| usize::from(u16::from_le_bytes(length))).iter().sum::<usize>();
    }
    Ok(bytes)
}

/// Passes a part on as it is; its name and how it is to be written, when it is touched.
fn passed(
    from: &mut ZipArchive<Cursor<Vec<u8>>>,
    index: usize,
    to: &mut ZipWriter<Cursor<Vec<u8>>>,
    touched: impl Fn(&str) -> bool,
) -> Result<Option<(String, SimpleFileOptions)>, ZipError> {
    let part = from.by_index_raw(index)?;
    let name = part.name()?.into_owned();
    if !touched(&name) {
        to.raw_copy_file(part)?;
        return Ok(None);
    }
    // As all the others: deflated, and without a time of its own.
    let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    if let Some(mode) = part.unix_mode() {
        options = options.unix_permissions(mode);
    }
    if let Some(time) = part.last_modified() {
        options = options.last_modified_time(time);
    }
    Ok(Some((name, options)))
}

fn text(from: &mut ZipArchive<Cursor<Vec<u8>>>, index: usize) -> Result<String, ZipError> {
    let mut text = String::new();
    from.by_index(index)?.read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::{Cursor, Flaw, ZipArchive, as_everywhere, rewritten};

    /// What the same workbook is when it is written on Windows: the system is 0, and a part written again has
    /// other rights.
    fn on_windows(bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let entries: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, four)| *four == b"PK\x01\x02")
            .map(|(at, _)| at)
            .collect();
        for (number, at) in entries.into_iter().enumerate() {
            bytes[at + 5] = 0;
            if number % 3 == 0 {
                bytes[at + 40] = 0xb4;
            }
        }
        bytes
    }

    #[test]
    fn a_package_is_the_same_on_every_machine() {
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "uno").unwrap();
        let written = as_everywhere(book.save_to_buffer().unwrap()).unwrap();
        let other = on_windows(&written);
        assert!(other != written, "the index is there");
        assert!(as_everywhere(other).unwrap() == written);
        assert!(parts(&written).iter().all(|part| part.2 == Some(0o100_600)), "read as it was");
        for broken in [Vec::new(), b"PK\x05\x06".to_vec(), written[..written.len() - 30].to_vec()] {
            assert!(matches!(as_everywhere(broken), Err(Flaw::Damaged(_))));
        }
        let mut moved = written;
        let end = moved.len() - 6;
        moved[end] ^= 1;
        assert!(as_everywhere(moved).is_err(), "an index that is somewhere else");
    }

    type Part = (String, Option<zip::DateTime>, Option<u32>, zip::CompressionMethod, u32);

    fn parts(bytes: &[u8]) -> Vec<Part> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let part = |index: usize| {
            let part = archive.by_index_raw(index).unwrap();
            let name = part.name().unwrap().into_owned();
            (name, part.last_modified(), part.unix_mode(), part.compression(), part.crc32())
        };
        (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
    }

    #[test]
    fn one_part_changes_and_the_others_pass_as_they_are() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "perché").unwrap();
        let before = workbook.save_to_buffer().unwrap();
        let is_core = |name: &str| name == "docProps/core.xml";
        let again = || rewritten::<Flaw>(before.clone(), is_core, |_, text| Ok(format!("{text}!")));
        let after = again().unwrap();
        let (had, has) = (parts(&before), parts(&after));
        assert_eq!(had.len(), has.len());
        for (one, other) in had.iter().zip(&has) {
            assert_eq!((&one.0, one.1, one.2, one.3), (&other.0, other.1, other.2, other.3));
            assert_eq!(one.4 == other.4, !is_core(&one.0), "{}", one.0);
        }
        assert_eq!(after, again().unwrap());
        let refused = Flaw::Damaged("no".to_owned());
        assert_eq!(rewritten(before.clone(), is_core, |_, _| Err(refused.clone())), Err(refused));
    }
}

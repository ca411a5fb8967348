//! The bytes of a settings file as text, whatever the editor: its encoding, its mark at the beginning, its
//! line ends.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a settings file was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark: as it should be.
    Utf8,
    /// UTF-16, which Windows calls «Unicode».
    Utf16,
    /// Windows-1252, which Windows calls «ANSI»: nothing in the file says so.
    Windows1252,
}

/// A settings file as text: line ends are `\n`, there is no mark at the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// How it was encoded.
    pub encoding: Encoding,
}

/// Why bytes are not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// Something else: a workbook, an image.
    NotText,
    /// UTF-8 with other bytes in it, the first ones on this line (from 1).
    Mixed(usize),
}

/// Reads bytes as UTF-8, as UTF-16, or else as Windows-1252.
///
/// # Errors
/// When they are no text, or a text in two encodings: reading it would change letters in silence.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecodable> {
    let (text, encoding) = match (std::str::from_utf8(bytes), wide(bytes)) {
        (_, Some(text)) => (text.ok_or(Undecodable::NotText)?, Encoding::Utf16),
        (Ok(text), None) => (Cow::Borrowed(text), Encoding::Utf8),
        (Err(_), None) => (narrow(bytes)?, Encoding::Windows1252),
    };
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if encoding != Encoding::Utf8 && text.contains(control) || text.contains('\0') {
        return Err(Undecodable::NotText);
    }
    Ok(Decoded { text: plain(&text).into_owned(), encoding })
}

/// A text without the mark at its beginning, with `\n` at the end of every line.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    // Without any other line end, it is the one of old Macs; else it is a mistake, and TOML tells it.
    Cow::Owned(if text.contains('\n') { text } else { text.replace('\r', "\n") })
}

/// The text when it is UTF-16: by its mark, or because every second byte at its beginning is zero;
/// `Some(None)` when it begins so and is not.
fn wide(bytes: &[u8]) -> Option<Option<Cow<'_, str>>> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [1..=255, 0, 1..=255, 0, ..] => UTF_16LE,
        [0xfe, 0xff, ..] | [0, 1..=255, 0, 1..=255, ..] => UTF_16BE,
        _ => return None,
    };
    Some(encoding.decode_without_bom_handling_and_without_replacement(bytes))
}

/// Bytes that are not UTF-8, as Windows-1252.
fn narrow(bytes: &[u8]) -> Result<Cow<'_, str>, Undecodable> {
    let (mut accented, mut stray, mut first) = (0, 0, None);
    let mut read = 0;
    for chunk in bytes.utf8_chunks() {
        accented += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        read += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            stray += 1;
            first = first.or(Some(read));
        }
        read += chunk.invalid().len();
    }
    // A few pairs of Windows-1252 happen to be letters of UTF-8: what is more in the file decides.
    if accented > stray {
        let before = bytes.get(..first.unwrap_or_default()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        return Err(Undecodable::Mixed(line));
    }
    Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

#[cfg(test)]
mod tests {
    use super::{Decoded, Encoding, Undecodable, decode, plain};

    const TEXT: &str = "# Unità – «performance»\nente = \"CCIAA\"\n";

    fn wide(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    fn read(bytes: &[u8]) -> (String, Encoding) {
        let Decoded { text, encoding } = decode(bytes).unwrap();
        (text, encoding)
    }

    #[test]
    fn every_encoding_of_windows_gives_the_same_text() {
        let expected = |encoding| (TEXT.to_owned(), encoding);
        assert_eq!(read(TEXT.as_bytes()), expected(Encoding::Utf8));
        assert_eq!(read(format!("\u{feff}{TEXT}").as_bytes()), expected(Encoding::Utf8));
        for mark in [true, false] {
            assert_eq!(read(&wide(TEXT, mark, u16::to_le_bytes)), expected(Encoding::Utf16));
            assert_eq!(read(&wide(TEXT, mark, u16::to_be_bytes)), expected(Encoding::Utf16));
        }
        // 0xe0 is à, 0x96 is –, 0xab and 0xbb are « and » in Windows-1252.
        let ansi = b"# Unit\xe0 \x96 \xabperformance\xbb\nente = \"CCIAA\"\n";
        assert_eq!(read(ansi), expected(Encoding::Windows1252));
    }

    #[test]
    fn line_ends_are_one() {
        for text in ["a = 1\r\nb = 2\r\n", "a = 1\rb = 2\r", "\u{feff}a = 1\nb = 2\n"] {
            assert_eq!(plain(text), "a = 1\nb = 2\n", "{text:?}");
        }
        assert_eq!(plain("a = 1\rb = 2\n"), "a = 1\rb = 2\n", "one stray sign is no line end");
        let wide = wide(&TEXT.replace('\n', "\r\n"), true, u16::to_le_bytes);
        assert_eq!(read(&wide).0, TEXT);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xe0\x1f"), Err(Undecodable::NotText));
        assert_eq!(decode(b"a = 1\0"), Err(Undecodable::NotText));
        assert_eq!(decode(b"\xff\xfea"), Err(Undecodable::NotText));
        assert_eq!(decode(b"nome = \"\x81\x8d\""), Err(Undecodable::NotText));
        assert_eq!(decode(b""), Ok(Decoded { text: String::new(), encoding: Encoding::Utf8 }));
    }

    #[test]
    fn two_encodings_in_one_file_are_told_and_not_guessed() {
        let mut bytes = "a = \"Unità più\"\nb = \"".as_bytes().to_vec();
        bytes.extend(b"citt\xe0\"\n");
        assert_eq!(decode(&bytes), Err(Undecodable::Mixed(2)));
        // «È» in Windows-1252: 0xc8 0xbb happens to be a letter of UTF-8.
        assert_eq!(read(b"\xab\xc8\xbb perch\xe9").0, "«È» perché");
    }
}

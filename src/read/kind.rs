//! What a file is, by its content: an extension is only a name.

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip package: perhaps a workbook.
    Zip,
    /// No bytes at all.
    Empty,
    /// Protected by a password for opening.
    Encrypted,
    /// Another known kind.
    Other(&'static str),
    /// None of the known ones.
    Unknown,
}

const ZIP: &[u8] = b"PK";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
/// How far to look for the signs of a text format.
const HEAD: usize = 4_096;

/// The kind of a file with these bytes.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if bytes.starts_with(ZIP) {
        return Kind::Zip;
    }
    if bytes.starts_with(COMPOUND) {
        return if contains(bytes, &utf16("EncryptedPackage")) {
            Kind::Encrypted
        } else {
            Kind::Other("xls")
        };
    }
    if bytes.starts_with(b"%PDF") {
        return Kind::Other("pdf");
    }
    text_kind(bytes.get(..HEAD).unwrap_or(bytes))
}

fn text_kind(head: &[u8]) -> Kind {
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"<") {
        let lower = text.to_ascii_lowercase();
        return Kind::Other(if contains(&lower, b"<?xml") && !contains(&lower, b"<html") {
            "xml"
        } else {
            "html"
        });
    }
    let printable = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
    if !text.is_empty() && text.iter().all(printable) { Kind::Other("testo") } else { Kind::Unknown }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind, utf16};

    #[test]
    fn the_content_tells_the_kind() {
        assert_eq!(kind(b""), Kind::Empty);
        assert_eq!(kind(b"PK\x03\x04"), Kind::Zip);
        assert_eq!(kind(b"\xEF\xBB\xBF <HTML><table>"), Kind::Other("html"));
        assert_eq!(kind(b"<?xml version='1.0'?><Workbook/>"), Kind::Other("xml"));
        assert_eq!(kind("ufficio;mese\nmetrico;è\n".as_bytes()), Kind::Other("testo"));
        assert_eq!(kind(b"# Titolo\n\nUna riga.\n"), Kind::Other("testo"));
        assert_eq!(kind(b"%PDF-1.7"), Kind::Other("pdf"));
        assert_eq!(kind(&[0; 64]), Kind::Unknown);
    }

    #[test]
    fn a_compound_file_is_an_old_workbook_or_a_protected_one() {
        let mut bytes = super::COMPOUND.to_vec();
        bytes.extend([0; 512]);
        assert_eq!(kind(&bytes), Kind::Other("xls"));
        bytes.extend(utf16("EncryptedPackage"));
        assert_eq!(kind(&bytes), Kind::Encrypted);
    }
}

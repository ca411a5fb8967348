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
    /// Another known kind, that may hold data.
    Other(&'static str),
    /// A known kind that holds no tables: a document, a picture, a message.
    Stray(&'static str),
    /// None of the known ones.
    Unknown,
}

const ZIP: &[u8] = b"PK";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
/// How documents and pictures begin, where nothing else does.
const DOCUMENTS: [(&[u8], &str); 5] = [
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"<svg", "immagine"),
    (b"\x89PNG", "immagine"),
    (b"\xFF\xD8\xFF", "immagine"),
];
/// How other pictures and sounds begin: a text may begin so too.
const MEDIA: [(&[u8], &str); 7] = [
    (b"GIF8", "immagine"),
    (b"BM", "immagine"),
    (b"II*\0", "immagine"),
    (b"MM\0*", "immagine"),
    (b"RIFF", "immagine"),
    (b"\0\0\0\x18ftyp", "immagine"),
    (b"ID3", "audio"),
];
/// Extensions under which an office may send its data; a file without any may be one too.
const DATA: [&str; 20] = [
    "xlsx", "xlsm", "xlsb", "xls", "xltx", "xltm", "xlt", "xlam", "xml", "ods", "fods", "ots", "csv", "tsv",
    "htm", "html", "zip", "7z", "rar", "p7m",
];
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
        return compound(bytes);
    }
    let begins = |list: &[(&[u8], &'static str)]| {
        list.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| Kind::Stray(kind))
    };
    let text = || text_kind(bytes.get(..HEAD).unwrap_or(bytes));
    begins(&DOCUMENTS).unwrap_or_else(|| match text() {
        Kind::Unknown => begins(&MEDIA).unwrap_or(Kind::Unknown),
        text => text,
    })
}

/// What a compound file holds, by the name of its main stream.
fn compound(bytes: &[u8]) -> Kind {
    let streams = [
        ("EncryptedPackage", Kind::Encrypted),
        ("WordDocument", Kind::Stray("doc")),
        ("PowerPoint Document", Kind::Stray("ppt")),
        ("__substg1.0_", Kind::Stray("msg")),
    ];
    // A document may hold a workbook, and is still a document; a workbook of old is told by its own stream.
    let has = |name: &str| contains(bytes, &utf16(name));
    if has("Workbook") && !has("WordDocument") && !has("EncryptedPackage") {
        return Kind::Other("xls");
    }
    streams.into_iter().find(|(name, _)| has(name)).map_or(Kind::Other("xls"), |(_, kind)| kind)
}

/// Whether a file of this name may have been meant as an office's data: it says so, or says nothing.
pub(super) fn may_be_data(name: &str) -> bool {
    says_data(name) || name.rsplit_once('.').is_none_or(|(_, end)| end.is_empty() || end.contains(' '))
}

/// Whether the name of a file says that it holds tables.
pub(super) fn says_data(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| DATA.contains(&end.to_lowercase().as_str()))
}

/// Whether lines of text are the rows of a table: all with the same number of the same mark.
fn is_table(text: &[u8]) -> bool {
    let lines: Vec<&[u8]> = text
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(20)
        .collect();
    // The last one may be cut.
    let whole = if lines.len() > 2 { lines.get(..lines.len() - 1).unwrap_or(&lines) } else { &lines };
    let marked = |mark: u8, rows: usize| {
        let mut counts = whole.iter().map(|line| line.iter().filter(|byte| **byte == mark).count());
        let first = counts.next().unwrap_or(0);
        first > 0 && whole.len() >= rows && counts.all(|count| count == first)
    };
    marked(b';', 1) || marked(b'\t', 1) || marked(b'|', 1) || marked(b',', 2)
}

fn text_kind(head: &[u8]) -> Kind {
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
    if text.starts_with(b"<") {
        let lower = text.to_ascii_lowercase();
        if contains(&lower, b"<office:document ") && contains(&lower, b"opendocument.spreadsheet") {
            return Kind::Other("fods");
        }
        return Kind::Other(if contains(&lower, b"<?xml") && !contains(&lower, b"<html") {
            "xml"
        } else {
            "html"
        });
    }
    let printable = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
    match !text.is_empty() && text.iter().all(printable) {
        true if is_table(text) => Kind::Other("csv"),
        true => Kind::Stray("testo"),
        false => Kind::Unknown,
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind, may_be_data, utf16};

    #[test]
    fn the_content_tells_the_kind() {
        assert_eq!(kind(b""), Kind::Empty);
        assert_eq!(kind(b"PK\x03\x04"), Kind::Zip);
        assert_eq!(kind(b"\xEF\xBB\xBF <HTML><table>"), Kind::Other("html"));
        assert_eq!(kind(b"<?xml version='1.0'?><Workbook/>"), Kind::Other("xml"));
        for table in ["ufficio;mese\nmetrico;è\n", "a\tb\n1\t2\n", "a,b\n1,2\n", "a;b"] {
            assert_eq!(kind(table.as_bytes()), Kind::Other("csv"), "{table}");
        }
        for text in
            ["# Titolo\n\nUna riga.\n", "Ciao, ti mando il file.\nGrazie\n", "Attenzione; prima\nleggi\n"]
        {
            assert_eq!(kind(text.as_bytes()), Kind::Stray("testo"), "{text}");
        }
        assert_eq!(kind(b"%PDF-1.7"), Kind::Stray("pdf"));
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), Kind::Stray("immagine"));
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0"), Kind::Stray("immagine"));
        assert_eq!(kind(b"{\\rtf1 ciao}"), Kind::Stray("rtf"));
        assert_eq!(kind(&[0; 64]), Kind::Unknown);
    }

    #[test]
    fn a_name_tells_what_may_be_data() {
        for name in ["schede-2019-urp.xlsx", "dati.XLS", "dati.csv", "dati", "schede. urp", "dati."] {
            assert!(may_be_data(name), "{name}");
        }
        for name in ["filmato.mp4", "leggimi.txt", "foto.heic", "verbale.docx"] {
            assert!(!may_be_data(name), "{name}");
        }
    }

    #[test]
    fn a_compound_file_is_an_old_workbook_or_a_protected_one() {
        let mut bytes = super::COMPOUND.to_vec();
        bytes.extend([0; 512]);
        assert_eq!(kind(&bytes), Kind::Other("xls"));
        let mut letter = bytes.clone();
        letter.extend(utf16("WordDocument"));
        assert_eq!(kind(&letter), Kind::Stray("doc"));
        bytes.extend(utf16("EncryptedPackage"));
        assert_eq!(kind(&bytes), Kind::Encrypted);
    }
}
